"""Writing about a person under supervision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import ChangedMeanwhileError, change_record
from alongside.people.persons.models import Circumstance, NameKind, Need, OtherName, Person
from alongside.people.persons.rules import refuse_source_owned, searchable

DETAIL_FIELDS = (
    "known_as",
    "pronouns",
    "gender_id",
    "ethnicity_id",
    "disability_id",
    "preferred_language_id",
    "interpreter_needed",
)
"""Local fields as columns, so that nothing is read to compare them."""


@dataclass(frozen=True)
class NeedFacts:
    """One communication need: a coded value's id, and what helps."""

    need_id: str
    detail: str = ""


@dataclass(frozen=True)
class NameFacts:
    """One further name and why it is kept."""

    kind: NameKind
    name: str


def search_name_of(person: Person, others: Iterable[str]) -> str:
    """Everything that a search for this person should find."""
    return searchable(person.given_names, person.family_name, person.known_as, *sorted(others))


@action
def add_person(*, by: User | None, **values: Any) -> Person:
    """Add someone under supervision by hand. Identifiers are expected valid: the form has said so."""
    person = Person(**values)
    person.search_name = search_name_of(person, [])
    person.save(force_insert=True)
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="persons.person.added",
        subject=person,
        case_id=person.pk,
        after=values,
    )
    return person


@action
def change_person(*, by: User | None, person: Person, seen_version: int, ground: str = "", **values: Any) -> Person:
    """Change what is recorded about a person.

    Raises SourceOwnedError for a field that the system of record owns, ChangedMeanwhileError where someone else was
    first.
    """
    differing = {name for name, value in values.items() if getattr(person, name) != value}
    refuse_source_owned(differing, source=person.source)
    change = change_record(person, seen_version=seen_version, **values)
    if not change:
        return person
    refresh_search_name(person)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="persons.person.changed",
        subject=person,
        case_id=person.pk,
        before=change.before,
        after=change.after,
        ground=ground,
    )
    return person


@dataclass(frozen=True)
class Details:
    """What is kept here about a person: local fields by name, further names, communication needs."""

    values: Mapping[str, Any]
    names: tuple[NameFacts, ...]
    needs: tuple[NeedFacts, ...]


def details_of(person: Person) -> Details:
    """The details as they stand."""
    return Details(
        values={name: getattr(person, name) for name in DETAIL_FIELDS},
        names=tuple(
            NameFacts(NameKind(row.kind), row.name)
            for row in OtherName.objects.filter(person=person).order_by("kind", "name")
        ),
        needs=tuple(
            NeedFacts(str(row.need_id), row.detail)
            for row in Need.objects.filter(person=person).order_by("need__order")
        ),
    )


@action
def change_details(*, by: User | None, person: Person, seen_version: int, details: Details) -> None:
    """Change local fields, further names and needs together, under the person's one version.

    Raises ChangedMeanwhileError where someone else was first; saving what stands already is no change.
    """
    current = Person.objects.select_for_update().get(pk=person.pk)
    standing = details_of(current)
    names, needs = set(details.names), set(details.needs)
    changed = (
        any(standing.values[name] != value for name, value in details.values.items()),
        names != set(standing.names),
        needs != set(standing.needs),
    )
    if not any(changed):
        return
    if current.version != seen_version:
        raise ChangedMeanwhileError(current)
    change_person(by=by, person=current, seen_version=seen_version, **details.values)
    set_other_names(by=by, person=current, names=details.names)
    set_needs(by=by, person=current, needs=details.needs)
    Person.objects.filter(pk=person.pk).update(version=seen_version + 1)


def refresh_search_name(person: Person) -> None:
    """Write the search name anew from the names as they stand."""
    others = OtherName.objects.filter(person=person).values_list("name", flat=True)
    person.search_name = search_name_of(person, others)
    Person.objects.filter(pk=person.pk).update(search_name=person.search_name)


@action
def set_other_names(*, by: User | None, person: Person, names: Iterable[NameFacts]) -> None:
    """Keep exactly these further names."""
    wanted = {(facts.kind.value, facts.name.strip()) for facts in names if facts.name.strip()}
    standing = {(row.kind, row.name): row for row in OtherName.objects.filter(person=person)}
    if wanted == set(standing):
        return
    OtherName.objects.filter(pk__in=[row.pk for key, row in standing.items() if key not in wanted]).delete()
    OtherName.objects.bulk_create(
        OtherName(person=person, kind=kind, name=name) for kind, name in sorted(wanted - set(standing))
    )
    refresh_search_name(person)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="persons.names.changed",
        subject=person,
        case_id=person.pk,
        before={"names": sorted(standing)},
        after={"names": sorted(wanted)},
    )


@action
def set_needs(*, by: User | None, person: Person, needs: Iterable[NeedFacts]) -> None:
    """Keep exactly these communication needs."""
    wanted = {facts.need_id: facts.detail.strip() for facts in needs}
    standing = {row.need_id: row.detail for row in Need.objects.filter(person=person)}
    if wanted == standing:
        return
    Need.objects.filter(person=person).exclude(need__in=wanted).delete()
    for need_id, detail in wanted.items():
        Need.objects.update_or_create(person=person, need_id=need_id, defaults={"detail": detail})
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="persons.needs.changed",
        subject=person,
        case_id=person.pk,
        before={"needs": standing},
        after={"needs": wanted},
    )


@action
def record_circumstance(
    *, by: User | None, person: Person, kind: str, answer: str, asked_on: date, seen_version: int | None = None
) -> Circumstance:
    """Keep the answer to a question that everyone is asked. Raises ChangedMeanwhileError where another came first."""
    asked_by = by.pk if by else None
    row = Circumstance.objects.select_for_update().filter(person=person, kind=kind).first()
    if row is None:
        row = Circumstance.objects.create(person=person, kind=kind, answer=answer, asked_on=asked_on, asked_by=asked_by)
        before: dict[str, Any] = {}
    else:
        if seen_version is not None and row.version != seen_version:
            raise ChangedMeanwhileError(row)
        change = change_record(row, seen_version=row.version, answer=answer, asked_on=asked_on, asked_by=asked_by)
        before = change.before
        if not change:
            return row
    record_change(
        by=by,
        kind=EventKind.CHANGE if before else EventKind.COLLECTION,
        name="persons.circumstance.asked",
        subject=row,
        case_id=person.pk,
        before=before,
        after={"kind": kind, "answer": answer, "asked_on": asked_on},
    )
    return row
