"""The caseload as a stream, a team at a time, so that a nation needs no more room than a village."""

from collections.abc import Iterator
from itertools import islice

from alongside.synthetic.invent import shares
from alongside.synthetic.invent.chance import Chance
from alongside.synthetic.invent.families import invent_family
from alongside.synthetic.invent.offices import PEOPLE_A_TEAM, Office, Place, invent_office, places
from alongside.synthetic.invent.people import Someone, invent_person
from alongside.synthetic.invent.rows import Sheets
from alongside.synthetic.invent.setting import Setting
from alongside.synthetic.invent.supervision import invent_supervision


def teams_for(people: int) -> int:
    """How many teams so many people need."""
    return -(-people // PEOPLE_A_TEAM)


def places_for(people: int, *, first_team: int = 0) -> list[Place]:
    """Where the teams of so many people stand, from a team's number on."""
    return list(islice(places(), first_team, first_team + teams_for(people)))


def invent_caseload(setting: Setting, *, people: int, first_team: int = 0) -> Iterator[tuple[int, Sheets]]:
    """Rows of each team in turn, with the number of people among them."""
    before: Office | None = None
    left = people
    for place in places_for(people, first_team=first_team):
        office = invent_office(setting, place)
        count = min(left, PEOPLE_A_TEAM)
        _fill(office, before, count, setting)
        yield count, office.sheets
        before, left = office, left - count


def _fill(office: Office, before: Office | None, count: int, setting: Setting) -> None:
    first_index = office.place.number * PEOPLE_A_TEAM
    previous: Someone | None = None
    for index in range(first_index, first_index + count):
        chance = Chance(setting.seed, f"person/{index}")
        someone = invent_person(chance, index=index, office=office, setting=setting, sheets=office.sheets)
        invent_supervision(chance, someone, office=office, before=before, setting=setting, sheets=office.sheets)
        related = previous is not None and chance.happens(shares.ALSO_SUPERVISED)
        invent_family(
            chance,
            someone,
            office=office,
            setting=setting,
            sheets=office.sheets,
            also_supervised=previous if related else None,
        )
        previous = someone
