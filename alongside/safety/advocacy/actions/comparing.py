"""Comparing names with the victims known here. The database compares and notes; nothing comes back, not even a count.

Each comparison leaves the same event, whatever was found.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import Chain, action, case_chain, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.people.families.models import FamilyMember
from alongside.safety.advocacy.models import NameCheck, SupportedPerson
from alongside.safety.advocacy.rules import name_keys


@action
def compare_asked_name(check_id: UUID) -> None:
    """Compare the name of a check, then empty it: no list of names that someone asked about is left."""
    check = NameCheck.objects.filter(pk=check_id, name__isnull=False).first()
    if check is None or check.name is None:
        return
    _compare(
        case_id=check.case,
        check_id=check.pk,
        name=check.name,
        year_of_birth=check.year_of_birth,
        reason=check.reason or "",
        asked_by=check.asked_by,
        asked_by_name=check.asked_by_name,
    )
    NameCheck.objects.filter(pk=check.pk).update(name=None, year_of_birth=None, reason=None)
    _note(check, case_chain(check.case))


@action
def compare_family_member(member_id: UUID, *, asked_by: UUID | None) -> None:
    """Compare the name of a family member."""
    member = FamilyMember.objects.filter(pk=member_id).first()
    if member is None:
        return
    by = User.objects.filter(pk=asked_by).first() if asked_by else None
    _compare(
        case_id=member.person_id,
        member_id=member.pk,
        name=member.name,
        year_of_birth=member.year_of_birth,
        asked_by=asked_by,
        asked_by_name=by.name if by else "",
    )
    _note(member, case_chain(member.person_id))


@action
def compare_new_victim(known_id: UUID, *, added_by: UUID) -> None:
    """Compare a victim who has become known with the family members of every case."""
    _call("advocacy_compare_known", [known_id])
    _note(SupportedPerson(pk=known_id), user_chain(added_by))


def _compare(
    *,
    case_id: UUID,
    name: str,
    year_of_birth: int | None,
    asked_by: UUID | None,
    asked_by_name: str,
    member_id: UUID | None = None,
    check_id: UUID | None = None,
    reason: str = "",
) -> None:
    values = [
        case_id,
        member_id,
        check_id,
        name,
        name_keys(name),
        year_of_birth,
        reason,
        asked_by,
        asked_by_name,
    ]
    _call("advocacy_compare_name", values)


def _call(function: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(values))})", list(values))


def _note(subject: models.Model, chain: Chain) -> None:
    record_change(by=None, kind=EventKind.COMBINATION, name="advocacy.names.compared", subject=subject, chain=chain)
