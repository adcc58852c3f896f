"""What others may know of advocacy in order to stop."""

from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.safety.advocacy.models import Clash, Referral
from alongside.safety.advocacy.queries import advocacy_facts
from alongside.safety.advocacy.rules import AdvocacyFacts
from tests.factories import FamilyMemberFactory, PersonFactory, TeamFactory


def clash(member, state: str = "open") -> Clash:
    decided = {} if state == "open" else {"decided_at": timezone.now(), "decided_by": uuid4()}
    return Clash.objects.create(
        case=member.person_id,
        family_member=member.pk,
        typed_name="Kelly Invented",
        known=uuid4(),
        known_name="Kelly Invented",
        known_by="liaison",
        basis="Same name and year of birth",
        found_at=timezone.now(),
        state=state,
        **decided,
    )


@pytest.mark.django_db
def test_every_id_asked_gets_an_answer_known_or_not() -> None:
    member, stranger = FamilyMemberFactory(), uuid4()
    assert advocacy_facts([member.pk, stranger], on=today()) == {member.pk: AdvocacyFacts(), stranger: AdvocacyFacts()}


@pytest.mark.django_db
def test_one_who_was_referred_stays_out_of_the_officers_reach() -> None:
    member = FamilyMemberFactory()
    Referral.objects.create(
        person=member.person,
        family_member=member.pk,
        team=TeamFactory(),
        referred_at=timezone.now(),
        referred_by=uuid4(),
        referred_by_name="Olwen",
    )
    assert advocacy_facts([member.pk], on=today())[member.pk] == AdvocacyFacts(victim=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("states", "facts"),
    [
        (["open"], AdvocacyFacts(clash="open")),
        (["dismissed"], AdvocacyFacts()),
        (["confirmed", "open"], AdvocacyFacts(clash="confirmed", victim=True)),
        (["open", "dismissed", "confirmed"], AdvocacyFacts(clash="confirmed", victim=True)),
    ],
)
def test_the_gravest_clash_counts(states: list[str], facts: AdvocacyFacts) -> None:
    member = FamilyMemberFactory()
    for state in states:
        clash(member, state)
    assert advocacy_facts([member.pk], on=today())[member.pk] == facts


@pytest.mark.django_db
def test_a_caseload_costs_two_queries(django_assert_num_queries) -> None:
    person = PersonFactory()
    members = [FamilyMemberFactory(person=person).pk for _ in range(30)]
    with django_assert_num_queries(2):
        assert len(advocacy_facts(members, on=today())) == 30
