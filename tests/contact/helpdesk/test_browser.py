"""Reception answers one question and hands another on, an officer settles it, and a senior what does not agree."""

import pytest
from playwright.sync_api import Page, expect

from alongside.contact.helpdesk.models import Conflict, Enquiry, HandedOn, Slip
from tests.cast import Cast, assemble
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_database: object) -> Cast:
    return assemble()


def answer_a_question(page: Page) -> None:
    page.get_by_role("link", name="Answer a question").click()
    page.get_by_label("What do they want to know?").fill("his tag at home")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What does a tag or curfew mean for the people at home?").click()
    page.get_by_role("radio", name="A relative or partner").check()
    page.get_by_role("radio", name="Phone call").check()
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Nothing about the person who asked was kept")).to_be_visible()


def hand_one_on(page: Page) -> None:
    page.get_by_role("link", name="An officer rings them back").click()
    page.get_by_label("What is it about?").select_option(label="Coming home from prison")
    question = page.get_by_label("The question, in general words")
    question.fill("When does Jordan come home, ring 07700 900123")
    page.get_by_role("radio", name="A friend").check()
    page.get_by_role("radio", name="Face to face").check()
    page.get_by_label("A number or address where they may safely be reached").fill("07700 900123")
    page.get_by_role("button", name="Hand it on").click()
    expect(page.get_by_role("link", name="Take out what looks like a telephone number")).to_be_visible()
    expect(page.get_by_label("A number or address where they may safely be reached")).to_have_value("07700 900123")
    question.fill("Wants to know when someone comes home")
    page.get_by_role("button", name="Hand it on").click()
    expect(page.get_by_text("Handed on. The team sees whom to ring")).to_be_visible()


def flag_what_does_not_agree(page: Page) -> None:
    page.get_by_role("link", name="They were told two different things").click()
    page.get_by_label("What is it about?").select_option(label="Tags and curfews")
    page.get_by_label("What they were told first").fill("That one may go out when the box is broken")
    page.get_by_label("Where was that?", exact=True).select_option(label="By a practitioner")
    page.get_by_label("What they were told elsewhere").fill("That one stays in")
    page.get_by_label("And where was that?").select_option(label="In a letter or leaflet")
    page.get_by_role("button", name="Send it to a senior").click()
    expect(page.get_by_text("and you hear what was decided")).to_be_visible()


def test_a_morning_at_the_desk(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.reception, live_server)
    page.goto(live_server)
    answer_a_question(page)
    hand_one_on(page)
    flag_what_does_not_agree(page)
    assert (Enquiry.objects.count(), HandedOn.objects.count(), Slip.objects.count()) == (2, 1, 1)

    sign_in_as(page, cast.owner, live_server)
    page.goto(live_server)
    page.get_by_role("link", name="Ring back: a question about coming home from prison", exact=True).click()
    expect(page.get_by_text("07700 900123")).to_be_visible()
    page.get_by_role("radio", name="Listened, and nothing was said about anyone").check()
    page.get_by_role("button", name="Save and tear up the slip").click()
    expect(page.get_by_text("Settled. The slip is torn up.")).to_be_visible()
    assert not Slip.objects.exists()

    sign_in_as(page, cast.senior, live_server)
    page.goto(live_server)
    page.get_by_role("link", name="Decide which advice stands: tags and curfews", exact=True).click()
    page.get_by_role("radio", name="An approved answer stands").check()
    page.get_by_label("Which answer is it?").select_option(
        label="What does a tag or curfew mean for the people at home?"
    )
    page.get_by_label("What do you tell the colleague who flagged it?").fill("They ring the company and stay in")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided. Whoever flagged it is told.")).to_be_visible()
    assert Conflict.objects.get().decision == "stands"

    sign_in_as(page, cast.reception, live_server)
    page.goto(live_server)
    page.get_by_role(
        "link", name="Decided: the conflicting advice on tags and curfews that you flagged", exact=True
    ).click()
    expect(page.get_by_text("They ring the company and stay in")).to_be_visible()
