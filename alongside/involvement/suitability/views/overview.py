"""How everyone is involved at a glance, how one relative is, one judgement as it was made, and what we ask."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.rows import day, read_rows
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError, decide_approval
from alongside.foundation.work.models import Approval as WorkApproval
from alongside.foundation.work.models import ApprovalState
from alongside.involvement.suitability.actions.trail import APPROVAL
from alongside.involvement.suitability.forms.judging import VerdictForm
from alongside.involvement.suitability.models import (
    Confidence,
    HypothesisEnd,
    Judgement,
    JudgementKind,
    Nature,
    Party,
    Pattern,
    Rating,
    Source,
    Told,
)
from alongside.involvement.suitability.queries import Version, moment, standings_of, versions_of, with_involvement
from alongside.involvement.suitability.questions import bank_on, banks
from alongside.involvement.suitability.rules import Level, Standing, State, StepKind, Summary
from alongside.involvement.suitability.views.shared import (
    CURRENT,
    Seen,
    draw,
    look,
    look_of_row,
    look_words,
    state_words,
)
from alongside.involvement.suitability.wordings import words_for_family
from alongside.people.casework.frames import case_for, render_case
from alongside.people.families.models import FamilyMember

STEP_WORDS = {
    StepKind.PAUSED: "Paused",
    StepKind.RESUMED: "Resumed",
    StepKind.STEPPED_DOWN: "Stepped down",
    StepKind.DISCUSSED: "Doubts talked through",
}


@require_GET
def show_overview(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everyone whom the person names, and how far each is involved, in words."""
    sight = case_for(request, person_id, right=Right.SEE_CONDITIONS, what="suitability.overview")
    full = sight.may(Right.SEE_SUITABILITY)
    members = list(
        with_involvement(FamilyMember.objects.filter(person=person_id, ended_on__isnull=True)).order_by(
            "added_at", "id"
        )
    )
    found = standings_of(members, on=today())
    rows = [
        {
            "member": member,
            "relationship": label_of(str(member.relationship_id)),
            "standing": found[member.pk],
            "level": Level(found[member.pk].facts.level).words,
            "state": state_words(found[member.pk], full=full),
            "summary": _summary(found[member.pk]) if full else "",
            "badge": badge_of(found[member.pk]),
            "review_on": _review_day(found[member.pk]),
            "to_find_out": _to_find_out(found[member.pk].facts.enquiries_open),
        }
        for member in members
    ]
    return render_case(
        request,
        "involvement/suitability/overview.html",
        sight,
        current=CURRENT,
        rows=rows,
        sees_all=full,
        may_judge=sight.may(Right.JUDGE_SUITABILITY),
    )


def _summary(standing: Standing) -> str:
    return standing.facts.summary.words if standing.facts.summary else ""


def _review_day(standing: Standing) -> date | None:
    return standing.in_force.review_on if standing.in_force else None


def _to_find_out(enquiries: int) -> str:
    if not enquiries:
        return "Nothing"
    return "1 thing" if enquiries == 1 else f"{enquiries} things"


def badge_of(standing: Standing) -> str:
    """How the badge looks: a state is never told by its colour alone."""
    tones = {State.REVIEW_DUE: "orange", State.PAUSED: "grey", State.PROPOSED: "purple", State.NONE: "grey"}
    tone = tones.get(standing.facts.state, "")
    return f"moj-badge--{tone}" if tone else ""


@require_GET
def show_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """How one relative is involved: the level, the conditions, what it is for, and what comes next."""
    seen = look(request, person_id, member_id, right=Right.SEE_CONDITIONS)
    full = seen.sight.may(Right.SEE_SUITABILITY)
    return draw(
        request,
        "member",
        seen,
        back=reverse(CURRENT, args=[person_id]),
        standing=seen.standing,
        state_words=state_words(seen.standing, full=full),
        level=Level(seen.standing.facts.level),
        cap=Level(seen.standing.facts.level_cap),
        summary=_summary(seen.standing) if full else "",
        badge=badge_of(seen.standing),
        in_force=_in_force(seen),
        steps_to_take=steps_to_take(seen),
        **(_everything(seen) if full else {}),
    )


def _in_force(seen: Seen) -> Version | None:
    found = seen.standing.in_force
    return next((v for v in versions_of(seen.member) if found and v.facts.id == found.id), None)


def _everything(seen: Seen) -> dict[str, Any]:
    """What those who may see judgements are shown beyond level and conditions."""
    version = _in_force(seen)
    return {
        "purpose": label_of(version.purpose_id) if version and version.purpose_id else "",
        "will_do": version.will_do if version else "",
        "versions": list(reversed(versions_of(seen.member))),
        "steps": [
            {
                "words": STEP_WORDS[StepKind(row["kind"])]
                + (f" to “{Level(row['level']).words}”" if row["level"] is not None else ""),
                "at": moment(row["at"]),
                "by_name": row["by_name"],
                "reason": row["reason"] or "",
                "told": Told(row["told"]).label if row["told"] else "",
            }
            for row in reversed(read_rows(seen.member, "taken_step_rows"))
        ],
        "enquiries": [
            row | {"due_on": day(row["due_on"])} for row in map(dict, read_rows(seen.member, "enquiry_rows"))
        ],
        "markers": [
            {
                "on": day(row["on"]),
                "pattern": Pattern(row["pattern"]).label if row["pattern"] else "",
                "said_by": row["said_by"],
                "note": row["note"] or "",
            }
            for row in reversed(read_rows(seen.member, "marker_rows"))
        ],
        "sessions": [dict(row) | {"on": day(row["on"])} for row in reversed(read_rows(seen.member, "session_rows"))],
        "looks": [look_words(row) for row in read_rows(seen.member, "look_rows")],
        "waiting": [v for v in versions_of(seen.member) if v.facts.id in {p.id for p in seen.standing.pending}],
        "may_say": words_for_family(f"involvement.{_what_to_say(seen.standing)}", name=seen.member.given_name)
        + words_for_family("involvement.second_look")
        if version or seen.standing.facts.state is State.PAUSED
        else [],
    }


def _what_to_say(standing: Standing) -> str:
    """The words for how it stands. They do not say why, and say the same whether safety is behind it or not."""
    if standing.facts.state is State.PAUSED:
        return "paused"
    if standing.stepped_down:
        return "stepped_down"
    return "may_be" if standing.facts.level >= Level.INFORMATION else "not_now"


def steps_to_take(seen: Seen) -> list[dict[str, str]]:
    """What can be done next, the obvious thing first."""
    standing, state = seen.standing, seen.standing.facts.state
    begun = bool(read_rows(seen.member, "prepared_rows"))
    quick = ("Say how they may help", "quick")
    full = ("Go on preparing the judgement", "prepare") if begun else ("Make the full judgement", "start")
    version = _in_force(seen)
    small = version is not None and version.kind == JudgementKind.QUICK
    steps = [full] if begun else []
    if standing.gate_closed:
        steps = [full]
    elif state is State.NONE:
        steps = [*steps, quick] if begun else [quick, full]
    elif state is State.PAUSED and not standing.triggers:
        steps = [*steps, ("Resume", "resume")]
    elif state in (State.REVIEW_DUE, State.PAUSED):
        again = ("Look again", "quick" if small else "start")
        steps = steps or [again]
    elif state is State.PROPOSED:
        steps = steps or [("Judge anew", "start")]
    else:
        steps = [*steps, ("Judge anew", "quick" if small else "start")]
    if state is not State.PAUSED and not standing.gate_closed:
        steps.append(("Pause", "pause"))
        if standing.in_force is not None and standing.facts.level > Level.MAPPED:
            steps.append(("Step down", "step_down"))
    urgent = begun or state in (State.NONE, State.REVIEW_DUE, State.PAUSED)
    return [
        {
            "text": text,
            "href": reverse(f"suitability:{page}", args=seen.args),
            "classes": "" if place == 0 and urgent else "govuk-button--secondary",
        }
        for place, (text, page) in enumerate(steps)
    ]


def show_judgement(request: HttpRequest, person_id: UUID, judgement_id: UUID) -> HttpResponse:
    """One judgement as it was made, with everything it stood on; and, for whoever may approve it, the decision."""
    row = Judgement.objects.filter(pk=judgement_id, case=person_id).first()
    seen = look_of_row(request, person_id, row, right=Right.SEE_SUITABILITY)
    version = next((v for v in versions_of(seen.member) if v.facts.id == judgement_id), None)
    if version is None or row is None:
        raise Http404
    waiting = WorkApproval.objects.filter(kind=APPROVAL, subject=row.pk, state=ApprovalState.WAITING).first()
    user = user_of(request)
    may_decide = waiting is not None and seen.sight.may(Right.APPROVE)
    own = str(user.pk) in row.contributors
    form = VerdictForm(**posted(request)) if may_decide and not own else None
    if request.method == "POST":
        if waiting is None:
            messages.warning(request, "Somebody has decided already, or a newer judgement took its place.")
            return seen.back()
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                decide_approval(
                    by=user,
                    approval=waiting,
                    state=ApprovalState(form.cleaned_data["state"]),
                    reason=form.cleaned_data["reason"],
                )
            except (OwnWorkError, DecidedAlreadyError) as refused:
                messages.warning(request, str(refused))
            else:
                messages.success(request, "Decided. Whoever judged finds it on their Today.")
            return seen.back()
    return draw(
        request,
        "judgement",
        seen,
        form=form,
        judgement=row,
        version=version,
        own=may_decide and own,
        level=Level(row.level),
        cap=Level(row.level_cap),
        summary=Summary(row.summary).words if row.summary else "",
        purpose=label_of(str(row.purpose_id)) if row.purpose_id else "",
        confidence=Confidence(row.confidence).label if row.confidence else "",
        expected=HypothesisEnd(row.hypothesis_end).label if row.hypothesis_end else "",
        is_full=row.kind == JudgementKind.FULL,
        verdict_reason=version.verdict_reason,
        may_discuss=row.confidence == Confidence.LOW and row.by != user.pk and seen.sight.may(Right.JUDGE_SUITABILITY),
        **in_words(row),
    )


def in_words(row: Judgement) -> dict[str, Any]:
    """What a judgement stood on, in words, each side by itself; nothing is counted."""
    grounds = row.grounds if isinstance(row.grounds, dict) else {}
    items = [_item(kept) for kept in grounds.get("items", [])]
    return {
        "grounds": grounds,
        "sides": [
            (title, [item for item in items if item["direction"] == direction])
            for title, direction in (("What speaks for it", "asset"), ("What could get in the way", "barrier"))
        ],
        "safety_items": [item for item in items if item["direction"] == "safety"],
        "talks": [
            dict(talk) | {"party_words": Party(talk["party"]).label, "on": day(talk["held_on"])}
            for talk in grounds.get("conversations", [])
        ],
    }


def _item(kept: dict[str, Any]) -> dict[str, Any]:
    finding = kept.get("finding") or {}
    return {
        "statement": kept["statement"],
        "direction": kept["direction"],
        "rating": Rating(finding["rating"]).label if finding else "Not weighed",
        "times": " and ".join(
            words for name, words in (("recent", "in the last year"), ("earlier", "before that")) if finding.get(name)
        ),
        "critical": finding.get("critical_reason", "") if finding.get("critical") else "",
        "differs": finding.get("differs", ""),
        "accounts": [
            {
                "source": Source(account["source"]).label,
                "rating": Rating(account["rating"]).label,
                "nature": Nature(account["nature"]).label,
                "evidence": account["evidence"],
            }
            for account in kept.get("accounts", [])
        ],
    }


@needs(Right.SEE_SUITABILITY)
def show_questions(request: HttpRequest) -> HttpResponseBase:
    """Every question that is asked in a full judgement, with its version, for anyone who judges or reads judgements."""
    wanted = request.GET.get("version", "")
    bank = banks().get(wanted) or bank_on(today())
    return render(
        request,
        "involvement/suitability/questions.html",
        {"bank": bank, "versions": list(banks()), "patterns": dict(Pattern.choices)},
    )
