"""Vignette 13: a learning disability, and a mother whose presence changes what is said. He is asked alone."""

import pytest
from django.urls import reverse

from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.safety.permissions.people import Officer, permission

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_who_helps_him_understand_is_asked_and_nothing_holds_until_he_says_it_alone() -> None:
    cast = assemble()
    mother = FamilyMemberFactory(person=cast.person, given_name="Maureen", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    typed = permission(
        "progress", "wellbeing", alone="no", company="His mother", understood="no",
        support="His mother. With her there he says less.",
    )  # fmt: skip
    assert "someone independent beside them" in officer.fill("give", mother, **typed)
    said = officer.fill("give", mother, **typed, advocate="asked_for")
    assert "Nothing yet: ask Daniel alone" in said
    assert "In company: His mother, could not say it back" in said
    assert "With her there he says less." in said
    assert "Someone independent Wanted: to arrange" in said
    to_dos = officer.client.get(reverse("casework:case_to_dos", args=[cast.person.pk])).content.decode()
    assert "Ask Daniel alone about what may be said to Maureen Achebe" in to_dos


def test_what_he_does_not_want_her_to_hear_stands_on_her_page_and_is_never_permitted_with_it() -> None:
    cast = assemble()
    mother = FamilyMemberFactory(person=cast.person, given_name="Maureen", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    officer.fill("private", mother, topics=["health"], words="That I would like my own place")
    assert "That I would like my own place" in officer.read("member", mother)
    assert "Kept from them" in officer.read("grid")
    refused = officer.fill("give", mother, **permission("health"))
    assert "wants some of this kept from Maureen Achebe" in refused
