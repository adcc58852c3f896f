"""Saying how to act, without why."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import GovForm, VersionField
from alongside.people.casework.frames import case_for
from alongside.safety.protected.actions import AlreadySetError, end_instruction, set_instruction
from alongside.safety.protected.forms.told import REVIEW_AFTER, InstructionForm
from alongside.safety.protected.models import HandlingInstruction
from alongside.safety.protected.queries.pages import member_names
from alongside.safety.protected.views.frame import form_page, member_named

WHAT = "protected.handling"


class EndForm(GovForm):
    """Nothing to fill in: the version that was seen."""

    version = VersionField()


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say how to act, without why."""
    sight = case_for(request, person_id, right=Right.EDIT_SAFETY, what=WHAT)
    members = member_names(person_id)
    form = InstructionForm(
        request.POST or None, members=members, initial={"family_member": member_named(request, members)}
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            set_instruction(
                by=user_of(request),
                person=sight.person,
                instruction_id=typed["instruction"],
                member_id=UUID(typed["family_member"]) if typed["family_member"] else None,
                review_on=typed["review_on"] or today() + REVIEW_AFTER,
            )
        except AlreadySetError as stands:
            form.add_error("instruction", str(stands))
        else:
            messages.success(request, "Saved. It shows on the case to whoever visits, covers or is on duty.")
            return redirect("protected:page", person_id)
    return form_page(
        request,
        sight,
        form,
        title="Say how to act, without why",
        button="Save",
        lead="Everyone who works on the case reads this. It gives no reason and no name, and neither should you when "
        "you are asked: say “speak to whoever holds the case”.",
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, instruction_id: UUID) -> HttpResponse:
    """Take an instruction back."""
    sight = case_for(request, person_id, right=Right.EDIT_SAFETY, what=WHAT)
    row = HandlingInstruction.objects.filter(pk=instruction_id, person=person_id).first()
    if row is None:
        raise Http404
    if row.ended_on is not None:
        messages.warning(request, "Someone has taken this back already.")
        return redirect("protected:page", person_id)
    form = EndForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        try:
            end_instruction(by=user_of(request), row=row, seen_version=form.cleaned_data["version"])
        except ChangedMeanwhileError:
            messages.warning(request, "Someone else changed this meanwhile. Look again.")
        else:
            messages.success(request, "Taken back.")
        return redirect("protected:page", person_id)
    return form_page(
        request,
        sight,
        form,
        title=f"Take back “{label_of(str(row.instruction_id))}”?",
        button="Take it back",
        lead="Only when the danger behind it is over. Whoever visits, covers or is on duty no longer reads it.",
    )
