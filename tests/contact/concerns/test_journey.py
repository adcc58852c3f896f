"""A call, from any page to a decision: taken down at the desk, read and decided by whoever leads."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.cast import Cast, assemble
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_server: str) -> Cast:
    with transaction.atomic():
        return assemble()


def test_what_the_desk_takes_down_is_read_and_decided(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.reception, live_server)
    page.goto("/")
    entry = page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Take a call")
    entry.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Someone rings, writes or comes", level=1)).to_be_visible()
    page.get_by_role("button", name="They are worried, or want to tell us something").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Did you say this before you listened?").get_by_label("Yes").check()
    page.get_by_label("Who told us?").select_option(label="Someone whose name we do not know")
    page.get_by_label("Whom is it about?").fill("A man called Dan")
    page.get_by_label("What they saw or know themselves").fill("He sleeps in the car by the weir")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("link", name="Say whether it can wait until tomorrow")).to_be_visible()
    page.get_by_role("group", name="Can it wait until tomorrow?").get_by_label("No").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("I cannot say whether we know anyone")).to_be_visible()

    sign_in_as(page, cast.senior, live_server)
    page.goto("/")
    page.get_by_role("link", name="Read now: someone told us something urgent", exact=True).click()
    page.get_by_role("button", name="I have read this, and will decide").click()
    expect(page.get_by_text("You are the first to read this")).to_be_visible()
    page.get_by_role("button", name="Place it with a case, or pass it on").click()
    page.get_by_label("A name or case number, among the cases that you see").fill("achebe")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Daniel Achebe").click()
    page.get_by_label("I have checked that this is the person whom it is about").check()
    page.get_by_role("button", name="Yes, place it with this case").click()
    page.get_by_label("Assessment updated").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Why?").fill("He has nowhere to live. Housing is asked today.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("decided by Sunita Senior")).to_be_visible()
