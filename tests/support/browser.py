"""What browser tests ask of a page."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Response

from alongside.config.state import PROJECT_FOLDER

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE = PROJECT_FOLDER / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wait_after_clicks() -> None:
    """Let every click last until the page that it leads to stands.

    Playwright's own click lasts until the next page begins: what is read from it straight away (its title, how many
    links there are) may not be there yet, and a slow machine then fails a test that nothing is wrong with.
    """
    if not hasattr(Locator.click, "__wrapped__"):
        Locator.click = _and_wait(Locator.click)  # type: ignore[method-assign]


def _and_wait(click: Callable[..., None]) -> Callable[..., None]:
    @wraps(click)
    def click_and_wait(locator: Locator, **how: Any) -> None:
        page = locator.page
        click(locator, **how)
        if not page.is_closed():
            page.wait_for_load_state()

    return click_and_wait


def set_width(page: Page, size: dict[str, int]) -> None:
    """Give the page another size, and load it again so that it is laid out for it."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.reload()


def axe(page: Page) -> list[str]:
    """Findings against WCAG 2.2 A and AA on the page as it stands, one line each; empty where there is none."""
    if not AXE.exists():
        raise FileNotFoundError("axe-core is missing: run `make setup`.")
    # Evaluated through the debugger, which the page's security policy does not govern.
    page.evaluate(Path(AXE).read_text())
    answer: dict[str, Any] = page.evaluate(
        "values => axe.run(document, {runOnly: {type: 'tag', values}, resultTypes: ['violations']})", STANDARD
    )
    return [
        f"{finding['id']}: {finding['help']} at {node['target']}"
        for finding in answer["violations"]
        for node in finding["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def findings_at_both_widths(page: Page) -> list[str]:
    """What axe finds at 1280 and at 390 pixels, and whether the page scrolls sideways there. Ends at 1280."""
    found: list[str] = []
    for size in (PHONE, DESKTOP):
        set_width(page, size)
        found += [f"{size['width']} px: {finding}" for finding in axe(page)]
        if scrolls_sideways(page):
            found.append(f"{size['width']} px: the page scrolls sideways")
    return found


class Troubles:
    """What went wrong in a page: errors in its console, refusals by the security policy, scripts that raised.

    An answer of 4xx or 5xx to the page itself is not trouble: a test may have asked for it.
    """

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        self._refused_pages: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("response", self._response)

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status >= 400:
            self._refused_pages.add(response.url)

    def _console(self, message: ConsoleMessage) -> None:
        place = str(message.location.get("url"))
        if message.type == "error" and place not in self._refused_pages and not place.endswith("/favicon.ico"):
            self.found.append(f"console: {message.text}")


def go_to_case_page(page: Page, name: str, *, group: str) -> None:
    """Go to a page of the open case through its navigation: past its group at a desk, from the menu on a phone."""
    menu = page.locator("summary", has_text="Pages of this case")
    navigation = page.get_by_role("navigation", name="Pages of this case")
    if menu.is_visible():
        menu.click()
    else:
        navigation.get_by_role("link", name=group, exact=True).click()
        navigation = page.get_by_role("navigation", name=f"{group}: pages")
    navigation.get_by_role("link", name=name, exact=True).click()


def go_to_member_page(page: Page, name: str) -> None:
    """Go to another page about the family member who is open, through their navigation."""
    navigation = page.get_by_role("navigation", name="Pages of this family member")
    menu = navigation.locator("summary")
    if menu.is_visible():
        menu.click()
    navigation.get_by_role("link", name=name, exact=True).click()
