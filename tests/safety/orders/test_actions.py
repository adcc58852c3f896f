"""Orders through their actions: facts, versions, to-dos, cards, masked addresses and papers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.audit.models import Consultation, Event, EventKind, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.kinds import FileRefusedError
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person, SourceMarker
from alongside.safety.orders.actions import (
    AskedAlreadyError,
    OrderFaultError,
    OrderSaid,
    PlaceSaid,
    add_place,
    attach_document,
    condition_stops_nothing,
    confirm_in_source,
    correct_order,
    end_order,
    record_order,
    remove_place,
    reopen_order,
    show_address,
)
from alongside.safety.orders.models import OrderPlace, OrderVersion, ProtectiveOrder
from alongside.safety.orders.prompts import prompt_for_day
from alongside.safety.orders.queries import family_names, history_of, order_facts
from alongside.safety.orders.rules import OrderFacts
from tests.factories import ContactPointFactory, FamilyMemberFactory, PersonFactory, UserFactory
from tests.safety.orders.rows import paper

pytestmark = pytest.mark.django_db
RESTRAINING = "protective_order_type.RO_CONV"


@pytest.fixture
def officer():
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def nia(person) -> FamilyMember:
    return FamilyMemberFactory(person=person, given_name="Nia", family_name="Roberts")


def protecting(*members: FamilyMember, until: date | None = None, **values: object) -> OrderSaid:
    facts = {"from_date": today() - timedelta(30), "forbids_contact": True, **values}
    return OrderSaid(RESTRAINING, until_date=until, members=frozenset(one.pk for one in members), **facts)


def facts_of(member: FamilyMember, on: date | None = None) -> OrderFacts:
    return order_facts([member.pk], on=on or today())[member.pk]


def test_it_stops_contact_at_once_and_stands_on_both_pages(officer, person, nia) -> None:
    record_order(by=officer, person=person, said=protecting(nia, until=today() + timedelta(200)))
    assert facts_of(nia).forbids_contact
    cards = Card.objects.filter(case=person.pk, key="orders")
    assert set(cards.values_list("family_member", flat=True)) == {None, nia.pk}
    assert {card.right for card in cards} == {"SEE_SAFETY"}
    assert TimelineEntry.objects.get(kind="orders.order.recorded").right == "SEE_SAFETY"
    assert nia.given_name not in TimelineEntry.objects.get(kind="orders.order.recorded").title


def test_every_id_asked_has_an_entry_and_more_members_cost_no_more_queries(
    officer, person, nia, django_assert_num_queries
) -> None:
    record_order(by=officer, person=person, said=protecting(nia))
    others = [FamilyMemberFactory(person=person) for _ in range(10)] + [FamilyMemberFactory() for _ in range(10)]
    stranger = uuid4()
    with django_assert_num_queries(1):
        found = order_facts([nia.pk, stranger, *(one.pk for one in others)], on=today())
    assert len(found) == 22
    assert found[stranger] == OrderFacts()
    with django_assert_num_queries(1):
        order_facts([nia.pk], on=today())
    assert order_facts([], on=today()) == {}


def test_an_address_of_theirs_that_an_order_names_is_forbidden_however_it_is_written(officer, person, nia) -> None:
    colin = FamilyMemberFactory(person=person, given_name="Colin")
    ContactPointFactory(family_member=colin, kind="address", value="4 Hidden Row, Bangor")
    order = record_order(by=officer, person=person, said=protecting(nia, forbids_places=True))
    said = PlaceSaid("order_place_kind.HOME", "4 hidden row,\nBANGOR", masked=True, family_member_id=nia.pk)
    add_place(by=officer, order=order, seen_version=order.version, said=said)
    assert facts_of(colin) == OrderFacts(
        forbids_home=True, protected_by=("An order or condition in force forbids going to their home",)
    )


def test_a_place_where_they_must_live_forbids_nobody_s_home(officer, person, nia) -> None:
    said = OrderSaid("protective_order_type.LIC_RESIDE", today(), forbids_places=True)
    order = record_order(by=officer, person=person, said=said)
    home = PlaceSaid("order_place_kind.LIVE", "1 High Street", masked=False, family_member_id=nia.pk)
    add_place(by=officer, order=order, seen_version=order.version, said=home)
    assert not facts_of(nia).forbids_home


def test_past_its_last_day_it_still_stops_until_someone_confirms_the_end(officer, person, nia) -> None:
    order = record_order(by=officer, person=person, said=protecting(nia, until=today() - timedelta(3)))
    assert facts_of(nia).forbids_contact
    assert facts_of(nia).end_unconfirmed
    to_do = ToDo.objects.get(kind="orders.expiry", done_at=None)
    assert "confirm it" in to_do.title
    end_order(
        by=officer,
        order=order,
        seen_version=order.version,
        ended_on=today(),
        reason_id="protective_order_end.RAN_OUT",
        note="The court's list",
    )
    assert facts_of(nia) == OrderFacts()
    assert not ToDo.objects.filter(kind__startswith="orders.", done_at=None).exists()
    assert not Card.objects.filter(key="orders").exists()
    reopen_order(by=officer, order=order, seen_version=order.version, why="It was made longer")
    assert facts_of(nia).forbids_contact
    assert Card.objects.filter(key="orders", family_member=nia.pk).exists()


def test_one_that_never_stood_ends_from_its_first_day(officer, person, nia) -> None:
    order = record_order(by=officer, person=person, said=protecting(nia, from_date=today() + timedelta(5)))
    end_order(
        by=officer,
        order=order,
        seen_version=1,
        ended_on=today(),
        reason_id="protective_order_end.MISTAKE",
        note="Another Roberts",
    )
    order.refresh_from_db()
    assert order.ended_on == order.from_date


def test_a_correction_is_a_new_version_and_the_one_before_is_kept(officer, person, nia) -> None:
    colin = FamilyMemberFactory(person=person, given_name="Colin", family_name="Fielding")
    order = record_order(by=officer, person=person, said=protecting(nia))
    correct_order(
        by=officer,
        order=order,
        seen_version=1,
        said=protecting(colin, until=date(2027, 5, 3)),
        why="The court's paper says so",
    )
    assert [version.number for version in OrderVersion.objects.filter(order=order.pk).order_by("number")] == [1, 2]
    assert not facts_of(nia).forbids_contact
    assert facts_of(colin).forbids_contact
    assert not Card.objects.filter(key="orders", family_member=nia.pk).exists()
    newest, first = history_of(order.pk, family_names(person.pk))
    assert (newest.by_name, newest.why) == ("Olwen Owner", "The court's paper says so")
    assert set(newest.changes) == {"Protects: Nia Roberts → Colin Fielding", "Last day: nothing → 3 May 2027"}
    assert first.changes == ()
    with pytest.raises(TypeError, match="append-only"):
        OrderVersion.objects.first().save()


def test_a_place_added_within_the_clocks_same_moment_is_a_version_too(officer, person, nia) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        order, _ = masked_place(officer, person, nia)
    assert [version.number for version in OrderVersion.objects.filter(order=order.pk).order_by("number")] == [1, 2]


def test_the_second_of_two_officers_overwrites_nothing(officer, person, nia) -> None:
    order = record_order(by=officer, person=person, said=protecting(nia))
    theirs = ProtectiveOrder.objects.get()
    correct_order(by=officer, order=order, seen_version=1, said=protecting(nia, made_by="Newport"), why="Found it")
    with pytest.raises(ChangedMeanwhileError):
        correct_order(
            by=UserFactory(), order=theirs, seen_version=1, said=protecting(nia, made_by="Cardiff"), why="Mine"
        )
    with pytest.raises(ChangedMeanwhileError):
        end_order(
            by=UserFactory(),
            order=theirs,
            seen_version=1,
            ended_on=today(),
            reason_id="protective_order_end.DISCHARGED",
            note="x",
        )
    assert ProtectiveOrder.objects.get().made_by == "Newport"
    assert facts_of(nia).forbids_contact


def test_an_order_that_protects_nobody_is_refused_and_leaves_nothing(officer, person) -> None:
    with pytest.raises(OrderFaultError) as fault:
        record_order(by=officer, person=person, said=protecting())
    assert "protects" in fault.value.faults
    assert not ProtectiveOrder.objects.exists()


def test_the_database_refuses_what_the_rules_refuse(person, nia) -> None:
    facts = {"person": person, "type_id": RESTRAINING, "from_date": today(), "changed_at": "2026-03-02T10:00:00Z"}
    for wrong in (
        {"until_date": today() - timedelta(1)},
        {"ended_on": today()},
        {"protects_person": True},
        {"type_id": "relationship.MOT"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtectiveOrder.objects.create(**facts | wrong)


def masked_place(officer, person, nia) -> tuple[ProtectiveOrder, OrderPlace]:
    order = record_order(by=officer, person=person, said=protecting(nia, forbids_places=True))
    said = PlaceSaid("order_place_kind.HOME", "4 Hidden Row", masked=True, family_member_id=nia.pk)
    return order, add_place(by=officer, order=order, seen_version=order.version, said=said)


def test_a_masked_address_stands_in_its_own_row_and_nowhere_else(officer, person, nia) -> None:
    order, place = masked_place(officer, person, nia)
    remove_place(by=officer, order=order, seen_version=order.version, place=place, why="She moved")
    words = [
        *Payload.objects.values_list("content", flat=True),
        *TimelineEntry.objects.values_list("title", flat=True),
        *(str(version.said) for version in OrderVersion.objects.all()),
        *(f"{card.headline} {card.lines}" for card in Card.objects.all()),
        *ToDo.objects.values_list("title", flat=True),
        *Consultation.objects.values_list("detail", flat=True),
    ]
    assert words
    assert not [word for word in words if word and "Hidden" in word]


def test_an_address_is_shown_once_for_one_reason_and_both_logs_say_so(officer, person, nia) -> None:
    order, place = masked_place(officer, person, nia)
    ask = uuid4()
    facts = {"by": officer, "order": order, "place": place, "ask": ask, "reason": "The police ask where to go"}
    assert show_address(**facts) == "4 Hidden Row"
    with pytest.raises(AskedAlreadyError):
        show_address(**facts)
    event = Event.objects.get(name="orders.address.shown")
    assert event.kind == EventKind.DISCLOSURE
    assert "The police ask" in Payload.objects.get(event=event).content
    assert Consultation.objects.filter(what="orders.address", case=person.pk, actor=officer.pk).count() == 1


def test_a_paper_is_what_its_bytes_say(officer, person, nia) -> None:
    order = record_order(by=officer, person=person, said=protecting(nia))
    for lie in (
        paper("order.pdf", b"MZ\x90\x00 a program that calls itself a paper"),
        paper("order.csv", b"a,b\n1,2\n"),
        paper("order.pdf", b""),
    ):
        with pytest.raises(FileRefusedError), transaction.atomic():
            attach_document(by=officer, order=order, seen_version=1, upload=lie)
    order.refresh_from_db()
    assert (order.document, order.version) == (None, 1)
    attach_document(by=officer, order=order, seen_version=1, upload=paper())
    assert ProtectiveOrder.objects.get().document.kind == "pdf"


def test_it_is_a_to_do_until_someone_saw_it_in_the_system_of_record(officer, person, nia) -> None:
    order = record_order(by=officer, person=person, said=protecting(nia))
    assert ToDo.objects.filter(kind="orders.source", case=person.pk, done_at=None).count() == 1
    confirm_in_source(by=officer, order=order, seen_version=1)
    assert not ToDo.objects.filter(kind="orders.source", done_at=None).exists()


def imported(person: Person, code: str = "NOCONTACT_NAMED", **values: object) -> SourceMarker:
    facts = {"matter": "licence_conditions", "label": "No contact with a named person", "from_date": date(2026, 3, 2)}
    return SourceMarker.objects.create(person=person, code=code, **facts | values)


def test_an_imported_condition_is_unread_until_read_and_again_when_its_words_change(officer, person, nia) -> None:
    marker = imported(person)
    assert facts_of(nia).unread_conditions
    condition_stops_nothing(by=officer, marker=marker, note="It names a co-defendant")
    assert not facts_of(nia).unread_conditions
    SourceMarker.objects.filter(pk=marker.pk).update(detail="Nia Roberts")
    assert facts_of(nia).unread_conditions


def test_a_condition_brought_in_anew_with_the_same_words_stays_read(officer, person, nia) -> None:
    marker = imported(person)
    condition_stops_nothing(by=officer, marker=marker, note="It names a co-defendant")
    marker.delete()
    imported(person)
    assert not facts_of(nia).unread_conditions


def test_a_condition_read_into_an_order_stops_what_the_order_stops(officer, person, nia) -> None:
    marker = imported(person)
    order = record_order(by=officer, person=person, said=protecting(nia), condition=marker)
    assert not facts_of(nia).unread_conditions
    assert facts_of(nia).forbids_contact
    assert order.in_source_on == today()
    assert not ToDo.objects.filter(kind="orders.source", done_at=None).exists()


def test_conditions_that_ended_and_other_markers_need_no_reading(person, nia) -> None:
    imported(person, ended_on=date(2026, 4, 1))
    imported(person, matter="registrations")
    assert not facts_of(nia).unread_conditions


def test_the_daily_round_asks_once_and_stops_asking_when_nothing_is_left(officer, person, nia) -> None:
    marker = imported(person)
    assert prompt_for_day() == 1
    assert prompt_for_day() == 0
    assert ToDo.objects.get(kind="orders.conditions", done_at=None).case == person.pk
    assert Card.objects.get(case=person.pk, key="orders").headline == "1 imported condition to read"
    marker.delete()
    prompt_for_day()
    assert not ToDo.objects.filter(kind="orders.conditions", done_at=None).exists()
    assert not Card.objects.filter(key="orders").exists()


def test_the_daily_round_asks_six_weeks_before_the_last_day_and_again_when_it_has_passed(officer, person, nia) -> None:
    last = today() + timedelta(60)
    order = record_order(by=officer, person=person, said=protecting(nia, until=last))
    expiry = ToDo.objects.filter(kind="orders.expiry", subject=order.pk, done_at=None)
    assert not expiry.exists()
    prompt_for_day(on=last - timedelta(42))
    assert expiry.get().due_on == last - timedelta(14)
    assert prompt_for_day(on=last - timedelta(41)) == 0
    prompt_for_day(on=last + timedelta(1))
    assert "confirm it" in expiry.get().title


def test_two_orders_may_protect_one_person_and_ending_one_leaves_the_other(officer, person, nia) -> None:
    first = record_order(by=officer, person=person, said=protecting(nia))
    record_order(by=officer, person=person, said=protecting(nia))
    end_order(
        by=officer,
        order=first,
        seen_version=1,
        ended_on=today(),
        reason_id="protective_order_end.DISCHARGED",
        note="Court order of today",
    )
    assert facts_of(nia).forbids_contact
