"""Permissions as tests say them in one line."""

from datetime import date, timedelta
from typing import Any

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions import (
    Answer,
    Asked,
    SafeProfile,
    confirm_alone,
    keep_private,
    keep_safe_contact,
    note_answer,
    take_permission,
)
from alongside.safety.permissions.drafts import Draft
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.rules import Direction, Voicemail, Willing

ALONE = Asked(alone=True, freely=True)


def draft(*topics: str, **changed: Any) -> Draft:
    """What someone permits, alone and freely, for a month, unless `changed` says otherwise."""
    values: dict[str, Any] = {
        "topics": frozenset(topics or ("attendance", "appointments")),
        "direction": Direction.BOTH,
        "channels": frozenset({"phone", "text"}),
        "starts_on": today(),
        "ends_on": today() + timedelta(days=30),
        "how_id": "permission_taken_how.PERSON",
        "alone": True,
        "pressed": False,
        "understood": True,
    }
    return Draft(**values | changed)


def take(member: FamilyMember, *topics: str, **changed: Any) -> Permission:
    """The same, taken."""
    return take_permission(by=None, member=member, draft=draft(*topics, **changed))


def days(number: int) -> date:
    """The day in so many days."""
    return today() + timedelta(days=number)


def permissions_of(member: FamilyMember, by: User, marker: str) -> None:
    """A permission, a step after it, and all that is kept about a family member, `marker` in each text."""
    draft = Draft(
        topics=frozenset({"attendance"}),
        direction=Direction.BOTH,
        channels=frozenset({"phone"}),
        starts_on=today(),
        ends_on=today(),
        how_id="permission_taken_how.PERSON",
        alone=False,
        pressed=False,
        understood=True,
        company=marker,
        where=marker,
        support=marker,
        missed_days=3,
        words=marker,
    )
    permission = take_permission(by=by, member=member, draft=draft)
    confirm_alone(by=by, member=member, permission=permission, asked=Asked(alone=True, freely=True, note=marker))
    keep_private(by=by, member=member, topics=["health"], words=marker)
    note_answer(by=by, member=member, answer=Answer(Willing.DECLINED, note=marker))
    profile = SafeProfile([0], None, None, ["text"], Voicemail.NEVER, code_word=marker, note=marker)
    keep_safe_contact(by=by, member=member, profile=profile)
