"""What the trail says of accounts."""

import pytest
from django.test import Client

from alongside.foundation.accounts.actions import deactivate_user, invite_user, reset_factors
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Consultation, Event, Payload
from tests.factories import UserFactory
from tests.foundation.accounts.support import PASSWORD, code_for, make_secured_user, sign_in

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[User | None, str, bool, str]]:
    return list(Consultation.objects.order_by("id").values_list("actor", "what", "refused", "detail"))


def test_signing_in_and_out_and_failing_are_noted(client: Client) -> None:
    user, secret = make_secured_user()
    client.post("/sign-in/", {"login": user.email, "password": "wrong"})
    client.post("/sign-in/", {"login": "my-password-by-mistake@example.org", "password": "x"})
    sign_in(client, user, secret)
    client.post("/sign-out/")
    assert noted() == [
        (user.pk, "accounts.sign_in", True, "password"),
        (None, "accounts.sign_in", True, "password"),
        (user.pk, "accounts.sign_in", False, "local"),
        (user.pk, "accounts.sign_out", False, ""),
    ]


def test_changes_to_an_account_join_the_chain_of_its_holder() -> None:
    manager = UserFactory()
    user = invite_user(email="a@example.org", name="A", by=manager, base_url="http://x").user
    reset_factors(user=user, by=manager)
    deactivate_user(user=user, by=manager, reason="left on 3 May")
    events = Event.objects.filter(chain=user.pk).order_by("id")
    assert [(one.name, one.actor) for one in events] == [
        ("accounts.user.invited", manager.pk),
        ("accounts.user.invited", manager.pk),
        ("accounts.sessions.ended", manager.pk),
        ("accounts.user.closed", manager.pk),
    ]
    assert "left on 3 May" in Payload.objects.get(event=events[3]).content


def test_new_factor_and_password_are_noted(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    client.post("/account/password/", {"current_password": PASSWORD, "new_password": "violin-harbour-thistle"})
    client.post("/account/confirm/?next=/account/", {"password": "violin-harbour-thistle"})
    client.post("/account/recovery-codes/")
    names = list(Event.objects.filter(chain=user.pk).order_by("id").values_list("name", flat=True))
    assert names == ["accounts.password.changed", "accounts.factor.added"]
    assert code_for(secret) not in str(list(Payload.objects.values_list("content")))
