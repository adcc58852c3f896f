"""Filling a database with invented people, and refusing one that holds anyone real."""

from collections.abc import Callable
from datetime import date

from django.db import connections

from alongside.foundation.accounts.actions import AccountError, mark_database_synthetic
from alongside.foundation.accounts.models import DatabaseMark
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today as real_today
from alongside.foundation.reference.cache import snapshot
from alongside.people.persons.models import Person
from alongside.people.persons.queries import has_unmarked_person
from alongside.synthetic.invent.caseload import invent_caseload, places_for, teams_for
from alongside.synthetic.invent.numbers import index_of
from alongside.synthetic.invent.offices import PEOPLE_A_TEAM
from alongside.synthetic.invent.setting import Setting
from alongside.synthetic.vignettes.casting import assemble_company
from alongside.synthetic.vignettes.stories import stories
from alongside.synthetic.vignettes.telling import FIRST_INDEX, tell_all
from alongside.synthetic.writing import Written, write_caseload, write_places


class RefusedError(ValueError):
    """Nobody is invented in this database; the message says why and what to do."""


@action
def make_caseload(
    *,
    people: int,
    seed: int,
    today: date | None = None,
    add: bool = False,
    vignettes: bool = True,
    on_team: Callable[[Written], None] = lambda written: None,
) -> Written:
    """Invent so many people, with the people of the vignettes beside them. All of it stands, or nothing does.

    The same seed, number and day give the same rows; more people with the same seed begin with the same ones. `add`
    puts further people beside those who are there. Rows have no audit event of their own: one event in the service's
    chain says what was made. Raises RefusedError where the database holds anyone real, or anyone at all without `add`.
    """
    mark = _mark(seed, add=add)
    first_team = _first_free_team()
    if (first_team + teams_for(people)) * PEOPLE_A_TEAM > FIRST_INDEX:
        raise RefusedError(f"No more than {FIRST_INDEX:,} people can be invented in one database. Ask for fewer.")
    setting = Setting(
        seed=seed,
        office_seed=mark.seed,
        today=today or real_today(),
        mark=str(mark.pk),
        labels={value_id: value.label_en for value_id, value in snapshot().by_id.items()},
    )
    write_places(places_for(people, first_team=first_team))
    if vignettes and not Person.objects.filter(crn=stories()[0].crn).exists():
        tell_all(
            company=assemble_company(today=setting.today),
            mark=setting.mark,
            labels=setting.label,
            today=setting.today,
        )
    written = write_caseload(invent_caseload(setting, people=people, first_team=first_team), on_team=on_team)
    record_change(
        by=None,
        kind=EventKind.COLLECTION,
        name="synthetic.caseload.made",
        subject=mark,
        after={
            "people": written.people,
            "family_members": written.family_members,
            "seed": seed,
            "today": setting.today,
        },
    )
    return written


def gather_statistics() -> bool:
    """Let the planner know of what was written, as the owner; answers whether an owner is known here."""
    owner = connections["owner"]
    if not owner.settings_dict["USER"]:
        return False
    with owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    owner.close()
    return True


def _mark(seed: int, *, add: bool) -> DatabaseMark:
    if has_unmarked_person():
        raise RefusedError(
            "This database holds someone who was not invented, so nobody is invented in it. Use an empty database."
        )
    held = Person.objects.count()
    if held and not add:
        raise RefusedError(
            f"This database already holds {held:,} invented people. Use an empty database, or say --add to put more "
            "beside them."
        )
    mark = DatabaseMark.objects.filter(kind=DatabaseMark.SYNTHETIC).first()
    if mark is not None:
        return mark
    try:
        return mark_database_synthetic(seed=seed)
    except AccountError as error:
        raise RefusedError(str(error)) from error


def _first_free_team() -> int:
    """The first team that holds nobody: its number decides who is in it."""
    crns = Person.objects.values_list("crn", flat=True).iterator()
    last = max((index for crn in crns if (index := index_of(crn)) is not None), default=-1)
    return teams_for(last + 1)
