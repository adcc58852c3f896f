"""Writing contacts down. One note feeds timeline, to-dos, cards, the trail of disclosures and the agreement."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from alongside.contact.log.effort import follow_effort
from alongside.contact.log.missed import note_missed_or_back
from alongside.contact.log.models import Became, Contact, Direction, EarlierContact, FamilyView, Party
from alongside.contact.log.outcomes import was_reached
from alongside.contact.log.repercussions import ask_after
from alongside.contact.log.rules import title_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.reference.queries import coded, label_of
from alongside.foundation.work.actions import CardFacts, ToDoFacts, add_to_timeline, close_to_do, open_to_do, put_card
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.actions.living import draw
from alongside.involvement.decisions.queries.kept import any_by_law
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

NEXT = "log.next"
UNPERMITTED = "log.unpermitted.look"
WELCOME, GOOD_NEWS, AGAIN = "log.welcome.call", "log.good_news.share", "log.again.try"
MEMBER_CARD = "log.members"
CORRECTABLE = [
    "at",
    "channel_id",
    "direction",
    "purpose_id",
    "outcome_id",
    "agency",
    "heard",
    "shared",
    "thanked",
    "efforts",
    "effort_hours",
    "effort_pounds",
    "minutes",
    "next_step",
    "next_on",
]


@dataclass(frozen=True)
class ContactFacts:
    """What is written down of one contact. `topics` are codes of what was shared, resting on `decisions`."""

    party: Party
    at: datetime
    channel_id: str
    direction: Direction
    purpose_id: str
    outcome_id: str
    heard: str = ""
    shared: str = ""
    agency: str = ""
    person_present: bool = False
    topics: list[str] = field(default_factory=list)
    decisions: list[UUID] = field(default_factory=list)
    unpermitted: bool = False
    thanked: bool = False
    efforts: list[str] = field(default_factory=list)
    effort_hours: int | None = None
    effort_pounds: int | None = None
    minutes: int | None = None
    next_step: str = ""
    next_on: date | None = None


@action
def log_contact(
    *,
    by: User | None,
    person: Person,
    member: FamilyMember | None,
    facts: ContactFacts,
    view: str = "",
    key: UUID | None = None,
) -> Contact:
    """Write one contact down, and tell everything that rests on it. `key` is the id that it gets.

    `by` is nobody for what came in by itself.
    """
    contact = Contact.objects.create(
        pk=key or uuid4(),
        person=person,
        family_member=member,
        written_by=by.pk if by else None,
        written_by_name=by.name if by else "",
        by_law=any_by_law(facts.decisions),
        **asdict(facts),
    )
    _record(by=by, contact=contact, name="log.contact.added", after=_values(contact))
    if contact.party == Party.PERSON:
        note_missed_or_back(by, contact, promised=NEXT)
    if contact.topics:
        _record(
            by=by,
            contact=contact,
            name="log.contact.shared",
            kind=EventKind.DISCLOSURE,
            after={
                "topics": contact.topics,
                "decisions": [str(one) for one in contact.decisions],
                "to": str(member and member.pk),
            },
            ground="" if not contact.unpermitted else "Said without a permission",
        )
    _tell(by, contact)
    _close_prompts(by, contact)
    if contact.efforts or contact.thanked:
        follow_effort(by, contact)
    if view:
        _keep_view(by=by, contact=contact, view=view)
    if member is not None and contact.party == Party.FAMILY and was_reached(contact):
        ask_after(contact, right=_right_to(Right.SEE_SAFETY, contact))
        _draw(by, contact, member)
    return contact


def _draw(by: User | None, contact: Contact, member: FamilyMember) -> None:
    """Count it against what was agreed; not where it rests on the law: readers of the agreement know nothing of it."""
    if contact.by_law:
        return
    on = contact.at.astimezone(LONDON).date()
    draw(by=by, member=member, channel=coded(str(contact.channel_id)).code, on=on, source_id=contact.pk)


@action
def correct_contact(*, by: User | None, contact: Contact, seen_version: int, reason: str, **values: Any) -> Change:
    """Replace what a contact says; what it said before is kept. Raises ChangedMeanwhileError and ValueError."""
    if unknown := set(values) - set(CORRECTABLE):
        raise ValueError(f"{', '.join(sorted(unknown))} cannot be corrected.")
    before = _values(contact)
    change = change_record(contact, seen_version=seen_version, **values)
    if not change:
        return change
    EarlierContact.objects.create(
        contact=contact.pk,
        case=contact.person_id,
        family_member=contact.family_member_id,
        number=seen_version,
        values=before,
        reason=reason,
        replaced_by=by.pk if by else None,
        replaced_by_name=by.name if by else "",
    )
    _record(
        by=by, contact=contact, name="log.contact.corrected", before=change.before, after=change.after, ground=reason
    )
    _keep_next(by, contact)
    if contact.party == Party.PERSON and {"outcome_id", "at", "direction"} & set(change.after):
        note_missed_or_back(by, contact, promised=NEXT)
    if contact.efforts or contact.thanked or {"efforts", "thanked"} & set(change.after):
        follow_effort(by, contact)
    _refresh_card(contact)
    return change


@action
def say_what_became(
    *, by: User, view: FamilyView, seen_version: int, became: Became, reason: str, told_on: date | None
) -> Change:
    """Say what became of a family member's view, and whether they were told. Raises ChangedMeanwhileError."""
    change = change_record(view, seen_version=seen_version, became=became, reason=reason, told_on=told_on)
    contact = view.contact
    if change:
        _record(by=by, contact=contact, name="log.view.considered", before=change.before, after=change.after, row=view)
    if became is not Became.TO_CONSIDER:
        close_to_do(by=by, case_id=contact.person_id, kind="log.view.consider", subject_id=contact.pk)
    return change


@action
def look_at_unpermitted(*, by: User, contact: Contact, words: str) -> None:
    """A senior looked at something that was said without a permission. Raises ValueError for one's own contact."""
    if contact.written_by == by.pk:
        raise ValueError("Somebody else looks at what you said. Ask another senior.")
    _record(by=by, contact=contact, name="log.unpermitted.looked_at", ground=words)
    close_to_do(by=by, case_id=contact.person_id, kind=UNPERMITTED, subject_id=contact.pk)


def _keep_view(*, by: User | None, contact: Contact, view: str) -> None:
    row = FamilyView.objects.create(contact=contact, view=view)
    _record(by=by, contact=contact, name="log.view.added", after={"view": view}, row=row)
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind="log.view.consider",
            title=f"Consider what {_name_of(contact)} said, and say what became of it",
            due_on=contact.next_on or today(),
            right=_right_to(Right.LOG_CONTACTS, contact),
            subject_id=contact.pk,
            family_member_id=contact.family_member_id,
        ),
    )


def _right_to(right: Right, contact: Contact) -> Right:
    """`right`, or the one that it takes to know of this contact at all."""
    return Right.SEE_PROTECTED if contact.by_law else right


def _tell(by: User | None, contact: Contact) -> None:
    add_to_timeline(
        by=by,
        case_id=contact.person_id,
        kind="log.contact.added",
        title=heading_of(contact),
        right=_right_to(Right.SEE_CONTACTS, contact),
        subject_id=contact.pk,
        family_member_id=contact.family_member_id,
    )
    _keep_next(by, contact)
    if contact.unpermitted:
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
    _refresh_card(contact)


def _keep_next(by: User | None, contact: Contact) -> None:
    if not contact.next_step:
        close_to_do(by=by, case_id=contact.person_id, kind=NEXT, subject_id=contact.pk)
        return
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind=NEXT,
            title=contact.next_step,
            due_on=contact.next_on or today(),
            right=_right_to(Right.LOG_CONTACTS, contact),
            subject_id=contact.pk,
            family_member_id=contact.family_member_id,
            by_hand=True,
            urgent=bool(coded(str(contact.purpose_id)).attributes.get("urgent")),
        ),
    )


@action
def close_prompt(*, by: User | None, case_id: UUID, kind: str, subject_id: UUID) -> int:
    """Close a prompt about a family member, or about a contact with one; answers how many there were."""
    return close_to_do(by=by, case_id=case_id, kind=kind, subject_id=subject_id)


def _close_prompts(by: User | None, contact: Contact) -> None:
    """What the daily round asked for and this contact did: welcomed, told good news, reached after all."""
    member_id = contact.family_member_id
    if member_id is None or contact.party != Party.FAMILY or not was_reached(contact):
        return
    about = coded(str(contact.purpose_id)).attributes
    if about.get("welcome"):
        close_prompt(by=by, case_id=contact.person_id, kind=WELCOME, subject_id=member_id)
    if about.get("good_news") or "good_news" in contact.topics:
        close_prompt(by=by, case_id=contact.person_id, kind=GOOD_NEWS, subject_id=member_id)
    tried = ToDo.objects.filter(case=contact.person_id, kind=AGAIN, family_member=member_id, done_at=None)
    for subject_id in tried.values_list("subject", flat=True):
        close_to_do(by=by, case_id=contact.person_id, kind=AGAIN, subject_id=subject_id)


def _refresh_card(contact: Contact) -> None:
    if contact.family_member_id is None:
        return
    told = Contact.objects.filter(family_member=contact.family_member_id, by_law=False)
    latest = told.order_by("-at", "id").first()
    if latest is None:
        return
    put_card(
        case_id=contact.person_id,
        card=CardFacts(
            key=MEMBER_CARD,
            title="Last contact",
            headline=f"{latest.at:%-d %B %Y}: {label_of(latest.purpose_id).lower()}",
            lines=(f"Next: {latest.next_step}",) if latest.next_step else (),
            order=40,
            right=Right.SEE_CONTACTS,
            family_member_id=contact.family_member_id,
        ),
    )


def heading_of(contact: Contact) -> str:
    """One line that says who was in touch with whom, how, and about what."""
    return title_of(
        channel=coded(str(contact.channel_id)).code,
        direction=contact.direction,
        name=_name_of(contact),
        purpose=label_of(contact.purpose_id),
    )


def _name_of(contact: Contact) -> str:
    if contact.party == Party.FAMILY and contact.family_member is not None:
        return contact.family_member.called
    return contact.agency if contact.party == Party.AGENCY else contact.person.called


def _values(contact: Contact) -> dict[str, Any]:
    return {
        "at": contact.at.isoformat(),
        "party": contact.party,
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


def _record(
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
