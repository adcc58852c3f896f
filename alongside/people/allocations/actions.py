"""Writing who supervises whom, who covers, and who may not look."""

from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.actions import add_to_timeline
from alongside.people.allocations.models import (
    Allocation,
    CaseGrant,
    Cover,
    Exclusion,
    Restriction,
    RestrictionReader,
    UnconfirmedAccess,
)
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Team


class AllocationOrderError(ValueError):
    """A new allocation would begin before the one that stands, or on the same day."""


class ClashError(ValueError):
    """The same thing stands already."""


@action
def allocate(
    *, by: User | None, person: Person, team: Team, member: Member | None, from_date: date, reason_id: str | None = None
) -> Allocation:
    """Put a case into a member's hands from a day; the allocation that stood ends on that day. History is kept."""
    standing = Allocation.objects.select_for_update().filter(person=person).order_by("-from_date").first()
    if standing is not None and standing.from_date >= from_date:
        raise AllocationOrderError(
            f"This case was allocated from {standing.from_date:%-d %B %Y}. Choose a later day for the new allocation."
        )
    if standing is not None and (standing.until_date is None or standing.until_date > from_date):
        Allocation.objects.filter(pk=standing.pk).update(version=F("version") + 1, until_date=from_date)
    row = Allocation.objects.create(person=person, team=team, member=member, from_date=from_date, reason_id=reason_id)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="allocations.case.allocated",
        subject=row,
        case_id=person.pk,
        before={"team": standing.team_id, "member": standing.member_id} if standing else {},
        after={"team": team.pk, "member": member.pk if member else None, "from_date": from_date, "reason": reason_id},
    )
    add_to_timeline(
        by=by,
        case_id=person.pk,
        kind="allocations.case.allocated",
        title=f"Allocated to {member.user.name}, {team.name}" if member else f"Allocated to {team.name}",
        right=Right.SEE_CASE,
    )
    return row


@action
def arrange_cover(
    *, by: User | None, absent: Member, covering: Member, from_date: date, until_date: date, reason_id: str
) -> Cover:
    """Let one member look after another's cases for a while. Raises ClashError where that cover stands already."""
    overlapping = Cover.objects.filter(
        absent=absent, covering=covering, from_date__lte=until_date, until_date__gte=from_date
    )
    if overlapping.exists():
        raise ClashError(f"{covering.user.name} already covers for {absent.user.name} in that time. Change that cover.")
    row = Cover.objects.create(
        absent=absent, covering=covering, from_date=from_date, until_date=until_date, reason_id=reason_id
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="allocations.cover.arranged",
        subject=row,
        chain=user_chain(absent.user_id),
        after={"covering": covering.pk, "from_date": from_date, "until_date": until_date, "reason": reason_id},
    )
    return row


@action
def end_cover(*, by: User | None, cover: Cover, last_day: date) -> None:
    """Let cover end sooner; cover that would end before it begins never opens a case, so it goes altogether."""
    if last_day < cover.from_date:
        Cover.objects.filter(pk=cover.pk).delete()
    else:
        Cover.objects.filter(pk=cover.pk).update(version=F("version") + 1, until_date=last_day)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="allocations.cover.ended",
        subject=cover,
        chain=user_chain(cover.absent.user_id),
        before={"until_date": cover.until_date},
        after={"until_date": last_day},
    )


@action
def exclude(
    *,
    by: User | None,
    person: Person,
    user: User,
    message: str,
    from_date: date,
    until_date: date | None,
    source: str = "",
) -> Exclusion:
    """Close a case to one member of staff (B4.8)."""
    row = Exclusion.objects.create(
        person=person, user=user, message=message, from_date=from_date, until_date=until_date, source=source
    )
    _record_access(by, row, person, "allocations.exclusion.set", {"user": user.pk, "message": message})
    return row


@action
def restrict(
    *,
    by: User | None,
    person: Person,
    readers: list[User],
    message: str,
    speak_to: str,
    from_date: date,
    until_date: date | None,
    source: str = "",
) -> Restriction:
    """Close a case to all but the listed readers (B4.8)."""
    row = Restriction.objects.create(
        person=person,
        message=message,
        speak_to=speak_to,
        from_date=from_date,
        until_date=until_date,
        source=source,
    )
    RestrictionReader.objects.bulk_create(RestrictionReader(restriction=row, user=reader) for reader in readers)
    _record_access(
        by,
        row,
        person,
        "allocations.restriction.set",
        {"message": message, "speak_to": speak_to, "readers": [reader.pk for reader in readers]},
    )
    return row


@action
def end_exclusion(*, by: User | None, exclusion: Exclusion, last_day: date, ground: str) -> None:
    """Let an exclusion end."""
    Exclusion.objects.filter(pk=exclusion.pk).update(version=F("version") + 1, until_date=last_day)
    _record_access(
        by, exclusion, exclusion.person, "allocations.exclusion.ended", {"until_date": last_day}, ground=ground
    )


@action
def end_restriction(*, by: User | None, restriction: Restriction, last_day: date, ground: str) -> None:
    """Let a restriction end."""
    Restriction.objects.filter(pk=restriction.pk).update(version=F("version") + 1, until_date=last_day)
    _record_access(
        by, restriction, restriction.person, "allocations.restriction.ended", {"until_date": last_day}, ground=ground
    )


@action
def confirm_access(*, by: User, person: Person, ground: str) -> None:
    """Say that limited access was checked for a case that arrived without word on it, and open it to its team."""
    confirmed = UnconfirmedAccess.objects.filter(person=person, confirmed_at__isnull=True).update(
        version=F("version") + 1, confirmed_at=timezone.now(), confirmed_by=by.pk
    )
    if confirmed:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="allocations.access.confirmed",
            subject=person,
            case_id=person.pk,
            ground=ground,
        )


@action
def give_case(
    *,
    by: User | None,
    person: Person,
    user: User,
    role: RoleCode,
    purpose: str,
    from_date: date,
    until_date: date,
) -> CaseGrant:
    """Give someone a case to read, for a purpose and a time."""
    row = CaseGrant.objects.create(
        person=person,
        user=user,
        role=role,
        purpose=purpose,
        from_date=from_date,
        until_date=until_date,
        granted_by=by.pk if by else None,
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="allocations.case.given",
        subject=row,
        case_id=person.pk,
        after={"user": user.pk, "role": role, "purpose": purpose, "from_date": from_date, "until_date": until_date},
    )
    return row


def _record_access(
    by: User | None,
    row: Exclusion | Restriction,
    person: Person,
    name: str,
    after: dict[str, str | date | UUID | list[UUID] | None],
    *,
    ground: str = "",
) -> None:
    record_change(by=by, kind=EventKind.CHANGE, name=name, subject=row, case_id=person.pk, after=after, ground=ground)
