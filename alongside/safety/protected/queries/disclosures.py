"""That a family member may be told something by law, without what."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection

from alongside.safety.protected.rules import DisclosureFact


def disclosure_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[DisclosureFact, ...]]:
    """Decisions to tell each of these family members something that were approved and hold on a day.

    Full sight whoever asks, through a slit in the wall; never what is told, why, or on whose word. One query.
    """
    found = defaultdict[UUID, list[DisclosureFact]](list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member, topics, ground, until, approver FROM protected_disclosures(%s, %s)", [list(member_ids), on]
        )
        for member, topics, ground, until, approver in cursor.fetchall():
            found[member].append(
                DisclosureFact(frozenset(topics), ground.removeprefix("disclosure_ground."), until, approver)
            )
    return {member_id: tuple(found.get(member_id, ())) for member_id in member_ids}
