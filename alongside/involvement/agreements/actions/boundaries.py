"""Where boundaries slip: incidents, the plan, what is not ours to do, and the end of contact."""

from datetime import date
from typing import Any

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.involvement.agreements.actions.making import end_agreement
from alongside.involvement.agreements.actions.telling import (
    END_TO_DO,
    PATTERN_TO_DO,
    PLAN_TO_DO,
    done,
    record,
    refresh_cards,
    tell,
    to_do,
)
from alongside.involvement.agreements.models import BoundaryIncident, BoundaryPlan, ContactEnd, OutOfRemit
from alongside.involvement.agreements.queries import (
    boundary_plan_of,
    incidents_of,
    open_contact_ends,
    standing_agreement,
)
from alongside.involvement.agreements.rules.patterns import Incident, is_pattern, lately
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

CONTACT_ENDED = "agreement_end_reason.CONTACTENDED"


class PlanStandsError(ValueError):
    """There is a boundary plan already."""

    def __init__(self) -> None:
        super().__init__("There is a boundary plan already. Change that one.")


class EndedAlreadyError(ValueError):
    """Contact with this family member was ended before."""

    def __init__(self) -> None:
        super().__init__("Contact with them was ended already.")


class OwnDecisionError(ValueError):
    """Whoever ended contact cannot also be the senior who has seen it."""

    def __init__(self) -> None:
        super().__init__("You ended this contact yourself, so someone else has to look at it.")


@action
def note_incident(
    *, by: User | None, member: FamilyMember, on: date, tags: list[str], what: str, answered: str
) -> BoundaryIncident:
    """Note one time that a boundary was overstepped. A second within four weeks asks for a plan."""
    incident = BoundaryIncident.objects.create(
        person=member.person,
        family_member=member,
        on=on,
        tags=tags,
        what=what,
        answered=answered,
        made_by_name=by.name if by else "",
    )
    record(
        by=by,
        member=member,
        name="agreements.incident.noted",
        subject=incident,
        kind=EventKind.COLLECTION,
        after={"on": on, "tags": tags, "what": what, "answered": answered},
    )
    tell(
        by=by,
        member=member,
        kind="agreements.boundary.noted",
        title=f"Boundary with {member.name}: {', '.join(label_of(tag).lower() for tag in tags)}",
        right=Right.SEE_SUITABILITY,
    )
    found = [Incident(row.on, tuple(row.tags)) for row in incidents_of(member.pk)]
    if is_pattern(found, on=on) and boundary_plan_of(member.pk) is None:
        to_do(
            member=member,
            kind=PATTERN_TO_DO,
            subject_id=member.pk,
            title=f"{lately(found, on=on)} boundary incidents with {member.name} in 28 days: make a plan",
            due_on=next_working_day(on),
        )
    return incident


@action
def make_plan(*, by: User | None, member: FamilyMember, **values: Any) -> BoundaryPlan:
    """Agree what everyone does the same way. Raises PlanStandsError."""
    if boundary_plan_of(member.pk) is not None:
        raise PlanStandsError
    plan = BoundaryPlan.objects.create(person=member.person, family_member=member, **values)
    record(
        by=by, member=member, name="agreements.plan.made", subject=plan, kind=EventKind.COLLECTION, after=dict(values)
    )
    tell(
        by=by,
        member=member,
        kind="agreements.boundary.planned",
        title=f"Boundary plan with {member.name}",
        right=Right.SEE_SUITABILITY,
    )
    done(by=by, member=member, kind=PATTERN_TO_DO, subject_id=member.pk)
    _keep_plan(plan, by)
    return plan


@action
def change_plan(*, by: User | None, plan: BoundaryPlan, seen_version: int, **values: Any) -> Change:
    """Change a boundary plan, or end it with `ended_on`. Raises ChangedMeanwhileError."""
    change = change_record(plan, seen_version=seen_version, **values)
    if change:
        record(
            by=by,
            member=plan.family_member,
            name="agreements.plan.changed",
            subject=plan,
            before=change.before,
            after=change.after,
        )
        _keep_plan(plan, by)
    return change


def _keep_plan(plan: BoundaryPlan, by: User | None) -> None:
    member = plan.family_member
    if plan.ended_on is not None:
        done(by=by, member=member, kind=PLAN_TO_DO, subject_id=member.pk)
        return
    to_do(
        member=member,
        kind=PLAN_TO_DO,
        subject_id=member.pk,
        title=f"See whether the boundary plan with {member.name} works",
        due_on=plan.review_on,
    )


@action
def note_out_of_remit(
    *, by: User | None, person: Person, member: FamilyMember | None, topic_id: str, note: str, on: date
) -> OutOfRemit:
    """Note that we were asked for something that is not ours to do, and pointed elsewhere (R149)."""
    row = OutOfRemit.objects.create(person=person, family_member=member, on=on, topic_id=topic_id, note=note)
    if member is not None:
        values = {"topic": topic_id, "note": note}
        record(by=by, member=member, name="agreements.remit.noted", subject=row, after=values)
        tell(
            by=by,
            member=member,
            kind="agreements.remit.noted",
            title=f"{member.name} pointed elsewhere: {label_of(topic_id).lower()}",
        )
    return row


@action
def end_contact(
    *,
    by: User | None,
    member: FamilyMember,
    on: date,
    reason_id: str,
    why: str,
    message: str,
    alternative_route: str,
) -> ContactEnd:
    """End contact with one family member: an agreement that stands ends with it, and the senior is told (R150).

    Listening never ends: `alternative_route` says how they may still tell us something. Raises EndedAlreadyError.
    """
    FamilyMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if open_contact_ends([member.pk]).exists():
        raise EndedAlreadyError
    end = ContactEnd.objects.create(
        person=member.person,
        family_member=member,
        on=on,
        reason_id=reason_id,
        why=why,
        message=message,
        alternative_route=alternative_route,
        ended_by=by.pk if by else None,
    )
    record(
        by=by,
        member=member,
        name="agreements.contact.ended",
        subject=end,
        after={"reason": reason_id, "why": why, "message": message, "alternative_route": alternative_route},
    )
    agreement = standing_agreement(member.pk)
    if agreement is not None:
        end_agreement(by=by, agreement=agreement, seen_version=agreement.version, reason_id=CONTACT_ENDED, on=on)
    tell(by=by, member=member, kind="agreements.contact.ended", title=f"Contact with {member.name} ended")
    for kind in (PATTERN_TO_DO, PLAN_TO_DO):
        done(by=by, member=member, kind=kind, subject_id=member.pk)
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=END_TO_DO,
            subject_id=member.pk,
            title=f"Contact with {member.name} was ended: see why, and what is left open to them",
            due_on=next_working_day(on),
            right=Right.APPROVE,
            for_role=RoleCode.SENIOR,
            family_member_id=member.pk,
        ),
    )
    refresh_cards(member)
    return end


@action
def senior_has_seen(*, by: User, end: ContactEnd, seen_version: int, on: date) -> None:
    """A senior has looked at the end of contact. Raises OwnDecisionError on one's own."""
    if end.ended_by == by.pk:
        raise OwnDecisionError
    change = change_record(end, seen_version=seen_version, senior_seen_on=on, senior_seen_by=by.pk)
    if change:
        member = end.family_member
        record(by=by, member=member, name="agreements.contact.seen", subject=end, after=change.after)
        done(by=by, member=member, kind=END_TO_DO, subject_id=member.pk)


@action
def take_contact_up(*, by: User | None, end: ContactEnd, seen_version: int, reason: str, on: date) -> None:
    """Contact is taken up again, with the reason. A new agreement has to be made; the old one stays ended."""
    change = change_record(end, seen_version=seen_version, lifted_on=on, lift_reason=reason)
    if change:
        member = end.family_member
        record(by=by, member=member, name="agreements.contact.lifted", subject=end, after=change.after)
        tell(by=by, member=member, kind="agreements.contact.lifted", title=f"Contact with {member.name} taken up again")
        done(by=by, member=member, kind=END_TO_DO, subject_id=member.pk)
        refresh_cards(member)
