"""That a family member may be told something by law, without what."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value

from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.records.rows import Row, day, read_rows
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.rules import DisclosureFact

GROUND = "disclosure_ground."


def disclosure_facts(member_ids: Collection[UUID], *, at: datetime) -> dict[UUID, tuple[DisclosureFact, ...]]:
    """Decisions to tell each of these family members something that were approved and held at a moment.

    Full sight whoever asks, through a slit in the wall; never what is told, why, or on whose word. One query.
    """
    on = at.astimezone(LONDON).date()
    members = with_disclosures(FamilyMember.objects.filter(pk__in=list(member_ids)), on=on).only("pk")
    found = {member.pk: disclosures_of(member, at=at) for member in members}
    return {member_id: found.get(member_id, ()) for member_id in member_ids}


def with_disclosures(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `disclosures_of` reads."""
    through_the_slit = Func(F("pk"), Value(on), function="protected_disclosures", output_field=JSONField())
    return members.annotate(disclosure_rows=through_the_slit)


def disclosures_of(member: FamilyMember, *, at: datetime) -> tuple[DisclosureFact, ...]:
    """The decisions on a family member who was read by `with_disclosures` that held at a moment of its day.

    One holds from its approval, and until it is ended: what is written down later counts by when it was said.
    """
    return tuple(
        DisclosureFact(frozenset(row["topics"]), row["ground"].removeprefix(GROUND), until, row["approver"])
        for row in read_rows(member, "disclosure_rows")
        if (until := day(row["until"])) and _held(row, at)
    )


def _held(row: Row, at: datetime) -> bool:
    """Whether it was approved by then and not ended; times of day are written down to the minute."""
    since = datetime.fromisoformat(row["since"]).replace(second=0, microsecond=0)
    return since <= at and (row["ended"] is None or at < datetime.fromisoformat(row["ended"]))
