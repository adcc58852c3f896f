"""Saying no to someone who has no right to know: the words to say, and a note that it was asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.reference.queries import label_of
from alongside.people.casework.frames import case_for
from alongside.people.persons.models import Person
from alongside.safety.protected.actions import log_refusal
from alongside.safety.protected.forms.disclosures import RefusalForm
from alongside.safety.protected.queries.pages import member_names, names_of, refused_without_case
from alongside.safety.protected.views.frame import WHAT, form_page, member_named

SHOWN = 10


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """For everyone, reception first: the words to say, without a look at any case."""
    user = user_of(request)
    form = RefusalForm(request.POST or None)
    if form.is_valid():
        _save(request, form)
        return redirect("protected:refused")
    rows = list(refused_without_case()[:SHOWN])
    names = names_of([row.answered_by for row in rows])
    return render(
        request,
        "safety/protected/refused.html",
        {
            "form": form,
            "rows": [
                {"row": row, "by": names.get(row.answered_by, ""), "answer": label_of(str(row.answer_id))}
                for row in rows
            ],
            "own": user.pk,
        },
    )


@require_http_methods(["GET", "POST"])
def log_on_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same on a case, for those who work on it."""
    sight = case_for(request, person_id, right=Right.RECORD_PROTECTED, what=WHAT)
    members = member_names(person_id)
    form = RefusalForm(request.POST or None, initial={"asked_by": members.get(_id(member_named(request, members)), "")})
    if form.is_valid():
        _save(request, form, sight.person)
        if form.cleaned_data["would_not_leave"] and sight.may(Right.EDIT_SAFETY):
            messages.info(request, "Now write down what happened, so that a ban and what the desk does can follow.")
            return redirect("flags:incident", person_id)
        return redirect("protected:page", person_id)
    return form_page(
        request,
        sight,
        form,
        title="Someone asked for what they may not know",
        button="Save",
        template="safety/protected/refused_on_case.html",
    )


def _id(text: str) -> UUID:
    return UUID(text) if text else UUID(int=0)


def _save(request: HttpRequest, form: RefusalForm, person: Person | None = None) -> None:
    typed = form.cleaned_data
    log_refusal(
        by=user_of(request),
        person=person,
        channel_id=typed["channel"],
        answer_id=typed["answer"],
        key=typed["once"],
        **{name: typed[name] for name in ("asked_by", "asked_for", "happened", "would_not_leave")},
    )
    messages.success(request, "Saved. Nothing was disclosed.")
