"""Writing one exercise: every save is a version of the case's map, and can be taken back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.work.actions import ToDoFacts, add_to_timeline, open_to_do
from alongside.people.maps.actions import ElementChange, change_map
from alongside.people.maps.changes import new_key
from alongside.people.maps.elements import to_data
from alongside.people.maps.models import ElementKind
from alongside.people.maps.network import LifeSystem, Tie
from alongside.people.maps.queries import MapView
from alongside.people.persons.models import Person

STEP_TO_DO = "maps.step.take"


@action
def put_part(
    *,
    by: User | None,
    person: Person,
    seen_version: int,
    kind: ElementKind,
    part: Any,
    summary: str,
    member_id: UUID | None = None,
    together: bool = False,
) -> None:
    """Set one element by its id. Raises MapChangedError where someone else changed it meanwhile."""
    change_map(
        by=by,
        person=person,
        seen_version=seen_version,
        changes=[ElementChange(part.id, kind, to_data(part), member_id)],
        summary=summary,
        together=together,
    )


@action
def put_run(
    *, by: User | None, person: Person, seen_version: int, run: Any, key: str = "", together: bool = False
) -> None:
    """Keep one time that the button exercise was done; with `key`, correct that time instead."""
    change_map(
        by=by,
        person=person,
        seen_version=seen_version,
        changes=[ElementChange(key or new_key(), ElementKind.TOKEN, to_data(run))],
        summary="Placed the buttons",
        together=together,
    )


@action
def put_system(
    *, by: User | None, person: Person, seen_version: int, system: LifeSystem, tie: Tie, together: bool = False
) -> None:
    """Set a part of someone's life with the tie to it."""
    change_map(
        by=by,
        person=person,
        seen_version=seen_version,
        changes=[
            ElementChange(system.id, ElementKind.SYSTEM, to_data(system)),
            ElementChange(tie.id, ElementKind.TIE, to_data(replace(tie, system=system.id))),
        ],
        summary=f"Community: {system.label}",
        together=together,
    )


@action
def take_part_away(*, by: User | None, person: Person, view: MapView, key: str, together: bool = False) -> bool:
    """Take an element away, and the ties of a system with it. False where it is gone already."""
    kinds = {stored.key: stored.kind for stored in view.elements}
    if key not in kinds:
        return False
    ties = [tie.id for tie in view.network.ties if tie.system == key]
    change_map(
        by=by,
        person=person,
        seen_version=view.version,
        changes=[ElementChange(gone, kinds[gone], None) for gone in (key, *ties)],
        summary="Took something away",
        together=together,
    )
    return True


@action
def set_next_step(*, by: User, person: Person, step: str, by_when: Any) -> None:
    """Make one next step a to-do of whoever holds the case."""
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=STEP_TO_DO, title=step, due_on=by_when, right=Right.EDIT_FAMILY, subject_id=UUID(new_key())
        ),
    )
    add_to_timeline(
        by=by, case_id=person.pk, kind="maps.step.set", title=f"Next step: {step}"[:200], right=Right.SEE_FAMILY
    )
