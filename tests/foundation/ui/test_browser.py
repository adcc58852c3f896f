"""The look in a browser: no accessibility finding at either width, usable by keyboard and without scripts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.ui import session
from alongside.foundation.ui.navigation import Menu, NavigationItem, everyone, register, unregister
from alongside.foundation.ui.session import SessionClock, register_clock
from tests.support.browser import PHONE, findings_at_both_widths, scrolls_sideways, set_width

ITEMS = [
    (Menu.PRIMARY, NavigationItem("Guidance for everyone", "content:help", visible=everyone)),
    (Menu.PRIMARY, NavigationItem("What we keep", "content:privacy", visible=everyone)),
    (Menu.ACCOUNT, NavigationItem("Siân Hughes", "content:accessibility", visible=everyone)),
    (Menu.DANGER, NavigationItem("Immediate danger", "content:help", visible=everyone)),
]


@pytest.fixture(autouse=True)
def _gallery(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.foundation.ui.gallery"
    for menu, item in ITEMS:
        register(menu, item)
    yield
    for menu, item in ITEMS:
        unregister(menu, item.url_name)


@pytest.mark.parametrize(
    "address",
    ["components/", "form/", "list/?page=2", "error/404/", "error/403/", "error/500/", "error/503/", "error/403_csrf/"],
)
def test_each_part_passes_at_both_widths(page: Page, address: str) -> None:
    page.goto(f"/gallery/{address}")
    assert findings_at_both_widths(page) == []


@pytest.mark.parametrize("address", ["/help/", "/privacy/", "/accessibility/"])
def test_public_pages_pass_at_both_widths_in_both_languages(page: Page, address: str) -> None:
    page.goto(address)
    assert findings_at_both_widths(page) == []
    page.get_by_role("link", name="Cymraeg").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert findings_at_both_widths(page) == []


def test_errors_are_announced_and_lead_to_their_controls(page: Page) -> None:
    page.goto("/gallery/form/")
    page.get_by_label("Given names").fill("x" * 60)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert findings_at_both_widths(page) == []
    for link in page.locator(".govuk-error-summary a").all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f"#{target}")).to_be_focused()


def test_what_a_choice_reveals_shows_only_then(page: Page) -> None:
    page.goto("/gallery/form/")
    address = page.get_by_label("Email address")
    expect(address).to_be_hidden()
    page.get_by_label("Email", exact=True).check()
    expect(address).to_be_visible()


def test_the_first_key_offers_to_skip_the_menu(page: Page) -> None:
    page.goto("/gallery/list/")
    page.locator("[data-govuk-skip-link-init]").wait_for(state="attached")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_the_menu_opens_on_a_phone_without_scripts(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/gallery/list/")
    link = page.get_by_role("link", name="What we keep")
    expect(link).to_be_hidden()
    page.locator("summary", has_text="Menu").press("Enter")
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", level=1, name="Privacy")).to_be_visible()
    context.close()


def test_everything_that_can_be_pressed_is_large_enough(page: Page) -> None:
    small = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
        .filter(one => one.checkVisibility() && !one.closest("p, li, .govuk-hint, .moj-alert__content"))
        .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && box.top > 0 && (box.width < 24 || box.height < 24))
        .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
    for address in ("components/", "form/", "list/?page=2"):
        page.goto(f"/gallery/{address}")
        assert page.evaluate(small) == []
        set_width(page, PHONE)
        assert page.evaluate(small) == []


def test_pages_hold_at_four_times_the_size(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    for address in ("components/", "form/", "list/"):
        page.goto(f"/gallery/{address}")
        assert not scrolls_sideways(page), address


class TestSessionWarning:
    """Time runs out: said in time, by keyboard, and put off by one key."""

    @pytest.fixture(autouse=True)
    def _clock(self) -> Iterator[None]:
        def nearly_over(request: HttpRequest) -> SessionClock:
            now = timezone.now()
            return SessionClock(
                now=now,
                expires_at=now + timedelta(seconds=90),
                extend_url="/gallery/extend/",
                sign_out_url="/help/",
                expired_url="/help/?ended",
            )

        before = list(session._clocks)
        register_clock(nearly_over)
        yield
        session._clocks[:] = before

    def test_it_warns_and_one_key_goes_on(self, page: Page) -> None:
        page.goto("/gallery/form/")
        dialog = page.get_by_role("dialog", name="You will soon be signed out")
        expect(dialog).to_be_visible()
        expect(dialog).to_contain_text("2 minutes")
        assert findings_at_both_widths(page) == []
        expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()

    def test_escape_goes_on_too(self, page: Page) -> None:
        page.goto("/gallery/form/")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()

    def test_without_scripts_the_page_says_until_when(self, browser: Browser, live_server: str) -> None:
        context = browser.new_context(base_url=live_server, java_script_enabled=False)
        page = context.new_page()
        page.goto("/gallery/form/")
        expect(page.get_by_text("For safety you will be signed out at")).to_be_visible()
        context.close()
