"""A joint exception of senior and adviser (R088): asking, answering, ending. Only the two sides read its words."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.actions import OwnWorkError
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.flags.actions import (
    ExceptionSaid,
    ExceptionStandsError,
    ExceptionStateError,
    NothingToExceptError,
    answer_exception,
    ask_for_exception,
    end_exception,
    note_answer_read,
)
from alongside.safety.flags.actions.exceptions import SIDES
from alongside.safety.flags.forms import AnswerExceptionForm, EndPlanForm, ExceptionForm
from alongside.safety.flags.models import ExceptionSide, ExceptionState, JointException
from alongside.safety.flags.views.common import CURRENT, form_page, home_of, member_if_any, sight_for
from alongside.safety.guidance.reading import note_read
from alongside.safety.guidance.rules import Point

LIFTS_NOTHING = (
    "It lifts nothing by itself: every stop still stands, and whoever acts still asks first. The person on probation"
    " and the family are told nothing of it."
)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Ask the other of the two to agree to something that abuse stops."""
    sight = sight_for(request, person_id, *SIDES)
    member = member_if_any(person_id, member_id)
    if member is None:
        raise Http404
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = ExceptionSaid(**form.cleaned_data)
        try:
            row = ask_for_exception(by=user_of(request), side=_sides(sight)[0], member=member, said=said)
        except (NothingToExceptError, ExceptionStandsError) as refused:
            form.add_error(None, str(refused))
        else:
            note_read(request, Point.FLAG)
            messages.success(request, "Asked. Nothing is excepted until the other of the two agrees.")
            return redirect("flags:exception", person_id, row.pk)
    return form_page(
        request,
        sight,
        form,
        title=f"A joint exception for {member.name}",
        words=f"A senior and a domestic abuse adviser decide it together, for the victim’s own safety. {LIFTS_NOTHING}",  # noqa: RUF001
        back=home_of(person_id, member),
        button="Ask the other of the two",
        guided=True,
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person_id: UUID, exception_id: UUID) -> HttpResponse:
    """One exception: what was asked and answered; the other of the two answers here."""
    sight = sight_for(request, person_id, *SIDES)
    row, user = _row(person_id, exception_id), user_of(request)
    if row.state != ExceptionState.WAITING:
        note_answer_read(by=user, row=row)
    side = next((one for one in _sides(sight) if one != row.asked_as), None)
    answers = row.state == ExceptionState.WAITING and side is not None and row.asked_by != user.pk
    form = AnswerExceptionForm(
        request.POST if request.method == "POST" and answers else None, initial={"version": row.version}
    )
    if answers and side is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            answer_exception(
                by=user,
                side=side,
                row=row,
                seen_version=typed["version"],
                agrees=typed["agrees"],
                answer=typed["answer"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, exception_id))
        except (OwnWorkError, ExceptionStateError) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Noted. The other of the two sees your answer.")
            return redirect("flags:exception", person_id, exception_id)
    return render_case(
        request,
        "safety/flags/exception.html",
        sight,
        current=CURRENT,
        row=row,
        lifts_nothing=LIFTS_NOTHING,
        form=form if answers else None,
        waits_for=ExceptionSide(row.asked_as).label if row.asked_as else "",
        may_end=row.state in {ExceptionState.WAITING, ExceptionState.AGREED},
        back=home_of(person_id, row.family_member),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, exception_id: UUID) -> HttpResponse:
    """End an exception: either side may, alone and at once."""
    sight = sight_for(request, person_id, *SIDES)
    row = _row(person_id, exception_id)
    form = EndPlanForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            end_exception(by=user_of(request), row=row, seen_version=typed["version"], note=typed["note"])
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, exception_id))
        except ExceptionStateError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Ended. Everything that stops, stops.")
            return redirect(home_of(person_id, row.family_member))
    return form_page(
        request,
        sight,
        form,
        title="End this exception",
        back=home_of(person_id, row.family_member),
        button="End it",
    )


def _sides(sight: Sight) -> list[ExceptionSide]:
    return [side for right, side in SIDES.items() if sight.may(right)]


def _row(person_id: UUID, exception_id: UUID) -> JointException:
    row = (
        JointException.objects.filter(person=person_id, pk=exception_id)
        .select_related("family_member", "person")
        .first()
    )
    if row is None:
        raise Http404
    return row
