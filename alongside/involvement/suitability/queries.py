"""Reading how involvements stand. Facts see everything, whoever asks; pages cut what they show to the viewer."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery

from alongside.involvement.suitability.models import Enquiry, JoinedSession, Judgement, Marker, Step, Verdict
from alongside.involvement.suitability.rules import (
    IN_FORCE,
    Approval,
    JudgementFacts,
    Level,
    SafetyThen,
    SessionFacts,
    Standing,
    StepFacts,
    StepKind,
    SuitabilityFacts,
    Summary,
    markers_form_a_pattern,
    standing_of,
    too_little_alone,
)
from alongside.involvement.suitability.safety import safety_now
from alongside.involvement.suitability.triggers import registered_triggers

LOOKED_BACK = timedelta(days=92)


def suitability_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, SuitabilityFacts]:
    """How involvement of each of these family members stands; an entry for every id, however many in a few queries."""
    return {member_id: standing.facts for member_id, standing in standings(member_ids, on=on).items()}


def standings(member_ids: Collection[UUID], *, on: date) -> dict[UUID, Standing]:
    """The same with the versions that it rests on and what calls for a review."""
    ids = list(member_ids)
    if not ids:
        return {}
    judgements, steps = _judgements(ids), _steps(ids)
    signs, registered, safety = _signs(ids, on), registered_triggers(ids, on=on), safety_now(ids, on=on)
    counts = dict(
        Enquiry.objects.filter(family_member__in=ids, closed_at=None)
        .values_list("family_member")
        .annotate(n=Count("pk"))
    )
    return {
        member_id: standing_of(
            judgements[member_id],
            steps[member_id],
            now=safety[member_id],
            on=on,
            triggers=(*signs[member_id].reasons(judgements[member_id], on), *registered.get(member_id, ())),
            enquiries_open=counts.get(member_id, 0),
            too_little_alone=too_little_alone(signs[member_id].sessions),
        )
        for member_id in ids
    }


def _judgements(ids: list[UUID]) -> Mapping[UUID, list[JudgementFacts]]:
    found: dict[UUID, list[JudgementFacts]] = defaultdict(list)
    verdict = Verdict.objects.filter(judgement=OuterRef("pk")).values("state")[:1]
    rows = Judgement.objects.filter(family_member__in=ids).annotate(verdict=Subquery(verdict))
    for row in rows.only(
        "id",
        "family_member",
        "number",
        "at",
        "level",
        "level_cap",
        "approval_needed",
        "review_on",
        "summary",
        "conditions",
        "safety_then",
    ):
        found[row.family_member].append(facts_of(row, verdict=getattr(row, "verdict", None)))
    return found


def facts_of(row: Judgement, *, verdict: str | None) -> JudgementFacts:
    """A version as the rules read it."""
    waiting = Approval.WAITING if row.approval_needed else Approval.NOT_NEEDED
    then = row.safety_then or {}
    return JudgementFacts(
        id=row.pk,
        number=row.number,
        at=row.at,
        level=Level(row.level),
        level_cap=Level(row.level_cap),
        approval=Approval(verdict) if verdict else waiting,
        review_on=row.review_on,
        summary=Summary(row.summary) if row.summary else None,
        conditions=tuple(row.conditions or ()),
        safety_then=SafetyThen(then.get("matters", {}), bool(then.get("gate_closed"))),
    )


def _steps(ids: list[UUID]) -> Mapping[UUID, list[StepFacts]]:
    found: dict[UUID, list[StepFacts]] = defaultdict(list)
    rows = Step.objects.filter(family_member__in=ids).exclude(kind=StepKind.DISCUSSED)
    for member_id, kind, at, level in rows.values_list("family_member", "kind", "at", "level"):
        found[member_id].append(StepFacts(StepKind(kind), at, None if level is None else Level(level)))
    return found


@dataclass
class _Signs:
    """What was noticed of one involvement lately."""

    markers: list[date]
    sessions: list[SessionFacts]

    def reasons(self, judgements: list[JudgementFacts], on: date) -> tuple[str, ...]:
        """What of it calls for a review, since the newest judgement that is in force."""
        since = max((j.at.date() for j in judgements if j.approval in IN_FORCE), default=date.min)
        found = []
        if markers_form_a_pattern([day for day in self.markers if day >= since], on=on):
            found.append("Twice in 28 days somebody said that this is getting in the way")
        if too_little_alone([session for session in self.sessions if session.on >= since]):
            found.append("The person has had too little time alone with us")
        return tuple(found)


def _signs(ids: list[UUID], on: date) -> Mapping[UUID, _Signs]:
    found: dict[UUID, _Signs] = defaultdict(lambda: _Signs([], []))
    since = on - LOOKED_BACK
    for member_id, day in Marker.objects.filter(family_member__in=ids, on__gte=since).values_list(
        "family_member", "on"
    ):
        found[member_id].markers.append(day)
    sessions = JoinedSession.objects.filter(family_member__in=ids, on__gte=since).order_by(F("on"), "at")
    for member_id, day, minutes, alone in sessions.values_list("family_member", "on", "minutes", "minutes_alone"):
        found[member_id].sessions.append(SessionFacts(day, minutes, alone))
    return found
