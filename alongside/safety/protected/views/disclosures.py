"""Decisions to disclose: preparing one, another's word on it, and writing down what was then said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import render_case
from alongside.people.families.models import FamilyMember
from alongside.safety.protected.actions import (
    EndedAlreadyError,
    NotApprovedError,
    decide_disclosure,
    end_disclosure,
    note_answer_read,
    record_disclosure,
    review_disclosure,
)
from alongside.safety.protected.forms.disclosures import (
    APPROVE,
    DisclosureForm,
    EndEarlyForm,
    LookBackForm,
    MadeForm,
    ReviewForm,
)
from alongside.safety.protected.forms.told import moment_on
from alongside.safety.protected.models import DisclosureDecision
from alongside.safety.protected.queries.pages import (
    decision_or_none,
    end_row,
    made_under,
    member_names,
    names_of,
    review_row,
    standing_of,
)
from alongside.safety.protected.views.frame import CURRENT, form_page, reader_of, told_named, writer_of


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Prepare a decision to disclose. Someone else approves it before anything is said."""
    sight = writer_of(request, person_id)
    told = told_named(request, person_id)
    form = DisclosureForm(request.POST or None, members=member_names(person_id))
    if form.is_valid():
        decision = decide_disclosure(
            by=user_of(request),
            person=sight.person,
            facts=form.facts(),
            family_member_id=told.family_member if told else None,
            told_id=told.pk if told else None,
            to=form.to(),
            key=form.cleaned_data["once"],
        )
        messages.success(request, "Sent for approval. Say nothing until someone else has approved it.")
        return redirect("protected:disclosure", person_id, decision.pk)
    return form_page(
        request,
        sight,
        form,
        title="Decide to disclose",
        button="Send for approval",
        back=reverse("protected:told", args=[person_id, told.pk]) if told else "",
        lead="The person’s permission governs involvement. This is the other thing: telling someone because the law "  # noqa: RUF001
        "allows or demands it.",
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """One decision, whose word it waits for, and what was said under it."""
    sight = reader_of(request, person_id)
    decision = decision_or_none(decision_id, person_id)
    if decision is None:
        raise Http404
    return answer_decision(request, decision, sight=sight, may_review=sight.may(Right.APPROVE))


def answer_decision(
    request: HttpRequest, decision: DisclosureDecision, *, sight: Sight, may_review: bool
) -> HttpResponse:
    """The page of a decision of a case, with the form for whoever may approve it."""
    user, standing = user_of(request), standing_of(decision)
    if standing.approved is not None:
        note_answer_read(by=user, decision=decision)
    may_end = may_review and standing.may_end
    may_review = may_review and standing.approved is None and not standing.ended and decision.decided_by != user.pk
    kind = LookBackForm if decision.urgent else ReviewForm
    form = kind(request.POST if may_review and request.method == "POST" else None)
    if form.is_valid():
        try:
            review_disclosure(
                by=user,
                decision=decision,
                approved=form.cleaned_data["answer"] == APPROVE,
                reason=form.cleaned_data["reason"],
            )
        except (OwnWorkError, DecidedAlreadyError) as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Saved.")
        return redirect("protected:disclosure", sight.person.pk, decision.pk)
    return render_case(
        request,
        "safety/protected/disclosure.html",
        sight,
        current=CURRENT,
        form=form,
        may_review=may_review,
        may_write=sight.may(Right.RECORD_PROTECTED),
        may_end=may_end,
        **decision_context(decision),
    )


def decision_context(decision: DisclosureDecision) -> dict[str, Any]:
    """What a page shows of a decision."""
    review, ended = review_row(decision), end_row(decision)
    made = list(made_under(decision.pk))
    others = [UUID(row["by"]) for row in (review, ended) if row]
    names = names_of([decision.decided_by, *(row.made_by for row in made), *others])
    return {
        "decision": decision,
        "standing": standing_of(decision),
        "labels": {
            name: label_of(str(getattr(decision, f"{name}_id")))
            for name in ("recipient", "ground", "regime", "informed")
        },
        "to_member": FamilyMember.objects.filter(pk=decision.to_member).first() if decision.to_member else None,
        "topics": [label_of(f"permission_topic.{topic}") for topic in decision.topics],
        "decided_by": names.get(decision.decided_by, ""),
        "review": review,
        "reviewed_by": names.get(UUID(review["by"]), "") if review else "",
        "approval": "" if not review else "Approved" if review["approved"] else "Not approved",
        "ended": ended
        and {
            "by": names.get(UUID(ended["by"]), ""),
            "reason": ended["reason"],
            "at": datetime.fromisoformat(ended["at"]),
        },
        "made": [
            {"row": row, "by": names.get(row.made_by, ""), "channel": label_of(str(row.channel_id))} for row in made
        ],
    }


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """Write down what was said under an approved decision: each time, so that the log is whole."""
    sight = writer_of(request, person_id)
    decision = decision_or_none(decision_id, person_id)
    if decision is None:
        raise Http404
    back = reverse("protected:disclosure", args=[person_id, decision_id])
    if standing_of(decision).approved is not True:
        messages.warning(request, "Nobody has approved this: nothing may be said under it.")
        return redirect(back)
    form = MadeForm(request.POST or None, initial={"to": decision.recipient_name})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_disclosure(
                by=user_of(request),
                decision=decision,
                said=typed["said"],
                to=typed["to"],
                channel_id=typed["channel"],
                at=moment_on(typed["on"]),
                key=typed["once"],
            )
        except NotApprovedError as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "Saved in the log of disclosures.")
            return redirect(back)
    lead = "" if standing_of(decision).may_tell else "It no longer holds. Write down only what was said while it did."
    return form_page(request, sight, form, title="What did you say?", button="Save", back=back, lead=lead)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """End a decision before its last day, by whoever may approve one."""
    sight = reader_of(request, person_id)
    decision = decision_or_none(decision_id, person_id) if sight.may(Right.APPROVE) else None
    if decision is None:
        raise Http404
    back = reverse("protected:disclosure", args=[person_id, decision_id])
    form = EndEarlyForm(**posted(request))
    if form.is_valid():
        try:
            end_disclosure(by=user_of(request), decision=decision, reason=form.cleaned_data["reason"])
        except EndedAlreadyError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Ended. From now on nothing may be said under it.")
        return redirect(back)
    return form_page(
        request,
        sight,
        form,
        title="End this decision early?",
        button="End it now",
        back=back,
        lead="It ends at once: May I? no longer rests on it, and neither does an answer that was kept. What was said "
        "under it stays in the log.",
    )
