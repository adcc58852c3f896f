"""What others may know of advocacy in order to stop."""

from uuid import uuid4

import pytest

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity, set_identity
from alongside.safety.advocacy.actions.liaison import decide_clash
from alongside.safety.advocacy.models import Clash, ClashState
from alongside.safety.advocacy.queries import advocacy_facts
from alongside.safety.advocacy.rules import AdvocacyFacts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory, PersonFactory
from tests.safety.advocacy.support import known_victim, named, referred


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def decide(cast: Cast, *states: ClashState) -> None:
    with identity(cast.victim_liaison.pk):
        for clash, state in zip(Clash.objects.order_by("pk"), states, strict=True):
            if state is not ClashState.OPEN:
                decide_clash(by=cast.victim_liaison, clash=clash, seen_version=1, state=state, decision="I rang her")


def test_every_id_asked_gets_an_answer_known_or_not(cast: Cast) -> None:
    member, stranger = FamilyMemberFactory(), uuid4()
    assert advocacy_facts([member.pk, stranger], on=today()) == {member.pk: AdvocacyFacts(), stranger: AdvocacyFacts()}


def test_one_who_was_referred_stays_out_of_the_officers_reach(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person)
    referred(cast, member=member)
    assert advocacy_facts([member.pk], on=today())[member.pk] == AdvocacyFacts(victim=True)


@pytest.mark.parametrize(
    ("states", "facts"),
    [
        ([ClashState.OPEN], AdvocacyFacts(clash="open")),
        ([ClashState.DISMISSED], AdvocacyFacts()),
        ([ClashState.CONFIRMED, ClashState.OPEN], AdvocacyFacts(clash="confirmed", victim=True)),
        ([ClashState.OPEN, ClashState.DISMISSED], AdvocacyFacts(clash="open")),
    ],
)
def test_the_gravest_clash_counts_whoever_asks(cast: Cast, states: list[ClashState], facts: AdvocacyFacts) -> None:
    for _ in states:
        known_victim(cast)
    member = named(cast)
    decide(cast, *states)
    for asker in (None, cast.owner.pk, cast.adviser.pk):
        with identity(asker):
            assert advocacy_facts([member.pk], on=today())[member.pk] == facts


def test_a_caseload_costs_one_query(cast: Cast, django_assert_num_queries) -> None:
    person = PersonFactory()
    members = [FamilyMemberFactory(person=person).pk for _ in range(30)]
    with django_assert_num_queries(1):
        assert len(advocacy_facts(members, on=today())) == 30
