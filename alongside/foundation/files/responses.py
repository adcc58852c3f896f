"""Giving a stored file out. Whether the reader may have it is for the room that calls."""

from django.http import FileResponse

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.files import storage
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.models import StoredFile


def file_response(file: StoredFile, *, by: User | None) -> FileResponse:
    """The file, to be saved and never shown within our pages. Noted as looked at. Raises BytesMissingError."""
    stream = storage.open_bytes(file.storage_key)
    record_consultation(by=by, what="files.download", case_id=file.case, detail=file.purpose)
    response = FileResponse(stream, as_attachment=True, filename=file.name, content_type=Kind(file.kind).content_type)
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
