"""Drawing a family in a browser: by mouse, by keyboard alone, without scripts; at both widths, and together."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.maps.queries import map_at
from tests.cast import Cast, assemble
from tests.support.browser import DESKTOP, PHONE, axe, findings_at_both_widths, set_width
from tests.support.staff import sign_in_as

PICTURES = os.environ.get("MAP_PICTURES", "")


@pytest.fixture
def cast(live_server: str, page: Page) -> Cast:
    cast = assemble()
    sign_in_as(page, cast.owner, live_server)
    return cast


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """A picture for a person to look at, where one is asked for."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=full)


def labels(cast: Cast) -> set[str]:
    return {person.label for person in map_at(cast.person.pk).network.people}


def generations(cast: Cast) -> int:
    """How many generations hang together from the oldest to the youngest."""
    network = map_at(cast.person.pk).network
    parents: dict[str, list[str]] = {}
    for row in network.parentage:
        parents.setdefault(row.child, []).append(row.parent)

    def depth(key: str) -> int:
        return 1 + max((depth(parent) for parent in parents.get(key, ())), default=0)

    return max(depth(person.id) for person in network.people)


def press(page: Page, words: str) -> None:
    page.locator("#map-add").get_by_role("button", name=words, exact=True).click()


def on_drawing(page: Page, name: str) -> None:
    page.locator(".map-frame .gm-link", has_text=name).first.click()


def test_four_generations_by_mouse(cast: Cast, page: Page) -> None:
    page.goto(f"/cases/{cast.person.pk}/map/")
    shoot(page, "map-begin")
    page.get_by_role("button", name="Start with Daniel alone").click()
    for of, relation, name in (
        ("Daniel", "Mother", "Grace Achebe"),
        ("Grace Achebe", "Mother", "Nan"),
        ("Grace Achebe", "Partner", "Tunde"),
        ("Grace Achebe", "Sister", "Auntie Bev"),
        ("Daniel", "Former partner", "Nia Roberts"),
        ("Daniel", "Daughter", "Efa"),
        ("Daniel", "Partner", "Siân Price"),
        ("Daniel", "Brother", "Samuel"),
        ("Daniel", "Friend", "Kofi"),
    ):
        on_drawing(page, of)
        page.locator("#map-new").fill(name)
        press(page, relation)
        page.locator(".map-frame .gm-link[aria-current=true]", has_text=name.split()[0]).wait_for()
    assert {"Nan", "Efa", "Kofi"} <= labels(cast)
    assert generations(cast) == 4
    on_drawing(page, "Daniel")
    shoot(page, "map-four-generations")
    assert findings_at_both_widths(page) == []
    set_width(page, PHONE)
    shoot(page, "map-phone")
    set_width(page, DESKTOP)
    page.get_by_role("link", name="Gender, dates and the rest").click()
    page.get_by_label("Born").fill("about 1991")
    shoot(page, "map-person")
    assert findings_at_both_widths(page) == []
    for link in ("All changes, and the map on any day", "Print or save as PDF", "Bring in a family-tree file"):
        page.goto(f"/cases/{cast.person.pk}/map/")
        page.get_by_role("link", name=link).click()
        shoot(page, f"map-{link.split()[0].lower()}")
        assert findings_at_both_widths(page) == []
    page.goto(f"/cases/{cast.person.pk}/map/?version=3")
    shoot(page, "map-past")
    assert findings_at_both_widths(page) == []


def test_four_generations_by_keyboard_alone(cast: Cast, page: Page) -> None:
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Start with Daniel alone").focus()
    page.keyboard.press("Enter")
    chosen = page.locator(".map-frame .gm-link[aria-current=true]")
    expect(chosen).to_be_focused()

    def key(name: str, people: int) -> None:
        """One key on the drawing; the page comes back with somebody more, chosen and in focus."""
        page.keyboard.press(name)
        expect(page.locator(".map-frame .gm-link")).to_have_count(people)
        expect(chosen).to_be_focused()

    key("m", 2)
    key("m", 3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".map-frame .gm-link:focus")).to_contain_text("Daniel")
    key("c", 4)
    page.keyboard.press("n")
    page.keyboard.type("Efa")
    page.keyboard.press("Enter")
    page.locator(".map-frame .gm-link", has_text="Efa").wait_for()
    expect(chosen).to_be_focused()
    assert generations(cast) == 4
    assert "Efa" in labels(cast)
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.keyboard.press("u")
    page.locator(".map-frame .gm-link", has_text="Efa").wait_for(state="detached")


def test_the_same_without_scripts(cast: Cast, browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Start with Daniel alone").click()
    for of, relation, name in (("Daniel", "Mother", "Grace"), ("Grace", "Mother", "Nan"), ("Daniel", "Child", "Efa")):
        page.locator(".map-words").get_by_role("link", name=of).first.click()
        page.locator("#map-new").fill(name)
        press(page, relation)
    assert generations(cast) == 4
    context.close()


def test_together_there_is_one_map_and_no_way_back(cast: Cast, page: Page) -> None:
    page.goto("/cases/")
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Start with Daniel alone").click()
    page.get_by_role("link", name="Draw it with Daniel").click()
    page.get_by_role("button", name="Turn the screen").click()
    on_drawing(page, "Daniel")
    page.locator("#map-new").fill("Nan")
    press(page, "Mother")
    page.locator(".map-frame .gm-link", has_text="Nan").wait_for()
    shoot(page, "map-together")
    expect(page.locator("header, nav, .ui-identity")).to_have_count(0)
    assert axe(page) == []
    set_width(page, {"width": 820, "height": 1180})
    shoot(page, "map-together-tablet")
    for _ in range(8):
        page.go_back(wait_until="load")
        text = page.locator("body").inner_text()
        assert "Caseload" not in text
        assert cast.person.crn not in text
    page.goto("/cases/")
    expect(page.locator("h1")).to_contain_text("Have you finished drawing?")
    assert findings_at_both_widths(page) == []
    page.get_by_role("button", name="Finish, and sign in again").click()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_people_already_named_are_placed(cast: Cast, page: Page) -> None:
    from alongside.people.families.models import FamilyMember

    for name, code in (("Grace", "MOT"), ("Tunde", "FA"), ("Efa", "DAU"), ("Gwen", "GMOT"), ("Nia", "EXPART")):
        FamilyMember.objects.create(
            person=cast.person,
            given_name=name,
            family_name="Achebe",
            relationship_id=f"relationship.{code}",
            notice_state="given",
            notice_on="2026-10-01",
        )
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Place the people already named").click()
    page.locator(".map-frame .gm-link", has_text="Gwen").wait_for()
    shoot(page, "map-placed")
    assert findings_at_both_widths(page) == []


def test_other_windows_are_covered_while_the_screen_is_turned_and_uncovered_with_what_was_typed(
    page: Page, cast: Cast, live_server: str
) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/exercises/life/new/")
    page.get_by_label("What happened?").fill("Told us in confidence")
    beside = page.context.new_page()
    beside.goto(f"/cases/{cast.person.pk}/map/together/")
    expect(page.locator("body")).to_be_visible()
    beside.get_by_role("button", name="Turn the screen").click()
    expect(page.locator("body")).to_be_hidden()
    expect(page).to_have_title("Alongside")
    beside.get_by_text("We have finished").click()
    beside.get_by_role("button", name="Finish, and sign in again").click()
    expect(page.locator("body")).to_be_hidden()
    sign_in_as(beside, cast.owner, live_server)
    beside.goto("/account/")
    expect(page.get_by_label("What happened?")).to_have_value("Told us in confidence")
    page.get_by_role("radio", name="Home").check()
    page.get_by_label("When, or from when?").fill("1998")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Told us in confidence").first).to_be_visible()
    sign_in_as(beside, cast.colleague, live_server)
    beside.goto("/account/")
    expect(page.locator("body")).to_be_hidden()


TWELVE = [
    ("Daniel", "Mother", "Grace"),
    ("", "Partner", "Tunde"),
    ("", "Mother", "Nan"),
    ("Grace", "Brother", "Uncle Sam"),
    ("Daniel", "Sister", "Bev"),
    ("", "Son", "Jac"),
    ("Daniel", "Brother", "Emeka"),
    ("Daniel", "Former partner", "Nia"),
    ("Daniel", "Partner", "Siân"),
    ("", "Daughter", "Efa"),
    ("Daniel", "Friend", "Kofi"),
]


def test_a_family_of_twelve_from_nothing(cast: Cast, page: Page) -> None:
    """The measure that matters most: presses, words typed and screens until twelve people are on the map."""
    presses = words = screens = 0
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Start with Daniel alone").click()
    presses, screens = 1, 2
    for of, relation, name in TWELVE:
        if of:
            on_drawing(page, of)
            presses, screens = presses + 1, screens + 1
            expect(page.locator("#chosen-title")).to_have_text(of)
        page.locator("#map-new").fill(name)
        press(page, relation)
        words, presses, screens = words + 1, presses + 1, screens + 1
        expect(page.locator("#chosen-title")).to_have_text(name)
    assert len(labels(cast)) == 12
    shoot(page, "map-twelve", full=False)
    assert (presses, words, screens) == (19, 11, 20)


def test_two_supporters_and_a_next_step_follow_in_few_presses(cast: Cast, page: Page) -> None:
    """The other half of ten minutes: who helps with what, and the one thing to do next."""
    page.goto(f"/cases/{cast.person.pk}/map/")
    page.get_by_role("button", name="Start with Daniel alone").click()
    for relation, name in (("Mother", "Grace"), ("Sister", "Bev")):
        on_drawing(page, "Daniel")
        page.locator("#map-new").fill(name)
        press(page, relation)
        expect(page.locator("#chosen-title")).to_have_text(name)
    inputs = screens = 0
    base = f"/cases/{cast.person.pk}/exercises/supporters/"
    for who, area, often in (("Grace", "Lifts and travel", "Every week"), ("Bev", "Letters and forms", "Now and then")):
        page.goto(base)
        page.get_by_role("button", name="Add who helps").click()
        page.get_by_label("Who?").select_option(label=who)
        page.get_by_label("With what?").select_option(label=area)
        page.get_by_label(often).check()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="Who helps").wait_for()
        inputs, screens = inputs + 5, screens + 3
    page.get_by_label("What is the one next step?").fill("Ask Grace about Tuesdays")
    for box, typed in (("Day", "1"), ("Month", "3"), ("Year", str(today().year + 1))):
        page.get_by_label(box, exact=True).fill(typed)
    page.get_by_role("button", name="Set the next step").click()
    page.get_by_text("The next step is among what needs doing on this case.").wait_for()
    inputs, screens = inputs + 5, screens + 1
    assert ToDo.objects.filter(case=cast.person.pk, title="Ask Grace about Tuesdays").exists()
    assert (inputs, screens) == (15, 7)
