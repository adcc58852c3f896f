"""A request for access answered in a browser: noted, gathered, decided, checked by another, packed and given out."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.cast import Cast, assemble
from tests.safety.access_requests.support import second_person
from tests.support.jobs import do_waiting_jobs
from tests.support.staff import sign_in_as


@pytest.fixture
def cast(live_database: object) -> Cast:
    with transaction.atomic():
        cast = assemble()
        second_person(cast)
        return cast


def decide_everything(page: Page) -> None:
    """Item by item, as far as any is to be decided."""
    page.get_by_role("button", name="Go through the items").click()
    while page.get_by_role("link", name=re.compile(r"^\d+\. ")).count():
        page.get_by_role("link", name=re.compile(r"^\d+\. ")).first.click()
        page.get_by_label("The person who asks, and nobody else").check()
        page.get_by_role("group", name="Who gave it to us?").get_by_label("Staff").check()
        page.get_by_role("group", name="Is its source protected?").get_by_label("No", exact=True).check()
        page.get_by_label("Release", exact=True).check()
        page.get_by_role("button", name="Save and go on").click()
        if not page.url.endswith("/items/"):
            page.goto(page.url.split("/items/")[0] + "/items/")


def test_a_request_is_answered_by_two_people(page: Page, live_server: str, cast: Cast) -> None:
    sign_in_as(page, cast.data_protection, live_server)
    page.goto("/access-requests/")
    page.get_by_role("button", name="Note a request").click()
    page.get_by_label("CRN or other number of the case").fill(cast.person.crn)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Daniel Achebe, on probation").check()
    page.get_by_label("Their name, as it goes on the answer").fill("Daniel Achebe")
    page.get_by_label("Under which law is it used?").select_option(index=1)
    for part, text in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_role("button", name="Note the request").click()
    request = page.url
    page.get_by_role("button", name="They showed who they are").click()
    page.get_by_label("How?").fill("Passport")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Gather what is held").click()
    decide_everything(page)
    page.goto(request)
    expect(page.get_by_text(re.compile("wait.? for a second person"))).to_be_visible()
    sign_in_as(page, second_person(cast), live_server)
    page.goto(f"{request}items/?show=check")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Agree with those ticked").click()
    page.goto(request)
    page.get_by_role("button", name="Make the package").click()
    with transaction.atomic():
        do_waiting_jobs()
    page.goto(request)
    with page.expect_download() as download:
        page.get_by_role("button", name="Read the package (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.goto(request)
    page.get_by_role("link", name="It was given out").click()
    page.get_by_label("To whom, and how?").fill("To him, at the office")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Released on")).to_be_visible()
    page.get_by_role("link", name="Erase the package").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_text("The package was erased on")).to_be_visible()
