"""Erasure reaches every room, leaves a chain that holds, and never passes a legal hold."""

from datetime import date

import psycopg
import pytest
from django.apps import apps
from django.db.models import Q

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.erasure import HeldError, Subject, due_on, erase, months_before, personal_fields
from alongside.foundation.audit.holds import place_hold
from alongside.foundation.audit.models import Certificate, Event, EventKind, Payload
from alongside.foundation.audit.rectification import NotRectifiableError, rectify
from alongside.foundation.audit.verification import verify
from alongside.foundation.records.identity import identity
from alongside.foundation.records.models import AppendOnly, Record
from alongside.foundation.records.walls import walled_models
from alongside.foundation.work.models import TimelineEntry
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.persons.rules import SourceOwnedError
from tests.everything import MARKER, case_with_everything, models_of_people
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory


@pytest.fixture
def user(live_database: object):
    return UserFactory(name="Dilys Data")


@pytest.fixture
def places_of(live_database: DatabaseUrls):
    """Every table and column in which a text holds a marker, read by one for whom no wall stands."""

    def places(marker: str) -> set[str]:
        found = set()
        with psycopg.connect(live_database.admin) as admin:
            columns = admin.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND data_type IN ('text', 'character varying', 'jsonb', 'json')"
                " AND table_name NOT LIKE 'procrastinate%'"
            ).fetchall()
            for table, column in columns:
                held = f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1'
                if admin.execute(held, [f"%{marker}%"]).fetchone():
                    found.add(f"{table}.{column}")
        return found

    return places


def rows_of(model: type[Record], case_id: object, by: User) -> int:
    wanted = Q()
    for path in model.keeping.person.split():
        wanted |= Q(**{"pk" if path == "self" else path: case_id})
    with identity(by.pk):
        return model._default_manager.filter(wanted).count()


def test_every_model_of_people_is_filled_before_it_is_erased(user) -> None:
    person, _ = case_with_everything(user)
    empty = [model._meta.label for model in models_of_people() if not rows_of(model, person.pk, user)]
    assert not empty, "Add a row of each to tests/everything.py, so that its erasure is tested."


def test_erasing_a_case_leaves_no_word_of_it_anywhere(user, places_of) -> None:
    person, _ = case_with_everything(user)
    before = places_of(MARKER)
    assert len(before) > 15
    walled = {model._meta.db_table for model in walled_models()}
    assert walled <= {place.split(".")[0] for place in before}
    erase(by=user, subject=Subject(person.pk), rule="case", ground="Six years have passed")
    assert places_of(MARKER) == set()
    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_chain_holds_after_erasure_and_ends_with_it(user) -> None:
    person, _ = case_with_everything(user)
    before = Event.objects.filter(chain=person.pk).count()
    certificate = erase(by=user, subject=Subject(person.pk), rule="case", ground="Due")
    report = verify()
    assert report.whole
    assert report.emptied > 5
    last = Event.objects.filter(chain=person.pk).order_by("-position")[0]
    assert (last.kind, last.subject, last.position) == (EventKind.ERASURE, certificate.pk, before + 1)
    assert certificate.counts["people_persons.Person"] == 1


def test_erasing_a_family_member_leaves_the_case(user) -> None:
    person, member = case_with_everything(user)
    erase(by=user, subject=Subject(person.pk, member.pk), rule="family_member", ground="A year has passed")
    assert Person.objects.filter(pk=person.pk).exists()
    assert not FamilyMember.objects.filter(pk=member.pk).exists()
    assert not Payload.objects.filter(family_member=member.pk, content__isnull=False).exists()
    assert not TimelineEntry.objects.filter(family_member=member.pk, title__isnull=False).exists()
    assert TimelineEntry.objects.filter(case=person.pk, title=MARKER).exists()
    assert verify().whole


def test_a_legal_hold_stops_erasure_of_the_case_and_its_family(user) -> None:
    person, member = case_with_everything(user)
    place_hold(by=user, case_id=person.pk, reason="Inquiry", review_on=date(2027, 1, 1))
    for subject in (Subject(person.pk), Subject(person.pk, member.pk)):
        with pytest.raises(HeldError, match="Lift the hold first"):
            erase(by=user, subject=subject, rule="case", ground="Due")
    assert FamilyMember.objects.filter(pk=member.pk).exists()
    assert not Certificate.objects.exists()


def test_relatives_are_due_sooner_than_the_case(user) -> None:
    ended = PersonFactory(supervision_ends_on=date(2025, 6, 1))
    member = FamilyMemberFactory(person=ended)
    on = date(2026, 7, 1)
    assert [(rule.code, subject) for rule, subject in due_on(on)] == [("family_member", Subject(ended.pk, member.pk))]
    assert ("case", Subject(ended.pk)) in [(rule.code, subject) for rule, subject in due_on(date(2031, 6, 1))]


def test_what_is_held_is_never_due(user) -> None:
    ended = PersonFactory(supervision_ends_on=date(2010, 6, 1))
    FamilyMemberFactory(person=ended)
    place_hold(by=user, case_id=ended.pk, reason="Inquiry", review_on=date(2027, 1, 1))
    assert not list(due_on(date(2026, 7, 1)))


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 7, 31), 1, date(2026, 6, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


def test_whatever_points_at_a_person_says_how_it_is_kept() -> None:
    """Otherwise erasure would stumble over it, or leave it."""
    pointing = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Record)
        and model.keeping is None
        and any(field.related_model in (Person, FamilyMember) for field in model._meta.concrete_fields)
    ]
    assert not pointing


@pytest.mark.parametrize(
    "model",
    [model for model in models_of_people() if model is not Person and model.wall is None],
    ids=lambda m: m.__name__,
)
def test_every_personal_field_can_be_corrected_or_emptied(user, model: type[Record]) -> None:
    person, _ = case_with_everything(user)
    row = next(row for row in model._default_manager.all())
    texts = [
        field.name
        for field in personal_fields(model)
        if field.get_internal_type() in ("CharField", "TextField") and not field.choices and getattr(row, field.name)
    ]
    for name in texts:
        value = None if issubclass(model, AppendOnly) else "corrected"[: model._meta.get_field(name).max_length]
        rectify(by=user, row=row, case_id=person.pk, values={name: value}, ground="They told us that it is wrong")
        row.refresh_from_db()
        assert getattr(row, name) == value
    assert verify().whole


def test_a_correction_can_make_the_trail_forget_the_wrong_value(user) -> None:
    person, member = case_with_everything(user)
    member.refresh_from_db()
    rectify(
        by=user,
        row=member,
        case_id=person.pk,
        values={"about": "As she told it herself"},
        ground="It was never so",
        forget_wrong_values=True,
        family_member_id=member.pk,
    )
    assert not Payload.objects.filter(event__subject=member.pk, content__contains=MARKER).exists()
    assert verify().whole


def test_what_the_system_of_record_owns_is_not_corrected_here(user) -> None:
    person = PersonFactory(source="delius")
    with pytest.raises(SourceOwnedError, match="Change this in the system of record"):
        rectify(by=user, row=person, case_id=person.pk, values={"family_name": "Other"}, ground="Wrong")


def test_an_append_only_row_takes_no_new_value(user) -> None:
    person, _ = case_with_everything(user)
    row = TimelineEntry.objects.filter(case=person.pk)[0]
    with pytest.raises(NotRectifiableError, match="write a new record"):
        rectify(by=user, row=row, case_id=person.pk, values={"title": "Other"}, ground="Wrong")


def test_the_database_lets_a_timeline_be_emptied_and_not_altered(user, owner_connection: psycopg.Connection) -> None:
    case_with_everything(user)
    with pytest.raises(Exception, match="emptied, not altered"):
        TimelineEntry.objects.update(title="other words")


def test_what_is_not_personal_is_not_a_correction(user) -> None:
    person = PersonFactory()
    with pytest.raises(NotRectifiableError, match="Only what is personal"):
        rectify(by=user, row=person, case_id=person.pk, values={"source": "delius"}, ground="Wrong")
