"""What someone told us: the page of a case, listening, one thing told, how it is handled, putting it right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.paging import page_of
from alongside.people.casework.frames import render_case
from alongside.safety.protected.actions import (
    CorrectedMeanwhileError,
    HandledMeanwhileError,
    correct_told,
    decide_handling,
    record_told,
)
from alongside.safety.protected.forms.told import HandlingForm, ToldForm, initial_told
from alongside.safety.protected.models import Handling, Told
from alongside.safety.protected.queries.pages import (
    correction_of,
    decisions_of,
    handling_row,
    history_of,
    instructions_of,
    member_names,
    members_of,
    names_of,
    owed_for,
    referrals_of,
    refused_on,
    stands_behind_wall,
    told_lines,
    told_of_case,
)
from alongside.safety.protected.views.frame import (
    CURRENT,
    form_page,
    member_named,
    reader_of,
    told_or_404,
    writer_of,
)


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was told in confidence on a case, what was disclosed, passed on and refused, and how to act."""
    sight = reader_of(request, person_id)
    page = page_of(told_of_case(person_id), request)
    return render_case(
        request,
        "safety/protected/page.html",
        sight,
        current=CURRENT,
        behind_wall=sight.person.behind_wall,  # type: ignore[attr-defined]
        told=told_lines(page.rows, members_of(sight.person)),
        page=page,
        decisions=[
            {
                "row": row,
                "standing": standing,
                "to": label_of(str(row.recipient_id)),
                "ground": label_of(str(row.ground_id)),
            }
            for row, standing in decisions_of(person_id)
        ],
        referrals=[
            {"row": row, "agency": label_of(str(row.agency_id)), "outcome": label_of(str(row.outcome_id or ""))}
            for row in referrals_of(person_id)
        ],
        refused=[{"row": row, "answer": label_of(str(row.answer_id))} for row in refused_on(person_id)],
        instructions=[
            {"row": row, "words": label_of(str(row.instruction_id)), "whom": row.family_member}
            for row in instructions_of(person_id, today())
        ],
        may_record=sight.may(Right.RECORD_PROTECTED),
        may_instruct=sight.may(Right.EDIT_SAFETY),
    )


@require_http_methods(["GET", "POST"])
def listen(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One honest line before listening, then what was said. Anyone may tell us something; it confirms nothing."""
    sight = writer_of(request, person_id)
    members = member_names(person_id)
    named = member_named(request, members)
    initial = {"family_member": named, "told_by": "told_by.FAMILY"} if named else {}
    form = ToldForm(request.POST or None, members=members, initial=initial)
    if form.is_valid():
        told = record_told(by=user_of(request), person=sight.person, facts=form.facts(), key=form.cleaned_data["once"])
        if stands_behind_wall(person_id):
            messages.success(request, "Saved. The source is protected until you decide otherwise.")
            return redirect("protected:told", person_id, told.pk)
        messages.success(
            request, "Saved behind the wall. Whoever holds the case is asked to act on it; you no longer see it."
        )
        return redirect("protected:page", person_id)
    return form_page(
        request,
        sight,
        form,
        title="Write down what someone told us",
        button="Save behind the wall",
        template="safety/protected/listen.html",
    )


@require_GET
def show_item(request: HttpRequest, person_id: UUID, told_id: UUID) -> HttpResponse:
    """One thing that was told: duty first, then their wishes, then what was said."""
    sight = reader_of(request, person_id)
    told = told_or_404(person_id, told_id)
    members = members_of(sight.person)
    handling = handling_row(told)
    history = history_of(told_id)
    names = names_of([told.recorded_by, *(row.decided_by for row in history)])
    return render_case(
        request,
        "safety/protected/item.html",
        sight,
        current=CURRENT,
        told=told,
        by_whom=members.get(told.family_member, "") if told.family_member else told.told_by_name,
        kind=label_of(str(told.told_by_id)),
        channel=label_of(str(told.channel_id)),
        about=members.get(told.about_member, "") if told.about_member else "",
        owed=owed_for(told.duties),
        context=[label_of(code) for code in told.context],
        handling=handling,
        may_know=label_of(handling.get("may_know", "")),
        state=label_of(handling.get("status", "")),
        referrals=[
            {"row": row, "agency": label_of(str(row.agency_id))} for row in referrals_of(person_id).filter(told=told_id)
        ],
        is_new=handling.get("status") == "held_status.NEW",
        recorded_by=names.get(told.recorded_by, ""),
        history=[
            {
                "row": row,
                "by": names.get(row.decided_by, ""),
                "may_know": label_of(str(row.may_know_id)),
                "status": label_of(str(row.status_id)),
            }
            for row in history
        ],
        corrected_by=correction_of(told),
        may_record=sight.may(Right.RECORD_PROTECTED),
    )


@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, person_id: UUID, told_id: UUID) -> HttpResponse:
    """Decide what the person may learn of it, and what can be done with it."""
    sight = writer_of(request, person_id)
    told = told_or_404(person_id, told_id)
    standing = handling_row(told)
    initial = _initial_handling(told)
    form = HandlingForm(request.POST or None, standing=standing["may_know"], initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            decide_handling(
                by=user_of(request),
                told=told,
                seen=typed["version"],
                may_know_id=typed["may_know"],
                may_know_from=typed["may_know_from"],
                status_id=typed["status"],
                reason=typed["reason"],
                discussed_with=typed["discussed_with"],
            )
        except HandledMeanwhileError as meanwhile:
            by = names_of([meanwhile.current.decided_by]).get(meanwhile.current.decided_by, "")
            form.changed_meanwhile(_initial_handling(told), by=by)
        else:
            messages.success(request, "Saved.")
            return redirect("protected:told", person_id, told_id)
    return form_page(
        request,
        sight,
        form,
        title="How is it handled?",
        button="Save",
        back=reverse("protected:told", args=[person_id, told_id]),
    )


def _initial_handling(told: Told) -> dict[str, Any]:
    rows = list(Handling.objects.filter(told=told).order_by("-decided_at", "-pk"))
    newest = rows[0]
    return {
        "may_know": newest.may_know_id,
        "may_know_from": newest.may_know_from,
        "status": newest.status_id,
        "reason": "",
        "discussed_with": newest.discussed_with or "",
        "version": len(rows),
    }


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID, told_id: UUID) -> HttpResponse:
    """Write the right words in place of wrong ones; both stay, and the newer counts."""
    sight = writer_of(request, person_id)
    told = told_or_404(person_id, told_id)
    later = correction_of(told)
    if later is not None and request.method != "POST":
        messages.warning(request, "Someone has corrected this already. This is what stands now.")
        return redirect("protected:told", person_id, later)
    form = ToldForm(request.POST or None, members=member_names(person_id), initial=initial_told(told))
    if form.is_valid():
        try:
            corrected = correct_told(by=user_of(request), told=told, facts=form.facts(), key=form.cleaned_data["once"])
        except CorrectedMeanwhileError as meanwhile:
            later = meanwhile.current.pk
            form.add_error(None, str(meanwhile))
        else:
            messages.success(request, "Corrected. What was written before stays in the history.")
            return redirect("protected:told", person_id, corrected.pk)
    return form_page(
        request,
        sight,
        form,
        title="Correct what was written",
        button="Save the correction",
        back=reverse("protected:told", args=[person_id, later or told_id]),
    )
