"""The page of long work in a browser: it follows the work by itself, without stealing anyone's place."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.accounts.models import User
from alongside.foundation.jobs.models import JobProgress
from alongside.foundation.jobs.progress import start_progress
from tests.support.browser import findings_at_both_widths


@pytest.fixture
def row(live_server: str) -> JobProgress:
    asker = User.objects.create_user(email="asker@example.org", name="An Asker")
    return start_progress(by=asker, kind="tests.long", title="Bringing in a caseload", next_url="/help/")


@pytest.fixture
def cookie(row: JobProgress, live_server: str) -> dict[str, str]:
    client = Client()
    client.force_login(row.started_by)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server}


def change(row: JobProgress, **values: object) -> None:
    JobProgress.objects.filter(pk=row.pk).update(**values)


def test_it_follows_the_work_to_its_end(page: Page, row: JobProgress, cookie: dict[str, str]) -> None:
    page.context.add_cookies([cookie])
    page.goto(f"/progress/{row.pk}/")
    expect(page.get_by_text("Waiting to begin")).to_be_visible()
    page.get_by_role("button", name="Stop this").focus()
    change(row, state="running", done=40, total=100, message="Checking rows")
    expect(page.get_by_role("progressbar", name="Checking rows")).to_have_attribute("value", "40")
    change(row, done=60)
    expect(page.get_by_text("60 of 100")).to_be_visible()
    assert findings_at_both_widths(page) == []
    change(row, state="done", done=100, message="", over_at=timezone.now())
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Help – Alongside")


def test_stopping_it(page: Page, row: JobProgress, cookie: dict[str, str]) -> None:
    page.context.add_cookies([cookie])
    page.goto(f"/progress/{row.pk}/")
    page.get_by_role("button", name="Stop this").click()
    expect(page.get_by_text("Cancelled").first).to_be_visible()
    assert findings_at_both_widths(page) == []


def test_without_scripts_it_comes_back_by_itself(
    browser: Browser, live_server: str, row: JobProgress, cookie: dict[str, str]
) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    try:
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"/progress/{row.pk}/")
        change(row, state="failed", message="The file has no column called CRN.", over_at=timezone.now())
        expect(page.get_by_text("The file has no column called CRN.")).to_be_visible(timeout=15_000)
    finally:
        context.close()
