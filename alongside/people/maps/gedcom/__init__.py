"""Family-tree files in and out: GEDCOM 5.5.1 and 7, structure only. Nothing in a file is ever executed or fetched."""

from alongside.people.maps.gedcom.reading import read_gedcom
from alongside.people.maps.gedcom.result import LeftOut, Limits, Problem, Reading, RefusedFileError, Writing
from alongside.people.maps.gedcom.writing import write_gedcom

__all__ = [
    "LeftOut",
    "Limits",
    "Problem",
    "Reading",
    "RefusedFileError",
    "Writing",
    "read_gedcom",
    "write_gedcom",
]
