"""Contacts as rows in the codes of the system of record (nDelius), for typing in or loading there."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.log.outcomes import was_reached
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.reference.queries import coded, label_of

TITLES = ["CRN", "ContactTypeCode", "ContactType", "Date", "StartTime", "Sensitive", "Notes"]

_WITH_PERSON = {
    ("phone", "from_them"): ("CTOA", "Telephone contact from the person"),
    ("phone", "to_them"): ("CTOB", "Telephone contact to the person"),
    ("text", "from_them"): ("CMOA", "Email or text from the person"),
    ("text", "to_them"): ("CMOB", "Email or text to the person"),
    ("email", "from_them"): ("CMOA", "Email or text from the person"),
    ("email", "to_them"): ("CMOB", "Email or text to the person"),
    ("letter", "from_them"): ("CLOA", "Letter from the person"),
    ("letter", "to_them"): ("CLOB", "Letter to the person"),
    ("face", "from_them"): ("COUP", "Unplanned contact from the person"),
    ("face", "to_them"): ("CIOB", "Information to the person"),
}
_WITH_OTHERS = {
    ("phone", "from_them"): ("CT3A", "Telephone contact from other"),
    ("phone", "to_them"): ("CT3B", "Telephone contact to other"),
    ("text", "from_them"): ("CM3A", "Email or text from other"),
    ("text", "to_them"): ("CM3B", "Email or text to other"),
    ("email", "from_them"): ("CM3A", "Email or text from other"),
    ("email", "to_them"): ("CM3B", "Email or text to other"),
    ("letter", "from_them"): ("CL3A", "Letter from other"),
    ("letter", "to_them"): ("CL3B", "Letter to other"),
}


ROWS_A_FILE = 5_000
"""How many contacts stand in one file: more would be written into it at once than an answer should take."""


@dataclass(frozen=True)
class FileOfContacts:
    """One of the files in which the contacts of a case are handed out, the oldest in the first."""

    number: int
    of: int
    contacts: int

    @property
    def rows(self) -> slice:
        """Which contacts are in it, counted from the oldest."""
        return slice((self.number - 1) * ROWS_A_FILE, self.number * ROWS_A_FILE)

    @property
    def name(self) -> str:
        """Which of how many it is, in words."""
        return f"part {self.number} of {self.of}"

    @property
    def suffix(self) -> str:
        """The same within a file's name; empty where there is one file alone."""
        return f"-part-{self.number}-of-{self.of}" if self.of > 1 else ""


def files_for(contacts: int) -> list[FileOfContacts]:
    """The files that so many contacts fill; one that is empty where there are none."""
    of = max(1, -(-contacts // ROWS_A_FILE))
    return [
        FileOfContacts(number, of, min(ROWS_A_FILE, contacts - (number - 1) * ROWS_A_FILE))
        for number in range(1, of + 1)
    ]


def code_of(contact: Contact) -> tuple[str, str]:
    """The contact type of the system of record, by code and name."""
    way = (coded(str(contact.channel_id)).code, contact.direction)
    purpose = coded(str(contact.purpose_id))
    if purpose.code == "CPCONF":
        return "C078", "Child protection meeting"
    if contact.party == Party.PERSON:
        return _WITH_PERSON[way]
    if contact.party == Party.AGENCY:
        return (
            ("CIEA", "Information from external agency")
            if way[1] == Direction.FROM_THEM
            else (
                "CIEB",
                "Information to external agency",
            )
        )
    third = (
        ("CI3A", "Information from third party")
        if way[1] == Direction.FROM_THEM
        else (
            "CI3B",
            "Information to third party",
        )
    )
    return _WITH_OTHERS.get(way, third)


def rows_in_delius_codes(contacts: Iterable[Contact]) -> list[list[str]]:
    """A row of titles and a row for each contact. What a spreadsheet would run as a formula is defused."""
    return [TITLES, *(_row(contact) for contact in contacts)]


def _row(contact: Contact) -> list[str]:
    code, name = code_of(contact)
    at = contact.at.astimezone(LONDON)
    member = contact.family_member
    said = [label_of(contact.purpose_id), contact.agency, member.name if member else ""]
    said += [] if was_reached(contact) else [label_of(contact.outcome_id)]
    said += [f"Said to us: {contact.heard}"] if contact.heard else []
    said += [f"Said by us: {contact.shared}"] if contact.shared else []
    notes = ". ".join(filter(None, said))
    return [contact.person.crn, code, name, f"{at:%d/%m/%Y}", f"{at:%H:%M}", "Y", _plain(notes)]


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
