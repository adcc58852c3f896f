"""Contact missed, and back again: what contingent permissions wait for (R072). Nothing is sent: staff are prompted."""

from datetime import date

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.people.persons.models import Person
from alongside.safety.permissions.actions.keeping_up import keep_up
from alongside.safety.permissions.actions.writing import add_entry
from alongside.safety.permissions.models import Step
from alongside.safety.permissions.queries import histories, lock
from alongside.safety.permissions.rules import Given, History, Standing, StepKind, is_missed, standing_of

CONCERNED = (Standing.LIVE, Standing.WAITING, Standing.PAUSED)


@action
def note_missed_contact(*, by: User | None, person: Person, since: date) -> list[FamilyMember]:
    """Note since when the person has missed contact; answers with those about whom something was agreed for then."""
    return _tell_all(by=by, person=person, kind=StepKind.MISSED, title="Contact missed", since=since)


@action
def note_back_in_contact(*, by: User | None, person: Person) -> list[FamilyMember]:
    """Note that the person is in contact again: what was agreed for the meantime holds no longer."""
    return _tell_all(by=by, person=person, kind=StepKind.BACK, title="Back in contact", since=None)


def stands_as_missed(person: Person) -> bool:
    """Whether contact is noted as missed for anyone about whom something was agreed for then."""
    known = histories([member.pk for member in current_members(person.pk)])
    return any(is_missed(history) for history in known.values())


def _tell_all(*, by: User | None, person: Person, kind: StepKind, title: str, since: date | None) -> list[FamilyMember]:
    members = {member.pk: member for member in current_members(person.pk)}
    for member_id in sorted(members):
        lock(member_id)
    told = []
    for member_id, history in histories(list(members)).items():
        member = members[member_id]
        concerned = [given for given in history.given if _is_concerned(given, history)]
        for given in concerned:
            add_entry(
                Step,
                by=by,
                member=member,
                name=f"permissions.step.{kind.value}",
                title=f"{title}: what was agreed about {member.name}",
                kind=kind.value,
                permission=given.id,
                since=since,
            )
        if concerned:
            keep_up(by=by, member=member)
            told.append(member)
    return told


def _is_concerned(given: Given, history: History) -> bool:
    return given.contingency is not None and standing_of(given, history, timezone.now()) in CONCERNED
