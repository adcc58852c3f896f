"""What the pages of the log have in common."""

from alongside.contact.log.models import Contact
from alongside.contact.log.telling import heading_of
from alongside.foundation.access.rights import Right
from alongside.foundation.reference.queries import coded, label_of
from alongside.people.allocations.looking import Sight

PAGE = "log:contacts"


def as_line(contact: Contact) -> dict[str, object]:
    """A contact as lists show it."""
    return {
        "contact": contact,
        "view": getattr(contact, "view", None),
        "heading": heading_of(contact),
        "topics": [label_of(f"permission_topic.{code}") for code in contact.topics],
        "outcome": "" if coded(str(contact.outcome_id)).attributes.get("reached") else label_of(contact.outcome_id),
    }


def by_law_for(sight: Sight) -> bool:
    """Whether the user may know of contacts that rest on a disclosure decision."""
    return sight.may(Right.SEE_PROTECTED)
