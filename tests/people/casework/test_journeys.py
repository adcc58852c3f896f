"""A practitioner's day in a browser: by mouse, by keyboard alone, and without scripts."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.persons.models import Circumstance
from tests.cast import Cast, assemble
from tests.people.casework.scene import furnish
from tests.support.browser import DESKTOP, PHONE
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_server: str) -> Cast:
    with transaction.atomic():
        return assemble()


def press_until(page: Page, name: str, role: str = "link") -> None:
    """Move with the Tab key until something with this name has the focus, and press Enter on it."""
    wanted = page.get_by_role(role, name=name, exact=False).first  # type: ignore[arg-type]
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard.")


def test_find_by_misspelt_name_add_mother_change_and_end(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto("/")
    page.get_by_label("Find someone by name or number").fill("danial achibe")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Daniel Achebe").click()
    page.get_by_role("button", name="Add the first person").click()

    page.get_by_role("button", name="Add them").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Enter their first name").click()
    page.keyboard.type("Grace")
    page.get_by_label("Family name").fill("Achebe")
    page.get_by_label("Who they are to the person").select_option(label="Mother")
    page.get_by_label("What the person calls them").fill("Mam")
    page.get_by_label("Adult", exact=True).check()
    page.get_by_label("Telephone number").fill("07700 900123")
    page.get_by_label("Safe to use").check()
    page.get_by_label("Yes, they have been told").check()
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", name="Grace Achebe", level=1)).to_be_visible()
    expect(page.get_by_text("Mobile phone · Safe to use")).to_be_visible()

    page.get_by_role("button", name="It is not safe").click()
    expect(page.get_by_text("Mobile phone · Not safe: do not use")).to_be_visible()
    page.get_by_role("link", name="Change who they are").click()
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_label("What matters to know").fill("Works nights. Ring after two.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Works nights. Ring after two.")).to_be_visible()

    page.get_by_role("link", name="Daniel no longer names them").click()
    page.get_by_label("Why?").select_option(label="They are no longer in touch")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("No longer named (1)").click()
    expect(page.get_by_text("They are no longer in touch")).to_be_visible()
    member = FamilyMember.objects.get(given_name="Grace")
    assert (member.phrase, member.relationship_id, member.end_reason_id) == (
        "Mam",
        "relationship.MOT",
        "member_end_reason.CONTACTENDED",
    )
    assert ContactPoint.objects.get(family_member=member).safety == "unsafe"


def test_the_questions_are_answered_with_one_press_each(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/")
    page.get_by_role("button", name="Parent: Yes").click()
    expect(page.get_by_text("Noted: Parent, Yes.")).to_be_visible()
    page.get_by_role("button", name="Carer: No").click()
    page.get_by_role("button", name="Expecting a child: Asked, not said").click()
    expect(page.get_by_role("heading", name="Ask Daniel")).to_have_count(0)
    answers = dict(Circumstance.objects.values_list("kind", "answer"))
    assert answers == {"parent": "yes", "carer": "no", "expecting": "not_said"}


def test_the_same_by_keyboard_alone(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    page.goto("/cases/")
    press_until(page, "Daniel Achebe")
    page.wait_for_url(f"**/cases/{cast.person.pk}/")
    press_until(page, "Parent: Yes", "button")
    expect(page.get_by_text("Noted: Parent, Yes.")).to_be_visible()
    press_until(page, "Add the first person", "button")
    page.wait_for_url("**/family/add/")
    page.get_by_label("First name").focus()
    page.keyboard.type("Grace")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Mother")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("Yes, they have been told").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Grace", level=1)).to_be_visible()
    assert FamilyMember.objects.get().relationship_id == "relationship.MOT"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_the_same_without_scripts(browser: Browser, cast: Cast, live_server: str, size: dict[str, int]) -> None:
    context = browser.new_context(base_url=live_server, viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_as(page, cast.owner, live_server)
    page.goto("/cases/?q=achibi")
    page.get_by_role("link", name="Daniel Achebe").click()
    page.get_by_role("button", name="Parent: No").click()
    page.get_by_role("button", name="Add the first person").click()
    page.get_by_label("First name").fill("Efa")
    page.get_by_label("Who they are to the person").select_option(label="Daughter")
    page.get_by_label("Child under 18, or expected").check()
    page.get_by_label("Age", exact=True).select_option(label="7 to 11")
    page.get_by_label("Not yet", exact=True).check()
    page.get_by_label("Why not yet?").select_option(label="A child: the adult who is responsible is told")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", name="Efa", level=1)).to_be_visible()
    member = FamilyMember.objects.get()
    assert (member.age_band_id, member.year_of_birth, member.notice_state) == ("age_band.A7_11", None, "deferred")
    context.close()


def test_two_people_change_one_person_and_nothing_is_lost(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    address = f"/cases/{cast.person.pk}/details/change/"
    page.goto(address)
    page.get_by_label("Pronouns").fill("he/him")
    page.get_by_label("What they like to be called").fill("Danny")
    page.get_by_label("No", exact=True).check()

    other = page.context.browser.new_context(base_url=live_server)  # type: ignore[union-attr]
    theirs = other.new_page()
    sign_in_as(theirs, cast.colleague, live_server)
    theirs.goto(address)
    theirs.get_by_label("What they like to be called").fill("Dan")
    theirs.get_by_label("Easy read").check()
    theirs.get_by_label("No", exact=True).check()
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Saved.")).to_be_visible()
    other.close()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Colin Colleague").first).to_be_visible()
    expect(page.get_by_label("What they like to be called")).to_have_value("Danny")
    expect(page.get_by_label("Easy read")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    cast.person.refresh_from_db()
    assert (cast.person.known_as, cast.person.pronouns) == ("Danny", "he/him")


def test_a_case_with_a_life_in_it_reads_well_at_both_widths(page: Page, live_server: str) -> None:
    cast = furnish()
    sign_in_as(page, cast.owner, live_server)
    page.goto(f"/cases/{cast.person.pk}/")
    for words in ("Do not use: Mobile phone", "Ask if it is safe: Mobile phone", "Overdue by 3 days", "Not checked"):
        expect(page.get_by_text(words).first).to_be_visible()
    from tests.support.browser import findings_at_both_widths

    assert findings_at_both_widths(page) == []
