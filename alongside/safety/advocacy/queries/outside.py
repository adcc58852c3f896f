"""Reads of what stands before the wall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from alongside.safety.advocacy.models import DeclinedRequest, NameCheck, Referral
from alongside.safety.advocacy.rules import AdvocacyFacts, Request

MOST_SHOWN = 20
FACTS = """
SELECT member, bool_or(clash), bool_or(confirmed), bool_or(referred) FROM (
    SELECT member, true AS clash, confirmed, false AS referred FROM advocacy_clashes(%s::uuid[])
    UNION ALL
    SELECT family_member, false, false, true FROM safety_advocacy_referral WHERE family_member = ANY(%s::uuid[])
) AS found GROUP BY member
"""


def advocacy_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, AdvocacyFacts]:
    """What others need to know to stop, whoever asks, for every id asked. One query for any number.

    Clashes come through the wall by a slit of its own: whether, and no more. Someone once referred stays referred here:
    that the work behind the wall has ended is behind the wall.
    """
    ids = list(dict.fromkeys(member_ids))
    facts = dict.fromkeys(ids, AdvocacyFacts())
    if not ids:
        return facts
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [ids, ids])
        rows = cursor.fetchall()
    for member, clashes, confirmed, referred in rows:
        clash: Literal["none", "open", "confirmed"] = "confirmed" if confirmed else "open" if clashes else "none"
        facts[member] = AdvocacyFacts(clash=clash, victim=referred or confirmed)
    return facts


@dataclass(frozen=True)
class ReferralLine:
    """A referral as the practitioner's side may see it: who sent it and when, and when it was acknowledged."""

    id: UUID
    referred_at: datetime
    referred_by: str
    acknowledged_at: datetime | None
    family_member: UUID | None


def referrals_of(person_id: UUID, *, family_member_id: UUID | None = None) -> list[ReferralLine]:
    """Referrals of a case, or of one of its family members, newest first. Nothing of what came of them."""
    rows = Referral.objects.filter(person=person_id)
    if family_member_id is not None:
        rows = rows.filter(family_member=family_member_id)
    return [
        ReferralLine(row.pk, row.referred_at, row.referred_by_name, row.acknowledged_at, row.family_member)
        for row in rows.order_by("-referred_at")[:MOST_SHOWN]
    ]


@dataclass(frozen=True)
class DeclinedLine:
    """A request that was declined, as the log shows it."""

    declined_at: datetime
    what: str
    noted_by: str


def declined_of(person_id: UUID) -> list[DeclinedLine]:
    """Requests on a case that were declined because they would put someone in danger, newest first."""
    rows = DeclinedRequest.objects.filter(case=person_id, request__isnull=False).order_by("-declined_at")[:MOST_SHOWN]
    return [DeclinedLine(row.declined_at, Request(row.request).label, row.noted_by_name) for row in rows if row.request]


@dataclass(frozen=True)
class CheckLine:
    """That someone asked about a name, without the name."""

    asked_at: datetime
    asked_by: str


def checks_of(person_id: UUID) -> list[CheckLine]:
    """Names asked about on a case, newest first, without the names."""
    rows = NameCheck.objects.filter(case=person_id).order_by("-asked_at")[:MOST_SHOWN]
    return [CheckLine(row.asked_at, row.asked_by_name) for row in rows]
