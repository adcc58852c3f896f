"""The start page of a data protection officer: what is due when, soonest first, and what is next."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity, set_identity
from alongside.safety.access_requests.actions.noting import ask_to_clarify, extend, note_request, prove_identity
from alongside.safety.access_requests.models import AccessRequest
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def request_of(cast: Cast, asker: str, days_ago: int, *, proved: bool = True) -> AccessRequest:
    came = today() - timedelta(days=days_ago)
    by = cast.data_protection
    with identity(by.pk):
        made = note_request(
            by=by, person=cast.person, asker=asker, regime_id="processing_regime.PART3", received_on=came
        )
        if proved:
            prove_identity(by=by, request=made, seen_version=1, on=came, how="Passport")
    return made


def test_the_start_page_says_what_is_due_soonest_first_and_what_is_next(
    cast: Cast, django_assert_max_num_queries
) -> None:
    request_of(cast, "Nora New", 2)
    request_of(cast, "Ida Identity", 90, proved=False)
    stopped, longer = request_of(cast, "Stan Stopped", 20), request_of(cast, "Lena Longer", 25)
    request_of(cast, "Lars Late", 60)
    with identity(cast.data_protection.pk):
        ask_to_clarify(by=cast.data_protection, request=stopped, on=today(), question="Which years?")
        extend(by=cast.data_protection, request=longer, seen_version=longer.version, on=today(), reason="Complex")
    client = Client()
    client.force_login(cast.data_protection)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("casework:today")).content.decode()
    found = re.findall(r"(\w+ \w+): ([a-z ]+)</a>", page)
    assert found == [
        ("Lars Late", "gather what is held"),
        ("Nora New", "gather what is held"),
        ("Lena Longer", "gather what is held"),
        ("Ida Identity", "have them show who they are"),
        ("Stan Stopped", "note what they answer"),
    ]
    assert "Late: was due on" in page
    assert ", extended, in" in page
    request_of(cast, "Sixth One", 1)
    assert "All access requests, 1 more" in client.get(reverse("casework:today")).content.decode()
    listed = client.get(reverse("access_requests:requests")).content.decode()
    assert listed.index("Lars Late") < listed.index("Nora New") < listed.index("Ida Identity")
    assert "Have them show who they are" in listed


@pytest.mark.parametrize("who", ["owner", "senior", "inspector"])
def test_nobody_else_is_told_who_asks(cast: Cast, who: str) -> None:
    request_of(cast, "Nora New", 2)
    client = Client()
    client.force_login(getattr(cast, who))
    assert "Nora New" not in client.get(reverse("casework:today")).content.decode()
