"""What of safety bears on involvement: gathered with full sight, kept as how tight each matter is, never as content."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from alongside.involvement.suitability.rules import SafetyThen


def safety_now(member_ids: Collection[UUID], *, on: date) -> dict[UUID, SafetyThen]:
    """How tight safety is today for each of these family members."""
    return {member_id: SafetyThen() for member_id in member_ids}
