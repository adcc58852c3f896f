"""Vignette 1: he agreed that his sister may be called if he misses contact. Staff are prompted; nothing is sent."""

import pytest
from django.urls import reverse

from alongside.foundation.delivery.models import Message
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.safety.permissions.histories import days
from tests.safety.permissions.people import Officer, permission

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
WORDS = "He asked us to ring you if we had not heard from him. Please ask him to call."


def test_missed_contact_prompts_with_the_agreed_words_and_nothing_goes_by_itself() -> None:
    cast = assemble()
    sister = FamilyMemberFactory(person=cast.person, given_name="Leanne", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    agreed = permission("attendance", "whereabouts", direction="to_them", when="missed", missed_days="3", words=WORDS)
    assert "Only if contact is missed" in officer.fill("give", sister, **agreed)
    assert "If contact is missed" in officer.read("grid")
    since = days(-4)
    said = officer.fill("missed", **{"since-day": since.day, "since-month": since.month, "since-year": since.year})
    assert "Nothing was sent" in said
    assert "Agreed words only" in officer.read("grid")
    assert WORDS in officer.read("member", sister)
    to_dos = officer.client.get(reverse("casework:case_to_dos", args=[cast.person.pk])).content.decode()
    assert "Leanne Achebe may be told the agreed words" in to_dos
    assert not Message.objects.exists()
    officer.client.post(officer.address("back"))
    assert "Agreed words only" not in officer.read("grid")
