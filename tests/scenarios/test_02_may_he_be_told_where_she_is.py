"""Vignette 2 again, on the telephone: her father asks where she is. Four page loads and six inputs from sign-in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.involvement.decisions.models import Decision, Use
from tests.cast import assemble
from tests.involvement.decisions.family import trusted_father

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_from_today_to_the_answer_in_four_loads_and_six_inputs() -> None:
    cast = assemble()
    trusted_father(cast.person, cast.owner)
    client = Client()
    client.force_login(cast.owner)
    loads, inputs = 0, 0

    today = client.get(reverse("casework:today"))
    loads += 1
    assert reverse("decisions:start") in today.content.decode()

    inputs += 1  # the link in the menu
    client.get(reverse("decisions:start"))
    loads += 1

    inputs += 1  # his number, typed, and the enter key
    found = client.get(reverse("decisions:start"), {"q": "07700 900111"}, follow=True)
    loads += 1
    address = found.redirect_chain[-1][0]
    assert "How do you know that it is them?" in found.content.decode()

    said = {"identity": "called_back", "act": "share", "tell_topic": "whereabouts"}
    inputs += len(said)
    answer = client.post(address, said).content.decode()
    inputs += 1  # the button
    loads += 1
    assert "Yes, if you keep to what is below" in answer
    assert "is happy for me to talk with you about this: where they are" in answer
    assert loads <= 4
    assert inputs <= 6

    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer[answer.index("/use/") :]))
    client.post(address + "use/", hidden | {"use": "done"})
    assert Decision.objects.get().use == Use.DONE
