"""Facts come from every room with full sight, in so many queries however many are asked about."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.queries import facts_about, may_i
from alongside.involvement.decisions.rules import Act, Check, Facts, Identity, Outcome, Purpose, Question, Way
from alongside.people.families.actions import end_family_member
from alongside.safety.flags.models import Flag
from alongside.safety.permissions.actions.stopping import refuse, withdraw
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.decisions.family import trusted_father

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def where_is_she(**values: Any) -> Question:
    asked = {
        "act": Act.SHARE,
        "role": "practitioner",
        "identity": Identity.CALLED_BACK,
        "way": Way.PHONE,
        "topic": "whereabouts",
        "purpose": Purpose.OTHER,
    }
    return Question(**asked | values)


def test_a_father_who_is_permitted_may_be_told_where_she_is(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    may = may_i(where_is_she(), member_id=father.pk, at=timezone.now())
    assert may.answer.outcome is Outcome.CONDITIONS, may.answer.rules
    assert may.answer.rules == ("always.within", "access.limited")


def test_a_stranger_has_the_facts_that_permit_nothing(cast: Cast) -> None:
    stranger = cast.person.pk
    assert facts_about([stranger], at=timezone.now())[stranger].facts == Facts()
    assert may_i(where_is_she(), member_id=stranger, at=timezone.now()).answer.outcome is Outcome.REFUSE


def test_a_family_of_twenty_costs_as_much_as_one(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    others = [FamilyMemberFactory(person=cast.person).pk for _ in range(20)]
    counted = []
    for ids in ([father.pk], [father.pk, *others]):
        with CaptureQueriesContext(connection) as queries:
            found = facts_about(ids, at=timezone.now())
        assert set(found) == set(ids)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_refusal_reaches_the_answer(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    refuse(by=cast.owner, member=father)
    answer = may_i(where_is_she(), member_id=father.pk, at=timezone.now()).answer
    assert answer.outcome is Outcome.REFUSE
    assert "refusal.named" in answer.rules


def test_a_withdrawal_reaches_the_answer(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    withdraw(by=cast.owner, member=father)
    answer = may_i(where_is_she(), member_id=father.pk, at=timezone.now()).answer
    assert answer.outcome is Outcome.REFUSE
    assert "permission.none" in answer.rules


def test_abuse_between_the_two_reaches_the_answer(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    Flag.objects.create(
        person=cast.person,
        family_member=father,
        kind_id="safety_flag.DA_BETWEEN",
        scope="relationship",
        direction="from_member",
        certainty="suspected",
        basis="reported",
        source_id="safety_source.SELF",
        words="She said so, alone",
        recorded_on=today(),
        review_on=today() + timedelta(days=28),
        awaiting_review=False,
    )
    may = may_i(where_is_she(), member_id=father.pk, at=timezone.now())
    assert may.facts.abuse_between is Check.SUSPECTED
    assert "abuse.between" in may.answer.rules
    assert may.answer.outcome is Outcome.REFUSE


def test_someone_no_longer_named_is_out(cast: Cast) -> None:
    father = trusted_father(cast.person, cast.owner)
    end_family_member(
        by=cast.owner,
        member=father,
        seen_version=father.version,
        ended_on=today(),
        reason_id="member_end_reason.CONTACTENDED",
    )
    answer = may_i(where_is_she(), member_id=father.pk, at=timezone.now()).answer
    assert {"member.not_named"} <= set(answer.rules)
    assert answer.outcome is Outcome.REFUSE


def test_what_was_not_checked_is_asked_about_first(cast: Cast) -> None:
    mother = FamilyMemberFactory(person=cast.person)
    facts = facts_about([mother.pk], at=timezone.now())[mother.pk].facts
    assert facts.abuse is facts.children is facts.abuse_between is Check.NOT_CHECKED
