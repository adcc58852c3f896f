"""Finding whom a call is about, among the cases that the user may ask about. A number on a screen proves nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace, Right

from alongside.foundation.access.rights import Right as Holding
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.people.allocations.queries import current_allocations, holder_of, visible_to, with_holder
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.people.persons.models import Person
from alongside.people.persons.rules import searchable

MOST_FOUND = 20
PART = 4
"""How many digits in a row are enough to look for a part of a number."""
NATIONAL = 9
"""How many digits of a number are compared from its end: 07700 900111 and +44 7700 900111 are the same."""


def members_of(person_id: UUID) -> QuerySet[FamilyMember]:
    """Those whom a person names now."""
    return FamilyMember.objects.filter(person=person_id, ended_on__isnull=True).order_by("added_at", "id")


@dataclass(frozen=True)
class FoundMember:
    """One of those whom a call may be about, as a list tells them apart."""

    member: FamilyMember
    relationship: str
    officer: str


def told_apart(found: Sequence[FamilyMember]) -> list[FoundMember]:
    """The first `MOST_FOUND` of them, each with what they are to the person and with whose case it is. One query."""
    shown = found[:MOST_FOUND]
    cases = {
        case.pk: holder_of(case) for case in with_holder(Person.objects.filter(pk__in={m.person_id for m in shown}))
    }
    return [
        FoundMember(
            member,
            label_of(str(member.relationship_id)),
            holder.officer or holder.team if (holder := cases.get(member.person_id)) else "",
        )
        for member in shown
    ]


def found_for(user: User, text: str) -> list[FamilyMember]:
    """Family members whom a number or a name may mean, in cases on which the user may ask: their own cases first.

    In their own cases a part of a number finds them too, and what the person calls them: too many are somebody's mother
    anywhere else.

    One more than `MOST_FOUND` at most, so that a list can say that there are more. One query.
    """
    cases = visible_to(user, Holding.ASK_MAY_I)
    own = current_allocations(today()).filter(person=OuterRef("person"), member__user=user.pk)
    rows = (
        FamilyMember.objects.filter(person__in=cases.values("pk"), ended_on__isnull=True)
        .select_related("person")
        .annotate(own=Exists(own))
    )
    digits = re.sub(r"\D", "", text)
    if len(digits) >= NATIONAL:
        return list(rows.filter(pk__in=_with_number(digits)).order_by("-own", "given_name", "id")[: MOST_FOUND + 1])
    if len(digits) >= PART and len(digits) * 2 > len(text.strip()):
        part = rows.filter(own=True, pk__in=_with_part(digits, user))
        return list(part.order_by("given_name", "id")[: MOST_FOUND + 1])
    words = searchable(text).split()
    if not words or not any(len(word) > 1 for word in words):
        return []
    named = rows.annotate(
        whole=Concat(
            F("given_name"),
            Value(" "),
            F("family_name"),
            Value(" "),
            F("person__search_name"),
            output_field=CharField(),
        )
    )
    wanted = Q()
    for word in words[:6]:
        wanted &= Q(whole__icontains=word) | Q(own=True, phrase__icontains=word)
    return list(named.filter(wanted).order_by("-own", "given_name", "family_name", "id")[: MOST_FOUND + 1])


def found_context(query: str, found: Sequence[FamilyMember]) -> dict[str, object]:
    """What `involvement/decisions/parts/found.html` draws."""
    return {"query": query, "found": told_apart(found), "more": len(found) > MOST_FOUND, "most": MOST_FOUND}


def _with_part(digits: str, user: User) -> QuerySet[ContactPoint, UUID]:
    """Who of the user's own cases has these digits in a row in a number."""
    own = current_allocations(today()).filter(member__user=user.pk)
    return (
        ContactPoint.objects.filter(
            kind__in=(PointKind.MOBILE, PointKind.PHONE), family_member__person__in=own.values("person")
        )
        .annotate(plain=_plain())
        .filter(plain__contains=digits.lstrip("0") or digits)
        .values_list("family_member", flat=True)
    )


def _plain() -> F | Replace:
    plain: F | Replace = F("value")
    for mark in (" ", "-", "(", ")"):
        plain = Replace(plain, Value(mark))
    return plain


def _with_number(digits: str) -> QuerySet[ContactPoint, UUID]:
    return (
        ContactPoint.objects.filter(kind__in=(PointKind.MOBILE, PointKind.PHONE))
        .annotate(end=Right(_plain(), NATIONAL))
        .filter(end=digits[-NATIONAL:])
        .values_list("family_member", flat=True)
    )
