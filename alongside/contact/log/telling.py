"""What a contact tells: its line on the timeline, the card of a family member, what happens next, and the trail."""

from typing import Any

from alongside.contact.log.models import Contact, Party
from alongside.contact.log.rules import title_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded, label_of
from alongside.foundation.work.actions import (
    CardFacts,
    ToDoFacts,
    add_to_timeline,
    close_to_do,
    open_to_do,
    put_card,
    remove_card,
)
from alongside.people.families.models import FamilyMember

NEXT = "log.next"
UNPERMITTED = "log.unpermitted.look"
MEMBER_CARD = "log.members"


def right_to(right: Right, contact: Contact) -> Right:
    """`right`, or the one that it takes to know of this contact at all."""
    return Right.SEE_PROTECTED if contact.by_law else right


def tell(by: User | None, contact: Contact) -> None:
    """Put a contact on the timeline and the card, and open what follows from it."""
    put_on_timeline(by, contact, title=heading_of(contact))
    keep_next(by, contact)
    if contact.unpermitted:
        ask_senior_to_look(contact)
    refresh_card(contact.family_member)


def put_on_timeline(by: User | None, contact: Contact, *, title: str) -> None:
    """One line on the timeline, for those who may know of the contact."""
    add_to_timeline(
        by=by,
        case_id=contact.person_id,
        kind="log.contact.added",
        title=title,
        right=right_to(Right.SEE_CONTACTS, contact),
        subject_id=contact.pk,
        family_member_id=contact.family_member_id,
    )


def ask_senior_to_look(contact: Contact) -> None:
    """Something was said that nothing permitted: a senior of the case looks at it with the officer."""
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind=UNPERMITTED,
            title="Something was said without a permission: look at it with the officer",
            due_on=today(),
            right=Right.APPROVE,
            subject_id=contact.pk,
            for_role=RoleCode.SENIOR,
            family_member_id=contact.family_member_id,
        ),
    )


def keep_next(by: User | None, contact: Contact) -> None:
    """Open what happens next as something to do, bring it up to date, or close it where nothing does."""
    if not contact.next_step:
        close_to_do(by=by, case_id=contact.person_id, kind=NEXT, subject_id=contact.pk)
        return
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind=NEXT,
            title=contact.next_step,
            due_on=contact.next_on or today(),
            right=right_to(Right.LOG_CONTACTS, contact),
            subject_id=contact.pk,
            family_member_id=contact.family_member_id,
            by_hand=True,
            urgent=bool(coded(str(contact.purpose_id)).attributes.get("urgent")),
        ),
    )


def refresh_card(member: FamilyMember | None) -> None:
    """Say on the page of a family member what was the last contact with or about them; nothing where there is none."""
    if member is None:
        return
    latest = Contact.objects.filter(family_member=member, by_law=False).order_by("-at", "id").first()
    if latest is None:
        remove_card(case_id=member.person_id, key=MEMBER_CARD, family_member_id=member.pk)
        return
    put_card(
        case_id=member.person_id,
        card=CardFacts(
            key=MEMBER_CARD,
            title="Last contact",
            headline=f"{latest.at:%-d %B %Y}: {label_of(latest.purpose_id).lower()}",
            lines=(f"Next: {latest.next_step}",) if latest.next_step else (),
            order=40,
            right=Right.SEE_CONTACTS,
            family_member_id=member.pk,
        ),
    )


def heading_of(contact: Contact) -> str:
    """One line that says who was in touch with whom, how, and about what."""
    return title_of(
        channel=coded(str(contact.channel_id)).code,
        direction=contact.direction,
        name=name_of(contact),
        purpose=label_of(contact.purpose_id),
    )


def name_of(contact: Contact) -> str:
    """What the other side of a contact is called."""
    if contact.party == Party.FAMILY and contact.family_member is not None:
        return contact.family_member.called
    return contact.agency if contact.party == Party.AGENCY else contact.person.called


def values_of(contact: Contact) -> dict[str, Any]:
    """What a contact says, as the trail and its earlier wordings keep it."""
    return {
        "at": contact.at.isoformat(),
        "party": contact.party,
        "family_member": str(contact.family_member_id or ""),
        "with": name_of(contact),
        "person_present": contact.person_present,
        "channel": str(contact.channel_id),
        "direction": contact.direction,
        "purpose": str(contact.purpose_id),
        "outcome": str(contact.outcome_id),
        "agency": contact.agency,
        "heard": contact.heard,
        "shared": contact.shared,
        "topics": list(contact.topics),
        "thanked": contact.thanked,
        "efforts": list(contact.efforts),
        "effort_hours": contact.effort_hours,
        "effort_pounds": contact.effort_pounds,
        "minutes": contact.minutes,
        "next_step": contact.next_step,
        "next_on": contact.next_on.isoformat() if contact.next_on else None,
    }


def record_shared(by: User | None, contact: Contact) -> None:
    """What was disclosed to whom, in the trail of disclosures."""
    record(
        by=by,
        contact=contact,
        name="log.contact.shared",
        kind=EventKind.DISCLOSURE,
        after={
            "topics": contact.topics,
            "decisions": [str(one) for one in contact.decisions],
            "to": str(contact.family_member_id),
        },
        ground="" if not contact.unpermitted else "Said without a permission",
    )


def record(
    *,
    by: User | None,
    contact: Contact,
    name: str,
    kind: EventKind = EventKind.COLLECTION,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    ground: str = "",
    row: Any = None,
) -> None:
    """One event in the trail of the case; with `before` it is a change."""
    if before is not None:
        kind = EventKind.CHANGE
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=row or contact,
        case_id=contact.person_id,
        before=before,
        after=after,
        ground=ground,
        family_member_id=contact.family_member_id,
    )
