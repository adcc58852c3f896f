"""How to act towards someone, without why."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from alongside.foundation.records.rows import read_rows, rows_of
from alongside.foundation.reference.queries import coded, label_of
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.models import HandlingInstruction
from alongside.safety.protected.rules import NO_INSTRUCTIONS, HandlingFacts, handling_of


def live_instructions(on: date) -> QuerySet[HandlingInstruction]:
    """Instructions that hold on a day. One whose review is late still holds."""
    return HandlingInstruction.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), from_date__lte=on)


def handling_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, HandlingFacts]:
    """How to act towards each of these family members on a day: what stands on them, and on their whole case.

    Full sight whoever asks; the instruction alone, never what it rests on. One query.
    """
    asked = set(member_ids)
    members = with_handling(FamilyMember.objects.filter(pk__in=asked), on=on).only("pk") if asked else ()
    found = {member.pk: handling_facts_of(member) for member in members}
    return {member_id: found.get(member_id) or NO_INSTRUCTIONS for member_id in asked}


def with_handling(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `handling_facts_of` reads: what stands on them, then what stands on their whole case."""
    rows = live_instructions(on).filter(
        Q(family_member=OuterRef("pk")) | Q(family_member__isnull=True, person=OuterRef("person"))
    )
    in_order = rows.order_by(F("family_member").asc(nulls_last=True), "instruction__order", "from_date")
    return members.annotate(handling_rows=rows_of(in_order, code=F("instruction_id")))


def handling_facts_of(member: FamilyMember) -> HandlingFacts:
    """How to act towards a family member who was read by `with_handling`."""
    codes = [row["code"] for row in read_rows(member, "handling_rows")]
    return handling_of((label_of(code), coded(code).attributes) for code in codes)
