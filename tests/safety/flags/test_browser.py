"""Recording a flag, having it reviewed and standing someone down in a browser, with and without scripts."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from alongside.people.families.models import FamilyMember
from alongside.safety.flags.models import Flag
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.support.browser import DESKTOP, findings_at_both_widths
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_server: str) -> Cast:
    with transaction.atomic():
        return assemble()


@pytest.fixture
def partner(cast: Cast) -> FamilyMember:
    with transaction.atomic():
        return FamilyMemberFactory(
            person=cast.person, given_name="Craig", family_name="Dunn", relationship_id="relationship.PART"
        )


def record(page: Page) -> None:
    """From the case, record that he harms her, with one mistake on the way."""
    page.get_by_role("link", name="Safety", exact=True).click()
    page.get_by_role("link", name="Craig Dunn").click()
    page.get_by_role("button", name="Record a flag").click()
    page.get_by_label("What is it?").select_option(label="Domestic abuse between the person and a family member")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What is known, and how?").fill("She said so, alone.")
    page.get_by_role("button", name="Record it, and stop staff action").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("What is known, and how?")).to_have_value("She said so, alone.")
    page.get_by_label("Craig harms Daniel").check()
    page.get_by_label("Suspected").check()
    page.get_by_label("Where does it come from?").select_option(label="The person, alone")
    page.get_by_label("Reported to us").check()
    page.get_by_role("button", name="Record it, and stop staff action").click()
    expect(page.get_by_text("Waits for someone else")).to_be_visible()


def test_a_flag_is_recorded_reviewed_and_planned_for(
    page: Page, cast: Cast, partner: FamilyMember, live_server: str
) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/")
    record(page)
    assert findings_at_both_widths(page) == []

    sign_in_as(page, cast.senior, live_server)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Review new or changed flag")).first.click()
    page.get_by_role("button", name="Review it").click()
    page.get_by_label("What did you look at").fill("Adviser asked. She is seen alone.")
    page.get_by_role("button", name="It stands").click()
    expect(page.get_by_text("Reviewed. What it stops, it still stops")).to_be_visible()

    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/family/{partner.pk}/safety/")
    expect(page.get_by_text("Stop: abuse between them suspected")).to_be_visible()
    page.get_by_role("link", name="Prepare a plan").click()
    assert findings_at_both_widths(page) == []
    flag = Flag.objects.get()
    assert not flag.awaiting_review
    assert flag.direction == "from_member"


def test_a_flag_is_recorded_without_scripts(
    browser: Browser, cast: Cast, partner: FamilyMember, live_server: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP, base_url=live_server)
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/")
    record(page)
    context.close()
    assert Flag.objects.get().certainty == "suspected"
