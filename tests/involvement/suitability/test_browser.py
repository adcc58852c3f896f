"""Saying how someone may help, and beginning a full judgement, in a browser: with scripts, and without on a phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.calendar.rules import today
from alongside.involvement.suitability.models import Account
from alongside.involvement.suitability.queries import suitability_facts
from alongside.people.families.models import FamilyMember
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.safe import checked
from tests.support.browser import PHONE, go_to_member_page
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_database: object) -> Cast:
    return assemble()


@pytest.fixture
def nan(cast: Cast) -> FamilyMember:
    member = FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    checked(member, by=cast.owner)
    return member


def say_how_she_may_help(page: Page, nan: FamilyMember) -> None:
    page.goto(f"/cases/{nan.person_id}/family/{nan.pk}/")
    go_to_member_page(page, "Judgement")
    page.get_by_role("button", name="Say how they may help").click()
    page.get_by_label("What is it for?").select_option(label="Getting to appointments")
    page.get_by_label("Why this person?").fill("He listens to her")
    page.get_by_label("Why now?").fill("Two appointments missed")
    page.get_by_role("radio", name="Practical help").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Why this person?")).to_have_value("He listens to her")
    page.get_by_label("What will they do?").fill("Texts him on Monday evening")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Practical help", exact=True)).to_be_visible()


def talk_it_over(page: Page, nan: FamilyMember) -> None:
    page.goto(f"/cases/{nan.person_id}/family/{nan.pk}/involvement/prepare/start/")
    page.get_by_label("What is it for?").select_option(label="A safe place to live")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Begin with Daniel, alone").click()
    page.get_by_role("radio", name="In person").check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Go to the questions").click()
    group = page.get_by_role("group", name="The person wants this relative involved")
    group.get_by_role("radio", name="Present", exact=True).check()
    group.get_by_label("What do you go by?").fill("He said so twice")
    page.get_by_role("button", name="Save and stop for now").click()
    expect(page.get_by_role("heading", name="Preparing a judgement")).to_be_visible()


def test_how_she_may_help_is_said_on_one_page(page: Page, cast: Cast, nan: FamilyMember, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    say_how_she_may_help(page, nan)
    talk_it_over(page, nan)
    assert suitability_facts([nan.pk], on=today())[nan.pk].level == 3
    assert Account.objects.get().evidence == "He said so twice"


def test_it_works_without_scripts_on_a_phone(browser: Browser, cast: Cast, nan: FamilyMember, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    say_how_she_may_help(page, nan)
    talk_it_over(page, nan)
    assert suitability_facts([nan.pk], on=today())[nan.pk].level == 3
    context.close()
