"""Vignette 12: his mother sits in and answers for him. Time alone is short, and a review lets her in less."""

from datetime import timedelta

import pytest

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.involvement.suitability.queries import LITTLE_ALONE, suitability_facts
from alongside.involvement.suitability.rules import State
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.people import PURPOSE, Assessor, on
from tests.involvement.suitability.rows import approved, judgement_of
from tests.involvement.suitability.safe import checked

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_sessions_without_time_alone_call_for_a_review_that_lets_her_in_less() -> None:
    cast = assemble()
    cast.person.date_of_birth = today() - timedelta(days=19 * 366)
    cast.person.save()
    mother = FamilyMemberFactory(
        person=cast.person, given_name="Tracey", family_name="Gould", relationship_id="relationship.MOT"
    )
    checked(mother, by=cast.owner)
    approved(judgement_of(cast.person, mother, cast.owner, level=5), by=cast.senior)
    officer = Assessor(cast.owner, mother)
    assert facts(mother).level == 5
    first = {"minutes": "45", "minutes_alone": "0", "changed": "yes"}
    refused = officer.fill("joined_session", **first, **on("on", today()))
    assert "Enter why there was no time alone" in refused
    officer.fill("joined_session", note="She had brought him", **first, **on("on", today()))
    assert facts(mother).state is State.APPROVED
    officer.fill("joined_session", note="She would not wait outside", **first, **on("on", today()))
    assert facts(mother).state is State.REVIEW_DUE
    page = officer.read()
    assert LITTLE_ALONE in page
    assert "0 of 45 minutes alone" in page
    assert "Look again" in page
    assert ToDo.objects.filter(family_member=mother.pk, title__contains="Too little time alone", done_at=None).exists()
    officer.fill("start", variant="community", **PURPOSE)
    assert "A young adult is treated as a child" in officer.read("weigh", "in_the_way")
    down = officer.fill("step_down", level="3", reason="He says more without her", told="meeting")
    assert "Stepped down" in down
    assert (facts(mother).level, facts(mother).level_cap) == (3, 5)


def facts(member):
    return suitability_facts([member.pk], on=today())[member.pk]
