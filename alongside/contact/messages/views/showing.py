"""Messages of a case and of a family member, one message with what became of it, and what a person decides about it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from alongside.contact.log.models import Contact
from alongside.contact.log.sharing import kept_answer
from alongside.contact.messages.actions.following import settle_unknown
from alongside.contact.messages.actions.writing import NotOpenError, call_off
from alongside.contact.messages.deciding import would_stop
from alongside.contact.messages.forms import DecideForm
from alongside.contact.messages.kinds import KINDS
from alongside.contact.messages.models import Outgoing
from alongside.contact.messages.preparing import CannotWriteError, letter_pdf
from alongside.contact.messages.queries import (
    lately_with,
    message_of,
    messages_of,
    phrases_of,
    replies_of,
    text_of,
)
from alongside.contact.messages.rules import OPEN, WENT, State
from alongside.contact.messages.seeing import may_see_address
from alongside.contact.messages.stopped import stopped_places
from alongside.contact.messages.views.common import (
    CASE_PAGE,
    TEMPLATES,
    draw_member,
    line_of,
    reply_line_of,
    sight_of_member,
)
from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.responses import file_response
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.paging import page_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case

LAST_REPLIES = 10


@require_GET
def case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The outbox of a case: every message to the family, what became of it, and what came back."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="messages.case")
    page = page_of(messages_of(person_id), request)
    return render_case(
        request,
        f"{TEMPLATES}/case.html",
        sight,
        current=CASE_PAGE,
        page=page,
        lines=[line_of(row) for row in page.rows],
        replies=[reply_line_of(row) for row in replies_of(person_id)[:LAST_REPLIES]],
    )


@require_GET
def member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Messages to one family member, words that may be sent to them, and what came back."""
    sight, found = sight_of_member(request, person_id, member_id, right=Right.SEE_CONTACTS, what="messages.member")
    page = page_of(messages_of(person_id, member_id=member_id), request)
    may_write = sight.may(Right.SEND_MESSAGES)
    phrases = phrases_of(member_id) if sight.may(Right.SEE_PERMISSIONS) else []
    return draw_member(
        request,
        "member.html",
        sight,
        found,
        page=page,
        lines=[line_of(row) for row in page.rows],
        replies=[reply_line_of(row) for row in replies_of(person_id, member_id=member_id)[:LAST_REPLIES]],
        phrases=[(phrase, label_of(f"permission_topic.{phrase.topic}")) for phrase in phrases],
        prefer=lately_with(member_id).prefer if may_write else "",
        stopped=stopped_places(found, sight.rights) if may_write else [],
        may_write=may_write,
        may_agree_words=sight.may(Right.EDIT_PERMISSIONS),
    )


@require_GET
def message(request: HttpRequest, person_id: UUID, outgoing_id: UUID) -> HttpResponse:
    """One message: its words, where it stands, what it rests on, and what can be done about it."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="messages.message")
    outgoing = message_of(person_id, outgoing_id)
    return _show(request, sight, outgoing, DecideForm())


def _show(request: HttpRequest, sight: Sight, outgoing: Outgoing, form: DecideForm) -> HttpResponse:
    subject, text = text_of(outgoing)
    state = State(outgoing.state)
    kind = KINDS.get(outgoing.kind)
    may_write = sight.may(Right.SEND_MESSAGES)
    noted = state in (*WENT, State.NOT_DELIVERED) and Contact.objects.filter(pk=outgoing.pk).exists()
    return render_case(
        request,
        f"{TEMPLATES}/message.html",
        sight,
        current=CASE_PAGE,
        outgoing=outgoing,
        line=line_of(outgoing),
        subject=subject if outgoing.channel != "text" else "",
        lines=text.split("\n"),
        letter=outgoing.letter is not None and may_see_address(outgoing, sight.rights),
        kind=kind,
        waits=state is State.WAITING,
        would_stop=would_stop(outgoing) if state in (State.WAITING, State.ON_ITS_WAY) else "",
        answers=[answer for one in outgoing.decisions if (answer := kept_answer(sight, str(one)))],
        contact=reverse("log:contact", args=[sight.person.pk, outgoing.pk]) if noted else "",
        form=form if state is State.UNKNOWN and may_write else None,
        may_call_off=may_write and state in OPEN and state is not State.UNKNOWN,
        may_copy=may_write and state in WENT and bool(kind and kind.topic),
        again=_again_address(outgoing)
        if may_write and state in (State.STOPPED, State.FAILED, State.GIVEN_UP, State.NOT_DELIVERED)
        else "",
        again_of=Outgoing.objects.filter(pk=outgoing.again_of).first() if outgoing.again_of else None,
        sent_again=Outgoing.objects.filter(again_of=outgoing.pk).first(),
    )


def _again_address(outgoing: Outgoing) -> str:
    address = reverse("messages:write", args=[outgoing.person_id, outgoing.family_member_id, outgoing.kind])
    return f"{address}?again={outgoing.pk}"


@require_POST
def decide(request: HttpRequest, person_id: UUID, outgoing_id: UUID) -> HttpResponse:
    """A person decides about a message of which nobody knows whether it went."""
    sight = case_for(request, person_id, right=Right.SEND_MESSAGES, what="messages.message")
    outgoing = message_of(person_id, outgoing_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, sight, outgoing, form)
    decision = form.cleaned_data["decision"]
    try:
        settle_unknown(by=user_of(request), outgoing_id=outgoing.pk, went=decision == "went")
    except NotOpenError as refusal:
        messages.warning(request, str(refusal))
        return redirect("messages:message", person_id, outgoing_id)
    if decision == "again":
        messages.success(request, "Noted. Read it once more, and send it: whether it may go is asked again.")
        return redirect(_again_address(outgoing))
    messages.success(request, "Noted.")
    return redirect("messages:message", person_id, outgoing_id)


@require_POST
def call_it_off(request: HttpRequest, person_id: UUID, outgoing_id: UUID) -> HttpResponse:
    """Keep a message from going, if it is still in time."""
    case_for(request, person_id, right=Right.SEND_MESSAGES, what="messages.message")
    message_of(person_id, outgoing_id)
    if call_off(by=user_of(request), outgoing_id=outgoing_id):
        messages.success(request, "Called off. It does not go.")
    else:
        messages.warning(request, "It was too late: it has been handed over already, or it is over.")
    return redirect("messages:message", person_id, outgoing_id)


@require_GET
def letter(request: HttpRequest, person_id: UUID, outgoing_id: UUID) -> FileResponse:
    """The letter as it goes, as PDF: for whoever may see the address that stands on it, as long as it is on record."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="messages.letter")
    outgoing = message_of(person_id, outgoing_id)
    if outgoing.letter is None or not may_see_address(outgoing, sight.rights):
        raise Http404
    return file_response(outgoing.letter, by=user_of(request))


@require_GET
def copy(request: HttpRequest, person_id: UUID, outgoing_id: UUID) -> HttpResponse:
    """The same words for the person, on paper, so that nobody has to pass them on (R160)."""
    sight = case_for(request, person_id, right=Right.SEND_MESSAGES, what="messages.copy")
    outgoing = message_of(person_id, outgoing_id)
    kind = KINDS.get(outgoing.kind)
    if outgoing.state not in WENT or kind is None or not kind.topic:
        raise Http404
    subject, text = text_of(outgoing)
    user = user_of(request)
    try:
        pdf = letter_pdf(
            by=user,
            person=sight.person,
            to=sight.person.name,
            subject=subject,
            text=text,
            language=outgoing.language,
            on=timezone.localtime(outgoing.over_at).date() if outgoing.over_at else today(),
        )
    except CannotWriteError as error:
        messages.warning(request, str(error))
        return redirect("messages:message", person_id, outgoing_id)
    record_change(
        by=user,
        kind=EventKind.DISCLOSURE,
        name="messages.copy.made",
        subject=outgoing,
        case_id=person_id,
        family_member_id=outgoing.family_member_id,
        after={"to": "person"},
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    response["Cache-Control"] = "no-store"
    return response
