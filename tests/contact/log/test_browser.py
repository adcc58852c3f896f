"""Logging a call with the keyboard alone takes six inputs, with scripts and without."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.contact.log.models import Contact
from bench.bench_log import Typing, log_one_call
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser
MOST_INPUTS = 6


@pytest.fixture
def cast(live_database: object) -> Cast:
    cast = assemble()
    FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    return cast


def log_by_keyboard(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"{live_server}/cases/{cast.person.pk}/contacts/add/")
    typing = Typing(page)
    log_one_call(typing)
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert typing.inputs <= MOST_INPUTS
    contact = Contact.objects.get()
    said: tuple[Any, ...] = (contact.heard, contact.next_step, contact.channel_id, contact.direction)
    assert said == (
        "She has not heard from him since Sunday and is worried.",
        "Ring her on Friday",
        "contact_channel.phone",
        "from_them",
    )


def test_a_call_is_logged_by_keyboard_in_six_inputs(page: Page, cast: Cast, live_server: str) -> None:
    log_by_keyboard(page, cast, live_server)


def test_and_without_scripts(browser: Browser, cast: Cast, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"{live_server}/cases/{cast.person.pk}/contacts/add/")
    page.get_by_role("radio", name="Grace Achebe").check()
    page.get_by_role("radio", name="Phone call").check()
    page.get_by_role("radio", name="They contacted us").check()
    page.get_by_label("What was it about?").select_option(label="How someone is doing")
    page.get_by_label("What they said").fill("She is worried.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    context.close()
