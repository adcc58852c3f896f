"""Preparing a full judgement: the table with everything on it, conversations, and weighing. In any order (R067)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.suitability.actions import (
    change_assessment,
    change_conversation,
    close_enquiry,
    hold_conversation,
    record_accounts,
    record_findings,
    set_aside,
    start_assessment,
)
from alongside.involvement.suitability.actions.preparing import BeingPreparedError
from alongside.involvement.suitability.forms.preparing import (
    AccountsForm,
    ChangeConversationForm,
    ConversationForm,
    EnquiryForm,
    FindingsForm,
    NotesForm,
    SetAsideForm,
    StartForm,
)
from alongside.involvement.suitability.models import Account, Conversation, Enquiry, Party, Source
from alongside.involvement.suitability.preparation import Preparation, open_assessment, open_preparation, preparation_of
from alongside.involvement.suitability.questions import Section, bank_on
from alongside.involvement.suitability.rules import Direction
from alongside.involvement.suitability.views.shared import Seen, draw, draw_form, look, look_of_row
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
            _say_meanwhile(
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


def weigh(request: HttpRequest, person_id: UUID, member_id: UUID, section: str) -> HttpResponse:
    """What one makes of the items of a section, with the accounts side by side."""
    seen, preparation = prepared(request, person_id, member_id)
    part = preparation.bank.section(section)
    if part is None:
        raise Http404
    items = preparation.shown(part)
    form = FindingsForm(
        **posted(request),
        items=items,
        standing=preparation.findings,
        agreed={item: rating.value for item, rating in preparation.agreed.items()},
        differing=preparation.differing,
    )
    if form.is_valid():
        try:
            record_findings(by=user_of(request), assessment=preparation.assessment, findings=form.findings())
        except ChangedMeanwhileError:
            now = preparation_of(preparation.assessment, member=seen.member, person=seen.person).findings
            _say_meanwhile(
                form,
                [
                    (item.key, item.statement, row.get_rating_display(), row.version)
                    for item in items
                    if (row := now.get(item.key)) and row.version != form.seen(item.key)
                ],
            )
        else:
            messages.success(request, "Saved.")
            sections = preparation.bank.sections
            place = sections.index(part) + 1
            if "stop" in request.POST or place == len(sections):
                return redirect("suitability:prepare", *seen.args)
            return redirect("suitability:weigh", *seen.args, sections[place].key)
    return draw(
        request,
        "weigh",
        seen,
        form=form,
        section=part,
        rows=[
            row
            | {
                "accounts": preparation.accounts_of(row["item"].key),
                "more": bool(row["times"].value() or row["critical"].value()),
            }
            for row in form.rows()
        ],
        is_safety=part.direction is Direction.SAFETY,
        sections=[
            {"text": one.title, "href": reverse("suitability:weigh", args=[*seen.args, one.key]), "active": one == part}
            for one in preparation.bank.sections
        ],
        last=part == preparation.bank.sections[-1],
        back=reverse("suitability:prepare", args=seen.args),
    )


def _say_meanwhile(form: Any, changed: list[tuple[str, str, str, int]]) -> None:
    """Say what someone else put down meanwhile; everything typed here stays and is saved with the next press."""
    for _key, statement, rating, _version in changed:
        form.add_error(
            None,
            f"Someone else changed “{statement}” meanwhile: it now says “{rating}”. What you typed is below;"
            " save again to put it in its place.",
        )
    form.now_seen({key: version for key, _statement, _rating, version in changed})


def enquiry(request: HttpRequest, person_id: UUID, enquiry_id: UUID) -> HttpResponse:
    """What came of something that was not known."""
    row = Enquiry.objects.filter(family_member__person=person_id, pk=enquiry_id).first()
    seen = look_of_row(request, person_id, row, right=Right.JUDGE_SUITABILITY)
    if row is None:
        raise Http404
    if row.closed_at is not None:
        messages.warning(request, "Somebody has answered this already.")
        return seen.back()
    form = EnquiryForm(**posted(request), initial={"version": row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            close_enquiry(
                by=user_of(request),
                enquiry=row,
                seen_version=typed["version"],
                ended_as=typed["ended_as"],
                finding=typed["finding"],
                member=seen.member,
            )
        except ChangedMeanwhileError:
            messages.warning(request, "Somebody has answered this already.")
        else:
            messages.success(request, "Noted. If it changes how you judge, judge anew.")
        return seen.back()
    item = bank_on(today()).item(row.item)
    return draw(request, "enquiry", seen, form=form, enquiry=row, item=item, title=row.question, button="Save")
