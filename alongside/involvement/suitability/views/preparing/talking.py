"""Conversations and other sources: what each says of the questions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.guards import user_of
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.suitability.actions import (
    change_conversation,
    hold_conversation,
    record_accounts,
)
from alongside.involvement.suitability.forms.preparing import (
    AccountsForm,
    ChangeConversationForm,
    ConversationForm,
)
from alongside.involvement.suitability.models import Account, Conversation, Party, Source
from alongside.involvement.suitability.preparation import Preparation
from alongside.involvement.suitability.questions import Section
from alongside.involvement.suitability.views.preparing.meanwhile import say_meanwhile
from alongside.involvement.suitability.views.preparing.table import NEITHER_TALK, SOURCE_WORDS, prepared
from alongside.involvement.suitability.views.shared import Seen, draw
from alongside.people.casework.queries.editors import last_editor


def add_conversation(request: HttpRequest, person_id: UUID, member_id: UUID, party: str) -> HttpResponse:
    """Note a conversation, then go through the questions for it."""
    if party not in Party.values:
        raise Http404
    seen, preparation = prepared(request, person_id, member_id)
    form = ConversationForm(**posted(request), party=Party(party), initial={"held_on": today()})
    if form.is_valid():
        talk = hold_conversation(
            by=user_of(request), assessment=preparation.assessment, party=party, **form.cleaned_data
        )
        return redirect("suitability:ask", *seen.args, talk.pk, preparation.bank.sections[0].key)
    return draw(
        request,
        "talk",
        seen,
        form=form,
        party=Party(party),
        title=_talk_title(Party(party), seen),
        button="Go to the questions",
        back=reverse("suitability:prepare", args=seen.args),
    )


def change_talk(request: HttpRequest, person_id: UUID, member_id: UUID, talk_id: UUID) -> HttpResponse:
    """Change what was noted of a conversation."""
    seen, preparation = prepared(request, person_id, member_id)
    talk = _talk(preparation, talk_id)
    names = ("who", "held_on", "how", "alone", "present", "narrative", "version")
    form = ChangeConversationForm(
        **posted(request), party=Party(talk.party), initial={name: getattr(talk, name) for name in names}
    )
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            change_conversation(by=user_of(request), conversation=talk, seen_version=typed.pop("version"), **typed)
        except ChangedMeanwhileError:
            talk.refresh_from_db()
            form.changed_meanwhile({name: getattr(talk, name) for name in names}, by=last_editor(person_id, talk.pk))
        else:
            messages.success(request, "Saved.")
            return redirect("suitability:prepare", *seen.args)
    return draw(
        request,
        "talk",
        seen,
        form=form,
        party=Party(talk.party),
        title=_talk_title(Party(talk.party), seen),
        button="Save and go back",
        back=reverse("suitability:prepare", args=seen.args),
    )


def _talk(preparation: Preparation, talk_id: UUID) -> Conversation:
    found = next((talk for talk in preparation.conversations if talk.pk == talk_id), None)
    if found is None:
        raise Http404
    return found


def _talk_title(party: Party, seen: Seen) -> str:
    return {
        Party.PERSON: f"A conversation with {seen.person.called}, alone",
        Party.MEMBER: f"A conversation with {seen.member.name}",
        Party.OTHER: "A conversation with someone who knows them",
    }[party]


def ask(request: HttpRequest, person_id: UUID, member_id: UUID, talk_id: UUID, section: str) -> HttpResponse:
    """One part of a guided conversation: the questions for whoever we talk to, and what they say."""
    seen, preparation = prepared(request, person_id, member_id)
    talk = _talk(preparation, talk_id)
    return _accounts(request, seen, preparation, source=Source(talk.party), section_key=section, talk=talk)


def note_source(request: HttpRequest, person_id: UUID, member_id: UUID, source: str, section: str) -> HttpResponse:
    """What records say, or what we saw ourselves."""
    if source not in NEITHER_TALK:
        raise Http404
    seen, preparation = prepared(request, person_id, member_id)
    return _accounts(request, seen, preparation, source=Source(source), section_key=section, talk=None)


def _accounts(
    request: HttpRequest,
    seen: Seen,
    preparation: Preparation,
    *,
    source: Source,
    section_key: str,
    talk: Conversation | None,
) -> HttpResponse:
    section = preparation.bank.section(section_key)
    if section is None:
        raise Http404
    items = preparation.shown(section)
    standing = {row.item: row for row in preparation.accounts if row.source == source}
    form = AccountsForm(**posted(request), items=items, standing=standing)
    if form.is_valid():
        try:
            record_accounts(
                by=user_of(request),
                assessment=preparation.assessment,
                source=source,
                answers=form.answers(),
                conversation=talk,
            )
        except ChangedMeanwhileError:
            now = {row.item: row for row in Account.objects.filter(assessment=preparation.assessment, source=source)}
            say_meanwhile(
                form,
                [
                    (item.key, item.statement, row.get_rating_display(), row.version)
                    for item in items
                    if (row := now.get(item.key)) and row.version != form.seen(item.key)
                ],
            )
        else:
            messages.success(request, "Saved.")
            return redirect(_after(request, seen, preparation, section, source=source, talk=talk))
    return draw(
        request,
        "ask",
        seen,
        form=form,
        section=section,
        rows=[
            row | {"question": row["item"].question(talk.party if talk else "other", custody=preparation.custody)}
            for row in form.rows()
        ],
        asks=talk is not None,
        talk=talk,
        title=_talk_title(Party(talk.party), seen) if talk else SOURCE_WORDS[source.value],
        sections=[
            {"text": one.title, "href": _address(seen, one, source=source, talk=talk), "active": one == section}
            for one in preparation.bank.sections
        ],
        last=section == preparation.bank.sections[-1],
        back=reverse("suitability:prepare", args=seen.args),
    )


def _address(seen: Seen, section: Section, *, source: Source, talk: Conversation | None) -> str:
    if talk is not None:
        return reverse("suitability:ask", args=[*seen.args, talk.pk, section.key])
    return reverse("suitability:note_source", args=[*seen.args, source.value, section.key])


def _after(
    request: HttpRequest,
    seen: Seen,
    preparation: Preparation,
    section: Section,
    *,
    source: Source,
    talk: Conversation | None,
) -> str:
    sections = preparation.bank.sections
    place = sections.index(section) + 1
    if "stop" in request.POST or place == len(sections):
        return reverse("suitability:prepare", args=seen.args)
    return _address(seen, sections[place], source=source, talk=talk)
