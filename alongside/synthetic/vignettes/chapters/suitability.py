"""How family members of a story are involved: what was judged, prepared, noticed and asked for."""

from datetime import timedelta
from typing import Any

from alongside.foundation.work.actions import decide_approval
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.involvement.suitability.actions import (
    AnswerFacts,
    FindingFacts,
    FullJudgement,
    QuickJudgement,
    ask_for_second_look,
    hold_conversation,
    judge,
    judge_quickly,
    mark_in_the_way,
    record_accounts,
    record_findings,
    record_joined_session,
    start_assessment,
)
from alongside.involvement.suitability.actions.following import judgement_of
from alongside.involvement.suitability.actions.judging import Purpose
from alongside.involvement.suitability.actions.trail import APPROVAL
from alongside.involvement.suitability.models import Assessment, Judgement
from alongside.involvement.suitability.preparation import preparation_of
from alongside.involvement.suitability.queries import standing_now
from alongside.involvement.suitability.questions import bank_on
from alongside.involvement.suitability.rules import Confidence, Direction, Level, Rating, Summary, last_review_day
from alongside.involvement.suitability.rules.judging import Proposal, faults_of, quick_faults
from alongside.involvement.suitability.safety import safety_now
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """What the file tells of this story."""
    told: dict[str, Any] = told_by("suitability").get(telling.story.number, {})
    for facts in told.get("quick", ()):
        _quick(telling, facts)
    for facts in told.get("prepare", ()):
        _prepare(telling, facts)
    for facts in told.get("full", ()):
        _full(telling, facts)
    for facts in told.get("markers", ()):
        mark_in_the_way(
            by=telling.by,
            member=_who(telling, facts),
            on=telling.today - timedelta(days=facts["days_ago"]),
            said_by=facts["by"],
            pattern=facts["pattern"],
            note=facts["note"],
        )
    for facts in told.get("sessions", ()):
        record_joined_session(
            by=telling.by,
            member=_who(telling, facts),
            on=telling.today - timedelta(days=facts["days_ago"]),
            minutes=facts["minutes"],
            minutes_alone=facts["alone"],
            changed="yes" if facts["changed"] else "no",
            note=facts["note"],
        )
    for facts in told.get("looks", ()):
        _second_look(telling, facts)


def _who(telling: Telling, facts: dict[str, Any]) -> FamilyMember:
    if facts["who"] != "*":
        return telling.member(facts["who"])
    return current_members(telling.person.pk)[0]


def _purpose(facts: dict[str, Any]) -> Purpose:
    return Purpose(f"involvement_purpose.{facts['purpose']}", facts["why_person"], facts["why_now"], facts["will_do"])


def _quick(telling: Telling, facts: dict[str, Any]) -> None:
    member, level = _who(telling, facts), Level(facts["level"])
    safety = safety_now([member.pk], on=telling.today)[member.pk]
    review = last_review_day(level, on=telling.today)
    standing = standing_now(member.pk, on=telling.today)
    if quick_faults(level, review, standing=standing, safety=safety, on=telling.today):
        return
    judge_quickly(by=telling.by, member=member, judged=QuickJudgement(_purpose(facts), level, review), seen_number=0)


def _prepare(telling: Telling, facts: dict[str, Any]) -> FamilyMember:
    member = _who(telling, facts)
    purpose = _purpose(facts)
    assessment = start_assessment(
        by=telling.by,
        member=member,
        variant="community",
        hypothesis=facts.get("expected", ""),
        **vars(purpose),
    )
    for party in ("person", "member", *(["other"] if "other" in facts.get("said", {}) else [])):
        talk = hold_conversation(
            by=telling.by,
            assessment=assessment,
            party=party,
            who="Keyworker" if party == "other" else "",
            held_on=telling.today - timedelta(days=5),
            how="meeting",
            alone=True,
            present="",
            narrative="",
        )
        answers = [
            AnswerFacts(item, rating, nature, evidence)
            for item, (rating, nature, evidence) in facts.get("said", {}).get(party, {}).items()
        ]
        record_accounts(by=telling.by, assessment=assessment, source=party, answers=answers, conversation=talk)
    findings = facts.get("findings", {})
    differs = facts.get("differs", {})
    record_findings(
        by=telling.by,
        assessment=assessment,
        findings=[FindingFacts(item, rating, differs=differs.get(item, "")) for item, rating in findings.items()],
    )
    return member


def _full(telling: Telling, facts: dict[str, Any]) -> None:
    """A whole judgement, as high as safety lets it be today."""
    member = _prepare(telling, facts)
    assessment = Assessment.objects.get(family_member=member, closed_at=None)
    found = facts.get("findings", {})
    record_findings(
        by=telling.by,
        assessment=assessment,
        findings=[
            FindingFacts(item.key, Rating.PRESENT if item.direction is Direction.ASSET else Rating.NOT_PRESENT)
            for item in bank_on(telling.today).items
            if item.key not in found
        ],
    )
    preparation = preparation_of(assessment, member=member, person=telling.person)
    proposal = Proposal(
        summary=Summary(facts["summary"]),
        level=Level(facts["level"]),
        level_cap=Level(facts["cap"]),
        confidence=Confidence(facts["confidence"]),
        review_on=telling.today + timedelta(days=facts["days"]),
        conditions=tuple(facts["conditions"]),
    )
    grounds = preparation.grounds(safety_now([member.pk], on=telling.today)[member.pk])
    if faults_of(proposal, grounds, on=telling.today):
        return
    judgement = judge(
        by=telling.by,
        preparation=preparation,
        judged=FullJudgement(
            purpose=_purpose(facts),
            proposal=proposal,
            reasons=facts["reasons"],
            goes_wrong=facts["goes_wrong"],
            hypothesis_end=facts["became"],
            learned=facts["learned"],
        ),
        seen_number=Judgement.objects.filter(family_member=member.pk).count(),
        seen_version=assessment.version,
    )
    if facts.get("approve"):
        approval = Approval.objects.get(kind=APPROVAL, subject=judgement.pk)
        decide_approval(by=telling.user("senior"), approval=approval, state=ApprovalState.APPROVED, reason="")


def _second_look(telling: Telling, facts: dict[str, Any]) -> None:
    member = _who(telling, facts)
    judgement = judgement_of(standing_now(member.pk, on=telling.today))
    if judgement is None:
        return
    ask_for_second_look(
        by=telling.by,
        member=member,
        judgement=judgement,
        kind=facts["kind"],
        asked_by=facts["asked_by"],
        asked_on=telling.today - timedelta(days=facts["days_ago"]),
        how=facts["how"],
        words=facts["words"],
    )
