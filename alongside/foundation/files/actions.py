"""Storing files, and forgetting them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import IO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.erasure import Subject
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.files import storage
from alongside.foundation.files.kinds import Fault, FileRefusedError, Kind, clean_name, kind_of
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.purposes import MEGABYTE, Purpose

# Bytes that no row names after this long belong to a transaction that was rolled back.
SECONDS_AN_ORPHAN_LIVES = 24 * 60 * 60


@dataclass(frozen=True)
class Belongs:
    """Whose file it is. One that belongs to nobody's case must be of a purpose that lets it expire."""

    case_id: UUID | None = None
    family_member_id: UUID | None = None


NOBODY = Belongs()


def check_file(stream: IO[bytes], *, name: str, size: int, purpose: Purpose) -> Kind:
    """What the file is, where the purpose takes it. Raises FileRefusedError with what to send instead."""
    if size > purpose.largest:
        raise _too_large(purpose)
    kind = kind_of(stream, name=name, wanted=purpose.kinds)
    if kind not in purpose.kinds:
        wanted = " or ".join(one.label for one in purpose.kinds)
        raise FileRefusedError(Fault.KIND, f"Send {wanted}. What you sent is {kind.label}.")
    return kind


@action
def store_upload(
    *, by: User | None, upload: "UploadedFile[bytes]", purpose: Purpose, belongs: Belongs = NOBODY
) -> StoredFile:
    """Keep what someone sent. Raises FileRefusedError, StorageFullError or StorageError; then nothing is kept."""
    stream = upload.file
    if stream is None:
        raise FileRefusedError(Fault.EMPTY, "The file is empty. Check that it was saved, and send it again.")
    name = clean_name(upload.name or "")
    kind = check_file(stream, name=name, size=upload.size or 0, purpose=purpose)
    return _store(by=by, name=name, kind=kind, chunks=_chunks(stream), purpose=purpose, belongs=belongs)


@action
def store_made(
    *, by: User | None, name: str, content: bytes, purpose: Purpose, belongs: Belongs = NOBODY
) -> StoredFile:
    """Keep what the product made, such as a letter. It is checked like anything else."""
    name = clean_name(name)
    kind = check_file(BytesIO(content), name=name, size=len(content), purpose=purpose)
    return _store(by=by, name=name, kind=kind, chunks=[content], purpose=purpose, belongs=belongs)


@action
def forget_file(*, by: User | None, file: StoredFile, ground: str) -> None:
    """Erase one file, row and bytes."""
    record_change(
        by=by,
        kind=EventKind.ERASURE,
        name="files.file.forgotten",
        subject=file,
        case_id=file.case,
        family_member_id=file.family_member,
        ground=ground,
    )
    _forget_bytes([file.storage_key])
    StoredFile.objects.filter(pk=file.pk).delete()


def forget_expired(*, on: date | None = None) -> int:
    """Erase every file whose time is over; answers how many. A worker calls this daily."""
    expired = StoredFile.objects.filter(expires_on__lte=on or today())
    count = 0
    for file in expired:
        forget_file(by=None, file=file, ground="Kept as long as its purpose allows.")
        count += 1
    return count


def forget_orphans(*, older_than: float = SECONDS_AN_ORPHAN_LIVES) -> int:
    """Take away bytes that no row names: left by a transaction that was rolled back, or an erasure cut short."""
    keys = list(storage.keys_older_than(older_than))
    known = set(StoredFile.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True))
    orphans = [key for key in keys if key not in known]
    for key in orphans:
        storage.forget(key)
    return len(orphans)


def sweep_bytes(subject: Subject) -> None:
    """With a case or a family member go the bytes of their files. Called before the rows are erased."""
    if subject.family_member_id is None:
        rows = StoredFile.objects.filter(case=subject.case_id)
    else:
        rows = StoredFile.objects.filter(family_member=subject.family_member_id)
    _forget_bytes(rows.values_list("storage_key", flat=True))


def _store(
    *, by: User | None, name: str, kind: Kind, chunks: Iterable[bytes], purpose: Purpose, belongs: Belongs
) -> StoredFile:
    try:
        kept = storage.keep(chunks, largest=purpose.largest)
    except storage.TooManyBytesError:
        raise _too_large(purpose) from None
    file = StoredFile.objects.create(
        name=name,
        kind=kind.value,
        size=kept.size,
        sha256=kept.sha256,
        storage_key=kept.key,
        purpose=purpose.code,
        case=belongs.case_id,
        family_member=belongs.family_member_id,
        stored_by=by.pk if by else None,
        expires_on=None if purpose.days_kept is None else today() + timedelta(days=purpose.days_kept),
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="files.file.stored",
        subject=file,
        case_id=belongs.case_id,
        family_member_id=belongs.family_member_id,
        after={"name": name, "sha256": kept.sha256, "purpose": purpose.code},
    )
    return file


def _forget_bytes(keys: Iterable[str]) -> None:
    """Bytes go once the erasure stands; should that be cut short, the next sweep of orphans takes them."""
    for key in keys:
        transaction.on_commit(partial(storage.forget, key))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(storage.CHUNK):
        yield chunk


def _too_large(purpose: Purpose) -> FileRefusedError:
    return FileRefusedError(
        Fault.TOO_LARGE,
        f"The file is larger than {purpose.largest // MEGABYTE} MB. Send a smaller one, or send it in parts.",
    )
