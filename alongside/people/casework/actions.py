"""Writing that joins several rooms of people."""

from typing import Any

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.actions import allocate
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.persons.actions import add_person
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Team


@action
def add_case(*, by: User, member: Member, team: Team, **values: Any) -> Person:
    """Add someone under supervision by hand, into the hands of the officer who adds them.

    Closed to everyone else until somebody has looked up whether access to the case is limited: not checked is not safe.
    """
    person = add_person(by=by, **values)
    allocate(by=by, person=person, team=team, member=member, from_date=today(), reason_id="allocation_reason.NEW")
    UnconfirmedAccess.objects.create(person=person, since=timezone.now())
    return person
