"""Answers that were kept, purposes that hold, approvals that were given, and checks of homes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import read_whole, whole
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.involvement.decisions.models import Decision, HomeCheck, PurposeSaid, Use
from alongside.involvement.decisions.rules import RULES
from alongside.involvement.decisions.rules.deciding import DISCLOSED
from alongside.people.allocations.queries import visible_to
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.queries import disclosure_facts

APPROVAL_KIND = "decisions.ask"
APPROVAL_HOLDS = timedelta(days=14)
"""How long an approval of an answer is good for. Then it is asked again: things change."""

ASKED_AT_MOST = 2 * APPROVAL_HOLDS
"""How long ago something may have been asked for its approval to count."""


def kept_for(*, by_law: bool) -> QuerySet[Decision]:
    """The kept answers that someone may see: those that rest on a disclosure decision only with the right to those."""
    rows = Decision.objects.all()
    return rows if by_law else rows.exclude(rules__contains=[DISCLOSED.rule])


def decisions_of(member_id: UUID, *, by_law: bool) -> QuerySet[Decision]:
    """The kept answers about one family member, newest first."""
    return kept_for(by_law=by_law).filter(family_member=member_id).select_related("purpose").order_by("-at", "id")


def decision_of(case_id: UUID, decision_id: UUID, *, by_law: bool) -> Decision | None:
    """One kept answer of a case with what it rests on."""
    return kept_for(by_law=by_law).filter(case=case_id, pk=decision_id).select_related("basis", "purpose").first()


def opens(user: User, case_id: UUID | None, decision_id: UUID) -> bool:
    """Whether a user finds a kept answer on its page: one that rests on a disclosure decision is not for everyone."""
    if case_id is None:
        return False
    needed = (Right.ASK_MAY_I, Right.SEE_FAMILY)
    if not all(visible_to(user, right).filter(pk=case_id).exists() for right in needed):
        return False
    by_law = visible_to(user, Right.SEE_PROTECTED).filter(pk=case_id).exists()
    return decision_of(case_id, decision_id, by_law=by_law) is not None


def any_by_law(decision_ids: Iterable[UUID]) -> bool:
    """Whether one of these kept answers rests on a disclosure decision, of which most readers must not learn."""
    return Decision.objects.filter(pk__in=list(decision_ids), rules__contains=[DISCLOSED.rule]).exists()


def still_carried(decision: Decision, *, at: datetime) -> bool:
    """Whether what a kept answer rests on stood at a moment, where that is a disclosure decision: those can end early.

    An answer that rests on anything else is as good as it was; what changed since is asked about anew.
    """
    if DISCLOSED.rule not in decision.rules:
        return True
    standing = disclosure_facts([decision.family_member], at=at)[decision.family_member]
    return any(decision.topic in one.topics for one in standing)


def live_purpose_of(member_id: UUID, *, on: date) -> PurposeSaid | None:
    """The purpose that was said last, if it still holds."""
    return (
        PurposeSaid.objects.filter(family_member=member_id, until__gte=on, why_them__isnull=False)
        .order_by("-at")
        .first()
    )


@steady
def with_purpose(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `purpose_of` reads."""
    said = PurposeSaid.objects.filter(family_member=OuterRef("pk"), until__gte=today(), why_them__isnull=False)
    return members.annotate(purpose_rows=whole(said.order_by("-at")[:1], *PURPOSE_COLUMNS))


PURPOSE_COLUMNS = ("case", "family_member", "at", "by", "by_name", "goal", "why_them", "why_now", "will_do", "until")


def purpose_of(member: FamilyMember) -> PurposeSaid | None:
    """The purpose that was said last and still holds, of a family member who was read by `with_purpose`."""
    return next(iter(read_whole(member, "purpose_rows", PurposeSaid)), None)


def open_home_check_of(member_id: UUID) -> HomeCheck | None:
    """The check of this family member's home that has not ended."""
    return HomeCheck.objects.filter(family_member=member_id, ended_on=None).first()


@dataclass(frozen=True)
class Granted:
    """What somebody approved who was asked first: the rules that it answers, for one act on one topic."""

    act: str
    topic: str
    rules: frozenset[str]
    until: datetime


def with_asked_on(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `asked_of` reads: answers that were put to somebody lately enough to count on a day."""
    since = datetime.combine(on - ASKED_AT_MOST, time.min, tzinfo=LONDON)
    asked = Decision.objects.filter(family_member=OuterRef("pk"), use=Use.ASKED, at__gte=since)
    return members.annotate(asked_rows=whole(asked.order_by("at"), "family_member", "at", "act", "topic", "rules"))


def asked_of(members: Iterable[FamilyMember]) -> list[Decision]:
    """What was asked first about family members who were read by `with_asked_on`."""
    return [row for member in members for row in read_whole(member, "asked_rows", Decision)]


def granted_among(asks: Iterable[Decision], *, at: datetime) -> Mapping[UUID, list[Granted]]:
    """What of this was approved, and how long ago that it still counts. One query; none where nothing was asked.

    Each kind of matter is put to its own approver; what counts is what every one of them approved.
    """
    asked = [decision for decision in asks if at - ASKED_AT_MOST <= decision.at <= at]
    found: dict[UUID, list[Granted]] = defaultdict(list)
    if not asked:
        return found
    given: dict[UUID, dict[str, Approval]] = defaultdict(dict)
    for row in Approval.objects.filter(
        kind__startswith=f"{APPROVAL_KIND}.",
        subject__in=[decision.pk for decision in asked],
        state=ApprovalState.APPROVED,
        decided_at__gt=at - APPROVAL_HOLDS,
        decided_at__lte=at,
    ):
        given[row.subject][row.kind.removeprefix(f"{APPROVAL_KIND}.")] = row
    for decision in asked:
        kinds = given[decision.pk]
        rules = frozenset(
            name for name in decision.rules if name in RULES and (ask := RULES[name].finding.ask) and ask in kinds
        )
        if rules:
            until = min(row.decided_at for row in kinds.values() if row.decided_at) + APPROVAL_HOLDS
            found[decision.family_member].append(Granted(decision.act, decision.topic, rules, until))
    return found


def approvals_behind(member_id: UUID, *, act: str, topic: str, at: datetime) -> list[Approval]:
    """What was written by whoever approved this act on this topic, as long as it counts: one is told to keep to it."""
    asked = Decision.objects.filter(
        family_member=member_id, act=act, topic=topic, use=Use.ASKED, at__gte=at - ASKED_AT_MOST
    )
    return list(
        Approval.objects.filter(
            kind__startswith=f"{APPROVAL_KIND}.",
            subject__in=asked.values("pk"),
            state=ApprovalState.APPROVED,
            decided_at__gt=at - APPROVAL_HOLDS,
        ).order_by("-decided_at")
    )


def approvals_of(decision: Decision) -> list[Approval]:
    """Where what was asked about first stands, one row for each who was asked."""
    return list(
        Approval.objects.filter(kind__startswith=f"{APPROVAL_KIND}.", subject=decision.pk).order_by("asked_at", "id")
    )
