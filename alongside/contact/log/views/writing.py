"""Pages that write a contact down, show one and correct it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.contact.log.actions import (
    ContactFacts,
    correct_contact,
    log_contact,
    look_at_unpermitted,
    say_what_became,
)
from alongside.contact.log.forms import AGENCY, BecameForm, CorrectForm, LogForm, WithWhom, initial_correction
from alongside.contact.log.models import Became, Contact, FamilyView
from alongside.contact.log.queries import (
    contact_of,
    contacts_of,
    earlier_of,
    view_of,
)
from alongside.contact.log.sharing import IDENTITIES, Weighed, keep_behind, kept_answer, may_call, weigh
from alongside.contact.log.speaking import how_they_speak
from alongside.contact.log.telling import heading_of
from alongside.contact.log.views.shared import PAGE, as_line, by_law_for
from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import coded, label_of
from alongside.foundation.ui.forms import posted
from alongside.involvement.decisions.queries.kept import any_by_law
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write a contact down. What was shared on a topic rests on a decision; what nothing permits is told honestly."""
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="log.add")
    form = LogForm(
        **posted(request),
        members=current_members(person_id),
        person_called=sight.person.called,
        identities=IDENTITIES,
        initial=_begun(request, sight),
    )
    weighed = Weighed()
    if form.is_valid():
        if sent := contacts_of(person_id, by_law=True).filter(pk=form.cleaned_data["once"]).first():
            return redirect("log:contact", person_id, sent.pk)
        weighed = _weighed(request, sight, form, form.cleaned_data["topics"])
        if not weighed.stops or form.cleaned_data["said_anyway"]:
            contact = _save(request, sight, form, weighed)
            messages.success(request, "Written down.")
            return redirect("log:contact", person_id, contact.pk)
    return render_case(
        request,
        "contact/log/add.html",
        sight,
        current=PAGE,
        form=form,
        weighed=weighed,
        agency=AGENCY,
    )


@require_GET
def welcome(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The early welcome call (R153): whether it may be made now, what to say, and where to write down how it went."""
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="log.welcome")
    member = member_or_404(person_id, member_id)
    return render_case(
        request,
        "contact/log/welcome.html",
        sight,
        current=PAGE,
        member=member,
        member_key=str(member.pk),
        may=may_call(user=user_of(request), sight=sight, member=member),
        spoken=how_they_speak(member),
    )


def _begun(request: HttpRequest, sight: Sight) -> dict[str, object]:
    """What a link to the form knows already: with whom, how, and the answer that was just given."""
    begun: dict[str, object] = {}
    given = request.GET
    if given.get("with"):
        begun["who"] = given["with"]
    if given.get("direction") in ("from_them", "to_them"):
        begun["direction"] = given["direction"]
    if given.get("identity"):
        begun["identity"] = given["identity"]
    if given.get("how"):
        begun["how"] = f"contact_channel.{given['how']}"
    if given.get("about"):
        begun["purpose"] = f"contact_purpose.{given['about'][:40]}"
    if answer := kept_answer(sight, given.get("answer", ""), to_use=True):
        begun |= {
            "answer": str(answer.id),
            "who": str(answer.member_id),
            "how": f"contact_channel.{answer.channel}",
            "topics": [answer.topic] if answer.topic else [],
        }
    return begun


def _weighed(request: HttpRequest, sight: Sight, form: WithWhom, topics: list[str]) -> Weighed:
    typed = form.cleaned_data
    if form.member is None or not topics:
        return Weighed(member=form.member)
    return weigh(
        user=user_of(request),
        sight=sight,
        member=form.member,
        topics=topics,
        channel=coded(typed["how"]).code,
        identity=typed["identity"],
        answer=typed.get("answer", ""),
        at=typed["at"],
    )


def _save(request: HttpRequest, sight: Sight, form: LogForm, weighed: Weighed) -> Contact:
    typed = form.cleaned_data
    decisions = keep_behind(by=user_of(request), weighed=weighed)
    facts = ContactFacts(decisions=decisions, unpermitted=bool(weighed.stops), **form.with_whom(), **form.values())
    return log_contact(
        by=user_of(request),
        person=sight.person,
        member=form.member_about,
        facts=facts,
        view=typed["view"] if form.member else "",
        key=typed["once"],
    )


@require_http_methods(["GET", "POST"])
def show_contact(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """One contact: what was said, what it rests on, what it said before, and what became of a view."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="log.contact")
    contact = contact_of(person_id, contact_id, by_law=by_law_for(sight))
    view = view_of(contact)
    form = _became_form(request, sight, view)
    if form is not None and view is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            say_what_became(
                by=user_of(request),
                view=view,
                seen_version=typed["version"],
                became=Became(typed["became"]),
                reason=typed["reason"],
                told_on=typed["told_on"],
            )
        except ChangedMeanwhileError:
            view.refresh_from_db()
            form.changed_meanwhile(_initial_view(view), by=last_editor(person_id, view.pk))
        else:
            messages.success(request, "Saved.")
            return redirect("log:contact", person_id, contact_id)
    return render_case(
        request,
        "contact/log/contact.html",
        sight,
        current=PAGE,
        line=as_line(contact),
        contact=contact,
        channel=label_of(contact.channel_id),
        outcome=label_of(contact.outcome_id),
        efforts=[label_of(f"family_effort.{code}") for code in contact.efforts],
        purpose=coded(str(contact.purpose_id)),
        earlier=earlier_of(contact),
        view=view,
        form=form,
        answers=[answer for one in contact.decisions if (answer := kept_answer(sight, str(one)))],
        may_log=sight.may(Right.LOG_CONTACTS),
        may_look=contact.unpermitted and sight.may(Right.APPROVE) and contact.written_by != user_of(request).pk,
    )


def _initial_view(view: FamilyView) -> dict[str, object]:
    return {"became": view.became, "reason": view.reason, "told_on": view.told_on, "version": view.version}


def _became_form(request: HttpRequest, sight: Sight, view: FamilyView | None) -> BecameForm | None:
    if view is None or not sight.may(Right.LOG_CONTACTS):
        if request.method == "POST":
            raise Http404
        return None
    return BecameForm(**posted(request), initial=_initial_view(view))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Correct a contact; what it said before stays to be read."""
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="log.correct")
    contact = contact_of(person_id, contact_id, by_law=by_law_for(sight))
    form = CorrectForm(
        **posted(request),
        contact=contact,
        members=_members_for(person_id, contact),
        person_called=sight.person.called,
        identities=IDENTITIES,
        initial=initial_correction(contact),
    )
    weighed = Weighed()
    if form.is_valid():
        weighed = _weighed(request, sight, form, form.newly_shared(form.cleaned_data))
        if not weighed.stops or form.cleaned_data["said_anyway"]:
            try:
                _save_correction(request, contact, form, weighed)
            except ChangedMeanwhileError:
                contact = contact_of(person_id, contact_id, by_law=by_law_for(sight))
                form.changed_meanwhile(initial_correction(contact), by=last_editor(person_id, contact_id))
            else:
                messages.success(request, "Corrected. What it said before is kept.")
                return redirect("log:contact", person_id, contact_id)
    return render_case(
        request,
        "contact/log/correct.html",
        sight,
        current=PAGE,
        form=form,
        weighed=weighed,
        heading=heading_of(contact),
        contact=contact,
    )


def _members_for(person_id: UUID, contact: Contact) -> list[FamilyMember]:
    """Those whom the person names now, and the one whom the contact is with or about."""
    found = list(current_members(person_id))
    own = contact.family_member
    return [*found, own] if own is not None and own not in found else found


def _save_correction(request: HttpRequest, contact: Contact, form: CorrectForm, weighed: Weighed) -> None:
    """What was told to somebody else rests on other answers. That something was not permitted is not taken back."""
    user, member = user_of(request), form.member_about
    kept = contact.decisions if form.member is not None and form.member.pk == contact.family_member_id else []
    with transaction.atomic():
        decisions = [*kept, *keep_behind(by=user, weighed=weighed)]
        correct_contact(
            by=user,
            contact=contact,
            seen_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            family_member_id=member.pk if member else None,
            decisions=decisions,
            unpermitted=contact.unpermitted or bool(weighed.stops),
            by_law=contact.by_law or any_by_law(decisions),
            **form.with_whom(),
            **form.values(),
        )


@require_POST
def looked_at(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """A senior has looked at what was said without a permission."""
    sight = case_for(request, person_id, right=Right.APPROVE, what="log.contact")
    contact = contact_of(sight.person.pk, contact_id, by_law=by_law_for(sight))
    words = request.POST.get("words", "").strip()[:500]
    if not words:
        messages.error(request, "Enter what you talked about with the officer.")
    else:
        try:
            look_at_unpermitted(by=user_of(request), contact=contact, words=words)
        except ValueError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Noted.")
    return redirect("log:contact", person_id, contact_id)
