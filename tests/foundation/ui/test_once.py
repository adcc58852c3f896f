"""A form that is sent twice counts once, and one that was changed in between is another form."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.audit.models import Event
from alongside.foundation.records.identity import set_identity
from alongside.foundation.ui.once import NAME, TWICE
from alongside.involvement.agreements.models import BoundaryIncident
from alongside.involvement.goals.models import Goal
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory

KEY = re.compile(rf'name="{NAME}" value="([0-9a-f-]+)"')
DAY = date(2026, 3, 2)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def drawn(client: Client, address: str) -> str:
    """The key with which a page draws its form."""
    found = KEY.search(client.get(address).content.decode())
    assert found, "the form draws its key"
    return found[1]


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def goal(cast: Cast):
    return (
        reverse("goals:add", args=[cast.person.pk]),
        {"words": "See my son", "why": "I miss him", "area_id": "goal_area.FAMILY"},
        Goal.objects.filter(person=cast.person),
    )


def incident(cast: Cast):
    member = FamilyMemberFactory(person=cast.person)
    return (
        reverse("agreements:incident", args=[cast.person.pk, member.pk]),
        {"tags": ["boundary_tag.CALLS"], "what": "Asked for my number", "answered": "Said no"} | on("on", DAY),
        BoundaryIncident.objects.filter(family_member=member),
    )


@pytest.mark.parametrize("case", [goal, incident])
def test_a_form_that_is_sent_twice_counts_once(cast: Cast, case) -> None:
    address, values, rows = case(cast)
    client = Client()
    client.force_login(cast.owner)
    sent = values | {NAME: drawn(client, address)}
    first = client.post(address, sent)
    assert first.status_code == 302
    events = Event.objects.exclude(kind="consultation").count()
    again = client.post(address, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert rows.count() == 1
    assert Event.objects.exclude(kind="consultation").count() == events
    assert TWICE in client.get(again.url).content.decode()


def test_what_was_changed_in_between_or_sent_by_another_or_drawn_anew_counts(cast: Cast) -> None:
    address, values, rows = goal(cast)
    client, other = Client(), Client()
    client.force_login(cast.owner)
    other.force_login(cast.colleague)
    key = drawn(client, address)
    client.post(address, values | {NAME: key})
    client.post(address, values | {NAME: key, "words": "See my daughter"})
    client.post(address, values | {NAME: str(uuid4())})
    other.post(address, values | {NAME: key})
    assert rows.count() == 4
    client.post(address, values | {NAME: "no key"})
    assert rows.count() == 5, "without a key it is as it was"


def test_what_was_answered_with_an_error_may_be_sent_again(cast: Cast) -> None:
    address, values, rows = goal(cast)
    client = Client()
    client.force_login(cast.owner)
    sent = values | {NAME: drawn(client, address)}
    for _ in range(5):
        Goal.objects.create(person=cast.person, words="x", why="x", area_id=values["area_id"], set_on=DAY)
    assert client.post(address, sent).status_code == 200, "five goals are enough"
    Goal.objects.filter(words="x").delete()
    assert client.post(address, sent).status_code == 302
    assert rows.count() == 1
