"""That a family member may be told something by law, without what."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value

from alongside.foundation.records.rows import day, read_rows
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.rules import DisclosureFact

GROUND = "disclosure_ground."


def disclosure_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[DisclosureFact, ...]]:
    """Decisions to tell each of these family members something that were approved and hold on a day.

    Full sight whoever asks, through a slit in the wall; never what is told, why, or on whose word. One query.
    """
    members = with_disclosures(FamilyMember.objects.filter(pk__in=list(member_ids)), on=on).only("pk")
    found = {member.pk: disclosures_of(member) for member in members}
    return {member_id: found.get(member_id, ()) for member_id in member_ids}


def with_disclosures(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `disclosures_of` reads."""
    through_the_slit = Func(F("pk"), Value(on), function="protected_disclosures", output_field=JSONField())
    return members.annotate(disclosure_rows=through_the_slit)


def disclosures_of(member: FamilyMember) -> tuple[DisclosureFact, ...]:
    """The decisions on a family member who was read by `with_disclosures`."""
    return tuple(
        DisclosureFact(frozenset(row["topics"]), row["ground"].removeprefix(GROUND), until, row["approver"])
        for row in read_rows(member, "disclosure_rows")
        if (until := day(row["until"]))
    )
