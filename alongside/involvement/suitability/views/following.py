"""Pausing, stepping down and resuming, signs of trouble, joined sessions, and second looks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import posted
from alongside.foundation.work.models import ToDo
from alongside.involvement.suitability.actions import (
    answer_second_look,
    ask_for_second_look,
    mark_in_the_way,
    note_discussion,
    pause,
    record_joined_session,
    resume,
    step_down,
)
from alongside.involvement.suitability.actions.following import (
    HadAHandError,
    NotNowError,
    judgement_of,
    may_not_answer,
    who_may_answer,
)
from alongside.involvement.suitability.actions.trail import SECOND_LOOK
from alongside.involvement.suitability.forms.following import (
    AnswerLookForm,
    DiscussionForm,
    MarkerForm,
    PauseForm,
    ResumeForm,
    SecondLookForm,
    SessionForm,
    StepDownForm,
)
from alongside.involvement.suitability.models import Judgement, SecondLook
from alongside.involvement.suitability.rules import Level
from alongside.involvement.suitability.views.shared import Seen, draw, draw_form, look, look_of_row, look_words
from alongside.involvement.suitability.wordings import words_for_family
from alongside.safety.protected.queries.duty import NO_HELP, help_for


def pause_it(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Stop for now, with words for the family that give nothing away."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    form = PauseForm(**posted(request))
    if form.is_valid():
        try:
            pause(by=user_of(request), member=seen.member, **form.cleaned_data)
        except NotNowError as not_now:
            form.add_error(None, str(not_now))
        else:
            messages.success(request, "Paused. Nobody acts on it until you resume or judge anew.")
            return seen.back()
    return _with_words(
        request, seen, form, title=f"Pause how {seen.member.name} is involved", button="Pause", key="paused"
    )


def step_it_down(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Less than was judged, at once."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    form = StepDownForm(**posted(request), below=seen.standing.facts.level)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            step_down(
                by=user_of(request),
                member=seen.member,
                level=Level(int(typed["level"])),
                reason=typed["reason"],
                told=typed["told"],
            )
        except NotNowError as not_now:
            form.add_error(None, str(not_now))
        else:
            messages.success(request, "Stepped down. To go further again takes a new judgement.")
            return seen.back()
    title = f"Step down how {seen.member.name} is involved"
    return _with_words(request, seen, form, title=title, button="Step down", key="stepped_down")


def _with_words(request: HttpRequest, seen: Seen, form: Any, *, title: str, button: str, key: str) -> HttpResponse:
    return draw(
        request,
        "step",
        seen,
        form=form,
        title=title,
        button=button,
        words=words_for_family(f"involvement.{key}", name=seen.member.given_name),
    )


def resume_it(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Go on as last judged."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    form = ResumeForm(**posted(request))
    if form.is_valid():
        try:
            resume(by=user_of(request), member=seen.member, **form.cleaned_data)
        except NotNowError as not_now:
            form.add_error(None, str(not_now))
        else:
            messages.success(request, "Resumed. It goes on as last judged.")
            return seen.back()
    return draw_form(request, seen, form, title=f"Resume how {seen.member.name} is involved", button="Resume")


def in_the_way(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """This is getting in the way."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    form = MarkerForm(**posted(request), initial={"on": today()})
    if form.is_valid():
        mark_in_the_way(by=user_of(request), member=seen.member, **form.cleaned_data)
        messages.success(request, "Noted. A second time within 28 days calls for a review.")
        return seen.back()
    return draw_form(
        request,
        seen,
        form,
        title="This is getting in the way",
        button="Save",
        words=f"Say so early, and in few words. It is about how {seen.member.name} is involved, not about them.",
    )


def joined_session(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """A session that the relative joined, and the part that the person had alone."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    form = SessionForm(**posted(request), initial={"on": today()})
    if form.is_valid():
        record_joined_session(by=user_of(request), member=seen.member, **form.cleaned_data)
        messages.success(request, "Noted.")
        return seen.back()
    return draw_form(
        request,
        seen,
        form,
        title=f"A session that {seen.member.name} joined",
        button="Save",
        words=f"{seen.person.called} has part of every session alone, with room to say what is hard to say.",
    )


def ask_second_look(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Someone does not agree: put it down in their words, and somebody else answers."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    judgement = judgement_of(seen.standing)
    form = SecondLookForm(**posted(request), initial={"asked_on": today()}, judged=judgement is not None)
    if form.is_valid():
        ask_for_second_look(by=user_of(request), member=seen.member, judgement=judgement, **form.cleaned_data)
        messages.success(request, "Put down. A senior who had no hand in it answers.")
        return seen.back()
    return draw_form(
        request,
        seen,
        form,
        title="They do not agree",
        button="Put it down",
        words="Anyone may ask for a second look, or complain. Nothing happens to them for it."
        if judgement
        else "Nobody has judged yet, so there is no judgement to look at again. Anyone may complain about how it"
        " stands. Nothing happens to them for it.",
    )


def second_look(request: HttpRequest, person_id: UUID, look_id: UUID) -> HttpResponse:
    """A second look: what was asked, and the answer."""
    row = SecondLook.objects.select_related("judgement").filter(pk=look_id, case=person_id).first()
    seen = look_of_row(request, person_id, row, right=Right.SEE_SUITABILITY)
    if row is None:
        raise Http404
    found = next(
        (one for one in getattr(seen.member, "look_rows", []) if one["id"] == str(row.pk) and one["outcome"]), None
    )
    answered = look_words(found) if found else None
    why_not = may_not_answer(row, user_of(request))
    form = None
    if answered is None and seen.sight.may(Right.APPROVE) and not why_not:
        form = AnswerLookForm(**posted(request), judged=row.judgement is not None)
    if request.method == "POST":
        if form is None and why_not:
            messages.warning(request, why_not)
            return seen.back()
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                answer_second_look(by=user_of(request), member=seen.member, look=row, **form.cleaned_data)
            except (HadAHandError, NotNowError) as refused:
                messages.warning(request, str(refused))
            else:
                messages.success(request, "Answered. Tell whoever asked, and how long it took.")
            return seen.back()
    others = who_may_answer(row) if why_not and answered is None else []
    ring = help_for(holding_of(request.user), today(), case_id=person_id) if why_not and not others else NO_HELP
    open_ones = ToDo.objects.filter(kind=SECOND_LOOK, subject=row.pk, done_at=None)
    asked = open_ones.values_list("for_user", flat=True).first()
    others.sort(key=lambda one: one.user_id != asked)
    whom: dict[str, Any] = {"others": others, "ring": ring, "asked": asked}
    return draw(request, "second_look", seen, form=form, look=row, answered=answered, why_not=why_not, **whom)


def discuss(request: HttpRequest, person_id: UUID, judgement_id: UUID) -> HttpResponse:
    """What came of talking a doubt through."""
    judgement = Judgement.objects.filter(pk=judgement_id, case=person_id).first()
    seen = look_of_row(request, person_id, judgement, right=Right.JUDGE_SUITABILITY)
    if judgement is None:
        raise Http404
    form = DiscussionForm(**posted(request))
    if form.is_valid():
        note_discussion(by=user_of(request), member=seen.member, judgement=judgement, **form.cleaned_data)
        messages.success(request, "Noted.")
        return seen.back()
    return draw_form(request, seen, form, title=f"Talked through with {judgement.by_name}", button="Save")
