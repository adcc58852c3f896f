"""What happens to accounts stands in the trail."""

import pytest
from django.test import Client

from alongside.foundation.accounts.actions import deactivate_user, invite_user
from alongside.foundation.audit.models import Consultation, Event, Payload
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_invitation_and_a_closure_join_the_user_s_chain() -> None:
    administrator = UserFactory()
    invited = invite_user(
        email="new.colleague@alongside.example", name="New Colleague", by=administrator, base_url="http://localhost"
    )
    user = invited.user
    deactivate_user(user=user, by=administrator, reason="Left the service")
    names = list(Event.objects.filter(chain=user.pk).order_by("id").values_list("name", "actor"))
    assert [name for name, _ in names] == [
        "accounts.user.invited",
        "accounts.user.invited",
        "accounts.user.deactivated",
    ], "made, sent a link, closed"
    assert {actor for _, actor in names} == {administrator.pk}
    assert "Left the service" in Payload.objects.get(event__name="accounts.user.deactivated").content


def test_a_failed_sign_in_is_noted_without_touching_a_chain() -> None:
    user = UserFactory(password="a long enough password")
    Client().post("/sign-in/", {"login": user.email, "password": "quite another password"})
    look = Consultation.objects.get(what="accounts.sign_in")
    assert (look.actor, look.refused, look.detail) == (user.pk, True, "password")
    assert not Event.objects.filter(chain=user.pk).exists()


def test_an_unknown_address_is_noted_without_being_kept() -> None:
    Client().post("/sign-in/", {"login": "nobody@alongside.example", "password": "quite another password"})
    look = Consultation.objects.get(what="accounts.sign_in")
    assert look.actor is None
    assert "nobody" not in look.detail
