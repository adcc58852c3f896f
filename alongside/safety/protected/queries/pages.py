"""What the pages of this room show. The database leaves out every row that the reader may not see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import read_rows, rows_of
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.people.allocations.queries import asker_is_near
from alongside.people.allocations.wall import is_near
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.protected.models import (
    DisclosureDecision,
    DisclosureEnd,
    DisclosureMade,
    DisclosureReview,
    Handling,
    HandlingInstruction,
    Referral,
    RefusedRequest,
    Told,
)
from alongside.safety.protected.queries.handling import live_instructions
from alongside.safety.protected.rules import DecisionStanding, Owed


@dataclass(frozen=True)
class ToldLine:
    """One thing that we were told, as a list shows it."""

    id: UUID
    at: Any
    by_whom: str
    status: str
    may_know: str
    owed: tuple[Owed, ...]


def told_of_case(person_id: UUID) -> QuerySet[Told]:
    """What was told on a case and stands, newest first."""
    return _standing(Told.objects.filter(case=person_id)).order_by("-at", "pk")


def told_lines(rows: Iterable[Told], members: Mapping[UUID, str]) -> list[ToldLine]:
    """Rows of the query above as a list shows them; `members` are the names of the case's family members."""
    return [_line(row, members) for row in rows]


def stands_behind_wall(person_id: UUID) -> bool:
    """Whether the database lets whoever is asking read what was told on a case."""
    return asker_is_near(person_id, Right.SEE_PROTECTED)


@steady
def with_members_and_wall(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `members_of` reads, and with `behind_wall` as `stands_behind_wall` answers it."""
    members = FamilyMember.objects.filter(person=OuterRef("pk")).order_by("added_at", "pk")
    near = is_near("people_persons_person.id", Right.SEE_PROTECTED)
    return cases.annotate(
        member_rows=rows_of(members, id=F("pk"), given=F("given_name"), family=F("family_name")),
        behind_wall=RawSQL(near, []),  # noqa: S611 - made of our own roles and columns
    )


def members_of(person: Person) -> dict[UUID, str]:
    """As `member_names`, of a case read above."""
    return {UUID(row["id"]): f"{row['given']} {row['family']}".strip() for row in read_rows(person, "member_rows")}


def told_or_none(person_id: UUID, told_id: UUID) -> Told | None:
    """One thing that we were told, with how it is handled; None where it is not the reader's to see."""
    return _standing(Told.objects.filter(case=person_id), corrected_too=True).filter(pk=told_id).first()


def _standing(rows: QuerySet[Told], *, corrected_too: bool = False) -> QuerySet[Told]:
    """Rows with their newest handling; without those that a later row corrects, and those that erasure emptied."""
    later = Told.objects.filter(replaces=OuterRef("pk"))
    newest = Handling.objects.filter(told=OuterRef("pk")).order_by("-decided_at", "-pk")[:1]
    read = rows.annotate(
        corrected=Exists(later),
        newest=rows_of(
            newest, may_know=F("may_know_id"), status=F("status_id"), reason=F("reason"), since=F("may_know_from")
        ),
    )
    return read if corrected_too else read.filter(corrected=False)


def correction_of(told: Told) -> UUID | None:
    """The row that corrects one that was read above; None where it stands."""
    if not getattr(told, "corrected", True):
        return None
    return Told.objects.filter(replaces=told.pk).values_list("pk", flat=True).first()


def handling_row(told: Told) -> dict[str, Any]:
    """How something read above is handled."""
    return dict(next(iter(read_rows(told, "newest")), {}))


def owed_for(codes: Collection[str]) -> tuple[Owed, ...]:
    """What duty asks, in words, in the order of the list."""
    found = [value for value in coded_list("duty_owed") if value.id in set(codes)]
    return tuple(
        Owed(
            code=value.code,
            label=value.label(),
            what_to_do=value.description,
            refers=str(value.attributes.get("refer", "")),
        )
        for value in found
    )


def _line(told: Told, members: Mapping[UUID, str]) -> ToldLine:
    handling = handling_row(told)
    name = members.get(told.family_member, "") if told.family_member else told.told_by_name
    return ToldLine(
        id=told.pk,
        at=told.at,
        by_whom=name or label_of(str(told.told_by_id)),
        status=label_of(handling.get("status", "")),
        may_know=label_of(handling.get("may_know", "")),
        owed=owed_for(told.duties),
    )


def history_of(told_id: UUID) -> list[Handling]:
    """Every decision on the handling of something that we were told, newest first."""
    return list(Handling.objects.filter(told=told_id).order_by("-decided_at", "-pk"))


def names_of(user_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of members of staff by their account."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def referrals_of(person_id: UUID) -> QuerySet[Referral]:
    """Safeguarding referrals of a case, newest first."""
    return Referral.objects.filter(person=person_id).order_by("-made_on", "pk")


def decisions_of(person_id: UUID) -> list[tuple[DisclosureDecision, DecisionStanding]]:
    """Decisions to disclose on a case with where each stands, newest first, in one query."""
    rows = _with_review(DisclosureDecision.objects.filter(case=person_id)).order_by("-decided_at", "pk")
    return [(row, standing_of(row)) for row in rows]


def decision_or_none(decision_id: UUID, person_id: UUID | None = None) -> DisclosureDecision | None:
    """One decision to disclose; None where it is not the reader's to see."""
    rows = _with_review(DisclosureDecision.objects.filter(pk=decision_id))
    return (rows.filter(case=person_id) if person_id else rows).first()


def standing_of(decision: DisclosureDecision) -> DecisionStanding:
    """Where a decision stands that was read above."""
    review = next(iter(read_rows(decision, "review")), None)
    return DecisionStanding(
        urgent=decision.urgent,
        approved=review["approved"] if review else None,
        lapsed=decision.until is not None and decision.until < today(),
        ended=bool(read_rows(decision, "end")),
    )


def review_row(decision: DisclosureDecision) -> dict[str, Any]:
    """What someone else said of a decision that was read above."""
    return dict(next(iter(read_rows(decision, "review")), {}))


def end_row(decision: DisclosureDecision) -> dict[str, Any]:
    """That and why a decision that was read above ended early; empty where it did not."""
    return dict(next(iter(read_rows(decision, "end")), {}))


def _with_review(rows: QuerySet[DisclosureDecision]) -> QuerySet[DisclosureDecision]:
    reviews = DisclosureReview.objects.filter(decision=OuterRef("pk"))
    ends = DisclosureEnd.objects.filter(decision=OuterRef("pk"))
    return rows.annotate(
        review=rows_of(reviews, approved=F("approved"), reason=F("reason"), by=F("reviewed_by"), at=F("at")),
        end=rows_of(ends, reason=F("reason"), by=F("ended_by"), at=F("at")),
    )


def made_under(decision_id: UUID) -> QuerySet[DisclosureMade]:
    """What was said under a decision, last first."""
    return DisclosureMade.objects.filter(decision=decision_id).order_by("-at", "pk")


def refused_on(person_id: UUID) -> QuerySet[RefusedRequest]:
    """Requests of a case that were refused, newest first."""
    return RefusedRequest.objects.filter(case=person_id).order_by("-at", "pk")


def refused_without_case() -> QuerySet[RefusedRequest]:
    """Requests that name no case: the reader's own, and those of teams that they lead."""
    return RefusedRequest.objects.filter(case=None).order_by("-at", "pk")


def instructions_of(person_id: UUID, on: date) -> QuerySet[HandlingInstruction]:
    """How to act on a case and towards each of its family members."""
    return (
        live_instructions(on)
        .filter(person=person_id)
        .select_related("family_member")
        .order_by("family_member__added_at", "instruction__order", "pk")
    )


def member_names(person_id: UUID) -> dict[UUID, str]:
    """Everyone whom the person names or has named, in the order in which they were named."""
    rows = FamilyMember.objects.filter(person=person_id).order_by("added_at", "pk")
    return {row.pk: f"{row.given_name} {row.family_name}".strip() for row in rows.only("given_name", "family_name")}
