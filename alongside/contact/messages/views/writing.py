"""Writing a message: which kind, what its words need, exactly how it will go, and then sending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.contact.messages.actions.phrases import agree_words, take_words_back
from alongside.contact.messages.actions.writing import NotAllowedError, write_message
from alongside.contact.messages.deciding import plan_for, read_of, weigh, worst_of
from alongside.contact.messages.forms import PhraseForm, WriteForm
from alongside.contact.messages.kinds import KINDS, Kind
from alongside.contact.messages.models import Outgoing, Phrase
from alongside.contact.messages.preparing import (
    CHANNEL_OF_POINT,
    CannotWriteError,
    Prepared,
    prepare,
    usable_points,
    why_not_in_welsh,
)
from alongside.contact.messages.queries import lately_with, passed_on_to, phrases_of
from alongside.contact.messages.rules import Lately
from alongside.contact.messages.views.common import draw_member, sight_of_member
from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import NotApprovedError
from alongside.foundation.delivery.actions import NotQueuedError
from alongside.foundation.delivery.rules import AddressError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.involvement.agreements.queries import agreement_facts
from alongside.involvement.decisions.asking import Shown, show
from alongside.involvement.decisions.queries.gathering import May
from alongside.involvement.decisions.rules import Outcome
from alongside.people.allocations.looking import Sight
from alongside.people.families.models import FamilyMember, PointKind
from alongside.safety.permissions.queries import agreed_words_now, permission_facts
from alongside.safety.permissions.rules import SafeContact

WHAT = "messages.write"
WELSH = "language.cy"
PREVIEW, SEND, CHANGE = "preview", "send", "change"
WAYS = frozenset({"text", "email", "letter"})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass
class Desk:
    """One family member as somebody is about to write to them."""

    sight: Sight
    member: FamilyMember
    kind: Kind
    lately: Lately
    safe: SafeContact
    form: WriteForm
    spent: list[str]


@require_GET
def choose(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Which kind of message. What is better than writing is said first (R152)."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.SEND_MESSAGES, what=WHAT)
    tells_of_pause = _may_tell_of_pause(sight, member)
    agreed = agreed_words_now(member.pk, at=timezone.now())
    kinds = [
        kind for kind in KINDS.values() if (not kind.stand_down or tells_of_pause) and (not kind.for_missed or agreed)
    ]
    return draw_member(
        request,
        "choose.html",
        sight,
        member,
        kinds=[(kind, reverse("messages:write", args=[person_id, member_id, kind.code])) for kind in kinds],
        prefer=lately_with(member.pk).prefer,
        no_welsh={kind.code for kind in kinds if why_not_in_welsh(kind, member, on=today())}
        if member.language_id == WELSH
        else set(),
    )


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person_id: UUID, member_id: UUID, kind: str) -> HttpResponse:
    """Fill a message in, read it exactly as it will go with what May I? says, and send it."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.SEND_MESSAGES, what=WHAT)
    chosen = KINDS.get(kind)
    if chosen is None or (chosen.stand_down and not _may_tell_of_pause(sight, member)):
        raise Http404
    desk = _desk(request, sight, member, chosen)
    intent = request.POST.get("intent", PREVIEW) if request.method == "POST" else ""
    if not intent or intent == CHANGE or not desk.form.is_valid():
        return _fill_in(request, desk)
    if sent := Outgoing.objects.filter(pk=desk.form.cleaned_data["once"], person=person_id).first():
        return redirect("messages:message", person_id, sent.pk)
    try:
        prepared = prepare(
            by=user_of(request),
            rights=sight.rights,
            person=sight.person,
            member=member,
            typed=desk.form.typed(),
            at=timezone.now(),
        )
    except CannotWriteError as error:
        desk.form.add_error(error.field if error.field in desk.form.fields else None, str(error))
        return _fill_in(request, desk)
    answers = weigh(
        user=request.user,
        member_id=member.pk,
        kind=chosen,
        channel=prepared.typed.channel,
        at=timezone.now(),
        topics=prepared.typed.topics,
        waits=bool(prepared.waits_for),
    )
    if intent == SEND and request.POST.get("seen") == seen_of(prepared, answers):
        return _send(request, desk, prepared, answers)
    return _preview(request, desk, prepared, answers, changed=intent == SEND)


def seen_of(prepared: Prepared, answers: Sequence[May]) -> str:
    """What tells what is on the page, the message and what May I? says of it, from anything else."""
    return sha256(f"{prepared.token}\n{read_of(answers)}".encode()).hexdigest()[:32]


def _may_tell_of_pause(sight: Sight, member: FamilyMember) -> bool:
    return sight.may(Right.SEE_SAFETY) and plan_for(member.pk, on=today()) is not None


def _desk(request: HttpRequest, sight: Sight, member: FamilyMember, kind: Kind) -> Desk:
    facts = permission_facts([member.pk], at=timezone.now())[member.pk]
    budgets = agreement_facts([member.pk], on=today())[member.pk].channels
    points = usable_points(member, facts, sight.rights, kind)
    lately = lately_with(member.pk)
    spent = frozenset(way for way, budget in budgets.items() if budget.left == 0)
    agreed = agreed_words_now(member.pk, at=timezone.now()) if kind.for_missed else ()
    if agreed:
        ways = frozenset[str]().union(*(one.channels for one in agreed))
        points = [point for point in points if CHANNEL_OF_POINT[PointKind(point.kind)].value in ways]
    no_welsh = why_not_in_welsh(kind, member, on=today())
    form = WriteForm(
        **posted(request),
        kind=kind,
        points=points,
        phrases=phrases_of(member.pk, topic=kind.topic) if kind.topic and "words" in kind.fields else [],
        agreed=agreed,
        needs_reason=bool(lately.prefer) and not kind.stand_down,
        spent=frozenset() if kind.stand_down else spent,
        no_welsh=no_welsh,
        initial={
            "language": "cy" if member.language_id == WELSH and not no_welsh else "en",
            "where": str(points[0].pk) if len(points) == 1 else None,
            "phrase": str(agreed[0].permission) if len(agreed) == 1 else None,
        },
    )
    return Desk(
        sight,
        member,
        kind,
        lately,
        facts.safe_contact,
        form,
        sorted(label_of(f"contact_channel.{way}").lower() for way in spent & WAYS),
    )


def _fill_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    return draw_member(
        request,
        "write.html",
        desk.sight,
        desk.member,
        kind=desk.kind,
        form=desk.form,
        prefer="" if desk.kind.stand_down else desk.lately.prefer,
        spent=desk.spent,
        safe=safe_words(desk.safe),
        prefers=label_of(desk.member.language_id) if desk.member.language_id else "",
        no_welsh=desk.form.no_welsh if desk.member.language_id == WELSH else "",
        may_agree_words=desk.sight.may(Right.EDIT_PERMISSIONS),
        agreed=list(desk.form.agreed.values()),
        passed_on=passed_on_to(desk.member.pk) if desk.kind.for_missed else None,
        may_log=desk.sight.may(Right.LOG_CONTACTS),
    )


def _preview(
    request: HttpRequest,
    desk: Desk,
    prepared: Prepared,
    answers: Sequence[May],
    *,
    changed: bool = False,
    refused: str = "",
) -> HttpResponse:
    may = worst_of(answers)
    every = [show(one, sight=desk.sight, member=desk.member) for one in answers]
    shown: Shown = every[answers.index(may)]
    return draw_member(
        request,
        "preview.html",
        desk.sight,
        desk.member,
        kind=desk.kind,
        form=desk.form,
        prepared=prepared,
        lines=prepared.text.split("\n"),
        shown=shown,
        conditions=list(dict.fromkeys(words for one in every for words in one.conditions)),
        may_send=may.answer.outcome <= Outcome.CONDITIONS and not refused,
        ask_first=may.answer.outcome is Outcome.ASK,
        seen=seen_of(prepared, answers),
        changed=changed,
        refused=refused,
        carried=[(name, value) for name, value in _carried(request) if name not in ("seen", "intent")],
    )


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, as hidden fields carry it to sending."""
    return [
        (name, value) for name in request.POST if name != "csrfmiddlewaretoken" for value in request.POST.getlist(name)
    ]


def _send(request: HttpRequest, desk: Desk, prepared: Prepared, answers: Sequence[May]) -> HttpResponse:
    person = desk.sight.person
    try:
        outgoing = write_message(
            by=user_of(request),
            person=person,
            member=desk.member,
            prepared=prepared,
            key=desk.form.cleaned_data["once"],
            again_of=_again_of(request, desk),
        )
    except NotAllowedError as refusal:
        return _preview(request, desk, prepared, refusal.answers)
    except (NotQueuedError, AddressError, NotApprovedError) as refusal:
        return _preview(request, desk, prepared, answers, refused=str(refusal))
    messages.success(request, "It waits to go." if outgoing.state == "waiting" else "It is on its way.")
    return redirect("messages:message", person.pk, outgoing.pk)


def _again_of(request: HttpRequest, desk: Desk) -> UUID | None:
    """The message in whose place this one is written, if it may be."""
    try:
        wanted = UUID(request.GET.get("again", ""))
    except ValueError:
        return None
    before = Outgoing.objects.filter(pk=wanted, family_member=desk.member.pk).first()
    if before is None or Outgoing.objects.filter(again_of=wanted).exists():
        return None
    return before.pk


def safe_words(safe: SafeContact) -> list[str]:
    """What they said about being reached, in words."""
    if not safe.asked:
        return ["Nobody has asked them yet when and how they can safely be reached."]
    found = []
    if safe.days:
        found.append(f"Safe on {', '.join(WEEKDAYS[day] for day in sorted(safe.days))}.")
    if safe.from_time and safe.until_time:
        found.append(f"Safe from {safe.from_time:%H:%M} until {safe.until_time:%H:%M}. A text waits until then.")
    if safe.never:
        found.append(f"Never by {', '.join(label_of(f'contact_channel.{way}').lower() for way in sorted(safe.never))}.")
    return found


@require_http_methods(["GET", "POST"])
def add_words(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note words that the person agreed may be sent to one family member (R159)."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.EDIT_PERMISSIONS, what="messages.words")
    form = PhraseForm(**posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        agree_words(
            by=user_of(request),
            member=member,
            topic=typed["topic"],
            words=typed["words"],
            alone=bool(typed["alone"]),
            on=today(),
        )
        messages.success(request, "Kept. These words may now be sent, where everything else permits it.")
        return redirect("messages:member", person_id, member_id)
    return draw_member(request, "words.html", sight, member, form=form)


@require_POST
def words_taken_back(request: HttpRequest, person_id: UUID, member_id: UUID, phrase_id: UUID) -> HttpResponse:
    """The person takes words back."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.EDIT_PERMISSIONS, what="messages.words")
    phrase = Phrase.objects.filter(pk=phrase_id, family_member=member.pk, person=sight.person).first()
    if phrase is None:
        raise Http404
    take_words_back(by=user_of(request), phrase=phrase)
    messages.success(request, "Taken back. These words are sent no more, not even in what waits.")
    return redirect("messages:member", person_id, member_id)
