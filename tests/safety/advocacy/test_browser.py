"""A request declined, referred, acknowledged and worked on in a browser, with scripts and without."""

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.support.browser import go_to_member_page
from tests.support.staff import sign_in_as

NEED = "Her sister rang: she is afraid to ring us herself"


@pytest.fixture
def cast(live_database: object) -> Cast:
    with transaction.atomic():
        return assemble()


def journey(page: Page, cast: Cast, live_server: str) -> None:
    """From the family member's page to the adviser's notes, and back to what the officer sees."""
    with transaction.atomic():
        member = FamilyMemberFactory(person=cast.person, given_name="Samantha", family_name="Achebe")
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/adviser/")
    page.get_by_role("link", name="I was asked to do something").click()
    page.get_by_label("Give or leave something for them at a home visit").check()
    page.get_by_label("A support service or another agency").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Do not do this")).to_be_visible()
    page.goto(f"/cases/{cast.person.pk}/family/{member.pk}/")
    go_to_member_page(page, "Adviser")
    page.get_by_role("button", name="Refer to the adviser").click()
    page.get_by_role("button", name="Refer").click()
    expect(page.get_by_role("link", name="Enter what the adviser should know")).to_be_visible()
    page.get_by_label("What should the adviser know?").fill(NEED)
    page.get_by_role("group", name="answer today").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Refer").click()
    expect(page.get_by_text("Not yet acknowledged")).to_be_visible()
    expect(page.get_by_text(NEED)).to_have_count(0)
    sign_in_as(page, cast.adviser, live_server)
    page.goto("/adviser/")
    page.get_by_role("link", name="Samantha Achebe").click()
    expect(page.get_by_text(NEED)).to_be_visible()
    page.get_by_role("button", name="Acknowledge and take it on").click()
    page.get_by_label("Spoke with them").check()
    page.get_by_label("What happened").fill("She is at her sister's until Friday")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("She is at her sister's until Friday")).to_be_visible()
    page.get_by_role("link", name="Write a plan with them").click()
    page.get_by_label("What are they worried about?").fill("Friday nights")
    page.get_by_label("What will they do then?").fill("Stay at her sister's")
    page.get_by_label("Day", exact=True).fill("1")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2027")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("Version 1")).to_be_visible()
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/family/{member.pk}/adviser/")
    expect(page.get_by_text("Acknowledged on")).to_be_visible()
    expect(page.get_by_text("sister's")).to_have_count(0)


def test_what_is_unsafe_is_declined_and_goes_to_the_adviser(page: Page, live_server: str, cast: Cast) -> None:
    journey(page, cast, live_server)


def test_the_same_without_scripts(browser: Browser, live_server: str, cast: Cast) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    try:
        journey(context.new_page(), cast, live_server)
    finally:
        context.close()
