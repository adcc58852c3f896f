"""Recording a restraining order in a browser, with scripts and without, wide and on a phone."""

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.calendar.rules import today
from alongside.safety.orders.queries import order_facts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.support.browser import PHONE, findings_at_both_widths, go_to_case_page
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_server: str) -> Cast:
    with transaction.atomic():
        cast = assemble()
        FamilyMemberFactory(
            person=cast.person, given_name="Nia", family_name="Roberts", relationship_id="relationship.EXPART"
        )
    return cast


def record(page: Page, cast: Cast) -> None:
    """From the case page to an order with a masked place, as an officer would."""
    page.goto(f"/cases/{cast.person.pk}/")
    go_to_case_page(page, "Orders", group="Safety")
    page.get_by_role("button", name="Record an order or condition").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("link", name="Select what it is")).to_be_visible()
    page.get_by_label("What is it?").select_option(label="Restraining order on conviction")
    page.get_by_label("Contact with someone").check()
    page.get_by_label("Going to a place, or near it").check()
    page.get_by_label("Nia Roberts (ex-partner)").check()
    for label, value in (("Day", today().day), ("Month", today().month), ("Year", today().year)):
        page.get_by_role("group", name="First day").get_by_label(label).fill(str(value))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="Restraining order on conviction", level=1)).to_be_visible()
    page.get_by_role("button", name="Add the place").click()
    page.get_by_label("Home of someone it protects").check()
    page.get_by_label("Whose is it?").select_option(label="Nia Roberts (ex-partner)")
    page.get_by_label("Where is it?").fill("4 Hidden Row")
    page.get_by_label("Yes, or not sure: show it to nobody without a reason").check()
    page.get_by_role("button", name="Add the place").click()
    expect(page.get_by_text("Protected address")).to_be_visible()
    expect(page.get_by_text("4 Hidden Row")).to_have_count(0)


def test_an_order_is_recorded_and_its_address_seen_once(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    record(page, cast)
    sign_in_as(page, cast.senior, live_server)
    page.reload()
    page.get_by_role("link", name="See the address").click()
    page.get_by_label("Why do you need to see it?").fill("The police ask where to send a car")
    page.get_by_role("button", name="Show the address once").click()
    expect(page.get_by_text("4 Hidden Row")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("4 Hidden Row")).to_have_count(0)
    page.get_by_text("Who saw a protected address").click()
    expect(page.get_by_text("The police ask where to send a car")).to_be_visible()
    assert findings_at_both_widths(page) == []


def test_the_same_on_a_phone_without_scripts(browser: Browser, cast: Cast, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    record(page, cast)
    member = page.url
    context.close()
    assert "/orders/" in member
    with transaction.atomic():
        from alongside.people.families.models import FamilyMember

        nia = FamilyMember.objects.get(given_name="Nia")
        facts = order_facts([nia.pk], on=today())[nia.pk]
    assert (facts.forbids_contact, facts.forbids_home) == (True, True)
