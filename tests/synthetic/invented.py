"""Caseloads invented once for all tests that only look at them."""

from datetime import date
from functools import cache

from alongside.foundation.reference.sources import read_lists
from alongside.synthetic.invent import rows
from alongside.synthetic.invent.caseload import invent_caseload
from alongside.synthetic.invent.setting import Setting

TODAY = date(2026, 11, 22)
MARK = "11111111-1111-4111-8111-111111111111"


@cache
def labels() -> dict[str, str]:
    return {f"{one.name}.{value.code}": value.en for one in read_lists() for value in one.values}


def setting(*, seed: int = 3, office_seed: int = 3, today: date = TODAY) -> Setting:
    return Setting(seed=seed, office_seed=office_seed, today=today, mark=MARK, labels=labels())


class Caseload:
    """All rows of a caseload, by kind."""

    def __init__(self, *, people: int, first_team: int = 0, seed: int = 3) -> None:
        self.people = people
        self.rows: dict[type, list] = {kind: [] for kind in rows.KINDS}
        for _count, sheets in invent_caseload(setting(seed=seed), people=people, first_team=first_team):
            for kind, some in sheets:
                self.rows[kind] += some

    def __getitem__(self, kind: type) -> list:
        return self.rows[kind]


@cache
def five_thousand() -> Caseload:
    return Caseload(people=5000)
