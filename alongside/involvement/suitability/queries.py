"""Reading how involvements stand. Facts see everything, whoever asks; pages cut what they show to the viewer.

Everything of this room about a family member comes with that family member in one query, however many there are.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.foundation.records.among import among
from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.involvement.suitability.models import (
    Assessment,
    Enquiry,
    JoinedSession,
    Judgement,
    JudgementKind,
    LookEnd,
    Marker,
    SecondLook,
    SecondLookAnswer,
    Step,
    Verdict,
)
from alongside.involvement.suitability.rules import (
    IN_FORCE,
    Approval,
    Confidence,
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
from alongside.involvement.suitability.safety import TIGHT, safety_now
from alongside.involvement.suitability.triggers import registered_triggers
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.queries import flag_facts
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import PermissionFacts, Willing

LOOKED_BACK = timedelta(days=92)
GETS_IN_THE_WAY = "Twice in 28 days somebody said that this is getting in the way"
LITTLE_ALONE = "The person has had too little time alone with us"
TAKEN_BACK = "The person has taken back what they permitted, or does not want them involved"
NO_LONGER_WILLING = "They no longer want to be involved themselves"
JUDGE_AGAIN = "A second look asks for it to be judged again"


@dataclass(frozen=True)
class Beside:
    """What other rooms say of a family member that bears on how involvement stands."""

    safety: SafetyThen
    permitted: PermissionFacts


def suitability_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, SuitabilityFacts]:
    """How involvement of each of these family members stands; an entry for every id, however many in a few queries."""
    found = standings(member_ids, on=on)
    return {member_id: found[member_id].facts if member_id in found else SuitabilityFacts() for member_id in member_ids}


def standings(member_ids: Collection[UUID], *, on: date) -> dict[UUID, Standing]:
    """The same of those that exist, with the versions that it rests on and what calls for a review."""
    ids = list(member_ids)
    if not ids:
        return {}
    return standings_of(with_involvement(FamilyMember.objects.filter(among("pk", ids))), on=on)


def standing_now(member_id: UUID, *, on: date) -> Standing:
    """How involvement of one family member stands."""
    return standings([member_id], on=on)[member_id]


@steady
def with_involvement(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with everything that this room holds about each."""
    this = OuterRef("pk")
    verdict = Verdict.objects.filter(judgement=OuterRef("pk"))
    answer = SecondLookAnswer.objects.filter(second_look=OuterRef("pk"))
    judgements = Judgement.objects.filter(family_member=this).annotate(
        verdict=Subquery(verdict.values("state")[:1]),
        verdict_by=Subquery(verdict.values("by_name")[:1]),
        verdict_reason=Subquery(verdict.values("reason")[:1]),
    )
    looks = SecondLook.objects.filter(family_member=this).annotate(
        **{name: Subquery(answer.values(name)[:1]) for name in ("outcome", "answered_on", "by_name", "answer")}
    )
    return members.annotate(
        judgement_rows=rows_of(judgements.order_by("number"), **_same(_JUDGEMENT)),
        taken_step_rows=rows_of(Step.objects.filter(family_member=this).order_by("at"), **_same(_STEP)),
        enquiry_rows=rows_of(
            Enquiry.objects.filter(family_member=this, closed_at=None).order_by("due_on", "id"), **_same(_ENQUIRY)
        ),
        marker_rows=rows_of(Marker.objects.filter(family_member=this).order_by("on", "at"), **_same(_MARKER)),
        session_rows=rows_of(JoinedSession.objects.filter(family_member=this).order_by("on", "at"), **_same(_SESSION)),
        look_rows=rows_of(looks.order_by("-asked_on", "-at"), number=F("judgement__number"), **_same(_LOOK)),
        prepared_rows=rows_of(
            Assessment.objects.filter(family_member=this, closed_at=None), id=F("pk"), started_at=F("started_at")
        ),
    )


_JUDGEMENT = (
    *("id", "number", "kind", "at", "by_name", "level", "level_cap", "approval_needed", "review_on", "summary"),
    *("conditions", "safety_then", "confidence", "verdict", "verdict_by", "verdict_reason", "purpose_id", "will_do"),
)
_STEP = ("kind", "at", "level", "by_name", "told", "reason")
_ENQUIRY = ("id", "question", "due_on")
_MARKER = ("at", "on", "pattern", "said_by", "note")
_SESSION = ("at", "on", "minutes", "minutes_alone", "changed", "note")
_LOOK = ("id", "kind", "asked_by", "asked_on", "due_on", "outcome", "answered_on", "by_name", "answer", "words")


def _same(names: Iterable[str]) -> dict[str, F]:
    return {name: F(name) for name in names}


def standings_of(
    members: Iterable[FamilyMember], *, on: date, beside: Mapping[UUID, Beside] | None = None
) -> dict[UUID, Standing]:
    """How involvement stands of family members read by `with_involvement`.

    `beside` is what other rooms say of each of them, for whoever has read that already.
    """
    rows = list(members)
    ids = [member.pk for member in rows]
    if not ids:
        return {}
    known = beside if beside is not None else _beside(ids, on=on)
    registered = registered_triggers(ids, on=on)
    return {
        member.pk: _standing(
            member,
            safety=known[member.pk].safety,
            also=(*_of_permission(known[member.pk].permitted), *registered.get(member.pk, ())),
            on=on,
        )
        for member in rows
    }


def _beside(ids: Collection[UUID], *, on: date) -> dict[UUID, Beside]:
    safety, permitted = safety_now(ids, on=on), permission_facts(ids, at=timezone.now())
    return {member_id: Beside(safety[member_id], permitted[member_id]) for member_id in ids}


def _of_permission(facts: PermissionFacts) -> tuple[str, ...]:
    """That the person, or the relative, no longer wants it (R049)."""
    if facts.refused or (facts.withdrawn and not facts.live):
        return (TAKEN_BACK,)
    gone = facts.member_agrees in (Willing.WITHDRAWN, Willing.DECLINED)
    return (NO_LONGER_WILLING,) if gone else ()


def _standing(member: FamilyMember, *, safety: SafetyThen, also: tuple[str, ...], on: date) -> Standing:
    judgements, steps = [version.facts for version in versions_of(member)], _steps_of(member)
    in_force = max((j for j in judgements if j.approval in IN_FORCE), key=lambda j: j.number, default=None)
    first = on - LOOKED_BACK

    def weighs(row: Row) -> bool:
        """Whether it was noted lately, and after what is in force was judged: that one could not have known it."""
        return _day(row["on"]) >= first and (in_force is None or moment(row["at"]) > in_force.at)

    sessions = [
        SessionFacts(_day(row["on"]), row["minutes"], row["minutes_alone"])
        for row in read_rows(member, "session_rows")
        if weighs(row)
    ]
    marked = [_day(row["on"]) for row in read_rows(member, "marker_rows") if weighs(row)]
    again = any(
        row["outcome"] == LookEnd.AGAIN and (in_force is None or (row["number"] or 0) >= in_force.number)
        for row in read_rows(member, "look_rows")
    )
    signs = (
        (GETS_IN_THE_WAY, markers_form_a_pattern(marked, on=on)),
        (LITTLE_ALONE, too_little_alone(sessions)),
        (JUDGE_AGAIN, again),
    )
    return standing_of(
        judgements,
        steps,
        now=safety,
        on=on,
        triggers=(*(words for words, is_so in signs if is_so), *also),
        enquiries_open=len(read_rows(member, "enquiry_rows")),
        too_little_alone=too_little_alone(sessions),
    )


def _steps_of(member: FamilyMember) -> list[StepFacts]:
    return [
        StepFacts(StepKind(row["kind"]), moment(row["at"]), None if row["level"] is None else Level(row["level"]))
        for row in read_rows(member, "taken_step_rows")
    ]


def level_now(member: FamilyMember, *, on: date) -> int:
    """The level at which a family member read by `with_involvement` is involved on a day. One query.

    For pages that need no more: what only calls for a review bears on no level.
    """
    gate = flag_facts([member.pk], on=on)[member.pk].abuse_between in TIGHT
    facts = standing_of(
        [version.facts for version in versions_of(member)],
        _steps_of(member),
        now=SafetyThen(gate_closed=gate),
        on=on,
    ).facts
    return min(int(facts.level), int(facts.level_cap))


@dataclass(frozen=True)
class Version:
    """One judgement as a list shows it."""

    facts: JudgementFacts
    kind: JudgementKind
    by_name: str
    confidence: Confidence | None
    verdict_by: str
    verdict_reason: str
    purpose_id: str
    will_do: str

    @property
    def approval_words(self) -> str:
        """Where it stands with whoever has to approve it."""
        words = {
            Approval.NOT_NEEDED: "In force; needed no approval",
            Approval.WAITING: "Waits for approval",
            Approval.APPROVED: f"Approved by {self.verdict_by}",
            Approval.RETURNED: f"Returned with a question by {self.verdict_by}",
            Approval.REFUSED: f"Not approved by {self.verdict_by}",
        }
        return words[self.facts.approval]


def versions_of(member: FamilyMember) -> list[Version]:
    """Every version about a family member read by `with_involvement`, oldest first."""
    return [_version(row) for row in read_rows(member, "judgement_rows")]


def _version(row: Row) -> Version:
    then = row["safety_then"] or {}
    return Version(
        facts=JudgementFacts(
            id=UUID(row["id"]),
            number=row["number"],
            at=moment(row["at"]),
            level=Level(row["level"]),
            level_cap=Level(row["level_cap"]),
            approval=approval_of(needed=row["approval_needed"], verdict=row["verdict"]),
            review_on=_day(row["review_on"]),
            summary=Summary(row["summary"]) if row["summary"] else None,
            conditions=tuple(row["conditions"] or ()),
            safety_then=SafetyThen(then.get("matters", {}), bool(then.get("gate_closed"))),
        ),
        kind=JudgementKind(row["kind"]),
        by_name=row["by_name"],
        confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        verdict_by=row["verdict_by"] or "",
        verdict_reason=row["verdict_reason"] or "",
        purpose_id=row["purpose_id"] or "",
        will_do=row["will_do"] or "",
    )


def approval_of(*, needed: bool, verdict: str | None) -> Approval:
    """Where a version stands with whoever has to approve it."""
    if verdict:
        return Approval(verdict)
    return Approval.WAITING if needed else Approval.NOT_NEEDED


def moment(text: str) -> datetime:
    """A moment as it comes back from a row inside a row."""
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    found = day(text)
    if found is None:
        raise ValueError("A day that is always there is missing.")
    return found
