"""May I? in a browser, with scripts and without, on a desk and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.involvement.decisions.models import Decision, Use
from tests.cast import Cast, assemble
from tests.involvement.decisions.family import trusted_father
from tests.support.browser import PHONE, go_to_case_page
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_database: object) -> Cast:
    return assemble()


@pytest.fixture(params=["scripts", "no scripts"])
def either(request: pytest.FixtureRequest, browser: Browser, live_server: str) -> Iterator[Page]:
    """A desk with scripts, and a phone without."""
    scripts = request.param == "scripts"
    size = {} if scripts else {"viewport": PHONE}
    context = browser.new_context(base_url=live_server, java_script_enabled=scripts, **size)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def ask_whether_he_may_be_told(page: Page, cast: Cast) -> None:
    page.goto(f"/cases/{cast.person.pk}/")
    go_to_case_page(page, "May I?", group="Involvement")
    page.get_by_role("link", name="Martin Bartlett").click()
    page.get_by_role("radio", name="I rang, or will ring, a number on record that is safe").check()
    page.get_by_role("radio", name="Tell them something").check()
    page.get_by_label("About what?").first.select_option(label="Where they are")
    page.get_by_role("button", name="May I?").click()


def test_from_the_case_to_an_answer_that_is_used(either: Page, cast: Cast, live_server: str) -> None:
    trusted_father(cast.person, cast.owner)
    sign_in_as(either, cast.owner, live_server)
    ask_whether_he_may_be_told(either, cast)
    expect(either.get_by_role("heading", name="Yes, if you keep to what is below")).to_be_visible()
    expect(either.get_by_text("Words to use")).to_be_visible()
    either.get_by_role("button", name="I am doing this").click()
    expect(either.get_by_text("Kept, with the reasons.")).to_be_visible()
    either.get_by_role("button", name="Write down the contact").click()
    expect(either.get_by_role("heading", level=1)).to_be_visible()
    assert Decision.objects.get().use == Use.DONE


def test_what_is_asked_first_goes_to_the_queue_and_comes_back(either: Page, cast: Cast, live_server: str) -> None:
    trusted_father(cast.person, cast.owner, matters=("DOMESTIC_ABUSE", "ORDERS", "LIMITED_ACCESS"))
    sign_in_as(either, cast.owner, live_server)
    ask_whether_he_may_be_told(either, cast)
    expect(either.get_by_role("heading", name="Ask first")).to_be_visible()
    either.get_by_label("Anything to note").fill("She rang three times")
    either.get_by_role("button", name="Ask them").click()

    sign_in_as(either, cast.senior, live_server)
    either.goto("/approvals/")
    either.get_by_role("link", name="May I? Tell them something").click()
    either.get_by_role("button", name="Read it first").click()
    expect(either.get_by_text("She rang three times")).to_be_visible()
    either.goto("/approvals/")
    either.get_by_role("link", name="May I? Tell them something").click()
    either.get_by_role("radio", name="Approve").check()
    either.get_by_label("Why?").fill("Yes, today")
    either.get_by_role("button", name="Save my decision").click()

    sign_in_as(either, cast.owner, live_server)
    either.goto("/")
    either.get_by_role("link", name="What you asked first approved").first.click()
    expect(either.get_by_text("Yes, today")).to_be_visible()
    either.get_by_role("button", name="Ask again, now that it is approved").click()
    expect(either.get_by_text("What it is for")).to_be_visible()
    ask_whether_he_may_be_told(either, cast)
    expect(either.get_by_role("heading", name="Yes, if you keep to what is below")).to_be_visible()
