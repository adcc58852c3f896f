"""The pages of arrivals: who may open them, and what they answer."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.foundation.audit.models import Consultation
from alongside.foundation.jobs.models import JobProgress
from alongside.people.arrivals import actions
from alongside.people.arrivals.actions import check_file, finish_with_forgotten, take_file
from alongside.people.arrivals.columns import COLUMNS
from alongside.people.arrivals.models import Arrival, StagedRow
from alongside.people.persons.models import Person
from tests.cast import EVERYONE, Cast, assemble
from tests.people.arrivals.files import as_csv, bring, bring_in, crn_of, row_of

pytestmark = pytest.mark.django_db

BRINGS = {"administrator"}
READ = ("arrivals", "new", "example", "arrival", "faults", "to_fix", "changes")
POSTED = ("take", "finish")
OF_ONE = ("arrival", "faults", "to_fix", "changes", "take", "finish")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def address(name: str, arrival: Arrival | None = None) -> str:
    return reverse(f"arrivals:{name}", args=[arrival.pk] if arrival and name in OF_ONE else [])


def text_of(response) -> str:
    return response.content.decode()


def work_asked_for(arrival: Arrival) -> str:
    """The kind of the work that was asked for last."""
    arrival.refresh_from_db()
    return JobProgress.objects.get(pk=arrival.work).kind


@pytest.mark.parametrize("page", [*READ, *POSTED])
def test_each_of_the_cast_asks_for_each_page(cast: Cast, page: str) -> None:
    arrival = bring(as_csv([row_of(cast.team)]))
    for name in EVERYONE:
        user, visitor = cast.named(name), Client()
        if user is not None:
            visitor.force_login(user)
        asked = visitor.post if page in POSTED else visitor.get
        answer = asked(address(page, arrival))
        b"".join(answer)
        if name in BRINGS:
            assert answer.status_code in (200, 302), (name, page)
            assert "sign-in" not in answer.get("Location", "")
        elif name in ("anonymous", "closed"):
            assert "sign-in" in answer["Location"], (name, page)
        else:
            assert answer.status_code == 403, (name, page)


@pytest.mark.parametrize("page", OF_ONE)
def test_a_file_that_never_was(client: Client, page: str) -> None:
    asked = client.post if page in POSTED else client.get
    assert asked(reverse(f"arrivals:{page}", args=[uuid4()])).status_code == 404


def test_the_menu_shows_only_what_one_may(cast: Cast) -> None:
    for name in ("administrator", "senior", "safeguarding", "owner", "head"):
        visitor = Client()
        visitor.force_login(cast.named(name))
        assert ('href="/arrivals/"' in text_of(visitor.get("/account/"))) == (name in BRINGS), name


def test_a_file_is_brought_checked_taken_and_deleted(cast: Cast, client: Client) -> None:
    content = as_csv([row_of(cast.team, cast.owner_member, 1), row_of(cast.team, None, 2, date_of_birth="never")])
    answer = client.post("/arrivals/new/", {"file": SimpleUploadedFile("my caseload.csv", content)})
    assert answer["Location"].startswith("/progress/")
    arrival = Arrival.objects.get()
    assert work_asked_for(arrival) == "arrivals.check"
    assert "being checked" in text_of(client.get(address("arrival", arrival)))
    check_file(by=cast.administrator, arrival=arrival)
    page = text_of(client.get(address("arrival", arrival)))
    assert "Bring in 1 row" in page
    assert not Person.objects.filter(crn=crn_of(1)).exists()
    assert "Row 3" in text_of(client.get(address("faults", arrival)))

    assert client.post(address("take", arrival))["Location"].startswith("/progress/")
    assert work_asked_for(arrival) == "arrivals.take"
    take_file(by=cast.administrator, arrival=arrival)
    assert Person.objects.filter(crn=crn_of(1)).exists()
    assert "apart from rows with faults" in text_of(client.get(address("arrival", arrival)))

    arrival.refresh_from_db()
    stored = arrival.stored_as
    assert default_storage.exists(stored)
    client.post(address("finish", arrival))
    arrival.refresh_from_db()
    assert (arrival.stage, arrival.stored_as, arrival.file_name, arrival.new) == ("done", "", "", 1)
    assert not StagedRow.objects.exists()
    assert "1" in text_of(client.get("/arrivals/"))


def test_bytes_go_with_the_transaction(cast: Cast, django_capture_on_commit_callbacks) -> None:
    arrival = bring(as_csv([row_of(cast.team)]))
    stored = arrival.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        actions.finish_with(by=None, arrival=arrival)
    assert not default_storage.exists(stored)


def test_a_file_that_cannot_be_read_says_why_and_is_deleted(cast: Cast, client: Client) -> None:
    client.post("/arrivals/new/", {"file": SimpleUploadedFile("caseload.csv", b"%PDF-1.7 nothing")})
    check_file(by=cast.administrator, arrival=Arrival.objects.get())
    page = text_of(client.get(address("arrival", Arrival.objects.get())))
    assert "This is a PDF" in page
    assert Arrival.objects.get().stored_as == ""


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (None, "Choose a caseload file"),
        (("a.csv", b""), "is empty"),
        (("a.pdf", b"%PDF"), "must be one of"),
        (("a", b"x"), "must be one of"),
    ],
)
def test_what_is_no_upload_is_said_on_the_form(client: Client, upload: tuple[str, bytes] | None, words: str) -> None:
    answer = client.post("/arrivals/new/", {"file": SimpleUploadedFile(*upload)} if upload else {})
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not Arrival.objects.exists()


def test_an_upload_that_is_too_large_is_refused_unread(client: Client) -> None:
    size = str(2 * actions.LARGEST_FILE)
    answer = client.post("/arrivals/new/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=size)
    assert answer.status_code == 413
    assert "larger than 400MB" in text_of(answer)


def test_an_upload_from_elsewhere_is_refused(cast: Cast) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(cast.administrator)
    answer = guarded.post("/arrivals/new/", {"file": SimpleUploadedFile("a.csv", b"CRN")})
    assert answer.status_code == 403
    assert not Arrival.objects.exists()


def test_the_same_file_again_is_said_to_be_the_same(cast: Cast, client: Client) -> None:
    content = as_csv([row_of(cast.team, None, 1)])
    bring_in(content)
    assert "brought this file before" in text_of(client.get(address("arrival", bring(content))))


def test_changes_are_listed_by_field(cast: Cast, client: Client) -> None:
    row = row_of(cast.team, cast.owner_member, 1, court="Moor")
    bring_in(as_csv([row]))
    arrival = bring(as_csv([row | {"court": "Harbour", "family_name": "Bowen"}]))
    page = text_of(client.get(address("changes", arrival) + "?field=court"))
    assert "Harbour" in page
    assert "Bowen" not in page
    assert text_of(client.get(address("changes", arrival) + "?field=nonsense")).count("Bowen") == 1
    assert Consultation.objects.filter(what="arrivals.changes", actor__isnull=False).count() == 2


def test_rows_given_back_read_again_when_they_are_put_right(cast: Cast, client: Client) -> None:
    row = row_of(cast.team, None, 1, first_name="=cmd|' /C calc'!A0", date_of_birth="never", court="-Moor, near “B”")
    arrival = bring(as_csv([row, row_of(cast.team, None, 2)]))
    answer = client.get(address("to_fix", arrival))
    assert "attachment" in answer["Content-Disposition"]
    given = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert given[0][-1] == "What to fix"
    assert len(given) == 2
    assert "Date of Birth: is not a date" in given[1][-1]
    assert not [cell for cell in given[1] if cell.startswith(("=", "+", "-", "@"))]
    given[1][given[0].index("Date of Birth")] = "17/05/1990"
    text = io.StringIO()
    csv.writer(text).writerows(given)
    again = bring(text.getvalue().encode())
    assert again.faulty == 0
    staged = StagedRow.objects.get(arrival=again)
    assert (staged.given_names, staged.court) == ("=cmd|' /C calc'!A0", "-Moor, near “B”")


def test_the_example_file_reads_as_the_page_says(cast: Cast, client: Client) -> None:
    content = b"".join(client.get("/arrivals/example.csv"))
    arrival = bring(content)
    assert set(arrival.columns) == set(COLUMNS)
    assert {key for row in StagedRow.objects.all() for key, _ in row.faults} <= {"team", "officer"}


def test_files_left_behind_are_deleted_after_a_week(cast: Cast) -> None:
    old, new = bring(as_csv([row_of(cast.team)])), bring(as_csv([row_of(cast.team)]))
    Arrival.objects.filter(pk=old.pk).update(brought_at="2026-01-01T00:00Z")
    assert finish_with_forgotten() == 1
    assert set(Arrival.objects.values_list("pk", "stage")) == {(old.pk, "done"), (new.pk, "checked")}


@pytest.mark.parametrize("count", [1, 60])
def test_pages_ask_the_same_number_of_questions_however_large(
    cast: Cast, client: Client, count: int, django_assert_max_num_queries
) -> None:
    row = [row_of(cast.team, None, number) for number in range(count)]
    bring_in(as_csv(row))
    bad = bring(as_csv([one | {"court": "Moor", "date_of_birth": "bad"} for one in row]))
    changed = bring(as_csv([one | {"court": "Moor"} for one in row]))
    for name, arrival in (("arrivals", None), ("arrival", changed), ("faults", bad), ("changes", changed)):
        with django_assert_max_num_queries(10):
            client.get(address(name, arrival))


def test_a_taken_file_cannot_be_taken_by_a_second_press(cast: Cast, client: Client) -> None:
    arrival = take_file(by=None, arrival=bring(as_csv([row_of(cast.team)])))
    assert client.post(address("take", arrival))["Location"] == address("arrival", arrival)
