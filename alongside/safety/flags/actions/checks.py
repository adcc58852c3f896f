"""Recording that someone looked and found nothing. What is found is recorded as a flag instead."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded, label_of
from alongside.foundation.work.actions import ToDoFacts, add_to_timeline, open_to_do
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.flags.kinds import flag_kind, fresh_for
from alongside.safety.flags.models import SafetyCheck
from alongside.safety.flags.queries import live_flags
from alongside.safety.flags.rules import Matter

CHECK_TO_DO = "flags.check"


class FlagStandsError(ValueError):
    """A flag of this matter stands about them, so nobody can have found nothing."""


@action
def record_check(
    *,
    by: User | None,
    person: Person,
    member: FamilyMember | None,
    matter_id: str,
    checked_on: date,
    looked_at: Sequence[str],
    note: str = "",
) -> SafetyCheck:
    """Record that someone looked into a matter and found nothing, and when to look again.

    Raises FlagStandsError where a flag of the matter stands about the same person or family member.
    """
    matter = Matter(coded(matter_id).code)
    standing = live_flags(today()).filter(person=person, family_member=member)
    if any(flag_kind(str(flag.kind_id)).matter is matter for flag in standing):
        raise FlagStandsError("A flag about this stands. Change it or have it removed first, then check again.")
    row = SafetyCheck.objects.create(
        case=person.pk,
        family_member=member.pk if member else None,
        matter_id=matter_id,
        checked_on=checked_on,
        at=timezone.now(),
        by=by.pk if by else None,
        by_name=by.name if by else "",
        looked_at=list(looked_at),
        note=note,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="flags.check.recorded",
        subject=row,
        case_id=person.pk,
        after={"matter": matter_id, "checked_on": checked_on, "looked_at": list(looked_at), "note": note},
        family_member_id=member.pk if member else None,
    )
    about = f" ({member.name})" if member else ""
    title = f"{label_of(matter_id, 'en')}{about}"
    add_to_timeline(
        by=by,
        case_id=person.pk,
        kind="flags.check.recorded",
        title=f"Checked, none found: {title}",
        right=Right.SEE_SAFETY,
        subject_id=member.pk if member else None,
        family_member_id=member.pk if member else None,
    )
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=f"{CHECK_TO_DO}.{matter.lower()}",
            subject_id=member.pk if member else None,
            title=f"Check again: {title}",
            due_on=checked_on + timedelta(days=fresh_for()[matter]),
            right=Right.SEE_SAFETY,
            family_member_id=member.pk if member else None,
        ),
    )
    return row
