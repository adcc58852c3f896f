"""From a goal to an agreement in a browser: with scripts and without, by mouse and by key, on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.calendar.rules import today
from alongside.involvement.agreements.queries import agreement_facts
from alongside.people.families.models import FamilyMember
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.scene import at_level
from tests.support.browser import PHONE, go_to_member_page
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_database: object) -> Cast:
    return assemble()


@pytest.fixture
def nan(cast: Cast) -> FamilyMember:
    member = FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    at_level(member, 3, by=cast.owner)
    return member


def make_an_agreement(page: Page, nan: FamilyMember) -> None:
    page.goto(f"/cases/{nan.person_id}/family/{nan.pk}/")
    go_to_member_page(page, "Agreement")
    page.get_by_role("button", name="Begin an agreement").click()
    page.get_by_role("link", name="Change how we keep in touch").click()
    page.get_by_label("By text").select_option("2-week")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add a line").click()
    page.get_by_role("radio", name="Grace Achebe", exact=True).check()
    page.get_by_label("Does what?").fill("Report on him")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Does what?").fill("Give a lift")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Put it to everyone").click()
    page.get_by_role("button", name="Put it to everyone").click()
    for name in ("Daniel", "Grace Achebe", "Olwen Owner"):
        page.get_by_role("link", name=f"Record what {name} says").click()
        page.get_by_role("radio", name="In person").check()
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("All three agree: it is in force.")).to_be_visible()
    page.get_by_role("button", name="Done today").click()
    expect(page.get_by_text("Today, 1 time in all")).to_be_visible()


def test_an_agreement_is_made_with_three_yeses(page: Page, cast: Cast, nan: FamilyMember, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    make_an_agreement(page, nan)
    assert agreement_facts([nan.pk], on=today())[nan.pk].channels["text"].limit == 2


def test_an_agreement_is_made_without_scripts_on_a_phone(
    browser: Browser, cast: Cast, nan: FamilyMember, live_server: str
) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    make_an_agreement(page, nan)
    context.close()


def test_a_goal_gets_its_first_step_and_a_helper_by_key(
    page: Page, cast: Cast, nan: FamilyMember, live_server: str
) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/goals/")
    page.get_by_role("button", name="Add the first goal").press("Enter")
    page.get_by_label("What do they want?").fill("See my kids at weekends")
    page.get_by_label("What part of life is it about?").select_option(label="My children")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("link", name="Add a step towards “See my kids at weekends”").press("Enter")
    page.get_by_label("What is the next step?").fill("Ring the centre")
    page.get_by_label("Who takes it?").select_option(label="Daniel")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("link", name="Name who may help").press("Enter")
    page.get_by_label("Who?", exact=True).select_option(label="Grace Achebe")
    page.get_by_label("What may they do to help?").fill("Give me a lift")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Grace Achebe: Give me a lift")).to_be_visible()
    page.get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_text("done on")).to_be_visible()
    page.goto(f"/cases/{cast.person.pk}/family/{nan.pk}/")
    expect(page.get_by_text("What they may help with", exact=True)).to_be_visible()
