"""When a family member is due for erasure, sooner than the case, and what goes with them."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.foundation.audit.erasure import Subject
from alongside.foundation.work.models import ToDo
from alongside.people.families.actions import refresh_family_card
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


def members_due(up_to: date) -> Iterator[Subject]:
    """Family members whom the person stopped naming, or whose case ended, on or before a day."""
    due = FamilyMember.objects.filter(Q(ended_on__lte=up_to) | Q(person__supervision_ends_on__lte=up_to))
    for case_id, member_id in due.values_list("person", "pk").iterator():
        yield Subject(case_id, member_id)


def members_of(case_id: UUID) -> Iterable[UUID]:
    """Every family member of a case, ended ones too."""
    return list(FamilyMember.objects.filter(person=case_id).values_list("pk", flat=True))


def sweep(subject: Subject) -> None:
    """Take away what is kept beside a case: to-dos of a named role that are about its family members."""
    members = [subject.family_member_id] if subject.family_member_id else members_of(subject.case_id)
    ToDo.objects.filter(family_member__in=members).delete()


def card_follows(member: FamilyMember) -> None:
    """Bring the case page's card up to date after a correction."""
    if Person.objects.filter(pk=member.person_id).exists():
        refresh_family_card(member.person_id)
