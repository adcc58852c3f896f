"""The policy: every rule in words, its versions, a draft, what it would change, and its approval."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import needs, signed_in, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.decisions.actions.policies import (
    PolicyFaultError,
    PolicyStateError,
    approve_policy,
    change_draft,
    draft_policy,
    drop_policy,
    return_policy,
    submit_policy,
    try_policy,
    why_tried_again,
)
from alongside.involvement.decisions.models import PolicyState, PolicyVersion, Trial
from alongside.involvement.decisions.policy_forms import ApprovePolicyForm, PolicyForm, data_from, initial_of
from alongside.involvement.decisions.queries.policies import (
    changes_of_rules,
    latest_trials,
    policy_before,
    policy_of,
    policy_on,
    tried_against,
    versions,
)
from alongside.involvement.decisions.rules import DEFAULT, RULES, Kind, Outcome, Policy
from alongside.involvement.decisions.waiting import changed_in
from alongside.involvement.decisions.words import ACTS, MATTERS, SHORT, topic_words
from alongside.people.allocations.queries import visible_to

TEMPLATES = "involvement/decisions/policy"
WHAT = "decisions.policy"
CASES_SHOWN = 20
KINDS = {
    Kind.STOP: ("Hard stops", "No policy loosens these. A lawful disclosure decision has its own rules."),
    Kind.LIMIT: ("Limits", "These read the data below, within floors that no data can pass."),
    Kind.SAFETY: ("Ask first", "Somebody else weighs it before it happens."),
    Kind.CONDITION: ("Conditions", "What is kept to while doing it."),
}


@require_GET
@signed_in
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every rule in words with its source, the data in force, and every version."""
    policy = policy_on(today())
    holding = holding_of(request.user)
    record_consultation(by=user_of(request), what=WHAT)
    rows = list(versions())
    changed = changes_of_rules(rows)
    return render(
        request,
        f"{TEMPLATES}/rules.html",
        {
            "groups": [
                (title, words, [(rule, changed.get(rule.id, ())) for rule in RULES.values() if rule.kind is kind])
                for kind, (title, words) in KINDS.items()
            ],
            "policy": policy,
            "tables": tables_of(policy),
            "versions": rows,
            "may_draft": holding.may(Right.DRAFT_POLICY),
            "may_open": holding.may(Right.DRAFT_POLICY) or holding.may(Right.APPROVE_POLICY),
        },
    )


def tables_of(policy: Policy, beside: Policy | None = None) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The data of a policy in words; `beside`, what another says where it differs."""
    other = beside or policy

    def row(label: str, value: object, was: object) -> tuple[str, str, str]:
        return (label, str(value), "" if value == was else str(was))

    return [
        (
            "Level that an act takes",
            [row(ACTS[act], level, other.act_levels.get(act)) for act, level in policy.act_levels.items()],
        ),
        (
            "Level that a topic takes",
            [
                row(topic_words(topic), level, other.topic_levels.get(topic))
                for topic, level in policy.topic_levels.items()
            ],
        ),
        (
            "Who is asked first",
            [
                row(MATTERS[asked].capitalize(), _role(role), _role(other.approvers.get(asked, "")))
                for asked, role in policy.approvers.items()
            ],
        ),
        (
            "What each role may do",
            [
                row(_role(role), _acts(acts), _acts(other.remits.get(role, frozenset())))
                for role, acts in policy.remits.items()
            ],
        ),
        (
            "Other limits",
            [
                row("Highest level without a judgement", policy.light_level, other.light_level),
                row("Level from which an agreement is needed", policy.agreement_from, other.agreement_from),
                row("First hour for calls and visits", f"{policy.call_from}:00", f"{other.call_from}:00"),
                row("Last hour for calls and visits", f"{policy.call_until}:00", f"{other.call_until}:00"),
                row("Topics to handle word for word", _topics(policy), _topics(other)),
                row(
                    "More contact than agreed",
                    "ask first" if policy.spent_budget_asks else "note why",
                    "ask first" if other.spent_budget_asks else "note why",
                ),
            ],
        ),
    ]


def _role(role: str) -> str:
    return ROLES[RoleCode(role)].label if role else "nobody"


def _acts(acts: frozenset[str]) -> str:
    if len(acts) == len(ACTS):
        return "Everything"
    return "; ".join(words for act, words in ACTS.items() if act in acts) or "nothing"


def _topics(policy: Policy) -> str:
    return "; ".join(topic_words(topic) for topic in sorted(policy.careful_topics)) or "none"


@require_http_methods(["GET", "POST"])
@needs(Right.DRAFT_POLICY)
def draft(request: HttpRequest) -> HttpResponseBase:
    """A new draft, beginning with what is in force."""
    form = PolicyForm(**posted(request), initial=initial_of(policy_on(today())))
    if form.is_valid():
        try:
            row = draft_policy(by=user_of(request), data=data_from(form), reason=form.cleaned_data["reason"])
        except PolicyFaultError as fault:
            return _form(request, form, faults=fault.faults)
        return redirect("decisions:policy_version", row.pk)
    return _form(request, form)


@require_http_methods(["GET", "POST"])
@needs(Right.DRAFT_POLICY)
def change(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """Change a draft."""
    row = get_object_or_404(PolicyVersion, pk=policy_id, state=PolicyState.DRAFT)
    initial = initial_of(policy_of(row)) | {"reason": row.reason, "version": row.version}
    form = PolicyForm(**posted(request), initial=initial)
    if form.is_valid():
        try:
            change_draft(
                by=user_of(request),
                row=row,
                seen_version=form.cleaned_data["version"] or row.version,
                data=data_from(form),
                reason=form.cleaned_data["reason"],
            )
        except PolicyFaultError as fault:
            return _form(request, form, row=row, faults=fault.faults)
        except ChangedMeanwhileError as meanwhile:
            current = PolicyVersion.objects.get(pk=meanwhile.current.pk)
            form.changed_meanwhile(
                initial_of(policy_of(current)) | {"reason": current.reason, "version": current.version}, by=""
            )
        else:
            return redirect("decisions:policy_version", row.pk)
    return _form(request, form, row=row)


def _form(
    request: HttpRequest, form: PolicyForm, *, row: PolicyVersion | None = None, faults: tuple[Any, ...] = ()
) -> HttpResponseBase:
    return render(request, f"{TEMPLATES}/form.html", {"form": form, "row": row, "faults": faults})


@require_GET
@signed_in
def version(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """One version: what it changes, what trying it showed, and what may be done with it now."""
    holding = holding_of(request.user)
    if not (holding.may(Right.DRAFT_POLICY) or holding.may(Right.APPROVE_POLICY)):
        raise PermissionDenied("Only someone who may draft or approve policy can open this page.")
    row = get_object_or_404(PolicyVersion, pk=policy_id)
    record_consultation(by=user_of(request), what=WHAT)
    return _version(request, row)


def _version(
    request: HttpRequest, row: PolicyVersion, *, form: ApprovePolicyForm | None = None, status: int = 200
) -> HttpResponseBase:
    user, holding = user_of(request), holding_of(request.user)
    before = policy_before(row)
    trial = latest_trials([row]).get(row.pk)
    waits = row.state in (PolicyState.DRAFT, PolicyState.WAITING)
    stale = why_tried_again(row, trial) if waits and trial else ""
    mine = row.drafted_by == user.pk
    may_draft = holding.may(Right.DRAFT_POLICY) and row.state == PolicyState.DRAFT
    may_approve = holding.may(Right.APPROVE_POLICY) and row.state == PolicyState.WAITING and not mine
    return render(
        request,
        f"{TEMPLATES}/version.html",
        {
            "row": row,
            "tables": [
                (title, [line for line in lines if line[2]])
                for title, lines in tables_of(policy_of(row), before)
                if any(line[2] for line in lines)
            ],
            "before": before.version,
            "trial": trial,
            "past": _shown(trial, "past", user),
            "present": _shown(trial, "present", user),
            "stale": stale,
            "against": tried_against(trial) if trial else None,
            "in_all": changed_in(trial) if trial else None,
            "may_draft": may_draft,
            "may_try": bool(stale) if row.state == PolicyState.WAITING else may_draft,
            "may_drop": holding.may(Right.DRAFT_POLICY) and row.state in (PolicyState.DRAFT, PolicyState.WAITING),
            "may_approve": may_approve,
            "own_work": mine and row.state == PolicyState.WAITING and holding.may(Right.APPROVE_POLICY),
            "form": form or (ApprovePolicyForm(initial={"version": row.version}) if may_approve else None),
        },
        status=status,
    )


def _shown(trial: Trial | None, name: str, user: object) -> dict[str, Any] | None:
    """Counts of one replay in words, with those cases that this user may see."""
    if trial is None:
        return None
    data = trial.result[name]
    seen = visible_to(user, Right.SEE_CASE).filter(pk__in=data["cases"])[:CASES_SHOWN]
    return {
        "answers": data["answers"],
        "distinct": data["distinct"],
        "erased": data["erased"],
        "total": sum(times for *_words, times in data["changed"]),
        "changed": [
            (ACTS[act], SHORT[Outcome[was]], SHORT[Outcome[becomes]], times, Outcome[becomes] < Outcome[was])
            for act, was, becomes, times in data["changed"]
        ],
        "cases": list(seen),
    }


@require_POST
@signed_in
def trial(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """Try a draft over every past answer and the present caseload, and watch it being tried.

    One that waits for approval is tried again by whoever drafts or approves, where another version came in between.
    """
    holding = holding_of(request.user)
    may_approve, may_draft = holding.may(Right.APPROVE_POLICY), holding.may(Right.DRAFT_POLICY)
    if not (may_approve or may_draft):
        raise PermissionDenied("Only someone who may draft or approve policy can try it.")
    states = [PolicyState.DRAFT, PolicyState.WAITING] if may_draft else [PolicyState.WAITING]
    row = get_object_or_404(PolicyVersion, pk=policy_id, state__in=states)
    progress = try_policy(by=user_of(request), row=row, next_url=reverse("decisions:policy_version", args=[row.pk]))
    return redirect("jobs:progress", progress.pk)


def _step(request: HttpRequest, policy_id: UUID, act: Callable[[PolicyVersion, int], object]) -> HttpResponseBase:
    row = get_object_or_404(PolicyVersion, pk=policy_id)
    seen = request.POST.get("version", "")
    try:
        act(row, int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
    except (PolicyStateError, PolicyFaultError) as fault:
        messages.error(request, str(fault))
    except ChangedMeanwhileError as meanwhile:
        messages.error(request, str(meanwhile))
    return redirect("decisions:policy_version", policy_id)


@require_POST
@needs(Right.DRAFT_POLICY)
def submit(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """Put a draft before whoever may approve it."""
    return _step(request, policy_id, lambda row, seen: submit_policy(by=user_of(request), row=row, seen_version=seen))


@require_POST
@needs(Right.DRAFT_POLICY)
def drop(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """Give a draft up."""
    return _step(request, policy_id, lambda row, seen: drop_policy(by=user_of(request), row=row, seen_version=seen))


@require_POST
@needs(Right.APPROVE_POLICY)
def approve(request: HttpRequest, policy_id: UUID) -> HttpResponseBase:
    """Approve a version from a day on, or send it back."""
    row = get_object_or_404(PolicyVersion, pk=policy_id)
    form = ApprovePolicyForm(request.POST)
    if not form.is_valid():
        return _version(request, row, form=form)
    said, user = form.cleaned_data, user_of(request)
    try:
        if said["decision"] == "return":
            return_policy(by=user, row=row, seen_version=said["version"], note=said["note"])
        else:
            approve_policy(
                by=user,
                row=row,
                seen_version=said["version"],
                starts_on=said["starts_on"],
                note=said["note"],
                today=today(),
            )
    except (PolicyStateError, PolicyFaultError, ChangedMeanwhileError) as fault:
        form.add_error("decision", str(fault))
        return _version(request, row, form=form)
    messages.success(request, "Decided.")
    return redirect("decisions:policy_version", row.pk)


__all__ = ["DEFAULT", "approve", "change", "draft", "drop", "rules", "submit", "trial", "version"]
