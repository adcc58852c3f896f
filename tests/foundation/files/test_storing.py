"""Storing, giving out and forgetting files; full disks, hostile names, rolled-back transactions."""

import errno
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import Form
from django.test import TestCase

from alongside.foundation.audit.erasure import Subject, erase
from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.files import storage
from alongside.foundation.files.actions import (
    Belongs,
    forget_expired,
    forget_file,
    forget_orphans,
    store_made,
    store_upload,
)
from alongside.foundation.files.forms import UploadField
from alongside.foundation.files.kinds import Fault, FileRefusedError, Kind
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.purposes import Purpose, PurposeError, purpose_of, register_purpose
from alongside.foundation.files.queries import is_whole, open_file
from alongside.foundation.files.responses import file_response
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LISTS = Purpose("tests.lists", "Lists", (Kind.CSV,), largest=1000, days_kept=30)
LETTERS = Purpose("tests.letters", "Letters", (Kind.CSV, Kind.PDF), largest=1000, days_kept=None)
CONTENT = b"crn,name\nX123456,Carys\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def upload(content: bytes = CONTENT, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def stored(**facts) -> StoredFile:
    return store_upload(**{"by": None, "upload": upload(), "purpose": LISTS, **facts})


def bytes_on_disk(folder: Path) -> list[Path]:
    return list(folder.glob("??/*"))


def test_what_is_stored_can_be_read_back_and_is_ours_alone(folder):
    file = stored(by=UserFactory())
    with open_file(file) as stream:
        assert stream.read() == CONTENT
    assert (file.name, file.kind, file.size, is_whole(file)) == ("list.csv", "csv", len(CONTENT), True)
    (path,) = bytes_on_disk(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "list" not in str(path.relative_to(folder))


def test_bytes_that_were_altered_or_lost_are_noticed(folder):
    file = stored()
    (path,) = bytes_on_disk(folder)
    path.write_bytes(CONTENT + b"X999999,Someone\n")
    assert not is_whole(file)
    path.unlink()
    assert not is_whole(file)
    with pytest.raises(storage.BytesMissingError):
        open_file(file)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.csv", Fault.EMPTY),
        (b"x" * 1001, "a.csv", Fault.TOO_LARGE),
        (b"%PDF-1.7", "a.pdf", Fault.KIND),
        (b"%PDF-1.7", "a.csv", Fault.LYING),
    ],
)
def test_what_is_refused_leaves_nothing(folder, content, name, expected):
    with pytest.raises(FileRefusedError) as caught:
        stored(upload=upload(content, name))
    assert caught.value.fault is expected
    assert "ends in .pdf" not in str(caught.value), "nobody is told to send what is refused as well"
    assert bytes_on_disk(folder) == []
    assert not StoredFile.objects.exists()


def test_an_upload_that_lies_about_its_size_is_cut_off(folder):
    lying = upload(b"x" * 5000)
    lying.size = 10
    with pytest.raises(FileRefusedError) as caught:
        stored(upload=lying)
    assert caught.value.fault is Fault.TOO_LARGE
    assert bytes_on_disk(folder) == []


def test_a_disk_that_fills_up_while_writing_leaves_nothing_half_written(folder, monkeypatch):
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(storage.StorageFullError, match="no room"):
        stored()
    assert bytes_on_disk(folder) == []
    assert not StoredFile.objects.exists()


def test_the_last_of_the_disk_is_left_to_the_database(folder, monkeypatch):
    monkeypatch.setattr(storage, "SPARE", 1 << 62)
    with pytest.raises(storage.StorageFullError):
        stored()


def test_a_folder_that_cannot_be_written_to_is_an_error_of_its_own(folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    with pytest.raises(storage.StorageError, match="Try again"):
        stored()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "g" * 40, "A" * 40, "0" * 39])
def test_only_keys_of_ours_lead_to_a_path(key):
    with pytest.raises(ValueError, match="no key"):
        storage.path_of(key)


def test_it_is_given_out_to_be_saved_and_never_run():
    file = stored(upload=upload(name='we"ird\r\nname.csv'), purpose=LETTERS, belongs=Belongs(case_id=uuid4()))
    response = file_response(file, by=None)
    assert b"".join(response.streaming_content) == CONTENT
    response.file_to_stream.close()
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "\r" not in response["Content-Disposition"]
    assert response["Content-Type"] == "text/csv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_erasing_a_case_erases_the_bytes_once_it_stands(folder):
    case = uuid4()
    store_made(by=None, name="letter.csv", content=CONTENT, purpose=LETTERS, belongs=Belongs(case_id=case))
    other = store_made(by=None, name="other.csv", content=CONTENT, purpose=LETTERS, belongs=Belongs(case_id=uuid4()))
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(by=None, subject=Subject(case), rule="case", ground="Time is over")
        assert len(bytes_on_disk(folder)) == 2
    assert [path.name for path in bytes_on_disk(folder)] == [other.storage_key]
    assert [file.pk for file in StoredFile.objects.all()] == [other.pk]


def test_erasing_a_family_member_leaves_the_persons_own_files(folder):
    case, member = uuid4(), uuid4()
    store_made(by=None, name="a.csv", content=CONTENT, purpose=LETTERS, belongs=Belongs(case, member))
    own = store_made(by=None, name="b.csv", content=CONTENT, purpose=LETTERS, belongs=Belongs(case))
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(by=None, subject=Subject(case, member), rule="family_member", ground="Asked")
    assert [path.name for path in bytes_on_disk(folder)] == [own.storage_key]


def test_forgetting_is_in_the_trail_without_the_name(folder):
    file = stored()
    with TestCase.captureOnCommitCallbacks(execute=True):
        forget_file(by=None, file=file, ground="Sent by mistake")
    assert bytes_on_disk(folder) == []
    event = Event.objects.get(name="files.file.forgotten")
    assert "list.csv" not in (Payload.objects.get(event=event).content or "")


def test_files_go_when_their_time_is_over(folder):
    file = stored()
    assert forget_expired(on=today() + timedelta(days=29)) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert forget_expired(on=today() + timedelta(days=30)) == 1
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert bytes_on_disk(folder) == []


def test_bytes_of_a_rolled_back_transaction_are_swept_and_others_are_not(folder):
    kept = stored()
    with transaction.atomic():
        stored()
        transaction.set_rollback(True)
    assert len(bytes_on_disk(folder)) == 2
    assert forget_orphans() == 0
    assert forget_orphans(older_than=-1) == 1
    assert [path.name for path in bytes_on_disk(folder)] == [kept.storage_key]


class ListForm(Form):
    list = UploadField(LISTS)


def test_a_form_says_what_to_send_instead():
    assert ListForm({}, {"list": upload()}).is_valid()
    for wrong, said in (
        (upload(b""), "empty"),
        (upload(b"x" * 2000), "larger than"),
        (upload(b"%PDF-1.7", "a.pdf"), "Send a CSV file"),
        (upload(b"%PDF-1.7", "a.csv"), "it is a PDF"),
    ):
        form = ListForm({}, {"list": wrong})
        assert said in form.errors["list"][0]
    assert ListForm({}, {}).errors["list"] == ["Choose a file"]
    assert 'accept=".csv,.txt"' in str(ListForm()["list"])


def test_a_purpose_is_declared_once():
    register_purpose("tests.once", label="Once", kinds=[Kind.CSV], largest_megabytes=1, days_kept=1)
    register_purpose("tests.once", label="Once", kinds=[Kind.CSV], largest_megabytes=1, days_kept=1)
    with pytest.raises(PurposeError):
        register_purpose("tests.once", label="Once", kinds=[Kind.PDF], largest_megabytes=1, days_kept=1)
    assert purpose_of("tests.once").largest == 1024 * 1024
    with pytest.raises(PurposeError):
        purpose_of("tests.never")
