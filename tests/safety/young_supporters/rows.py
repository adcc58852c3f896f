"""A row of every model of the room, for the tests of erasure."""

from datetime import date, timedelta

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember
from alongside.safety.young_supporters.actions import (
    ExceptionSaid,
    ParentSaid,
    ask_for_exception,
    ask_parent,
    hear_alone,
    say_age,
    tell_them,
    unsafe_to_ask_parents,
)
from alongside.safety.young_supporters.models import AgeException, Attitude

DAY = date(2026, 3, 2)


def young_supporter(member: FamilyMember, by: User, marker: str) -> AgeException:
    """Every step taken for a family member who says that they are under 18, and an exception asked for."""
    row = say_age(by=by, member=member, seen_version=1, under_18=True)
    row = hear_alone(by=by, member=member, seen_version=row.version, heard_on=DAY, words=marker)
    row = unsafe_to_ask_parents(by=by, member=member, seen_version=row.version, reason=marker)
    ask_parent(by=by, member=member, said=ParentSaid(DAY, Attitude.AGREES, name=marker, words=marker))
    tell_them(by=by, member=member, seen_version=row.version, told_on=DAY, language_id="language.en", questions=marker)
    said = ExceptionSaid("age_exception.WAIT", marker, marker, today(), today() + timedelta(days=60))
    return ask_for_exception(by=by, member=member, said=said)
