"""Which files this room keeps."""

from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.purposes import register_purpose

PACKAGE = register_purpose(
    "access_requests.package",
    label="Answers to access requests",
    kinds=[Kind.PDF],
    largest_megabytes=500,
    days_kept=180,
)
