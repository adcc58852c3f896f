"""Vignette 2: her father brings her, upset. She is asked alone first; his later call is inside what she said."""

import pytest
from django.db import transaction

from alongside.safety.permissions.actions import NotPermittedError, claim
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.safety.permissions.people import SAID_ALONE, Officer, permission

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def may_be_told(member, topic: str) -> bool:
    """Whether an officer on the phone may answer."""
    try:
        with transaction.atomic():
            claim(member_id=member.pk, topics=[topic], channel="phone")
    except NotPermittedError:
        return False
    return True


def test_she_is_asked_alone_first_and_where_she_is_may_then_be_said_until_midnight() -> None:
    cast = assemble()
    father = FamilyMemberFactory(person=cast.person, given_name="Martin", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    beside_him = officer.fill("today", father, topics=["whereabouts", "attendance"], alone="no")
    assert "it holds nothing yet" in beside_him
    assert not may_be_told(father, "whereabouts")
    apart = officer.fill("today", father, topics=["whereabouts", "attendance"], alone="yes")
    assert "only on" in apart
    assert may_be_told(father, "whereabouts")
    assert not may_be_told(father, "health")
    assert "Both ways, today" in officer.read("grid")


def test_what_she_said_with_him_there_waits_until_she_says_it_alone() -> None:
    cast = assemble()
    father = FamilyMemberFactory(person=cast.person, given_name="Martin", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    said = officer.fill("give", father, **permission("wellbeing", alone="no", company="Her father"))
    assert "Nothing yet: ask Daniel alone" in said
    assert "Ask alone first" in officer.read("grid")
    page = officer.client.get(officer.address("member", father)).content.decode()
    confirm = page.split("permissions/confirm/")[1].split("/")[0]
    assert "Only what they say alone" in officer.fill("confirm", father, confirm, alone="no", freely="yes")
    assert not may_be_told(father, "wellbeing")
    assert "Confirmed. It holds now." in officer.fill("confirm", father, confirm, **SAID_ALONE)
    assert may_be_told(father, "wellbeing")
