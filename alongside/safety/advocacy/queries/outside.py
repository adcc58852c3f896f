"""Reads of what stands before the wall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet

from alongside.people.families.models import FamilyMember
from alongside.safety.advocacy.models import DeclinedRequest, NameCheck, Referral
from alongside.safety.advocacy.rules import AdvocacyFacts, Request

MOST_SHOWN = 20


def advocacy_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, AdvocacyFacts]:
    """What others need to know to stop, whoever asks, for every id asked. One query for any number.

    Clashes come through the wall by a slit of its own: whether, and no more. Someone once referred stays referred here:
    that the work behind the wall has ended is behind the wall.
    """
    ids = set(member_ids)
    members = with_advocacy(FamilyMember.objects.filter(pk__in=ids)).only("pk") if ids else ()
    found = {member.pk: advocacy_of(member) for member in members}
    return {member_id: found.get(member_id) or AdvocacyFacts() for member_id in ids}


def with_advocacy(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `advocacy_of` reads: through the wall by a slit of its own, whether, and no more."""
    through_the_slit = Func(
        F("pk"),
        template="(SELECT confirmed FROM advocacy_clashes(ARRAY[%(expressions)s]))",
        output_field=BooleanField(null=True),
    )
    referred = Referral.objects.filter(family_member=OuterRef("pk"))
    return members.annotate(clash_confirmed=through_the_slit, was_referred=Exists(referred))


def advocacy_of(member: FamilyMember) -> AdvocacyFacts:
    """What others need to know of a family member who was read by `with_advocacy`."""
    confirmed: bool | None = getattr(member, "clash_confirmed", None)
    return AdvocacyFacts(
        clash="none" if confirmed is None else "confirmed" if confirmed else "open",
        victim=bool(getattr(member, "was_referred", False)) or confirmed is True,
    )


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
