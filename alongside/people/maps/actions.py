"""Writing a person's network. Each call is one version; nothing is overwritten, and the last can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import add_to_timeline
from alongside.foundation.work.models import TimelineEntry
from alongside.people.maps.changes import Changes
from alongside.people.maps.elements import Stored, from_data, refuse_nul, to_data
from alongside.people.maps.models import Element, MapVersion
from alongside.people.maps.queries import latest_version, standing_at
from alongside.people.maps.reviews import begin_again
from alongside.people.persons.models import Person

CHANGED = "maps.network.changed"
MOST_ELEMENTS = 3_000


class MapChangedError(Exception):
    """Someone else changed the same part of the map after this editor opened it."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this part of the map meanwhile. Look at it as it is now, then go on.")


class NothingToUndoError(ValueError):
    """There is no change left to take back."""


class TooLargeError(ValueError):
    """A map so large that nobody could read it."""


@dataclass(frozen=True)
class ElementChange:
    """One element to set (`data`), or to take away (None). It stays whoever it was, unless `exactly` is said."""

    key: str
    kind: str
    data: Mapping[str, Any] | None
    family_member_id: UUID | None = None
    exactly: bool = False


def element_changes(
    changes: Changes, *, kinds: Mapping[str, str], members: Mapping[str, UUID] | None = None
) -> list[ElementChange]:
    """Pure changes as rows to write. `kinds` names the kind of what is taken away; `members` the family members."""
    members = members or {}
    sets = [ElementChange(s.key, s.kind, to_data(s.part), members.get(s.key)) for s in changes.sets]
    return sets + [ElementChange(key, kinds.get(key, ""), None) for key in changes.takes if key in kinds]


@action
def change_map(
    *,
    by: User | None,
    person: Person,
    seen_version: int,
    changes: list[ElementChange],
    summary: str,
    together: bool = False,
    undoes: int | None = None,
) -> MapVersion:
    """Write one version. Raises MapChangedError where one of the elements changed after `seen_version`.

    Changes of different elements by two people both stand. Raises elements.ShapeError for data that do not fit, and
    TooLargeError past 3,000 elements.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    for change in changes:
        if change.data is not None:
            from_data(Stored(change.key, change.kind, change.data))
            refuse_nul(change.data)
    number = latest_version(person.pk) + 1
    keys = [change.key for change in changes]
    standing = {
        str(row.key): row for row in Element.objects.filter(person=person, key__in=keys, until_version__isnull=True)
    }
    _refuse_conflicts(person, keys, seen_version)
    _refuse_too_large(person, changes, standing)
    ended = [row.pk for row in standing.values()]
    Element.objects.filter(pk__in=ended).update(version=F("version") + 1, until_version=number)
    Element.objects.bulk_create(
        Element(
            person=person,
            key=change.key,
            kind=change.kind,
            data=change.data,
            family_member_id=change.family_member_id
            or (None if change.exactly else _member_of(standing.get(change.key))),
            from_version=number,
        )
        for change in changes
        if change.data is not None
    )
    version = _add_version(by, person, number, summary=summary, together=together, undoes=undoes)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=CHANGED,
        subject=version,
        case_id=person.pk,
        after={"version": number, "summary": summary},
    )
    _tell(by, person)
    return version


@action
def say_still_right(*, by: User | None, person: Person, together: bool = False) -> MapVersion:
    """Record that somebody went through the map and it still holds (R019)."""
    Person.objects.select_for_update().get(pk=person.pk)
    number = latest_version(person.pk) + 1
    version = _add_version(by, person, number, summary="Still right", together=together, still_right=True)
    record_change(by=by, kind=EventKind.CHANGE, name="maps.network.confirmed", subject=version, case_id=person.pk)
    _tell(by, person)
    return version


@action
def undo(*, by: User | None, person: Person, together: bool = False) -> MapVersion:
    """Take the last change back that was not taken back already. Raises NothingToUndoError where there is none.

    Beside the person only what was drawn together is taken back: what staff noted alone does not go unseen.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    history = list(MapVersion.objects.filter(case=person.pk).order_by("-number"))
    undone = {row.undoes for row in history if row.undoes}
    last = next((row for row in history if not row.undoes and not row.still_right and row.number not in undone), None)
    if last is None or (together and not last.together):
        raise NothingToUndoError("There is nothing left to take back.")
    touched = Element.objects.filter(Q(from_version=last.number) | Q(until_version=last.number), person=person)
    kinds = {row.key: row.kind for row in touched}
    before = {row.key: row for row in standing_at(person.pk, last.number - 1).filter(key__in=kinds)}
    changes = [
        ElementChange(str(key), kind, before[key].data, before[key].family_member_id, exactly=True)
        if key in before
        else ElementChange(str(key), kind, None)
        for key, kind in kinds.items()
    ]
    return change_map(
        by=by,
        person=person,
        seen_version=latest_version(person.pk),
        changes=changes,
        summary=f"Took back: {last.summary or ''}"[:200],
        together=together,
        undoes=last.number,
    )


def _refuse_conflicts(person: Person, keys: list[str], seen_version: int) -> None:
    touched = Element.objects.filter(person=person, key__in=keys)
    if (
        touched.filter(from_version__gt=seen_version).exists()
        or touched.filter(until_version__gt=seen_version).exists()
    ):
        raise MapChangedError


def _refuse_too_large(person: Person, changes: list[ElementChange], standing: Mapping[str, Element]) -> None:
    added = sum(1 for change in changes if change.data is not None and change.key not in standing)
    if added and Element.objects.filter(person=person, until_version__isnull=True).count() + added > MOST_ELEMENTS:
        raise TooLargeError(
            "This would make the map too large to read. Take something off it, or bring in a smaller part of the tree."
        )


def _member_of(row: Element | None) -> UUID | None:
    return row.family_member_id if row else None


def _add_version(
    by: User | None,
    person: Person,
    number: int,
    *,
    summary: str,
    together: bool,
    undoes: int | None = None,
    still_right: bool = False,
) -> MapVersion:
    return MapVersion.objects.create(
        case=person.pk,
        number=number,
        at=timezone.now(),
        by=by.pk if by else None,
        by_name=by.name if by else "",
        summary=summary[:200],
        together=together,
        undoes=undoes,
        still_right=still_right,
    )


def _tell(by: User | None, person: Person) -> None:
    """One line a day and person on the timeline, the card as it now stands, and when to go through the map again."""
    said = TimelineEntry.objects.filter(
        case=person.pk, kind=CHANGED, actor=by.pk if by else None, at__date=today()
    ).exists()
    if not said:
        add_to_timeline(
            by=by, case_id=person.pk, kind=CHANGED, title="Family map drawn or checked", right=Right.SEE_FAMILY
        )
    begin_again(by=by, person=person)
