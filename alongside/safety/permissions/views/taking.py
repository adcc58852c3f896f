"""Asking the person: a permission, one for today, a confirmation, and opening what was closed, each alone."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import posted
from alongside.safety.flags.queries import flag_facts
from alongside.safety.guidance.reading import Shown, at_point, note_read
from alongside.safety.guidance.rules import Point
from alongside.safety.permissions.actions import (
    NotAloneError,
    NotTakenError,
    SaidMeanwhileError,
    confirm_alone,
    lift_refusal,
    resume,
    take_permission,
)
from alongside.safety.permissions.forms.base import AloneForm
from alongside.safety.permissions.forms.taking import TOPICS_OF_TODAY, GiveForm, TodayForm, first_values
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.queries import given_from
from alongside.safety.permissions.rules import StepKind
from alongside.safety.permissions.views.common import About, about, form_page, to_member
from alongside.safety.permissions.words import channel_words, topic_words, until_of

USUALLY = timedelta(days=365)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Write down what the person permits."""
    found = about(request, person_id, member_id)
    initial = first_values(seen=found.seen, ends_on=_usual_end(found))
    form = GiveForm(**posted(request), person=found.called, initial=initial)
    if form.is_valid() and _take(request, found, form):
        return to_member(found)
    title = f"What {found.called} permits: {found.member.name}"
    guidance = _guidance(request, found)
    return form_page(request, found, form, title=title, button="Save", template="give.html", guidance=guidance)


@require_http_methods(["GET", "POST"])
def give_for_today(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Write down what the person permits there and then, until the end of the day."""
    found = about(request, person_id, member_id)
    initial = first_values(seen=found.seen) | {"topics": TOPICS_OF_TODAY}
    form = TodayForm(**posted(request), private=found.history.private, person=found.called, initial=initial)
    if form.is_valid() and _take(request, found, form):
        return to_member(found)
    title = f"Just for today: {found.member.name}"
    words = "Face to face and by phone, both ways. It ends by itself at midnight."
    guidance = _guidance(request, found)
    return form_page(
        request, found, form, title=title, words=words, button="It holds until midnight", guidance=guidance
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, person_id: UUID, member_id: UUID, permission_id: UUID) -> HttpResponse:
    """Note that the person, alone, says the same as they said in company."""
    found = about(request, person_id, member_id)
    permission = Permission.objects.filter(pk=permission_id, family_member=member_id).first()
    if permission is None:
        raise Http404
    given = given_from(permission)
    topics = ", ".join(topic_words(given.topics)).lower()
    words = f"{found.called} said: {topics}. {', '.join(channel_words(given.channels))}. {until_of(permission)}."
    form = _alone_form(request, found)
    if form.is_valid():
        try:
            done = confirm_alone(
                by=user_of(request),
                member=found.member,
                permission=permission,
                asked=form.asked(),
                seen=form.seen_number(),
            )
        except (NotAloneError, SaidMeanwhileError) as refusal:
            _put(form, refusal)
        else:
            messages.success(request, "Confirmed. It holds now." if done else "Nothing was waiting to be confirmed.")
            return to_member(found)
    title = f"Ask {found.called} alone: does this still hold for {found.member.name}?"
    return form_page(
        request,
        found,
        form,
        title=title,
        words=words,
        button=f"{found.called} confirms it",
        withdraws=permission,
    )


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that the person, alone, no longer refuses."""
    found = about(request, person_id, member_id)
    title = f"Ask {found.called} alone: has it changed about {found.member.name}?"
    words = "Lifting it permits nothing by itself. What may be said is asked anew."
    return _reopen(request, found, StepKind.LIFTED, title=title, words=words, button="They no longer refuse")


@require_http_methods(["GET", "POST"])
def go_on(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that the person, alone, wants what was paused to go on."""
    found = about(request, person_id, member_id)
    title = f"Ask {found.called} alone: may {found.member.name} be involved again?"
    words = "Ask how things are between them first. What was permitted before the pause holds again."
    return _reopen(request, found, StepKind.RESUMED, title=title, words=words, button="It may go on")


def _reopen(request: HttpRequest, found: About, kind: StepKind, *, title: str, words: str, button: str) -> HttpResponse:
    form = _alone_form(request, found)
    act = lift_refusal if kind is StepKind.LIFTED else resume
    if form.is_valid():
        try:
            done = act(by=user_of(request), member=found.member, asked=form.asked(), seen=form.seen_number())
        except (NotAloneError, SaidMeanwhileError) as refusal:
            _put(form, refusal)
        else:
            messages.success(request, "Noted." if done else "Nothing was closed, so nothing changes.")
            return to_member(found)
    return form_page(request, found, form, title=title, words=words, button=button)


def _alone_form(request: HttpRequest, found: About) -> AloneForm:
    form = AloneForm(**posted(request), initial=first_values(seen=found.seen))
    form.fields["alone"].label = f"Did you ask {found.called} on their own?"
    return form


def _put(form: AloneForm, refusal: NotAloneError | SaidMeanwhileError) -> None:
    if isinstance(refusal, SaidMeanwhileError):
        form.said_meanwhile(refusal.number, str(refusal))
    else:
        form.add_error("alone" if form.cleaned_data["alone"] != "yes" else "freely", str(refusal))


def _take(request: HttpRequest, found: About, form: GiveForm | TodayForm) -> bool:
    """Take the permission that was typed; False where something keeps it from being taken, which the form then says."""
    draft = form.draft()
    try:
        permission = take_permission(
            by=user_of(request), member=found.member, draft=draft, key=form.once(), seen=form.seen_number()
        )
    except NotTakenError as refused:
        form.put_faults(refused.faults)
        return False
    except SaidMeanwhileError as meanwhile:
        form.said_meanwhile(meanwhile.number, str(meanwhile))
        return False
    note_read(request, Point.PERMISSION)
    given = given_from(permission)
    if given.alone and not given.doubt:
        messages.success(request, f"Saved. What {found.called} permits about {found.member.name} holds.")
    else:
        messages.warning(request, f"Saved, and it holds nothing yet: ask {found.called} again, alone.")
    return True


def _guidance(request: HttpRequest, found: About) -> Shown | None:
    """The guidance on abuse, where anything speaks of it and the user may know."""
    if not found.sight.may(Right.SEE_SAFETY):
        return None
    facts = flag_facts([found.member.pk], on=today())[found.member.pk]
    return at_point(request, Point.PERMISSION) if facts.abuse_indicated else None


def _usual_end(found: About) -> date:
    """A year, or the end of supervision where that is sooner."""
    year = today() + USUALLY
    ends = found.sight.person.supervision_ends_on
    return min(year, ends) if ends and ends > today() else year
