"""The table of a preparation: where it begins, everything that is on it, and setting it aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.suitability.actions import (
    change_assessment,
    set_aside,
    start_assessment,
)
from alongside.involvement.suitability.actions.preparing import BeingPreparedError
from alongside.involvement.suitability.forms.preparing import (
    NotesForm,
    SetAsideForm,
    StartForm,
)
from alongside.involvement.suitability.models import Party
from alongside.involvement.suitability.preparation import Preparation, open_assessment, open_preparation
from alongside.involvement.suitability.questions import Section
from alongside.involvement.suitability.views.shared import Seen, draw, draw_form, look
from alongside.people.casework.queries.editors import last_editor

NEITHER_TALK = ("records", "seen")
SOURCE_WORDS = {"records": "What records say", "seen": "What we saw ourselves"}


def prepared(request: HttpRequest, person_id: UUID, member_id: UUID) -> tuple[Seen, Preparation]:
    """The involvement and what is being prepared about it; 404 where nothing is."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    preparation = open_preparation(member=seen.member, person=seen.person)
    if preparation is None:
        raise Http404
    return seen, preparation


def start(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What it is for, and what one expects; then go on in any order."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    if open_assessment(member_id) is not None:
        return redirect("suitability:prepare", *seen.args)
    form = StartForm(**posted(request))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            start_assessment(
                by=user_of(request),
                member=seen.member,
                variant=typed.pop("variant"),
                purpose_id=typed.pop("purpose"),
                **typed,
            )
        except BeingPreparedError as begun:
            messages.warning(request, str(begun))
        return redirect("suitability:prepare", *seen.args)
    return draw_form(
        request,
        seen,
        form,
        title=f"Prepare a judgement about involving {seen.member.name}",
        button="Begin",
        words="Only what it is for is needed now. All else can wait: stop and come back whenever you like.",
    )


def prepare(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The table: conversations, what was found so far, what is still open, and the way to the judgement."""
    seen, preparation = prepared(request, person_id, member_id)
    return draw(
        request,
        "prepare",
        seen,
        preparation=preparation,
        assessment=preparation.assessment,
        talks=preparation.conversations,
        party_links=[
            ("person", f"{seen.person.called}, alone"),
            ("member", seen.member.given_name),
            ("other", "someone else who knows them"),
        ],
        has_unalone=any(talk.party == Party.PERSON and not talk.alone for talk in preparation.conversations)
        and not preparation.spoke_alone,
        alone_text=f"Begin with {seen.person.called}, alone",
        judge_classes="" if preparation.spoke_alone else "govuk-button--secondary",
        sections=[_progress(preparation, section) for section in preparation.bank.sections],
        differing=[item.statement for item in preparation.items if item.key in preparation.differing],
        first_section=preparation.bank.sections[0].key,
        sources=SOURCE_WORDS.items(),
    )


def _progress(preparation: Preparation, section: Section) -> dict[str, Any]:
    items = preparation.shown(section)
    weighed = [item for item in items if item.key in preparation.findings]
    heard = [item for item in items if preparation.accounts_of(item.key)]
    state = "Weighed" if len(weighed) == len(items) else "Begun" if weighed or heard else "Not begun"
    return {"section": section, "state": state, "done": len(weighed) == len(items)}


def notes(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Why, and one's own notes beside the questions."""
    seen, preparation = prepared(request, person_id, member_id)
    assessment = preparation.assessment
    names = ("why_person", "why_now", "will_do", "narrative", "agenda_stated", "agenda_inferred", "version")
    initial = {name: getattr(assessment, name) for name in names} | {"purpose": assessment.purpose_id}
    form = NotesForm(**posted(request), initial=initial)
    if form.is_valid():
        try:
            change_assessment(
                by=user_of(request), assessment=assessment, seen_version=form.cleaned_data["version"], **form.values()
            )
        except ChangedMeanwhileError:
            assessment.refresh_from_db()
            now = {name: getattr(assessment, name) for name in names} | {"purpose": assessment.purpose_id}
            form.changed_meanwhile(now, by=last_editor(person_id, assessment.pk))
        else:
            messages.success(request, "Saved.")
            return redirect("suitability:prepare", *seen.args)
    return draw_form(
        request,
        seen,
        form,
        title="What it is for, and your notes",
        button="Save and go back",
        back=reverse("suitability:prepare", args=seen.args),
    )


def stop(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Set the preparation aside without judging."""
    seen, preparation = prepared(request, person_id, member_id)
    form = SetAsideForm(**posted(request), initial={"version": preparation.assessment.version})
    if form.is_valid():
        try:
            set_aside(
                by=user_of(request),
                assessment=preparation.assessment,
                seen_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            messages.success(request, "Set aside. What was judged before still holds.")
            return seen.back()
    return draw_form(
        request,
        seen,
        form,
        title="Set this preparation aside",
        button="Set it aside",
        back=reverse("suitability:prepare", args=seen.args),
        words="What was written is kept with the case, and no judgement is made of it.",
    )
