"""What is kept from a family member, what they say for themselves, and how they may safely be reached."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.content.queries import NotApprovedError, content, wording_for_sending
from alongside.foundation.ui.forms import posted
from alongside.safety.permissions.actions import (
    NotWillinglyError,
    SaidMeanwhileError,
    WordWeSayError,
    keep_private,
    keep_safe_contact,
    note_answer,
)
from alongside.safety.permissions.forms.theirs import AnswerForm, PrivateForm, SafeContactForm
from alongside.safety.permissions.models import PrivateTopics, SafeContactProfile
from alongside.safety.permissions.queries import latest_of
from alongside.safety.permissions.rules import Voicemail, Willing
from alongside.safety.permissions.views.common import about, form_page, to_member

STATEMENT = "permissions.confidentiality"


@require_http_methods(["GET", "POST"])
def private(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note what the person wants kept from a family member."""
    found = about(request, person_id, member_id)
    last = latest_of(PrivateTopics, member_id)
    initial = {"seen": found.seen, "topics": (last.topics or []) if last else [], "words": last.words if last else ""}
    form = PrivateForm(**posted(request), initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            keep_private(
                by=user_of(request),
                member=found.member,
                topics=typed["topics"],
                words=typed["words"],
                seen=form.seen_number(),
            )
        except SaidMeanwhileError as meanwhile:
            form.said_meanwhile(meanwhile.number, str(meanwhile))
        else:
            messages.success(request, "Saved. It is never spoken of in front of them, whatever else is permitted.")
            return to_member(found)
    title = f"What {found.called} wants kept from {found.member.name}"
    words = f"Ask {found.called} alone. Nobody is told that there is a list."
    return form_page(request, found, form, title=title, words=words, button="Save")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note what the family member says for themselves."""
    found = about(request, person_id, member_id)
    form = AnswerForm(**posted(request), initial={"seen": found.seen, "language": "en"})
    if form.is_valid():
        try:
            statement = None
            if form.cleaned_data["state"] == Willing.AGREED and form.cleaned_data["read"]:
                statement = wording_for_sending(STATEMENT, form.cleaned_data["language"] or "en").version_id
            note_answer(
                by=user_of(request), member=found.member, answer=form.answer(statement), seen=form.seen_number()
            )
        except NotApprovedError as refusal:
            form.add_error("language", str(refusal))
        except NotWillinglyError as refusal:
            form.add_error("read" if form.cleaned_data["apart"] else "apart", str(refusal))
        except SaidMeanwhileError as meanwhile:
            form.said_meanwhile(meanwhile.number, str(meanwhile))
        else:
            messages.success(request, "Saved.")
            return to_member(found)
    return form_page(
        request,
        found,
        form,
        title=f"What {found.member.name} says for themselves",
        button="Save",
        template="answer.html",
        statement=content(STATEMENT).html({"name": found.called}),
    )


@require_http_methods(["GET", "POST"])
def safe_contact(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note when and how a family member may safely be reached."""
    found = about(request, person_id, member_id)
    form = SafeContactForm(
        **posted(request), initial=_initial(latest_of(SafeContactProfile, member_id)) | {"seen": found.seen}
    )
    if form.is_valid():
        try:
            keep_safe_contact(by=user_of(request), member=found.member, profile=form.profile(), seen=form.seen_number())
        except WordWeSayError as refusal:
            form.add_error("their_word", str(refusal))
        except SaidMeanwhileError as meanwhile:
            form.said_meanwhile(meanwhile.number, str(meanwhile))
        else:
            messages.success(request, "Saved. Nothing is sent to them at other times or in other ways.")
            return to_member(found)
    title = f"How {found.member.name} may safely be reached"
    words = "Ask them: who else sees or answers, and what happens at home if we get in touch?"
    return form_page(request, found, form, title=title, words=words, button="Save")


def _initial(profile: SafeContactProfile | None) -> dict[str, Any]:
    if profile is None:
        return {"voicemail": Voicemail.NOT_ASKED}
    return {
        "days": [str(day) for day in profile.days or ()],
        "from_time": f"{profile.from_time:%H:%M}" if profile.from_time else "",
        "until_time": f"{profile.until_time:%H:%M}" if profile.until_time else "",
        "never": profile.never or [],
        "voicemail": profile.voicemail,
        "code_word": profile.code_word or "",
        "their_word": profile.their_word or "",
        "note": profile.note or "",
    }
