"""A permission taken, stopped and confirmed in a browser, with scripts and without."""

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from alongside.safety.permissions.actions import pause, refuse
from alongside.safety.permissions.queries import permission_facts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.safety.permissions.histories import permissions_of, take
from tests.support.browser import PHONE, axe, findings_at_both_widths, go_to_member_page, scrolls_sideways
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_database: object) -> Cast:
    with transaction.atomic():
        return assemble()


def member_of(cast: Cast, given_name: str):
    with transaction.atomic():
        return FamilyMemberFactory(person=cast.person, given_name=given_name, family_name="Achebe")


def live(member) -> set[str]:
    facts = permission_facts([member.pk], at=timezone.now())[member.pk]
    return {topic for one in facts.live for topic in one.topics}


def fill_give(page: Page, *, alone: bool) -> None:
    page.get_by_label("Whether they came").check()
    page.get_by_label("Good news").check()
    page.get_by_label("Phone call").check()
    group = page.get_by_role("group", name="on their own with you?")
    group.get_by_label("Yes" if alone else "No", exact=True).check()
    if not alone:
        page.get_by_label("Who else was there?").fill("Her partner")
    page.get_by_role("group", name="felt they had to").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="in their own words").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save").click()


def journey(page: Page, cast: Cast) -> None:
    """From the family member's page: said in company, confirmed alone, taken back with one press."""
    member = member_of(cast, "Ifeoma")
    page.goto(f"/cases/{cast.person.pk}/family/{member.pk}/")
    go_to_member_page(page, "Permissions")
    page.get_by_role("link", name="Write down what Daniel permits").click()
    fill_give(page, alone=False)
    expect(page.get_by_text("it holds nothing yet")).to_be_visible()
    assert live(member) == set()
    page.get_by_role("link", name="Ask Daniel alone").click()
    page.get_by_role("group", name="on their own?").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="freely").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Daniel confirms it").click()
    expect(page.get_by_role("link", name="Only what they say alone")).to_be_visible()
    page.get_by_role("group", name="on their own?").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Daniel confirms it").click()
    expect(page.get_by_role("heading", name="Daniel permits 2 topics")).to_be_visible()
    assert live(member) == {"attendance", "good_news"}
    page.get_by_role("link", name="Who they are").click()
    page.get_by_role("button", name="Withdraw every permission").click()
    stopped = "From now on nobody may talk with Ifeoma Achebe about: attendance, good news"
    expect(page.get_by_text(stopped)).to_be_visible()
    assert live(member) == set()


def test_a_permission_said_in_company_is_confirmed_alone_and_taken_back(page: Page, live_server: str, cast) -> None:
    sign_in_as(page, cast.owner, live_server)
    journey(page, cast)


def test_the_same_without_scripts(browser: Browser, live_server: str, cast) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    try:
        page = context.new_page()
        sign_in_as(page, cast.owner, live_server)
        journey(page, cast)
    finally:
        context.close()


def test_permission_for_today_takes_two_presses_and_the_word_alone(page: Page, live_server: str, cast) -> None:
    member = member_of(cast, "Emeka")
    sign_in_as(page, cast.owner, live_server)
    page.set_viewport_size(PHONE)
    page.goto(f"/cases/{cast.person.pk}/family/{member.pk}/permissions/")
    page.get_by_role("link", name="Just for today").click()
    page.get_by_label("Yes, on their own").check()
    page.get_by_role("button", name="It holds until midnight").click()
    expect(page.get_by_text("Both may talk about: appointments, attendance, whereabouts, only on")).to_be_visible()
    assert live(member) == {"appointments", "attendance", "whereabouts"}
    assert not scrolls_sideways(page)
    assert axe(page) == []


def test_every_state_reads_well(page: Page, live_server: str, cast) -> None:
    with transaction.atomic():
        sister, aunt, father = (member_of(cast, name) for name in ("Ifeoma", "Ngozi", "Chidi"))
        permissions_of(sister, cast.owner, "of words")
        take(sister, "appointments", "attendance")
        take(sister, "progress", alone=False, company="Her husband")
        take(aunt)
        pause(by=None, member=aunt)
        refuse(by=None, member=father)
    sign_in_as(page, cast.owner, live_server)
    found = []
    for member in (sister, aunt, father):
        page.goto(f"/cases/{cast.person.pk}/family/{member.pk}/permissions/")
        found += findings_at_both_widths(page)
    assert not found, "\n".join(found)
