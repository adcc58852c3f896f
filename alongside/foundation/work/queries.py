"""Reading timelines, to-dos and cards: one query each, however many rooms write them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.access.rights import Right
from alongside.foundation.work.models import Approval, ApprovalState, Card, TimelineEntry, ToDo


def _names(rights: Collection[Right]) -> list[str]:
    return [right.name for right in rights]


def timeline_of(case_id: UUID, rights: Collection[Right]) -> QuerySet[TimelineEntry]:
    """A case's timeline, newest first, without lines that were emptied or that need a right not held."""
    return TimelineEntry.objects.filter(case=case_id, right__in=_names(rights), title__isnull=False).order_by(
        "-at", "id"
    )


FOR_ITS_READER_ALONE = frozenset({Right.SEE_PROTECTED})
"""What needs one of these rights stands on the start page of whoever is to do it, and on no page or list of cases.

A colleague who holds the right is not near every case; and the person whose case it is may be sitting beside.
"""


def shown_on_cases(rights: Collection[Right]) -> list[str]:
    """Of these rights, the names of those whose to-dos pages and lists of cases may show."""
    return _names(frozenset(rights) - FOR_ITS_READER_ALONE)


def open_to_dos_of(case_id: UUID, rights: Collection[Right]) -> QuerySet[ToDo]:
    """What is still to be done on a case, soonest first, as far as its pages may show it."""
    return ToDo.objects.filter(case=case_id, right__in=shown_on_cases(rights), done_at=None).order_by("due_on", "id")


def cards_of(case_id: UUID, rights: Collection[Right]) -> QuerySet[Card]:
    """The cards of a case, those of its family members among them, in their order."""
    return Card.objects.filter(case=case_id, right__in=_names(rights)).order_by("order", "key")


def cards_of_member(case_id: UUID, family_member_id: UUID, rights: Collection[Right]) -> QuerySet[Card]:
    """The cards of a family member's page, in their order."""
    return Card.objects.filter(case=case_id, family_member=family_member_id, right__in=_names(rights)).order_by(
        "order", "key"
    )


def approvals_waiting(rights: Collection[Right], *, not_by: UUID) -> QuerySet[Approval]:
    """Approvals that someone with `rights` may decide, soonest due first; never their own."""
    return (
        Approval.objects.filter(state=ApprovalState.WAITING, right__in=_names(rights))
        .exclude(asked_by=not_by)
        .order_by("due_on", "id")
    )
