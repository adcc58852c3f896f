"""The exercises in a browser: dragged, by key, without scripts, at both widths."""

from math import hypot

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.people.maps.closeness import Token
from alongside.people.maps.exercises.queries import exercises_of
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.support.browser import findings_at_both_widths
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_database: object) -> Cast:
    cast = assemble()
    FamilyMemberFactory(person=cast.person, given_name="Grace", phrase="Nan")
    FamilyMemberFactory(person=cast.person, given_name="Huw")
    return cast


@pytest.fixture
def place(cast: Cast, live_server: str) -> str:
    return f"/cases/{cast.person.pk}/exercises/closeness/place/"


def the_run(cast: Cast) -> dict[str, Token]:
    ((_key, run),) = exercises_of(cast.person).runs()
    return {token.label: token for token in run.tokens}


def test_a_button_is_dragged_onto_the_rings(page: Page, cast: Cast, live_server: str, place: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(place)
    nan, board = page.get_by_role("button", name="Nan"), page.locator("[data-board]")
    box = board.bounding_box()
    assert box
    nan.hover()
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5, steps=5)
    page.mouse.up()
    expect(page.get_by_role("button", name="Nan: Closest")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="The same in words")).to_be_visible()
    token = the_run(cast)["Nan"]
    assert hypot(token.x - 0.105, token.y) < 0.05
    assert "Huw" not in the_run(cast)
    page.emulate_media(media="print")
    for sheet in ("closeness", "worksheets"):
        page.goto(f"/cases/{cast.person.pk}/exercises/{sheet}/")
        expect(page.locator(".ui-identity")).to_have_count(1)
        expect(page.locator(".ui-identity")).to_be_hidden()
        expect(page.get_by_text(cast.person.crn)).to_be_hidden()


def test_a_button_is_placed_by_key_and_the_list_follows(page: Page, cast: Cast, live_server: str, place: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(place)
    huw = page.get_by_role("button", name="Huw")
    huw.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Huw: In between")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
    row = page.locator("[data-token]", has_text="Huw").first
    expect(row.get_by_label("How close?")).to_have_value("4")
    page.keyboard.press("Delete")
    expect(row.get_by_label("How close?")).to_have_value("out")
    row.get_by_label("How close?").select_option("1")
    expect(page.get_by_role("button", name="Huw: Close")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="The same in words")).to_be_visible()
    assert the_run(cast)["Huw"].ring == 1


def test_buttons_are_placed_without_scripts(browser: Browser, cast: Cast, live_server: str, place: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    page.goto(place)
    page.get_by_role("group", name="Nan").get_by_label("How close?").select_option("0")
    page.get_by_role("group", name="Nan").get_by_label("Why there?").fill("She raised me")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("She raised me").first).to_be_visible()
    context.close()
    assert the_run(cast)["Nan"].reason == "She raised me"


def test_the_board_is_accessible_at_both_widths(page: Page, cast: Cast, live_server: str, place: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(place)
    assert findings_at_both_widths(page) == []
