"""Finding an approved answer, giving it, printing it, and sending somebody on."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.helpdesk.actions import log_answer, log_sent_on
from alongside.contact.helpdesk.forms import GivenForm
from alongside.contact.helpdesk.queries import (
    answers_in,
    approved,
    confirmed,
    given_before,
    handed_on_to,
    topics_of,
    waiting,
)
from alongside.contact.helpdesk.rules import ANSWER, DIRECTORY, Answer, blocks_of, fitting, identifying, plain_of
from alongside.contact.helpdesk.views.shared import asked_of, desk_of, draw
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import Language
from alongside.foundation.content.queries import NotApprovedError, Wording, wording_for_sending
from alongside.foundation.documents.rendering import UnprintableTextError, long_date, render_pdf
from alongside.foundation.documents.shapes import Language as Spoken
from alongside.foundation.documents.shapes import Letter
from alongside.foundation.reference.queries import UnknownCodeError, coded, coded_list
from alongside.foundation.ui.forms import posted

SENT_ON_TOPIC = "help_topic.other"
NOT_LOOKED_UP = (
    "That looks like it belongs to one person. Nobody is looked up here: search by what they want to know instead."
)


@require_GET
@needs(Right.ANSWER_QUESTIONS)
def desk(request: HttpRequest) -> HttpResponse:
    """The desk: search approved answers or leaf through them. What looks like a number is not searched for."""
    user = user_of(request)
    q = request.GET.get("q", "").strip()[:200]
    if identifying(q):
        messages.warning(request, NOT_LOOKED_UP)
        return redirect("helpdesk:desk")
    answers = answers_in()
    rings = Right.LOG_CONTACTS in holding_of(user).rights
    return draw(
        request,
        "desk.html",
        q=q,
        found=fitting(answers, q),
        topics=topics_of(answers),
        waiting=waiting(handed_on_to(user)).count() if rings else 0,
        rings=rings,
        counts=holding_of(user).may(Right.SEE_COVERAGE),
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_QUESTIONS)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """One approved answer: to read out, print or send; and noting that it was given."""
    team = desk_of(request)
    found = approved(key)
    if found is None or not key.startswith(ANSWER):
        raise Http404
    form = GivenForm(**posted(request), initial={"given": str(found.version_id), "minutes": 3})
    if form.is_valid():
        typed = form.cleaned_data
        asked = asked_of(typed, topic_id=f"help_topic.{found.topic}")
        log_answer(by=user_of(request), team=team, asked=asked, answer=_as_given(found, typed["given"]))
        messages.success(request, "Logged. Nothing about the person who asked was kept.")
        return redirect("helpdesk:desk")
    return draw(request, "answer.html", form=form, answer=found, decided=confirmed(found), **_ways_out(found))


def _ways_out(found: Answer) -> dict[str, object]:
    welsh = approved(found.key, Language.WELSH)
    return {
        "wording": wording_for_sending(found.key, Language.ENGLISH),
        "plain": plain_of(found.text),
        "welsh": welsh,
        "welsh_wording": wording_for_sending(found.key, Language.WELSH) if welsh else None,
        "welsh_plain": plain_of(welsh.text) if welsh else "",
        "stale": found.is_stale(today()),
    }


def _as_given(found: Answer, given: str) -> Answer:
    """The answer in the version that was read out, where another was approved meanwhile."""
    try:
        version_id = UUID(given)
    except ValueError:
        return found
    return replace(found, version_id=version_id) if given_before(found.key, version_id) else found


@require_GET
@needs(Right.ANSWER_QUESTIONS)
def leaflet(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """An answer or an entry of the directory on paper, in a language in which it is approved."""
    if language not in ("en", "cy") or approved(key) is None:
        raise Http404
    try:
        text = wording_for_sending(key, language)
        pdf = render_pdf(_leaflet(text, wording_for_sending("helpdesk.leaflet.end", language)))
    except (NotApprovedError, UnprintableTextError) as refused:
        messages.warning(request, str(refused))
        return redirect("helpdesk:desk")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{key.rpartition(".")[2]}-{language}.pdf"'
    return response


def _leaflet(text: Wording, end: Wording) -> Letter:
    spoken: Spoken = "cy" if text.language == Language.WELSH else "en"
    return Letter(
        title=text.heading,
        author="Alongside",
        language=spoken,
        sender=(),
        recipient=(),
        day=long_date(today(), spoken),
        greeting=text.heading,
        body=blocks_of(text.text),
        closing=end.text,
        signed_by=(),
    )


@require_GET
@needs(Right.ANSWER_QUESTIONS)
def directory(request: HttpRequest) -> HttpResponse:
    """What is not ours to do, and who does it (R149)."""
    kinds = [value for value in coded_list("out_of_remit") if approved(_entry_key(value.code))]
    return draw(request, "directory.html", kinds=[(value.code, value.label()) for value in kinds])


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_QUESTIONS)
def send_on(request: HttpRequest, code: str) -> HttpResponse:
    """Kind words and who can help; and noting that somebody was sent on."""
    team = desk_of(request)
    try:
        remit = coded(f"out_of_remit.{code}")
    except UnknownCodeError:
        raise Http404 from None
    found = approved(_entry_key(code))
    if found is None:
        raise Http404
    form = GivenForm(**posted(request), initial={"given": str(found.version_id), "minutes": 3})
    if form.is_valid():
        typed = form.cleaned_data
        log_sent_on(
            by=user_of(request),
            team=team,
            asked=asked_of(typed, topic_id=SENT_ON_TOPIC),
            entry=_as_given(found, typed["given"]),
            remit_id=remit.id,
        )
        messages.success(request, "Logged. Nothing about the person who asked was kept.")
        return redirect("helpdesk:desk")
    return draw(request, "send_on.html", form=form, answer=found, kind=remit.label(), decided=None, **_ways_out(found))


def _entry_key(code: str) -> str:
    return f"{DIRECTORY}{code.lower()}"
