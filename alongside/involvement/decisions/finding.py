"""Finding whom a call is about, among the cases that the user may ask about. A number on a screen proves nothing."""

import re
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace, Right

from alongside.foundation.access.rights import Right as Holding
from alongside.people.allocations.queries import visible_to
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.people.persons.rules import searchable

MOST_FOUND = 20
NATIONAL = 9
"""How many digits of a number are compared from its end: 07700 900111 and +44 7700 900111 are the same."""


def members_of(person_id: UUID) -> QuerySet[FamilyMember]:
    """Those whom a person names now."""
    return FamilyMember.objects.filter(person=person_id, ended_on__isnull=True).order_by("added_at", "id")


def found_for(user: object, text: str) -> list[FamilyMember]:
    """Family members whom a number or a name may mean, in cases on which the user may ask. One query."""
    cases = visible_to(user, Holding.ASK_MAY_I)
    rows = FamilyMember.objects.filter(person__in=cases.values("pk"), ended_on__isnull=True).select_related("person")
    digits = re.sub(r"\D", "", text)
    if len(digits) >= NATIONAL:
        return list(rows.filter(pk__in=_with_number(digits)).order_by("given_name", "id")[:MOST_FOUND])
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
        wanted &= Q(whole__icontains=word)
    return list(named.filter(wanted).order_by("given_name", "family_name", "id")[:MOST_FOUND])


def _with_number(digits: str) -> QuerySet[ContactPoint, UUID]:
    plain = F("value")
    for mark in (" ", "-", "(", ")"):
        plain = Replace(plain, Value(mark))  # type: ignore[assignment]
    return (
        ContactPoint.objects.filter(kind__in=(PointKind.MOBILE, PointKind.PHONE))
        .annotate(end=Right(plain, NATIONAL))
        .filter(end=digits[-NATIONAL:])
        .values_list("family_member", flat=True)
    )
