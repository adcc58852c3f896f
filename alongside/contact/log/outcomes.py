"""What came of a contact, as the coded list says."""

from alongside.contact.log.models import Contact
from alongside.foundation.reference.queries import coded, coded_list


def was_reached(contact: Contact) -> bool:
    """Whether somebody was reached: a call that nobody answered is an effort, not a contact."""
    return bool(coded(str(contact.outcome_id)).attributes.get("reached"))


def outcomes_that(*attributes: str) -> list[str]:
    """The outcomes that have one of these attributes."""
    values = coded_list("contact_outcome", include_off=True)
    return [value.id for value in values if any(value.attributes.get(name) for name in attributes)]
