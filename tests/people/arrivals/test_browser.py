"""Bringing a caseload in with a browser: with and without scripts, wide and narrow."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.jobs.models import JobProgress
from alongside.people.arrivals.models import Arrival
from alongside.people.arrivals.tasks import check_arrival, take_arrival
from alongside.people.persons.models import Person
from tests.cast import Cast, assemble
from tests.people.arrivals.files import as_csv, bring_in, crn_of, row_of, saved
from tests.support.browser import findings_at_both_widths
from tests.support.staff import sign_in_as


def do_what_was_asked(cast: Cast) -> None:
    """What the worker would do."""
    arrival = Arrival.objects.latest("brought_at")
    progress = JobProgress.objects.get(pk=arrival.work)
    work = {"arrivals.check": check_arrival, "arrivals.take": take_arrival}[progress.kind]
    ids = {"arrival_id": str(arrival.pk), "progress_id": str(progress.pk)}
    work.run(by_id=str(cast.administrator.pk), ids=ids)


def upload(page: Page, path: Path) -> None:
    page.goto("/arrivals/")
    page.get_by_role("link", name="Import").click()
    page.get_by_role("button", name="Bring in a caseload").click()
    page.get_by_label("Caseload file").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()


def take_in(page: Page, cast: Cast, path: Path) -> None:
    """From the upload to the end, and no finding on the way."""
    upload(page, path)
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="The file has been checked")).to_be_visible()
    assert findings_at_both_widths(page) == []
    page.get_by_role("link", name="See what to fix").click()
    expect(page.get_by_text("is not a date")).to_be_visible()
    assert findings_at_both_widths(page) == []
    page.go_back()
    page.get_by_role("link", name="See what changes").click()
    expect(page.get_by_role("cell", name="Harbour", exact=True)).to_be_visible()
    assert findings_at_both_widths(page) == []
    page.go_back()
    page.get_by_role("button", name="Bring in 2 rows").click()
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("apart from rows with faults")).to_be_visible()
    assert findings_at_both_widths(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these rows").click()
    assert "never" in Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("button", name="I am done: delete the file").click()
    expect(page.get_by_text("The file has been deleted")).to_be_visible()
    assert findings_at_both_widths(page) == []


def file_of(cast: Cast, folder: Path) -> Path:
    first = row_of(cast.team, cast.owner_member, 1, court="Moor")
    bring_in(as_csv([first]))
    rows = [first | {"court": "Harbour"}, row_of(cast.team, None, 2), row_of(cast.team, None, 3, date_of_birth="never")]
    return saved(folder, as_csv(rows, keys=[key for key in first if key != "exclusions"]))


def test_a_caseload_comes_in(page: Page, live_server: str, tmp_path: Path) -> None:
    cast = assemble()
    sign_in_as(page, cast.administrator, live_server)
    take_in(page, cast, file_of(cast, tmp_path))
    assert Person.objects.filter(crn=crn_of(2)).exists()


def test_a_caseload_comes_in_without_scripts(browser: Browser, live_server: str, tmp_path: Path) -> None:
    cast = assemble()
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    sign_in_as(page, cast.administrator, live_server)
    upload(page, file_of(cast, tmp_path))
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Bring in 2 rows").click()
    do_what_was_asked(cast)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="The caseload has been brought in")).to_be_visible()
    context.close()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b""])
def test_a_wrong_file_is_answered_on_the_page(page: Page, live_server: str, tmp_path: Path, content: bytes) -> None:
    cast = assemble()
    sign_in_as(page, cast.administrator, live_server)
    upload(page, saved(tmp_path, content))
    if content:
        do_what_was_asked(cast)
        page.reload()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("This is a PDF")).to_be_visible()
    else:
        expect(page.get_by_role("link", name="The selected file is empty")).to_be_visible()
    assert findings_at_both_widths(page) == []


def test_the_columns_and_the_empty_list(page: Page, live_server: str) -> None:
    sign_in_as(page, assemble().administrator, live_server)
    for address in ("/arrivals/", "/arrivals/new/"):
        page.goto(address)
        assert findings_at_both_widths(page) == []
    for heading in page.locator("main summary").all():
        heading.click()
    expect(page.get_by_role("rowheader", name="Limited Access Checked On")).to_be_visible()
