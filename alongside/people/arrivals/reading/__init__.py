"""Opening a caseload file, whatever it really is, as a table of rows under known columns."""

from alongside.people.arrivals.reading.opening import open_caseload
from alongside.people.arrivals.reading.table import Table, UnreadableFileError

__all__ = ["Table", "UnreadableFileError", "open_caseload"]
