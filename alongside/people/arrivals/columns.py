"""The columns of a caseload file, in the words of the system of record. This is the one place that knows them.

`docs/import-columns.md`, the upload page and the example file are all made from here; a test compares.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Owner(StrEnum):
    """Who decides what a column's value is, once a person is here."""

    SOURCE = "source"
    FIRST = "first"
    TIGHTENS = "tightens"

    @property
    def label(self) -> str:
        """What that means for someone who reads the list of columns."""
        return {
            Owner.SOURCE: "The file decides",
            Owner.FIRST: "Only for people who are new here",
            Owner.TIGHTENS: "Takes effect at once; never taken away by a file",
        }[self]


class Group(StrEnum):
    """What a column is about."""

    PERSON = "The person"
    CASE = "Who holds the case"
    ORDER = "The order or licence"
    SAFETY = "Registrations, alerts and licence conditions"
    ACCESS = "Limited access"


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what else it may be called, and what belongs in it."""

    key: str
    title: str
    group: Group
    owner: Owner
    help: str
    example: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    longest: int = 100


MARKER_FORM = "code | start date | next review | end date | detail"
LONGEST_LIST = 20_000

_COLUMNS = (
    Column("crn", "CRN", Group.PERSON, Owner.SOURCE, "One letter and six digits.", "X320741",
           ("Case Reference Number", "Case Reference", "CRN Number"), required=True, longest=40),
    Column("prison_number", "NOMS Number", Group.PERSON, Owner.SOURCE, "One letter, four digits and two letters.",
           "A1234BC", ("NOMIS Number", "NOMS No", "NOMS ID", "Prison Number", "Prisoner Number"), longest=40),
    Column("pnc", "PNC", Group.PERSON, Owner.SOURCE, "Year, slash, digits and check letter.", "2019/0123456E",
           ("PNC Number", "PNC ID", "PNC No"), longest=40),
    Column("cro", "CRO", Group.PERSON, Owner.SOURCE, "Digits, slash, year and check letter.", "123456/19P",
           ("CRO Number", "CRO No"), longest=40),
    Column("family_name", "Surname", Group.PERSON, Owner.SOURCE, "", "Achebe",
           ("Last Name", "Family Name"), required=True),
    Column("first_name", "First Name", Group.PERSON, Owner.SOURCE, "", "Daniel",
           ("Forename", "Forename 1", "Given Name", "Given Names", "First Names", "Forenames"), required=True),
    Column("second_names", "Second Name", Group.PERSON, Owner.SOURCE, "All further given names.", "Chidi",
           ("Second Names", "Second Name(s)", "Middle Name", "Middle Names", "Forename 2")),
    Column("known_as", "Preferred Name", Group.PERSON, Owner.FIRST, "What they like to be called.", "Danny",
           ("Known As", "Preferred First Name")),
    Column("date_of_birth", "Date of Birth", Group.PERSON, Owner.SOURCE, "Day, month, year.", "17/05/1990",
           ("DOB", "Birth Date"), required=True),
    Column("date_of_death", "Date of Death", Group.PERSON, Owner.SOURCE, "Day, month, year.", "",
           ("Deceased Date", "Date Deceased")),
    Column("sex", "Gender", Group.PERSON, Owner.SOURCE,
           "As the system of record has it: M, F, Male, Female or Not known.", "M", ("Sex",)),
    Column("ethnicity", "Ethnicity", Group.PERSON, Owner.FIRST, "Census code or words, such as W1 or B2.", "B2",
           ("Ethnic Group", "Ethnic Code", "Ethnicity Code")),
    Column("preferred_language", "Preferred Language", Group.PERSON, Owner.FIRST, "Its name, or its ISO code.",
           "English", ("Language", "First Language", "Primary Language")),
    Column("interpreter_needed", "Interpreter Required", Group.PERSON, Owner.FIRST, "Yes or No.", "No",
           ("Interpreter", "Interpreter Needed")),
    Column("home_area", "Postcode", Group.PERSON, Owner.SOURCE,
           "Only its first half is kept.", "LL57 2DG", ("Home Postcode", "Post Code", "Main Address Postcode")),
    Column("team", "Team Code", Group.CASE, Owner.SOURCE, "A team that Alongside knows.", "N03AAA",
           ("Team",), required=True, longest=40),
    Column("officer", "Officer Code", Group.CASE, Owner.SOURCE,
           "A member of staff whom Alongside knows. Empty where nobody holds the case yet.", "N03A001",
           ("Officer", "Staff Code", "Offender Manager Code", "Responsible Officer Code", "COM Code"), longest=40),
    Column("allocated_on", "Allocation Date", Group.CASE, Owner.SOURCE,
           "From when they hold the case. Empty means the day on which the file is brought in.", "01/09/2026",
           ("Allocated On", "Date Allocated")),
    Column("order_reference", "Event Number", Group.ORDER, Owner.SOURCE,
           "Tells several orders of one person apart: one row for each.", "1",
           ("Event", "Event No", "Order Number"), longest=40),
    Column("order_type", "Order Type", Group.ORDER, Owner.SOURCE, "Its code or its name.", "CO",
           ("Sentence Type", "Disposal Type", "Main Sentence Type"), longest=200),
    Column("court", "Court", Group.ORDER, Owner.SOURCE, "", "Harbour Magistrates", ("Court Name",), longest=120),
    Column("order_from", "Order Start Date", Group.ORDER, Owner.SOURCE, "Needed with an order type.", "01/09/2026",
           ("Start Date", "Start", "Sentence Date", "Order Start", "Disposal Date")),
    Column("order_until", "Expected End Date", Group.ORDER, Owner.SOURCE, "", "31/08/2027",
           ("Expected End", "Order End Date", "Expected Termination Date", "Sentence Expiry Date")),
    Column("order_ended", "Actual End Date", Group.ORDER, Owner.SOURCE, "Once the order has ended.", "",
           ("Ended On", "Termination Date", "Actual Termination Date")),
    Column("requirements", "Requirements", Group.ORDER, Owner.SOURCE,
           "type | start date | end date | detail; one after another with ; between.", "RAR|||20 days; UPW|||80 hours",
           ("Requirement", "Order Requirements"), longest=LONGEST_LIST),
    Column("registrations", "Registrations", Group.SAFETY, Owner.SOURCE,
           f"{MARKER_FORM}; one after another with ; between.", "RCCO|12/03/2026|12/03/2027",
           ("Registers", "Register Flags", "Registration"), longest=LONGEST_LIST),
    Column("registrations_checked", "Registrations Checked On", Group.SAFETY, Owner.SOURCE,
           "When registrations were looked up. Empty means that nobody has looked.", "01/11/2026",
           ("Registrations Checked", "Registrations Check Date")),
    Column("alerts", "Alerts", Group.SAFETY, Owner.SOURCE, f"{MARKER_FORM}; one after another with ; between.", "",
           ("Prison Alerts", "Alert"), longest=LONGEST_LIST),
    Column("alerts_checked", "Alerts Checked On", Group.SAFETY, Owner.SOURCE,
           "When alerts were looked up. Empty means that nobody has looked.", "01/11/2026",
           ("Alerts Checked", "Alerts Check Date")),
    Column("licence_conditions", "Licence Conditions", Group.SAFETY, Owner.SOURCE,
           f"{MARKER_FORM}; one after another with ; between.", "",
           ("Licence Condition", "License Conditions"), longest=LONGEST_LIST),
    Column("licence_conditions_checked", "Licence Conditions Checked On", Group.SAFETY, Owner.SOURCE,
           "When licence conditions were looked up. Empty means that nobody has looked.", "01/11/2026",
           ("Licence Conditions Checked", "Licence Conditions Check Date")),
    Column("exclusions", "Exclusions", Group.ACCESS, Owner.TIGHTENS,
           "user name | message | until | from; one after another with ; between.", "",
           ("Exclusion", "Excluded Users"), longest=LONGEST_LIST),
    Column("restrictions", "Restrictions", Group.ACCESS, Owner.TIGHTENS,
           "user names with commas between | message | whom to speak to | until | from.", "",
           ("Restriction", "Restricted To", "Restricted Users"), longest=LONGEST_LIST),
    Column("limited_access_checked", "Limited Access Checked On", Group.ACCESS, Owner.SOURCE,
           "When limited access was looked up. Empty: a new case opens to its officer alone until someone confirms.",
           "01/11/2026", ("Limited Access Checked", "LAO Checked On", "LAO Check Date")),
)  # fmt: skip

COLUMNS: Mapping[str, Column] = {column.key: column for column in _COLUMNS}
REQUIRED = tuple(column.key for column in _COLUMNS if column.required)
ACCESS_COLUMNS = ("exclusions", "restrictions", "limited_access_checked")
WHAT_TO_FIX = "What to fix"


@lru_cache(maxsize=8_192)
def folded(title: str) -> str:
    """A title as titles are compared: lower case, letters and digits alone."""
    return re.sub(r"[\W_]+", "", title.casefold())


BY_TITLE: Mapping[str, str] = {
    folded(name): column.key for column in _COLUMNS for name in (column.title, *column.aliases)
}


def title_of(key: str) -> str:
    """What the column is called."""
    return COLUMNS[key].title
