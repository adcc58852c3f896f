"""Vignette 5, the answer: once control is recorded nothing involves the partner, and nobody says why."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import assemble
from tests.involvement.decisions.family import trusted_father
from tests.involvement.decisions.test_pages import make_flag

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_the_same_question_turns_to_no_and_the_words_to_use_give_nothing_away() -> None:
    cast = assemble()
    partner = trusted_father(cast.person, cast.owner)
    client = Client()
    client.force_login(cast.owner)
    address = reverse("decisions:ask", args=[cast.person.pk, partner.pk])
    question = {"identity": "called_back", "act": "share", "tell_topic": "appointments"}
    before = client.post(address, question).content.decode()
    assert "Yes, if" in before
    make_flag(
        cast, "DA_BETWEEN", scope="relationship", direction="from_member", family_member=partner, awaiting_review=True
    )
    for act in ("share", "ask", "call", "text", "invite", "join", "visit"):
        asked = question | {"act": act, "ask_topic": "appointments"}
        page = client.post(address, asked).content.decode()
        assert '<h2 class="answer__headline" id="answer-title">No</h2>' in page, act
        words = page[page.index('<section class="say"') :].partition("</section>")[0]
        assert "abuse" not in words
        assert "permission" not in words
    listened = client.post(address, {"identity": "unverified", "act": "listen"}).content.decode()
    assert '<h2 class="answer__headline" id="answer-title">Yes</h2>' in listened
