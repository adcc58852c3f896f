"""Where bytes lie: outside everything that is served, under random names, readable by the product alone.

Nothing is ever half-written: bytes go to a file of their own that takes its place only when it is whole and on the
disk.
"""

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 1024 * 1024
# Never fill the disk to the brim: the database may share it.
SPARE = 256 * 1024 * 1024
UNFINISHED = ".part"


class StorageFullError(Exception):
    """There is no room for the file. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            "There is no room left to store files, so this one was not kept. Nothing else is lost. "
            "Tell your service desk, and send it again later."
        )


class StorageError(Exception):
    """The folder of files cannot be written to. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            "Files cannot be stored at the moment, so this one was not kept. Nothing else is lost. Try again later."
        )


class BytesMissingError(Exception):
    """The row is there and its bytes are not, or are not what was stored."""


class TooManyBytesError(Exception):
    """More bytes came than may be stored."""


@dataclass(frozen=True)
class Kept:
    """Bytes that were stored."""

    key: str
    size: int
    sha256: str


def keep(chunks: Iterable[bytes], *, largest: int) -> Kept:
    """Store bytes whole or not at all. Raises TooManyBytesError, StorageFullError or StorageError."""
    key = secrets.token_hex(20)
    path = path_of(key)
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        kept = _write(unfinished, chunks, key=key, largest=largest)
        unfinished.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFullError from error
        raise StorageError from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return kept


def _write(path: Path, chunks: Iterable[bytes], *, key: str, largest: int) -> Kept:
    root = root_folder()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if shutil.disk_usage(root).free < SPARE:
        raise OSError(errno.ENOSPC, "kept spare")
    digest, size = hashlib.sha256(), 0
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise TooManyBytesError
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Kept(key, size, digest.hexdigest())


def open_bytes(key: str) -> BinaryIO:
    """The bytes, to be read. Raises BytesMissingError."""
    try:
        return path_of(key).open("rb")
    except OSError as error:
        raise BytesMissingError from error


def forget(key: str) -> None:
    """Take the bytes away, if they are there."""
    with suppress(FileNotFoundError):
        path_of(key).unlink()


def keys_older_than(seconds: float) -> Iterator[str]:
    """Every key on the disk whose bytes have lain there longer than `seconds`; unfinished ones are taken away."""
    before = time.time() - seconds
    for path in root_folder().glob("??/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime > before:
                continue
            if path.name.endswith(UNFINISHED):
                path.unlink()
            else:
                yield path.name


def path_of(key: str) -> Path:
    """Where the bytes of a key lie. Raises ValueError for what is no key: no name from outside leads anywhere."""
    if len(key) != 40 or set(key) - set("0123456789abcdef"):
        raise ValueError("That is no key of a stored file.")
    return root_folder() / key[:2] / key


def root_folder() -> Path:
    """The folder of all stored files."""
    return Path(settings.MEDIA_ROOT)
