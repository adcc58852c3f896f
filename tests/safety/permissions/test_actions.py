"""Permissions written down, and what follows from each."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import end_of, today
from alongside.foundation.records.models import AppendOnlyError
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.families.actions import end_family_member
from alongside.safety.permissions.actions import (
    Answer,
    Asked,
    NotAloneError,
    NotTakenError,
    NotWillinglyError,
    SafeProfile,
    SaidMeanwhileError,
    confirm_alone,
    keep_private,
    keep_safe_contact,
    lift_refusal,
    note_answer,
    note_back_in_contact,
    note_missed_contact,
    pause,
    refuse,
    resume,
    take_permission,
    withdraw,
)
from alongside.safety.permissions.drafts import LONGEST
from alongside.safety.permissions.models import Permission, Step
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import Direction, PermissionFacts, Voicemail, Willing
from alongside.safety.permissions.tasks import say_anew_what_changed
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory
from tests.safety.permissions.histories import ALONE, days, draft, take
from tests.support.jobs import do_waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db):
    return FamilyMemberFactory(person=PersonFactory(given_names="Jordan", family_name="Pugh"), given_name="Leanne")


def facts(member) -> PermissionFacts:
    return permission_facts([member.pk], at=timezone.now())[member.pk]


def topics(member) -> set[str]:
    return set(facts(member).topics(Direction.TO_THEM))


def open_kinds(member) -> set[str]:
    kinds = ToDo.objects.filter(family_member=member.pk, done_at=None).values_list("kind", flat=True)
    return {kind.rpartition(".")[2] for kind in kinds}


def test_a_permission_taken_alone_holds_at_once_and_leaves_event_line_card_and_to_dos(member) -> None:
    user = UserFactory(name="Olwen Owner")
    permission = take_permission(by=user, member=member, draft=draft())
    assert topics(member) == {"attendance", "appointments"}
    assert (permission.by_name, permission.number) == ("Olwen Owner", 1)
    assert Event.objects.filter(chain=member.person_id, name="permissions.permission.taken").exists()
    assert TimelineEntry.objects.filter(case=member.person_id, kind="permissions.permission.taken").exists()
    assert open_kinds(member) == {"expires", "agree"}
    card = Card.objects.get(family_member=member.pk, key="permissions")
    assert card.headline == "Jordan permits 2 topics"
    assert Card.objects.get(case=member.person_id, family_member=None, key="permissions").headline.startswith("1 of 1")


@pytest.mark.parametrize("flaw", [{"alone": False, "company": "His mother"}, {"pressed": True}, {"understood": False}])
def test_what_is_said_in_company_or_doubt_waits_for_the_person_alone(member, flaw) -> None:
    permission = take(member, **flaw)
    assert (topics(member), facts(member).pending_alone, open_kinds(member)) == (set(), True, {"confirm"})
    for asked in (Asked(alone=False, freely=True), Asked(alone=True, freely=False)):
        with pytest.raises(NotAloneError):
            confirm_alone(by=None, member=member, permission=permission, asked=asked)
    assert confirm_alone(by=None, member=member, permission=permission, asked=ALONE)
    assert topics(member) == {"attendance", "appointments"}
    assert "confirm" not in open_kinds(member)
    assert confirm_alone(by=None, member=member, permission=permission, asked=ALONE) is None


def test_withdrawal_holds_at_once_says_what_stops_and_only_a_new_permission_undoes_it(member) -> None:
    take(member)
    stopped = withdraw(by=None, member=member)
    assert stopped.topics == {"attendance", "appointments"}
    assert stopped.anything
    assert (topics(member), facts(member).withdrawn, open_kinds(member)) == (set(), True, set())
    assert not withdraw(by=None, member=member).anything
    assert Step.objects.count() == 1
    take(member, "progress")
    assert topics(member) == {"progress"}


def test_one_of_two_permissions_may_be_withdrawn(member) -> None:
    first = take(member, "attendance", "progress")
    take(member, "attendance", channels=frozenset({"letter"}))
    assert withdraw(by=None, member=member, permission=first).topics == {"progress"}
    assert topics(member) == {"attendance"}


def test_a_named_refusal_is_absolute_and_lifting_it_permits_nothing(member) -> None:
    take(member)
    assert refuse(by=None, member=member).topics == {"attendance", "appointments"}
    assert facts(member).refused
    with pytest.raises(NotTakenError, match="Ask alone whether that has changed"):
        take(member)
    with pytest.raises(NotAloneError):
        lift_refusal(by=None, member=member, asked=Asked(alone=False, freely=True))
    lift_refusal(by=None, member=member, asked=ALONE)
    assert (facts(member).refused, topics(member)) == (False, set())
    assert take(member)


def test_a_pause_suspends_and_only_the_person_alone_ends_it(member) -> None:
    take(member)
    assert pause(by=None, member=member).topics
    assert (topics(member), open_kinds(member)) == (set(), {"expires", "resume"})
    with pytest.raises(NotAloneError):
        resume(by=None, member=member, asked=Asked(alone=False, freely=True))
    with pytest.raises(NotTakenError):
        take(member)
    resume(by=None, member=member, asked=ALONE)
    assert topics(member) == {"attendance", "appointments"}
    assert "resume" not in open_kinds(member)


def test_permission_for_today_ends_with_the_day(member) -> None:
    take(member, today_only=True, ends_on=today())
    assert topics(member)
    midnight = permission_facts([member.pk], at=end_of(today()))[member.pk]
    assert (midnight.live, midnight.expired) == ((), True)
    assert open_kinds(member) == set()


def test_missed_contact_prompts_and_what_was_agreed_for_it_ends_when_they_are_back(member) -> None:
    take(member, missed_days=3, words="Please ask him to ring me.")
    other = FamilyMemberFactory(person=member.person)
    take(other)
    assert (topics(member), len(facts(member).contingent)) == (set(), 1)
    assert note_missed_contact(by=None, person=member.person, since=days(-1)) == [member]
    assert topics(member) == set()
    assert ToDo.objects.get(kind="permissions.to_do.missed").due_on == days(2)
    note_missed_contact(by=None, person=member.person, since=days(-3))
    assert topics(member) == {"attendance", "appointments"}
    note_back_in_contact(by=None, person=member.person)
    assert (topics(member), "missed" in open_kinds(member)) == (set(), False)


def test_what_is_kept_from_someone_closes_what_was_permitted(member) -> None:
    take(member, "attendance", "health")
    keep_private(by=None, member=member, topics=["health"], words="Not my mum")
    assert topics(member) == {"attendance"}
    with pytest.raises(NotTakenError, match="kept from"):
        take(member, "health")
    assert keep_private(by=None, member=member, topics=["health"], words="Not my mum") is None


def test_a_family_member_agrees_apart_and_informed_and_may_leave_at_any_time(member) -> None:
    with pytest.raises(NotWillinglyError):
        note_answer(by=None, member=member, answer=Answer(Willing.AGREED, apart=False, statement=uuid4()))
    with pytest.raises(NotWillinglyError):
        note_answer(by=None, member=member, answer=Answer(Willing.AGREED, apart=True))
    note_answer(by=None, member=member, answer=Answer(Willing.AGREED, apart=True, statement=uuid4(), language="en"))
    assert (facts(member).member_agrees, facts(member).cooling_off) == (Willing.AGREED, True)
    note_answer(by=None, member=member, answer=Answer(Willing.AGREED, apart=True, statement=uuid4(), at_once=True))
    assert not facts(member).cooling_off
    note_answer(by=None, member=member, answer=Answer(Willing.WITHDRAWN))
    assert facts(member).member_agrees is Willing.WITHDRAWN


def test_the_last_safe_contact_profile_counts(member) -> None:
    assert facts(member).safe_contact.asked is False
    for word in ("bluebell", ""):
        keep_safe_contact(
            by=None,
            member=member,
            profile=SafeProfile([0, 1], None, None, ["text"], Voicemail.NEVER, code_word=word),
        )
    safe = facts(member).safe_contact
    assert (safe.days, safe.never, safe.has_their_word) == ({0, 1}, {"text"}, False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_on": days(-1)}, "ends_on"),
        ({"starts_on": days(9), "ends_on": days(8)}, "ends_on"),
        ({"starts_on": days(-1)}, "starts_on"),
        ({"starts_on": days(91), "ends_on": days(95)}, "starts_on"),
        ({"ends_on": today() + LONGEST * 30}, "ends_on"),
        ({"topics": frozenset()}, "topics"),
        ({"topics": frozenset({"weather"})}, "topics"),
        ({"channels": frozenset()}, "channels"),
        ({"channels": frozenset({"pigeon"})}, "channels"),
        ({"missed_days": 0, "words": "Ring me"}, "missed_days"),
        ({"missed_days": 999, "words": "Ring me"}, "missed_days"),
        ({"missed_days": 3, "words": ""}, "words"),
        ({"missed_days": 3, "words": "Ring me", "direction": Direction.FROM_THEM}, "direction"),
        ({"alone": False}, "company"),
    ],
)
def test_a_permission_that_cannot_stand_is_refused_at_its_field(member, changed, field) -> None:
    with pytest.raises(NotTakenError) as refused:
        take_permission(by=None, member=member, draft=replace(draft(), **changed))
    assert field in [fault.field for fault in refused.value.faults]
    assert not Permission.objects.exists()


@pytest.mark.parametrize(
    ("of_member", "of_person", "words"),
    [
        ({"deceased": True}, {}, "has died"),
        ({"ended_on": days(-1), "end_reason_id": "member_end_reason.OTHER"}, {}, "no longer names"),
        ({}, {"date_of_death": days(-1)}, "has died"),
        ({"given_name": "Jordan", "family_name": "Pugh", "year_of_birth": 1990}, {}, "looks like the person"),
    ],
)
def test_nothing_is_permitted_for_the_dead_the_ended_or_oneself(db, of_member, of_person, words) -> None:
    person = PersonFactory(given_names="Jordan", family_name="Pugh", **of_person)
    with pytest.raises(NotTakenError, match=words):
        take(FamilyMemberFactory(person=person, **of_member))


def test_nothing_stands_once_someone_died_or_is_no_longer_named(member) -> None:
    take(member)
    type(member).objects.filter(pk=member.pk).update(deceased=True)
    assert (topics(member), facts(member).closed) == (set(), True)


def test_a_permission_sent_twice_is_taken_once(member) -> None:
    key = uuid4()
    first = take_permission(by=None, member=member, draft=draft(), key=key, seen=0)
    assert take_permission(by=None, member=member, draft=draft(), key=key, seen=0).pk == first.pk
    assert Permission.objects.count() == 1


def test_a_permission_written_down_after_a_withdrawal_that_its_writer_did_not_see_is_asked_again(member) -> None:
    take(member)
    withdraw(by=None, member=member)
    with pytest.raises(SaidMeanwhileError) as meanwhile:
        take_permission(by=None, member=member, draft=draft(), seen=1)
    assert meanwhile.value.number == 2
    assert take_permission(by=None, member=member, draft=draft(), seen=2)


def test_what_was_said_is_never_altered(member) -> None:
    permission = take(member)
    with pytest.raises(AppendOnlyError):
        permission.save()
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE safety_permissions_permission SET alone = true")


def test_the_database_takes_no_opening_step_that_was_not_said_alone(member) -> None:
    permission = take(member)
    for kind in ("confirmed", "lifted", "resumed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(
                case=member.person_id,
                family_member=member.pk,
                number=9,
                at=timezone.now(),
                kind=kind,
                permission=permission.pk,
                alone=False,
            )


def test_facts_answer_for_everyone_asked_in_the_same_number_of_queries(django_assert_num_queries) -> None:
    members = [FamilyMemberFactory() for _ in range(5)]
    for member in members:
        take(member)
    asked = [*(member.pk for member in members), uuid4()]
    with django_assert_num_queries(1):
        found = permission_facts(asked, at=timezone.now())
    assert found.keys() == set(asked)
    assert found[asked[-1]].closed
    with django_assert_num_queries(1):
        permission_facts(asked[:1], at=timezone.now())


def test_cards_and_to_dos_follow_who_is_named_and_what_runs_out(member) -> None:
    take(member)
    end_family_member(
        by=None, member=member, seen_version=member.version, ended_on=today(), reason_id="member_end_reason.OTHER"
    )
    do_waiting_jobs()
    card = Card.objects.get(family_member=member.pk, key="permissions")
    assert (card.headline, open_kinds(member)) == ("Nothing can be permitted", set())
    other = FamilyMemberFactory(person=member.person)
    take(other)
    Card.objects.filter(family_member=other.pk).update(headline="Old")
    assert say_anew_what_changed() == 2
    assert Card.objects.get(family_member=other.pk, key="permissions").headline == "Jordan permits 2 topics"
