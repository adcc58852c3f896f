"""Reading stored files from within the product."""

import hashlib
from typing import BinaryIO

from alongside.foundation.files import storage
from alongside.foundation.files.models import StoredFile


def open_file(file: StoredFile) -> BinaryIO:
    """The bytes of a file, to be read and closed. Raises BytesMissingError."""
    return storage.open_bytes(file.storage_key)


def is_whole(file: StoredFile) -> bool:
    """Whether the bytes are still those that were stored."""
    digest = hashlib.sha256()
    try:
        with open_file(file) as stream:
            while chunk := stream.read(storage.CHUNK):
                digest.update(chunk)
    except storage.BytesMissingError:
        return False
    return digest.hexdigest() == file.sha256
