"""The first administrator of a service that holds nobody yet."""

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import Invitation, User
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.people.staff.commands import staff
from alongside.people.staff.models import Post
from alongside.people.staff.rules import PostError, refuse_post
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(staff, ["administrator", *words])


def test_a_service_with_nobody_in_it_opens_from_the_command_line() -> None:
    answer = run("Ada@example.org", "Ada First", "--base-url", "https://alongside.example")
    assert answer.exit_code == 0, answer.output
    link = answer.output.split()[-1]
    assert link.startswith("https://alongside.example/invitation/")
    first = User.objects.get()
    assert holding_of(first).may(Right.MANAGE_STAFF)
    assert holding_of(first).may(Right.IMPORT_CASELOAD)
    assert Event.objects.filter(name="staff.post.given", chain=first.pk).exists()

    client = Client()
    client.force_login(first)
    client.post("/staff/places/regions/new/", {"name": "North Coast", "code": "NC"})
    colleague = UserFactory(name="Cai Second")
    client.post("/staff/new/", {"user": str(colleague.pk), "employment": "employee"})
    page = f"/staff/{Post._meta.get_field('member').related_model.objects.get(user=colleague).pk}/posts/new/"
    offered = client.get(page).content.decode()
    assert "North Coast" in offered, "a region without teams is offered too"
    service = Post.objects.get().service
    typed = {"place": f"service-{service.pk}", "from_date-day": "5", "from_date-month": "1", "from_date-year": "2026"}
    assert "for the whole service" in client.post(page, {**typed, "role": "senior"}).content.decode()
    client.post(page, {**typed, "role": "administrator"})
    assert holding_of(colleague).may(Right.MANAGE_STAFF)


def test_doing_it_again_gives_a_new_link_and_no_second_post() -> None:
    run("ada@example.org", "Ada First")
    assert run("ada@example.org").exit_code == 0
    assert Post.objects.count() == 1
    assert Invitation.objects.filter(used_at=None, withdrawn_at=None).count() == 1


def test_whoever_signs_in_already_keeps_their_password_and_gets_no_link() -> None:
    user = UserFactory(password="a password of their own")
    answer = run(user.email)
    assert "invitation" not in answer.output
    assert User.objects.get().check_password("a password of their own")
    assert Post.objects.get().from_date == today()


@pytest.mark.parametrize("words", [("new@example.org",), ("nonsense", "Ada"), ("closed@example.org", "Ada")])
def test_mistakes_are_answered_with_what_to_do_and_change_nothing(words: tuple[str, ...]) -> None:
    UserFactory(email="closed@example.org", is_active=False)
    answer = run(*words)
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    assert not Post.objects.exists()


@pytest.mark.parametrize("role", ["practitioner", "reception", "inspector"])
def test_no_post_over_the_whole_service_opens_named_cases(role: str) -> None:
    with pytest.raises(PostError, match="Choose a region"):
        refuse_post(role=role, volunteer=False, everywhere=True)
    refuse_post(role="data_protection", volunteer=False, everywhere=True)
