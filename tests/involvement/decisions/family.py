"""A family member about whom everything is in order: what tests then take away, one thing at a time."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.actions.keeping import Why, say_purpose
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.flags.models import SafetyCheck
from alongside.safety.permissions.actions.taking import take_permission
from alongside.safety.permissions.actions.theirs import Answer, SafeProfile, keep_safe_contact, note_answer
from alongside.safety.permissions.drafts import Draft
from alongside.safety.permissions.rules import Direction, Voicemail, Willing
from tests.factories import ContactPointFactory, FamilyMemberFactory

MATTERS = ("DOMESTIC_ABUSE", "CHILDREN", "ORDERS", "LIMITED_ACCESS")


def checked(person: Person, *matters: str) -> None:
    """Note that each of these was checked today and nothing found."""
    for matter in matters or MATTERS:
        SafetyCheck.objects.create(
            case=person.pk, at=timezone.now(), matter_id=f"safety_matter.{matter}", checked_on=today()
        )


def permit(by: User, member: FamilyMember, *topics: str, **values: Any) -> None:
    """The person, alone, permits these topics both ways until tomorrow."""
    draft = {
        "topics": frozenset(topics or ("whereabouts", "attendance", "appointments")),
        "direction": Direction.BOTH,
        "channels": frozenset({"face", "phone", "text"}),
        "starts_on": today(),
        "ends_on": today() + timedelta(days=28),
        "how_id": "permission_taken_how.PERSON",
        "alone": True,
        "pressed": False,
        "understood": True,
    }
    take_permission(by=by, member=member, draft=Draft(**draft | values))


def trusted_father(
    person: Person, by: User, *, matters: tuple[str, ...] = MATTERS, purpose: bool = True
) -> FamilyMember:
    """A father about whom nothing stands against practical help, once these are checked and it has a purpose."""
    father = FamilyMemberFactory(
        person=person,
        given_name="Martin",
        family_name="Bartlett",
        relationship_id="relationship.FA",
        year_of_birth=1975,
    )
    ContactPointFactory(family_member=father, value="07700 900111", safety="safe")
    checked(person, *matters)
    permit(by, father)
    note_answer(by=by, member=father, answer=Answer(state=Willing.AGREED, apart=True, statement=uuid4(), at_once=True))
    keep_safe_contact(by=by, member=father, profile=SafeProfile((), None, None, (), Voicemail.NEVER))
    if purpose:
        why = Why("He drives her in", "She has started her sessions", "Remind her and bring her")
        say_purpose(by=by, member=father, why=why)
    return father
