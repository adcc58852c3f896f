"""The ground that other tests stand on."""

import psycopg
import pytest
from django.db import connection, transaction
from playwright.sync_api import Page

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.accounts.models import User
from tests.support.browser import findings_at_both_widths


def make_user() -> User:
    return User.objects.create_user(email="a@example.org", name="A Person")


@pytest.mark.django_db
def test_database_is_used_as_the_application() -> None:
    make_user()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("alongside_app",)


@pytest.mark.parametrize("round_", [1, 2])
def test_live_database_commits_and_is_fresh_each_time(live_database: DatabaseUrls, round_: int) -> None:
    with transaction.atomic():
        make_user()
    with psycopg.connect(live_database.owner) as other:
        assert other.execute("SELECT count(*) FROM foundation_accounts_user").fetchone() == (1,)


def test_page_shows_the_live_site(page: Page) -> None:
    answer = page.goto("/nothing-here/")
    assert answer is not None
    assert answer.status == 404
    assert not [finding for finding in findings_at_both_widths(page) if "html-has-lang" not in finding]
