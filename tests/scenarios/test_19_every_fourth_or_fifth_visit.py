"""Vignette 19: his wife comes to the first meeting, then every fourth or fifth, and the last; the days are drafted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation.calendar.rules import is_working_day, today
from alongside.involvement.agreements.models import Agreement, Visit
from alongside.involvement.agreements.queries import agreement_facts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.desk import Desk, words_of
from tests.involvement.agreements.scene import at_level

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def wife(cast: Cast):
    wife = FamilyMemberFactory(person=cast.person, given_name="Agnieszka", family_name="Zielińska")
    at_level(wife, 5, by=cast.owner)
    return wife


def sessions(begins_on):
    return {
        "person_wishes": "part",
        "member_wishes": "whole",
        "participation": "part",
        "invited": ["first", "last"],
        "every": "4-5",
        "weeks_between": "2",
        "begins_on": begins_on,
        "ends_on": begins_on + timedelta(weeks=22),
        "meeting_place": "The office, with the interpreter",
        "meeting_minutes": "20",
    }


def test_the_first_every_fourth_or_fifth_and_the_last_are_drafted_and_can_be_moved(cast: Cast, wife) -> None:
    officer, begins_on = Desk(cast.owner), today() + timedelta(days=7)
    officer.press("begin", wife)
    assert "ask again" in officer.fill("write", wife, "sessions", **sessions(begins_on) | {"participation": "whole"})
    written = officer.fill("write", wife, "sessions", **sessions(begins_on))
    assert "The first, one in 4 or 5 and the last of the sessions, one every fortnight" in written
    officer.fill("offer", wife, what_changed="The first version")
    for party in ("person", "family_member"):
        said = officer.fill("answer", wife, party=party, agrees="yes", how="in_person", on=today())
        assert "All three agree" not in said
        assert not Visit.objects.exists()
    agreed = officer.fill("answer", wife, party="practitioner", agrees="yes", how="in_person", on=today())
    assert "All three agree: it is in force" in agreed

    agreement = Agreement.objects.get(family_member=wife)
    visits = list(Visit.objects.filter(agreement=agreement).order_by("on"))
    assert [visit.kind for visit in visits] == ["first", "regular", "regular", "last"]
    assert all(is_working_day(visit.on) for visit in visits)
    assert (visits[1].until - visits[1].on) >= timedelta(days=12)
    assert "the latest would be" in agreed

    to_dos = words_of(officer.client.get(reverse("casework:case_to_dos", args=[cast.person.pk])))
    assert f"Invite Agnieszka Zielińska to the session of {visits[0].on.day}" in to_dos
    officer.fill("visit", wife, visits[0].pk, state="held")
    to_dos = words_of(officer.client.get(reverse("casework:case_to_dos", args=[cast.person.pk])))
    assert f"Invite Agnieszka Zielińska to the session of {visits[1].on.day}" in to_dos
    taken = officer.fill("visit", wife, visits[1].pk, state="planned", on=visits[2].on)
    assert "They are invited on that day already" in taken
    officer.fill("visit", wife, visits[1].pk, state="planned", on=visits[1].until)
    visits[1].refresh_from_db()
    assert visits[1].on == visits[1].until

    assert agreement_facts([wife.pk], on=today())[wife.pk].participation == "part"
    for language in ("en", "cy"):
        copy = officer.client.get(officer.address("copy", wife, 1, language))
        assert copy["Content-Type"] == "application/pdf"
        assert copy.content.startswith(b"%PDF")


def test_no_rhythm_is_agreed_beyond_the_level(cast: Cast, wife) -> None:
    at_level(wife, 3, by=cast.owner)
    officer = Desk(cast.owner)
    officer.press("begin", wife)
    officer.fill("write", wife, "sessions", **sessions(today() + timedelta(days=7)))
    refused = officer.fill("offer", wife, what_changed="The first version")
    assert "The level of involvement is 3 (practical help), and the agreement promises more" in refused
    assert not Visit.objects.exists()
