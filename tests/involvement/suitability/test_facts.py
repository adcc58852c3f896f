"""What other rooms are told: an entry for everyone asked for, in as many queries for one as for a hundred."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation.calendar.rules import today
from alongside.involvement.suitability.queries import suitability_facts
from alongside.involvement.suitability.rules import State, SuitabilityFacts
from tests.factories import FamilyMemberFactory, UserFactory
from tests.involvement.suitability.rows import involvement_of, judgement_of

pytestmark = pytest.mark.django_db


def test_nobody_judged_and_nobody_known_are_answered_alike() -> None:
    member, stranger = FamilyMemberFactory(), uuid4()
    assert suitability_facts([member.pk, stranger], on=today()) == {
        member.pk: SuitabilityFacts(),
        stranger: SuitabilityFacts(),
    }
    assert suitability_facts([], on=today()) == {}


def test_a_judgement_counts_once_it_is_approved() -> None:
    member = FamilyMemberFactory()
    judgement_of(member.person, member, UserFactory())
    assert suitability_facts([member.pk], on=today())[member.pk].state is State.PROPOSED


def test_the_number_of_queries_does_not_grow_with_the_family() -> None:
    few, many = FamilyMemberFactory.create_batch(2), FamilyMemberFactory.create_batch(12)
    for member in [*few, *many]:
        involvement_of(member.person, member, UserFactory(), "Words")

    def asked(members: list[object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            suitability_facts([member.pk for member in members], on=today() + timedelta(days=1))
        return len(captured)

    assert asked(few) == asked(many)
