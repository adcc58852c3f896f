"""The page of one agreement, and everything that makes, changes, rests and ends it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import content
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.agreements.actions.making import (
    NotOfferedError,
    NotReadyError,
    NotWithThemError,
    OverLevelError,
    StandsAlreadyError,
    begin_agreement,
    drop_draft,
    end_agreement,
    pause_agreement,
    put_to_everyone,
    record_answer,
    resume_agreement,
    working_terms,
    write_terms,
)
from alongside.involvement.agreements.copy import ReadyLine, ready_lines
from alongside.involvement.agreements.forms.events import YES, AnswerForm, EndForm, OfferForm, PauseForm
from alongside.involvement.agreements.forms.terms import PARTS, DutyForm
from alongside.involvement.agreements.models import Agreement
from alongside.involvement.agreements.queries import said_to, standing_agreement
from alongside.involvement.agreements.rules import (
    NotNowError,
    Party,
    Responsibility,
    Who,
    still_to_agree,
)
from alongside.involvement.agreements.rules.terms import MOST_RESPONSIBILITIES
from alongside.involvement.agreements.views.beside import goes_beyond_level, holds_for_now, not_permitted, with_beside
from alongside.involvement.agreements.views.paper import names_of
from alongside.involvement.agreements.views.shared import (
    MEANWHILE,
    MEMBER_PAGE,
    agreement_of,
    draw_form,
    draw_member,
    member_of,
    seen_version,
)
from alongside.involvement.agreements.views.showing import shown_agreement
from alongside.people.allocations.looking import Sight
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember


@require_GET
def show_agreement(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """One agreement: what to do next, what is agreed, who agreed, and what happens under it."""
    sight, member = member_of(request, person_id, member_id, right=Right.SEE_AGREEMENTS, reading=with_beside)
    shown = shown_agreement(member, names=names_of(sight, member))
    return draw_member(
        request,
        "agreement.html",
        sight,
        member,
        sees_boundaries=sight.may(Right.SEE_SUITABILITY),
        beyond_level=goes_beyond_level(member, shown["in_force"]),
        holds_for_now=holds_for_now(member, shown["says"]),
        not_permitted=not_permitted(member, shown["says"]) if sight.may(Right.SEE_PERMISSIONS) else (),
        **shown,
    )


@require_POST
def begin(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Begin to write an agreement."""
    _sight, member = member_of(request, person_id, member_id, right=Right.EDIT_AGREEMENTS)
    try:
        begin_agreement(by=user_of(request), member=member, on=today())
    except (StandsAlreadyError, NotWithThemError) as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Begun, with what everyone is offered. Change what should be different for them.")
    return _back(person_id, member_id)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person_id: UUID, member_id: UUID, part: str) -> HttpResponse:
    """Write one part of the next version."""
    if part not in PARTS:
        raise Http404
    sight, agreement = agreement_of(request, person_id, member_id)
    title, kind = PARTS[part]
    initial = kind.initial_from(working_terms(agreement)) | {"version": agreement.version}
    form = kind(**posted(request), initial=initial)
    if form.is_valid():
        try:
            write_terms(
                by=user_of(request),
                agreement=agreement,
                seen_version=form.cleaned_data["version"],
                **form.changes(),
            )
        except ChangedMeanwhileError:
            agreement = _again(agreement)
            current = kind.initial_from(working_terms(agreement)) | {"version": agreement.version}
            form.changed_meanwhile(current, by=last_editor(person_id, agreement.pk))
        else:
            messages.success(request, "Saved.")
            return _back(person_id, member_id)
    template = "write_contact.html" if part == "contact" else "form.html"
    return draw_form(request, sight, agreement.family_member, form, title=title, template=template)


@require_http_methods(["GET", "POST"])
def add_duty(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Add a line to the table of who does what."""
    return _duty(request, person_id, member_id, key="")


@require_http_methods(["GET", "POST"])
def change_duty(request: HttpRequest, person_id: UUID, member_id: UUID, key: str) -> HttpResponse:
    """Change a line of it."""
    return _duty(request, person_id, member_id, key=key)


def _duty(request: HttpRequest, person_id: UUID, member_id: UUID, *, key: str) -> HttpResponse:
    sight, agreement = agreement_of(request, person_id, member_id)
    duties = working_terms(agreement).responsibilities
    ready = () if key else _ready_lines(agreement)
    standing = next((one for one in duties if one.key == key), None)
    if key and standing is None:
        raise Http404
    form = DutyForm(
        **posted(request),
        names=_who(sight, agreement.family_member),
        initial=_duty_initial(standing, agreement) | _begun_with(ready, request.GET.get("line", "")),
    )
    if form.is_valid():
        duty = form.duty(key or uuid4().hex)
        kept = tuple(duty if one.key == key else one for one in duties) if key else (*duties, duty)
        if len(kept) > MOST_RESPONSIBILITIES:
            form.add_error("what", f"There are {MOST_RESPONSIBILITIES} lines already. Take one away first")
        else:
            try:
                write_terms(
                    by=user_of(request),
                    agreement=agreement,
                    seen_version=form.cleaned_data["version"],
                    responsibilities=kept,
                )
            except ChangedMeanwhileError:
                now = _again(agreement)
                found = next((one for one in working_terms(now).responsibilities if one.key == key), None)
                form.changed_meanwhile(_duty_initial(found, now), by=last_editor(person_id, agreement.pk))
            else:
                messages.success(request, "Saved.")
                return _back(person_id, member_id)
    title = "Change who does what" if key else "Add who does what"
    return draw_form(request, sight, agreement.family_member, form, title=title, template="duty.html", ready=ready)


def _ready_lines(agreement: Agreement) -> tuple[ReadyLine, ...]:
    return ready_lines("cy" if agreement.family_member.language_id == "language.cy" else "en")


def _begun_with(ready: tuple[ReadyLine, ...], key: str) -> dict[str, str]:
    """A ready line as the form begins with it; nothing where none was chosen."""
    line = next((one.words for one in ready if one.key == key), "")
    return {"who": Who.FAMILY_MEMBER.value, "what": line} if line else {}


def _duty_initial(duty: Responsibility | None, agreement: Agreement) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": agreement.version}
    if duty is not None:
        initial |= {"who": duty.who.value, "what": duty.what, "when": duty.when, "where": duty.where}
    return initial


@require_POST
def take_duty(request: HttpRequest, person_id: UUID, member_id: UUID, key: str) -> HttpResponse:
    """Take a line away from the next version."""
    _sight, agreement = agreement_of(request, person_id, member_id)
    kept = tuple(one for one in working_terms(agreement).responsibilities if one.key != key)
    try:
        write_terms(by=user_of(request), agreement=agreement, seen_version=seen_version(request), responsibilities=kept)
        messages.success(request, "Taken away.")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return _back(person_id, member_id)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Put the terms to everyone."""
    sight, agreement = agreement_of(request, person_id, member_id)
    first = agreement.live is None
    initial = {"version": agreement.version, "what_changed": "The first version" if first else ""}
    form = OfferForm(**posted(request), initial=initial)
    if form.is_valid():
        try:
            version = put_to_everyone(
                by=user_of(request),
                agreement=agreement,
                seen_version=form.cleaned_data["version"],
                what_changed=form.cleaned_data["what_changed"],
                on=today(),
            )
        except (NotReadyError, OverLevelError) as error:
            form.add_error(None, str(error))
        except ChangedMeanwhileError as changed:
            current = {"version": changed.current.version}
            form.changed_meanwhile(current, by=last_editor(person_id, agreement.pk))
        else:
            messages.success(request, f"Version {version.number} is ready. Print it, and ask each of the three.")
            return _back(person_id, member_id)
    return draw_form(
        request,
        sight,
        agreement.family_member,
        form,
        title="Put it to everyone",
        words="It becomes a version that is never altered. Nothing is in force until all three agree.",
        button="Put it to everyone",
    )


@require_POST
def drop(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Keep to what is in force."""
    _sight, agreement = agreement_of(request, person_id, member_id)
    if agreement.live is None:
        raise Http404
    try:
        drop_draft(by=user_of(request), agreement=agreement, seen_version=seen_version(request))
        messages.success(request, "The changes are forgotten. What was agreed stands.")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return _back(person_id, member_id)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Record what one of the three says."""
    sight, agreement = agreement_of(request, person_id, member_id)
    if agreement.offered is None:
        raise Http404
    missing = still_to_agree(said_to(agreement.pk, agreement.offered))
    names = _parties(sight, agreement.family_member)
    asked = request.GET.get("who", missing[0].value if missing else "")
    initial = {"number": agreement.offered, "party": asked, "agrees": YES, "on": today()}
    form = AnswerForm(**posted(request), names=names, initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_answer(
                by=user_of(request),
                agreement=agreement,
                number=typed["number"],
                party=Party(typed["party"]),
                agrees=typed["agrees"] == YES,
                how=typed["how"],
                on=typed["on"],
                words=typed["words"],
            )
        except (NotOfferedError, NotReadyError, OverLevelError) as error:
            form.add_error(None, str(error))
        else:
            standing = standing_agreement(member_id)
            in_force = standing is not None and standing.offered is None
            messages.success(request, "All three agree: it is in force." if in_force else "Noted.")
            return _back(person_id, member_id)
    return draw_form(
        request, sight, agreement.family_member, form, title=f"What do they say to version {agreement.offered}?"
    )


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Let it rest."""
    sight, agreement = agreement_of(request, person_id, member_id)
    form = PauseForm(**posted(request), initial={"version": agreement.version})
    if form.is_valid():
        try:
            pause_agreement(
                by=user_of(request),
                agreement=agreement,
                seen_version=form.cleaned_data["version"],
                reason_id=form.cleaned_data["reason_id"],
                on=today(),
            )
        except NotNowError as error:
            form.add_error(None, str(error))
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, agreement.pk))
        else:
            messages.success(request, "It rests. Nothing that it allowed is allowed until it is taken up again.")
            return _back(person_id, member_id)
    return draw_form(
        request,
        sight,
        agreement.family_member,
        form,
        title="Let the agreement rest",
        button="Let it rest",
        template="pause.html",
        message=content("agreements.pause.message", "en").filled(),
    )


@require_POST
def resume(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Take it up again."""
    _sight, agreement = agreement_of(request, person_id, member_id)
    try:
        resume_agreement(by=user_of(request), agreement=agreement, seen_version=seen_version(request))
        messages.success(request, "Taken up again.")
    except (NotNowError, OverLevelError) as error:
        messages.warning(request, str(error))
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return _back(person_id, member_id)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """End it."""
    sight, agreement = agreement_of(request, person_id, member_id)
    form = EndForm(**posted(request), initial={"version": agreement.version})
    if form.is_valid():
        try:
            end_agreement(
                by=user_of(request),
                agreement=agreement,
                seen_version=form.cleaned_data["version"],
                reason_id=form.cleaned_data["reason_id"],
                on=today(),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, agreement.pk))
        else:
            messages.success(request, "Ended. What was agreed is kept, and nothing of it holds any more.")
            return _back(person_id, member_id)
    return draw_form(
        request,
        sight,
        agreement.family_member,
        form,
        title="End the agreement",
        words="They may still tell us something at any time. That never ends.",
        button="End it",
    )


def _who(sight: Sight, member: FamilyMember) -> dict[Who, str]:
    names = names_of(sight, member)
    return {
        Who.PERSON: names.person,
        Who.FAMILY_MEMBER: names.member,
        Who.PRACTITIONER: names.officer,
        Who.TOGETHER: f"{names.member} and {names.officer} together",
    }


def _parties(sight: Sight, member: FamilyMember) -> dict[Party, str]:
    names = names_of(sight, member)
    return {
        Party.PERSON: names.person,
        Party.FAMILY_MEMBER: names.member,
        Party.PRACTITIONER: f"{names.officer}, for us",
    }


def _again(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("family_member__person").get(pk=agreement.pk)


def _back(person_id: UUID, member_id: UUID) -> HttpResponse:
    return redirect(MEMBER_PAGE, person_id, member_id)
