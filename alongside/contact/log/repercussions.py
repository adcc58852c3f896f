"""After contact with someone for whom abuse or control is known or suspected: did it make anything harder (R359)?"""

from alongside.contact.log.models import Contact
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import LONDON, next_working_day
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.safety.flags.queries import flag_facts
from alongside.safety.flags.rules import CheckState, FlagFacts

CHECK = "log.repercussions"
CERTAIN_ENOUGH = frozenset({CheckState.SUSPECTED, CheckState.KNOWN})


def may_have_repercussions(facts: FlagFacts) -> bool:
    """Whether contact with this family member may be held against someone at home."""
    return facts.abuse_between in CERTAIN_ENOUGH or facts.abuse_near or facts.control_alert


def ask_after(contact: Contact, *, right: Right) -> None:
    """Ask the officer to find out, alone with whoever it may fall on. The to-do names no reason and no flag.

    `right` is the one that it takes to know of this contact at all.
    """
    if contact.family_member_id is None:
        return
    on = contact.at.astimezone(LONDON).date()
    if not may_have_repercussions(flag_facts([contact.family_member_id], on=on)[contact.family_member_id]):
        return
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind=CHECK,
            title="Ask, alone and when it is safe, whether our contact made anything harder",
            due_on=next_working_day(on),
            right=right,
            subject_id=contact.pk,
            family_member_id=contact.family_member_id,
            by_hand=True,
        ),
    )
