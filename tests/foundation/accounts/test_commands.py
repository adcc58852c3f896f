"""Accounts from the command line."""

import pytest
from click.testing import CliRunner

from alongside.foundation.accounts.commands import account
from alongside.foundation.accounts.models import ExternalIdentity, User
from alongside.foundation.accounts.queries import has_second_factor
from tests.factories import UserFactory
from tests.foundation.accounts.support import make_secured_user

pytestmark = pytest.mark.django_db


def run(*words: str):
    return CliRunner().invoke(account, list(words))


def test_invite_prints_a_link() -> None:
    answer = run("invite", "a@example.org", "Ann Other", "--base-url", "https://alongside.example")
    assert answer.output.startswith("https://alongside.example/invitation/")
    again = run("invite", "A@example.org")
    assert again.output.startswith("http://localhost:8000/invitation/")
    assert User.objects.get().name == "Ann Other"


def test_create_close_and_open() -> None:
    assert "Made an account" in run("create", "a@example.org", "Ann Other").output
    run("deactivate", "a@example.org", "--reason", "left")
    assert not User.objects.get().is_active
    run("reactivate", "a@example.org", "--reason", "back")
    assert User.objects.get().is_active


def test_reset_factors() -> None:
    user, _secret = make_secured_user()
    assert "Removed 1" in run("reset-factors", user.email).output
    assert not has_second_factor(user)


def test_link_to_a_person_at_the_provider() -> None:
    user = UserFactory()
    run("link", user.email, "--issuer", "https://idp.example", "--subject", "42")
    assert ExternalIdentity.objects.get().user == user


@pytest.mark.parametrize(
    "words",
    [
        ("deactivate", "nobody@example.org", "--reason", "x"),
        ("create", "nonsense", "A"),
        ("create", "taken@example.org", "A"),
        ("invite", "new@example.org", ""),
        ("reset-factors", "nobody@example.org"),
    ],
)
def test_mistakes_are_answered_with_what_to_do(words: tuple[str, ...]) -> None:
    UserFactory(email="taken@example.org")
    answer = run(*words)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
