"""Supporters under 18 through the actions: facts, order of steps, approvals by someone else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.actions import OwnWorkError, decide_approval
from alongside.foundation.work.models import Approval, ApprovalState, Card, TimelineEntry, ToDo
from alongside.safety.young_supporters.actions import (
    ExceptionSaid,
    NotYetError,
    ParentSaid,
    ask_for_exception,
    ask_parent,
    end_exception,
    hear_alone,
    say_age,
    tell_them,
    unsafe_to_ask_parents,
)
from alongside.safety.young_supporters.models import AgeException, Attitude, ParentAsked, YoungSupporter
from alongside.safety.young_supporters.queries import young_facts
from alongside.safety.young_supporters.rules import YoungFacts
from tests.factories import FamilyMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def ellie():
    return FamilyMemberFactory(given_name="Ellie", age_band_id="age_band.A16_17", age_band_on=today())


def facts_of(member) -> YoungFacts:
    return young_facts([member.pk], on=today())[member.pk]


def every_step(by, member) -> None:
    row = hear_alone(by=by, member=member, seen_version=1, heard_on=today(), words="She wants to")
    ask_parent(by=by, member=member, said=ParentSaid(today(), Attitude.AGREES, name="Mandy, her mother"))
    tell_them(by=by, member=member, seen_version=row.version, told_on=today(), language_id="language.en", questions="")


def wish() -> ExceptionSaid:
    return ExceptionSaid("age_exception.WAIT", "It rains", "By the desk", today(), today() + timedelta(60))


def test_a_sister_of_sixteen_is_capped_and_nothing_is_done_yet(ellie) -> None:
    assert facts_of(ellie) == YoungFacts(is_under_18=True, parent_consulted=False, level_cap=3)


def test_every_id_has_an_entry_and_more_cost_no_more_queries(ellie, django_assert_num_queries) -> None:
    adults = [FamilyMemberFactory(year_of_birth=1970) for _ in range(12)]
    stranger = uuid4()
    with django_assert_num_queries(1):
        found = young_facts([ellie.pk, stranger, *(one.pk for one in adults)], on=today())
    assert len(found) == 14
    assert found[adults[0].pk] == found[stranger] == YoungFacts()


def test_each_step_is_a_fact(officer, ellie) -> None:
    every_step(officer, ellie)
    facts = facts_of(ellie)
    assert (facts.heard_alone, facts.parent_consulted, facts.told, facts.level_cap) == (True, True, True, 3)
    assert Card.objects.get(family_member=ellie.pk).right == "SEE_SAFETY"


def test_no_exception_before_every_step_was_taken(officer, ellie) -> None:
    with pytest.raises(NotYetError, match="Hear them alone"):
        ask_for_exception(by=officer, member=ellie, said=wish())
    assert not AgeException.objects.exists()
    assert not Approval.objects.exists()


def test_not_safe_to_ask_parents_stands_in_for_asking_and_is_told_apart(officer, ellie) -> None:
    row = unsafe_to_ask_parents(by=officer, member=ellie, seen_version=1, reason="She is afraid of her stepfather")
    assert (facts_of(ellie).parent_consulted, facts_of(ellie).consulting_unsafe) == (False, True)
    row = hear_alone(by=officer, member=ellie, seen_version=row.version, heard_on=today(), words="x")
    tell_them(
        by=officer, member=ellie, seen_version=row.version, told_on=today(), language_id="language.en", questions=""
    )
    assert ask_for_exception(by=officer, member=ellie, said=wish()).state == "waiting"


def test_an_exception_holds_once_someone_else_approved_it(officer, ellie) -> None:
    every_step(officer, ellie)
    row = ask_for_exception(by=officer, member=ellie, said=wish())
    approval = Approval.objects.get(subject=row.pk)
    assert not facts_of(ellie).exception_approved
    with pytest.raises(OwnWorkError):
        decide_approval(by=officer, approval=approval, state=ApprovalState.APPROVED, reason="Mine")
    senior = UserFactory(name="Sunita Senior")
    decide_approval(by=senior, approval=approval, state=ApprovalState.APPROVED, reason="It helps him come")
    row.refresh_from_db()
    assert (row.state, row.decided_by_name, row.decision_reason) == ("approved", "Sunita Senior", "It helps him come")
    assert facts_of(ellie).exception_approved
    assert facts_of(ellie).level_cap == 3
    assert ToDo.objects.filter(kind="young_supporters.ending", done_at=None).count() == 1
    end_exception(by=officer, row=row, member=ellie, seen_version=row.version, reason="No longer needed")
    assert not facts_of(ellie).exception_approved
    assert not ToDo.objects.filter(kind="young_supporters.ending", done_at=None).exists()


@pytest.mark.parametrize("state", [ApprovalState.RETURNED, ApprovalState.REFUSED])
def test_returned_or_refused_nothing_holds(officer, ellie, state) -> None:
    every_step(officer, ellie)
    row = ask_for_exception(by=officer, member=ellie, said=wish())
    decide_approval(by=UserFactory(), approval=Approval.objects.get(), state=state, reason="Who is with her?")
    assert not facts_of(ellie).exception_approved
    row.refresh_from_db()
    assert row.state == state
    waiting = ToDo.objects.filter(kind="young_supporters.returned", for_user=officer.pk, done_at=None)
    assert waiting.exists() == (state is ApprovalState.RETURNED)
    ask_for_exception(by=officer, member=ellie, said=wish())
    assert not waiting.exists()


def test_only_one_exception_waits_at_a_time(officer, ellie) -> None:
    every_step(officer, ellie)
    ask_for_exception(by=officer, member=ellie, said=wish())
    with pytest.raises(NotYetError, match="waits"):
        ask_for_exception(by=officer, member=ellie, said=wish())


def test_what_a_parent_says_last_counts(officer, ellie) -> None:
    ask_parent(by=officer, member=ellie, said=ParentSaid(today(), Attitude.OBJECTS, name="Mandy"))
    assert facts_of(ellie).parent_objects
    ask_parent(by=officer, member=ellie, said=ParentSaid(today(), Attitude.AGREES, name="mandy"))
    assert not facts_of(ellie).parent_objects
    assert ParentAsked.objects.count() == 2


def test_an_adult_needs_none_of_it(officer) -> None:
    mother = FamilyMemberFactory(year_of_birth=1975)
    with pytest.raises(NotYetError, match="18 or over"):
        ask_for_exception(by=officer, member=mother, said=wish())
    say_age(by=officer, member=mother, seen_version=1, under_18=True)
    assert facts_of(mother).is_under_18 is True
    assert facts_of(mother).level_cap == 3


def test_two_officers_at_once_lose_nothing(officer, ellie) -> None:
    hear_alone(by=officer, member=ellie, seen_version=1, heard_on=today(), words="What she said")
    with pytest.raises(ChangedMeanwhileError):
        hear_alone(by=UserFactory(), member=ellie, seen_version=1, heard_on=today(), words="Something else")
    assert YoungSupporter.objects.get().heard_words == "What she said"


def test_the_database_refuses_a_parent_who_is_the_child_and_a_decision_on_own_work(officer, ellie) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ParentAsked.objects.create(family_member=ellie, parent=ellie, asked_on=today(), attitude="agrees")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgeException.objects.create(
            family_member=ellie,
            what_id="age_exception.WAIT",
            reason="x",
            safeguards="x",
            from_date=today(),
            until_date=today(),
            asked_by=officer.pk,
            decided_by=officer.pk,
            state="approved",
        )


def test_lines_show_only_to_those_who_see_safety(officer, ellie) -> None:
    every_step(officer, ellie)
    assert set(TimelineEntry.objects.values_list("right", flat=True)) == {"SEE_SAFETY"}
