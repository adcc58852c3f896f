"""Writing about family members."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, record_consultation
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.jobs.outbox import publish
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import CardFacts, ToDoFacts, add_to_timeline, close_to_do, open_to_do, put_card
from alongside.people.families.models import ContactPoint, FamilyMember, NoticeState, PointSafety, PossibleMatch
from alongside.people.families.queries import current_members, people_of_that_name
from alongside.people.families.rules import Candidate, same_human_basis
from alongside.people.families.tasks import look_for_matches as match_in_background
from alongside.people.persons.models import Person

CARD = "families"
NOTICE_TO_DO = "families.notice.review"
MATCH_TO_DO = "families.match.decide"
NAMED = "family.member.named"
ENDED_OR_BACK = "family.member.ended_or_back"
ENDING_FIELDS = frozenset({"deceased", "ended_on"})
MATCH_FIELDS = frozenset({"given_name", "family_name", "year_of_birth"})


class MarkedUnsafeError(Exception):
    """A mark that something is not safe would have gone without anyone saying why. The message says what to do."""


@action
def add_family_member(*, by: User | None, person: Person, key: UUID | None = None, **values: Any) -> FamilyMember:
    """Add someone whom the person names. A possible match with someone supervised goes to the named role alone.

    `key` makes it once: sent again, it answers with whom it added.
    """
    member, made = FamilyMember.objects.get_or_create(
        pk=key or uuid4(), person=person, defaults={"person": person, **values}
    )
    if not made:
        return member
    _record(by=by, member=member, kind=EventKind.COLLECTION, name="families.member.added", after=values)
    add_to_timeline(
        by=by,
        case_id=person.pk,
        kind="families.member.added",
        title=f"{member.name} ({label_of(member.relationship_id).lower()}) added to the family",
        right=Right.SEE_FAMILY,
        subject_id=member.pk,
        family_member_id=member.pk,
    )
    _keep_notice_to_do(by=by, member=member)
    _tell_of_name(by=by, member=member)
    refresh_family_card(person.pk)
    return member


@action
def change_family_member(*, by: User | None, member: FamilyMember, seen_version: int, **values: Any) -> Change:
    """Change what is recorded. Raises ChangedMeanwhileError where someone else was first."""
    change = change_record(member, seen_version=seen_version, **values)
    if not change:
        return change
    _record(
        by=by,
        member=member,
        kind=EventKind.CHANGE,
        name="families.member.changed",
        before=change.before,
        after=change.after,
    )
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind="families.member.changed",
        title=f"Details of {member.name} changed",
        right=Right.SEE_FAMILY,
        subject_id=member.pk,
        family_member_id=member.pk,
    )
    _keep_notice_to_do(by=by, member=member)
    if MATCH_FIELDS & change.after.keys():
        _tell_of_name(by=by, member=member)
    _tell_of_ending(by=by, member=member, change=change)
    refresh_family_card(member.person_id)
    return change


def _tell_of_ending(*, by: User | None, member: FamilyMember, change: Change) -> None:
    """Tell the rooms above that nothing is done with this family member any more, or that it may be again."""
    if ENDING_FIELDS & change.after.keys():
        publish(by=by, name=ENDED_OR_BACK, subject=member.pk, case_id=member.person_id)


def _tell_of_name(*, by: User | None, member: FamilyMember) -> None:
    """Have the name compared with what is known elsewhere, later and silently: here, and in rooms that listen."""
    match_in_background.later(by=None, member_id=member.pk)
    publish(by=by, name=NAMED, subject=member.pk, case_id=member.person_id)


@action
def end_family_member(
    *, by: User | None, member: FamilyMember, seen_version: int, ended_on: date, reason_id: str
) -> Change:
    """Note that the person no longer names them. Nothing is deleted; retention takes care of that."""
    change = change_record(member, seen_version=seen_version, ended_on=ended_on, end_reason_id=reason_id)
    if not change:
        return change
    _record(
        by=by,
        member=member,
        kind=EventKind.CHANGE,
        name="families.member.ended",
        before=change.before,
        after=change.after,
    )
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind="families.member.ended",
        title=f"{member.name} is no longer named as family",
        right=Right.SEE_FAMILY,
        subject_id=member.pk,
        family_member_id=member.pk,
    )
    close_to_do(by=by, case_id=member.person_id, kind=NOTICE_TO_DO, subject_id=member.pk)
    _tell_of_ending(by=by, member=member, change=change)
    refresh_family_card(member.person_id)
    return change


@action
def add_contact_point(*, by: User | None, member: FamilyMember, **values: Any) -> ContactPoint:
    """Add a way to reach a family member."""
    point = ContactPoint.objects.create(family_member=member, **values)
    _record(
        by=by,
        member=member,
        kind=EventKind.COLLECTION,
        name="families.contact_point.added",
        subject=point,
        after=values,
    )
    return point


@action
def change_contact_point(
    *, by: User | None, point: ContactPoint, member: FamilyMember, seen_version: int, **values: Any
) -> Change:
    """Change a way to reach a family member, or whether it is safe.

    Raises MarkedUnsafeError where it would stop being marked as not safe: `say_safe_again` does that, with who said so.
    """
    if point.safety == PointSafety.UNSAFE and values.get("safety", PointSafety.UNSAFE) != PointSafety.UNSAFE:
        raise MarkedUnsafeError(
            "It was marked as not safe. To change that, say who told you that it is safe now, and when."
        )
    change = change_record(point, seen_version=seen_version, **values)
    if change:
        _record(
            by=by,
            member=member,
            kind=EventKind.CHANGE,
            name="families.contact_point.changed",
            subject=point,
            before=change.before,
            after=change.after,
        )
    return change


@action
def say_safe_again(
    *, by: User, point: ContactPoint, member: FamilyMember, seen_version: int, said_by: str, said_on: date
) -> Change:
    """Take back that a way to reach someone is not safe, with who said so, alone, and when; it is kept (R358)."""
    change = change_record(point, seen_version=seen_version, safety=PointSafety.SAFE)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="families.contact_point.safe_again",
        subject=point,
        case_id=member.person_id,
        before=change.before,
        after=change.after,
        ground=f"{said_by}, alone, on {said_on.isoformat()}",
        family_member_id=member.pk,
    )
    return change


@action
def remove_contact_point(*, by: User | None, point: ContactPoint, member: FamilyMember) -> None:
    """Take a way to reach a family member away; the trail keeps that it stood."""
    _record(
        by=by,
        member=member,
        kind=EventKind.ERASURE,
        name="families.contact_point.removed",
        subject=point,
        before={"kind": point.kind, "value": point.value},
    )
    point.delete()


@action
def show_contact_point(*, by: User, point: ContactPoint, member: FamilyMember, reason: str) -> str:
    """A covered way to reach a family member, for someone who may and says why. Each showing is logged before it is."""
    record_consultation(by=by, what="families.contact_point", case_id=member.person_id, detail=f"point {point.pk}")
    record_change(
        by=by,
        kind=EventKind.DISCLOSURE,
        name="families.contact_point.shown",
        subject=point,
        case_id=member.person_id,
        ground=reason,
        family_member_id=member.pk,
    )
    return point.value


@action
def decide_match(*, by: User, match: PossibleMatch, seen_version: int, state: str, reason: str) -> Change:
    """Say whether a family member is the person under supervision. The trail of neither case tells of it.

    It joins the chain of the user who decided, so that nobody learns of a match by reading a case's trail.
    """
    from django.utils import timezone

    from alongside.foundation.audit.actions import user_chain

    change = change_record(
        match,
        seen_version=seen_version,
        state=state,
        decided_by=by.pk,
        decided_at=timezone.now(),
        decision_reason=reason,
    )
    record_change(
        by=by,
        kind=EventKind.COMBINATION,
        name="families.match.decided",
        subject=match,
        chain=user_chain(by.pk),
        before=change.before,
        after=change.after,
        family_member_id=match.family_member_id,
    )
    close_to_do(by=by, case_id=None, kind=MATCH_TO_DO, subject_id=match.pk)
    return change


@action
def look_for_matches(*, member: FamilyMember) -> None:
    """Put each person under supervision who may be the family member before the named role, once.

    A worker does this after whoever named the member has their answer, so that neither the page nor the time that it
    takes says whether there was one.
    """
    for person in people_of_that_name(member.given_name, member.family_name).exclude(pk=member.person_id):
        basis = same_human_basis(
            given_name=member.given_name,
            family_name=member.family_name,
            year_of_birth=member.year_of_birth,
            candidate=Candidate(person.given_names, person.family_name, person.known_as, person.date_of_birth),
        )
        if not basis:
            continue
        match, made = PossibleMatch.objects.get_or_create(
            family_member=member, matched_person=person, defaults={"basis": basis}
        )
        if made:
            open_to_do(
                case_id=None,
                to_do=ToDoFacts(
                    kind=MATCH_TO_DO,
                    subject_id=match.pk,
                    title="Decide on a possible match",
                    due_on=today(),
                    right=Right.REVIEW_MATCHES,
                    for_role=RoleCode.SAFEGUARDING_LEAD,
                    family_member_id=member.pk,
                ),
            )


def _keep_notice_to_do(*, by: User | None, member: FamilyMember) -> None:
    if member.notice_state == NoticeState.GIVEN or member.notice_review_on is None:
        close_to_do(by=by, case_id=member.person_id, kind=NOTICE_TO_DO, subject_id=member.pk)
        return
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=NOTICE_TO_DO,
            subject_id=member.pk,
            title=f"Decide whether {member.name} can be told that we hold their details",
            due_on=member.notice_review_on,
            right=Right.EDIT_FAMILY,
            family_member_id=member.pk,
        ),
    )


def refresh_family_card(person_id: UUID) -> None:
    """Bring the family's card on the case page up to date."""
    names = [f"{member.name} · {label_of(member.relationship_id)}" for member in current_members(person_id)[:5]]
    count = current_members(person_id).count()
    put_card(
        case_id=person_id,
        card=CardFacts(
            key=CARD,
            title="Family",
            headline=f"{count} people named" if count != 1 else "1 person named",
            lines=tuple(names),
            order=20,
            right=Right.SEE_FAMILY,
        ),
    )


def _record(
    *,
    by: User | None,
    member: FamilyMember,
    kind: EventKind,
    name: str,
    subject: FamilyMember | ContactPoint | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=subject or member,
        case_id=member.person_id,
        before=before,
        after=after,
        family_member_id=member.pk,
    )
