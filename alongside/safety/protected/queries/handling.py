"""How to act towards someone, without why."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.foundation.reference.queries import coded, label_of
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.models import HandlingInstruction
from alongside.safety.protected.rules import HandlingFacts, handling_of


def live_instructions(on: date) -> QuerySet[HandlingInstruction]:
    """Instructions that hold on a day. One whose review is late still holds."""
    return HandlingInstruction.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), from_date__lte=on)


def handling_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, HandlingFacts]:
    """How to act towards each of these family members on a day: what stands on them, and on their whole case.

    Full sight whoever asks; the instruction alone, never what it rests on. Two queries.
    """
    person_of = dict(FamilyMember.objects.filter(pk__in=member_ids).values_list("pk", "person"))
    found = defaultdict[UUID, list[tuple[str, Mapping[str, Any]]]](list)
    rows = live_instructions(on).filter(
        Q(family_member__in=person_of) | Q(family_member__isnull=True, person__in=set(person_of.values()))
    )
    for member_id, person_id, code in rows.order_by("instruction__order", "from_date").values_list(
        "family_member", "person", "instruction"
    ):
        found[member_id or person_id].append((label_of(code), coded(code).attributes))
    return {
        member_id: handling_of([*found[member_id], *found.get(person_of.get(member_id, member_id), [])])
        for member_id in member_ids
    }
