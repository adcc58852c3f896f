"""Vignette 3: a father demands to know. He is listened to and told nothing, and what happened is written down."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event, EventKind
from tests.cast import assemble
from tests.factories import FamilyMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_reception_has_the_words_and_names_nobody() -> None:
    cast = assemble()
    FamilyMemberFactory(person=cast.person, given_name="Ronald", family_name="Achebe")
    desk = as_(cast.reception)
    assert "When someone asks about a person" in desk.get("/").content.decode()
    words = desk.get(reverse("protected:refused")).content.decode()
    assert "I cannot say whether we know anyone of that name" in words
    assert "We will listen" in words
    assert cast.person.family_name not in words
    written = {
        "asked_by": "A man who says he is the father",
        "asked_for": "Whether his son has been in",
        "channel": "told_channel.RECEPT",
        "answer": "refusal_answer.LISTENED",
        "happened": "He would not go. He said that money is owed.",
        "would_not_leave": "on",
    }
    desk.post(reverse("protected:refused"), written)
    assert "would not leave" in desk.get(reverse("protected:refused")).content.decode().lower()
    assert not Event.objects.filter(kind=EventKind.DISCLOSURE).exists()
    assert "money is owed" in as_(cast.senior).get(reverse("protected:refused")).content.decode()
    assert "money is owed" not in as_(cast.outsider).get(reverse("protected:refused")).content.decode()


def test_the_officer_writes_it_on_the_case_and_danger_goes_first() -> None:
    cast = assemble()
    father = FamilyMemberFactory(person=cast.person, given_name="Ronald", family_name="Achebe")
    officer, case = as_(cast.owner), [cast.person.pk]
    form = officer.get(f"{reverse('protected:refused_on_case', args=case)}?member={father.pk}").content.decode()
    assert "Ronald Achebe" in form
    officer.post(
        reverse("protected:refused_on_case", args=case),
        {
            "asked_by": "Ronald Achebe",
            "asked_for": "Whether his son has been in",
            "channel": "told_channel.RECEPT",
            "answer": "refusal_answer.LISTENED",
            "would_not_leave": "on",
        },
    )
    assert "Whether his son has been in" in officer.get(reverse("protected:page", args=case)).content.decode()
    assert (
        "Whether his son has been in"
        not in as_(cast.colleague).get(reverse("protected:page", args=case)).content.decode()
    )
    assert "Someone in danger?" in officer.get(reverse("casework:case", args=case)).content.decode()
    shared = officer.post(
        f"{reverse('protected:share')}?case={cast.person.pk}",
        {
            "recipient": "disclosure_recipient.POLICE",
            "recipient_name": "Log 442",
            "what": "That he left saying he would go to her flat",
            "why": "She lives alone",
            "channel": "told_channel.PHONE",
        },
    )
    assert "Log 442" in officer.get(shared.url).content.decode()
    assert "Look back on what was shared in danger" in as_(cast.senior).get("/").content.decode()
