"""An absence that a relative tells us of: noted as that, and the person is asked for evidence of their own (R172)."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.utils import timezone

from alongside.contact.concerns.actions.taking import TakenFacts, take_down
from alongside.contact.concerns.models import AbsenceNotice, Evidence
from alongside.contact.concerns.rules import evidence_due
from alongside.contact.log.actions import ContactFacts, log_contact
from alongside.contact.log.models import Direction, Party
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.people.allocations.queries import days_closed_for
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

EVIDENCE = "concerns.evidence"


@dataclass(frozen=True)
class AbsenceFacts:
    """From when, until when, why as they said, and whether the person knows that they rang."""

    from_date: date
    until_date: date | None
    said: str
    person_knows: bool
    limits_said: bool
    identity: str = "unverified"


@action
def record_absence(
    *, by: User, person: Person, member: FamilyMember, facts: AbsenceFacts, key: UUID | None = None
) -> AbsenceNotice:
    """Note an absence, and ask for the person's own evidence. Nothing that a relative says counts as that.

    Where the person does not know that they rang, their call is taken down in confidence: the notice then names nobody.
    """
    contact_id: UUID | None = None
    if facts.person_knows:
        contact_id = log_contact(by=by, person=person, member=member, facts=_contact(facts)).pk
    else:
        take_down(by=by, facts=_taken(facts), person=person, member=member, place=True)
    notice = AbsenceNotice.objects.create(
        **({"pk": key} if key else {}),
        person=person,
        family_member=member if facts.person_knows else None,
        contact=contact_id,
        from_date=facts.from_date,
        until_date=facts.until_date,
        said=facts.said if facts.person_knows else "",
        person_knows=facts.person_knows,
        limits_said=facts.limits_said,
        taken_by_name=by.name,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="concerns.absence.noted",
        subject=notice,
        case_id=person.pk,
        after={"from_date": str(facts.from_date)},
    )
    working_day_after = partial(next_working_day, closures=days_closed_for(person.pk))
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=EVIDENCE,
            title=f"Ask {person.called} for their own evidence of why they could not come on {facts.from_date:%-d %B}",
            due_on=evidence_due(facts.from_date, next_working_day=working_day_after, on=today()),
            right=Right.LOG_CONTACTS if facts.person_knows else Right.SEE_PROTECTED,
            subject_id=notice.pk,
        ),
    )
    return notice


@action
def record_evidence(
    *, by: User, notice: AbsenceNotice, seen_version: int, evidence: Evidence, on: date | None, note: str
) -> None:
    """Write down what evidence of their own the person gave. Raises ChangedMeanwhileError."""
    change = change_record(notice, seen_version=seen_version, evidence=evidence, evidence_on=on, evidence_note=note)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="concerns.absence.evidence",
            subject=notice,
            case_id=notice.person_id,
            before={name: str(value) for name, value in change.before.items()},
            after={name: str(value) for name, value in change.after.items()},
        )
    if evidence is not Evidence.ASKED:
        close_to_do(by=by, case_id=notice.person_id, kind=EVIDENCE, subject_id=notice.pk)


def _contact(facts: AbsenceFacts) -> ContactFacts:
    return ContactFacts(
        party=Party.FAMILY,
        at=timezone.now(),
        channel_id="contact_channel.phone",
        direction=Direction.FROM_THEM,
        purpose_id="contact_purpose.ABSENCE",
        outcome_id="contact_outcome.SPOKE",
        heard=facts.said,
    )


def _taken(facts: AbsenceFacts) -> TakenFacts:
    return TakenFacts(
        kind_id="concern_kind.ABSENCE",
        channel_id="told_channel.PHONE",
        told_by_id="told_by.FAMILY",
        limits_said=facts.limits_said,
        identity=facts.identity,
        reported=facts.said,
    )
