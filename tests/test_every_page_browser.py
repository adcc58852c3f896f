"""Every page that a browser opens, at both widths, as someone who may see it: no finding against WCAG 2.2 A and AA."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page as BrowserPage

from tests.pages import Page, World, assemble_world, pages_of, rooms
from tests.support.browser import findings_at_both_widths
from tests.support.staff import sign_in_as

MOST_TELLING = ("senior", "safeguarding", "owner", "data_protection", "administrator", "editor", "head")


def viewer(page: Page) -> str:
    """One who may see the page: of those who may, the one who sees most."""
    return next((name for name in (*MOST_TELLING, *sorted(page.seen_by)) if name in page.seen_by), "anonymous")


def by_viewer(room: str) -> dict[str, list[Page]]:
    """A room's pages that a browser opens, by who opens them, so that each signs in once."""
    groups: dict[str, list[Page]] = {}
    for page in pages_of(room):
        if page.browse and page.method == "get" and page.seen_by:
            groups.setdefault(viewer(page), []).append(page)
    return groups


def open_as(browser: BrowserPage, world: World, name: str, live_server: str) -> None:
    user = world.cast.named(name)
    browser.context.clear_cookies()
    if user is not None:
        sign_in_as(browser, user, live_server)


@pytest.mark.parametrize("room", rooms())
def test_no_page_has_a_finding_at_either_width(room: str, page: BrowserPage, live_server: str) -> None:
    with transaction.atomic():
        world = assemble_world()
    found = []
    for name, entries in by_viewer(room).items():
        open_as(page, world, name, live_server)
        for entry in entries:
            address = reverse(entry.name, args=entry.args(world)) + entry.query
            answer = page.goto(address)
            assert answer is not None
            if answer.status != entry.answer:
                found.append(f"{entry.name} as {name}: answered {answer.status}")
                continue
            found += [f"{entry.name} as {name}, {finding}" for finding in findings_at_both_widths(page)]
    assert not found, "\n".join(found)
