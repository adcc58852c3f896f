"""Writing contacts down. One note feeds timeline, to-dos, cards, the trail of disclosures and the agreement."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from alongside.contact.log.effort import follow_effort, follow_effort_of
from alongside.contact.log.missed import note_missed_or_back
from alongside.contact.log.models import Became, Contact, Direction, EarlierContact, FamilyView, Party
from alongside.contact.log.outcomes import was_reached
from alongside.contact.log.repercussions import ask_after
from alongside.contact.log.telling import (
    NEXT,
    UNPERMITTED,
    ask_senior_to_look,
    heading_of,
    keep_next,
    name_of,
    put_on_timeline,
    record,
    record_shared,
    refresh_card,
    right_to,
    tell,
    values_of,
)
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.reference.queries import coded
from alongside.foundation.work.actions import (
    ToDoFacts,
    close_to_do,
    open_to_do,
)
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.actions.living import draw, take_back_draw
from alongside.involvement.decisions.queries.kept import any_by_law
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

WELCOME, GOOD_NEWS, AGAIN = "log.welcome.call", "log.good_news.share", "log.again.try"
CORRECTABLE = [
    "party",
    "family_member_id",
    "person_present",
    "topics",
    "decisions",
    "unpermitted",
    "by_law",
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
    record(by=by, contact=contact, name="log.contact.added", after=values_of(contact))
    if contact.party == Party.PERSON:
        note_missed_or_back(by, contact, promised=NEXT)
    if contact.topics:
        record_shared(by, contact)
    tell(by, contact)
    _close_prompts(by, contact)
    if contact.efforts or contact.thanked:
        follow_effort(by, contact)
    if view:
        _keep_view(by=by, contact=contact, view=view)
    if _with_family(contact):
        ask_after(contact, right=right_to(Right.SEE_SAFETY, contact))
        _draw(by, contact)
    return contact


def _with_family(contact: Contact) -> bool:
    """Whether a family member was reached."""
    return contact.party == Party.FAMILY and was_reached(contact)


def _draw(by: User | None, contact: Contact) -> None:
    """Count what we began against what was agreed: whoever rings us uses up nothing, and is always listened to.

    Not where it rests on the law: readers of the agreement know nothing of it.
    """
    member = contact.family_member
    if contact.by_law or member is None or contact.direction == Direction.FROM_THEM:
        return
    on = contact.at.astimezone(LONDON).date()
    draw(by=by, member=member, channel=coded(str(contact.channel_id)).code, on=on, source_id=contact.pk)


@action
def correct_contact(*, by: User | None, contact: Contact, seen_version: int, reason: str, **values: Any) -> Change:
    """Replace what a contact says, or with whom it was; what it said before is kept, and all that rests on it follows.

    Raises ChangedMeanwhileError and ValueError.
    """
    if unknown := set(values) - set(CORRECTABLE):
        raise ValueError(f"{', '.join(sorted(unknown))} cannot be corrected.")
    before, heading, was_of = values_of(contact), heading_of(contact), contact.family_member
    change = change_record(contact, seen_version=seen_version, **values)
    if not change:
        return change
    EarlierContact.objects.create(
        contact=contact.pk,
        case=contact.person_id,
        family_member=was_of.pk if was_of else None,
        number=seen_version,
        values=before,
        reason=reason,
        replaced_by=by.pk if by else None,
        replaced_by_name=by.name if by else "",
    )
    record(
        by=by, contact=contact, name="log.contact.corrected", before=change.before, after=change.after, ground=reason
    )
    _follow_correction(by, contact, changed=set(change.after), was_of=was_of)
    if heading_of(contact) != heading:
        put_on_timeline(by, contact, title=f"Corrected: {heading_of(contact)}")
    return change


def _follow_correction(by: User | None, contact: Contact, *, changed: set[str], was_of: FamilyMember | None) -> None:
    if changed & {"next_step", "next_on"} or _is_promised(contact):
        keep_next(by, contact)
    if changed & {"party", "outcome_id", "at", "direction"} and contact.party == Party.PERSON:
        note_missed_or_back(by, contact, promised=NEXT)
    if changed & {"topics", "family_member_id"} and contact.topics:
        record_shared(by, contact)
    if contact.unpermitted and changed & {"unpermitted", "topics", "family_member_id"}:
        ask_senior_to_look(contact)
    if changed & {"party", "family_member_id", "channel_id", "outcome_id", "at", "direction"}:
        take_back_draw(by=by, source_id=contact.pk)
        if _with_family(contact):
            ask_after(contact, right=right_to(Right.SEE_SAFETY, contact))
            _draw(by, contact)
        _close_prompts(by, contact)
    if contact.efforts or contact.thanked or changed & {"efforts", "thanked", "family_member_id"}:
        follow_effort(by, contact)
    refresh_card(contact.family_member)
    if was_of is not None and was_of.pk != contact.family_member_id:
        follow_effort_of(by, was_of)
        refresh_card(was_of)


def _is_promised(contact: Contact) -> bool:
    """Whether its next step is still to be done. What was done is not asked for again because a note is corrected."""
    return ToDo.objects.filter(case=contact.person_id, kind=NEXT, subject=contact.pk, done_at=None).exists()


@action
def say_what_became(
    *, by: User, view: FamilyView, seen_version: int, became: Became, reason: str, told_on: date | None
) -> Change:
    """Say what became of a family member's view, and whether they were told. Raises ChangedMeanwhileError."""
    change = change_record(view, seen_version=seen_version, became=became, reason=reason, told_on=told_on)
    contact = view.contact
    if change:
        record(by=by, contact=contact, name="log.view.considered", before=change.before, after=change.after, row=view)
    if became is not Became.TO_CONSIDER:
        close_to_do(by=by, case_id=contact.person_id, kind="log.view.consider", subject_id=contact.pk)
    return change


@action
def look_at_unpermitted(*, by: User, contact: Contact, words: str) -> None:
    """A senior looked at something that was said without a permission. Raises ValueError for one's own contact."""
    if contact.written_by == by.pk:
        raise ValueError("Somebody else looks at what you said. Ask another senior.")
    record(by=by, contact=contact, name="log.unpermitted.looked_at", ground=words)
    close_to_do(by=by, case_id=contact.person_id, kind=UNPERMITTED, subject_id=contact.pk)


def _keep_view(*, by: User | None, contact: Contact, view: str) -> None:
    row = FamilyView.objects.create(contact=contact, view=view)
    record(by=by, contact=contact, name="log.view.added", after={"view": view}, row=row)
    open_to_do(
        case_id=contact.person_id,
        to_do=ToDoFacts(
            kind="log.view.consider",
            title=f"Consider what {name_of(contact)} said, and say what became of it",
            due_on=contact.next_on or today(),
            right=right_to(Right.LOG_CONTACTS, contact),
            subject_id=contact.pk,
            family_member_id=contact.family_member_id,
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
