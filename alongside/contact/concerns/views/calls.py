"""Someone rings, writes or stands at the desk: who it is, what may be said, and taking down what they tell us."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.concerns.actions import NoTeamError, take_down
from alongside.contact.concerns.forms.tell import HOW_KNOWN, MISSING, MissingForm, TellForm
from alongside.contact.concerns.queries import own_receipt, taken_down_by, team_of, way_of
from alongside.contact.concerns.saying import numbers_of, question_link, sayable, verified, when_read
from alongside.contact.log.speaking import how_they_speak
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.forms import posted
from alongside.involvement.decisions.asking import now
from alongside.involvement.decisions.finding import found_context, found_for
from alongside.involvement.decisions.identifying import offered
from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.involvement.decisions.queries.kept import decisions_of
from alongside.involvement.decisions.rules import Identity, Outcome
from alongside.involvement.decisions.words import SHORT
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case, render_member
from alongside.people.families.queries import current_members
from alongside.safety.permissions.queries import their_word_of
from alongside.safety.protected.queries.duty import help_for

HERE = "concerns:member_call"
CURRENT = "concerns:of_case"
SHOWN = 10
KEPT_SHOWN = 3
AT_ONCE = {"CONCERN", "MISSING"}
"""What is begun with one press, before anything else is asked."""
BEFORE_FOUND = tuple(way for way in HOW_KNOWN if way[0] in (Identity.KNOWN, Identity.UNVERIFIED))
"""What can be said before anyone is found: whether ringing back or a word is any proof, their own page says."""
IN_THE_LOG = {"APPOINT", "RELAY", "WELLBEING", "WHEREABOUTS", "AVAILABLE"}
"""What somebody whose identity is known talks about in the ordinary way: a contact in the log."""


@require_GET
@needs(Right.RECEIVE_CONCERNS)
def call(request: HttpRequest) -> HttpResponse:
    """The call screen. Whoever may ask May I? finds whom it is about among their cases; nobody else looks anyone up."""
    user = user_of(request)
    holding = holding_of(user)
    may_search = holding.may(Right.ASK_MAY_I)
    given = request.GET
    identity = _identity(given.get("identity", ""))
    query = given.get("q", "").replace("\x00", "").strip()[:100] if may_search else ""
    found = found_for(user, query) if query else []
    record_consultation(by=user, what="concerns.call")
    if len(found) == 1 and identity:
        return redirect(f"{reverse(HERE, args=[found[0].person_id, found[0].pk])}?identity={identity}")
    return render(
        request,
        "contact/concerns/call.html",
        {
            "may_search": may_search,
            "knowing": BEFORE_FOUND,
            "known_by": identity,
            **found_context(query, found),
            "calling": True,
            "first": [kind for kind in coded_list("concern_kind") if kind.code in AT_ONCE],
            "kinds": [kind for kind in coded_list("concern_kind") if kind.code not in AT_ONCE],
            "help": help_for(holding, today()),
            "way": way_of(team_of(user), "told_channel.PHONE"),
            "taken": _lately(request),
        },
    )


def _identity(text: str) -> str:
    return text if text in dict(HOW_KNOWN) else ""


def _lately(request: HttpRequest) -> list[dict[str, Any]]:
    """What the user took down last, so that they know that somebody read it."""
    return [{"row": row, "kind": label_of(str(row.kind_id))} for row in taken_down_by(user_of(request))[:SHOWN]]


@require_GET
def member_call(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What may be said to a family member who rings or has come, and what they may want."""
    sight = case_for(request, person_id, right=Right.RECEIVE_CONCERNS, what="concerns.member_call")
    if not sight.may(Right.SEE_FAMILY):
        raise Http404
    member = member_or_404(person_id, member_id)
    may_compare, at = sight.may(Right.SEE_PERMISSIONS), now()
    about = facts_about([member_id], at=at)[member_id]
    ways = offered(about.facts, HOW_KNOWN, may_compare=may_compare)
    identity = _identity(request.GET.get("identity", ""))
    known = verified(identity) and ways.has(identity)
    compares = may_compare and about.facts.code_word_set
    return render_member(
        request,
        "contact/concerns/member_call.html",
        sight,
        member,
        here=HERE,
        knowing=ways.choices,
        why_not=ways.why_not,
        numbers=numbers_of(sight, member) if ways.may_ring and not known else [],
        compares=compares,
        their_word=_their_word(request, person_id, member_id) if compares and request.GET.get("show") == "word" else "",
        known_by=identity,
        known=known,
        how_known=dict(HOW_KNOWN).get(identity, ""),
        sayable=sayable(user=user_of(request), sight=sight, member=member, known=about, identity=identity, at=at)
        if known and sight.may(Right.ASK_MAY_I)
        else None,
        may_i=question_link(person_id, member_id, identity) if sight.may(Right.ASK_MAY_I) else "",
        kept=_kept(sight, member_id),
        spoken=how_they_speak(member),
        reach=reverse("permissions:member", args=[person_id, member_id]) if sight.may(Right.SEE_PERMISSIONS) else "",
        kinds=_kinds(sight, member_id, identity=identity),
    )


def _their_word(request: HttpRequest, person_id: UUID, member_id: UUID) -> str:
    """The word that they give, for whoever asked to see it to compare: each showing is kept."""
    record_consultation(
        by=user_of(request), what="permissions.their_word", case_id=person_id, detail=f"family member {member_id}"
    )
    return their_word_of(member_id)


def _kept(sight: Sight, member_id: UUID) -> list[tuple[Any, str]]:
    """The answers that were kept last, as far as the user may see them."""
    if not sight.may(Right.ASK_MAY_I):
        return []
    rows = decisions_of(member_id, by_law=sight.may(Right.SEE_PROTECTED))[:KEPT_SHOWN]
    return [(row, SHORT[Outcome(row.outcome)]) for row in rows]


def _kinds(sight: Sight, member_id: UUID, *, identity: str) -> list[dict[str, str]]:
    """What they may want, each with where it goes."""
    case = sight.person.pk
    tell = f"{reverse('concerns:tell_on_case', args=[case])}?member={member_id}&identity={identity}"
    links = []
    for value in coded_list("concern_kind"):
        link = f"{tell}&kind={value.code}"
        if value.code == "ABSENCE" and sight.may(Right.LOG_CONTACTS):
            link = f"{reverse('concerns:add_absence', args=[case, member_id])}?identity={identity}"
        elif value.code in IN_THE_LOG and sight.may(Right.LOG_CONTACTS):
            add = reverse("log:add", args=[case])
            link = f"{add}?with={member_id}&how=phone&direction=from_them&about={value.code}&identity={identity}"
        links.append({"label": value.label(), "link": link, "code": value.code})
    return links


@require_http_methods(["GET", "POST"])
@needs(Right.RECEIVE_CONCERNS)
def tell(request: HttpRequest) -> HttpResponse:
    """Take down what someone tells us, without looking anyone up."""
    form = _form(request, members=None)
    if form.is_valid() and (answer := _take(request, form)):
        return answer
    return render(request, "contact/concerns/tell.html", _context(request, form))


@require_http_methods(["GET", "POST"])
def tell_on_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same, with a case that whoever takes it down works on."""
    sight = case_for(request, person_id, right=Right.RECEIVE_CONCERNS, what="concerns.tell")
    form = _form(request, members=list(current_members(person_id)))
    if form.is_valid() and (answer := _take(request, form, sight)):
        return answer
    return render_case(request, "contact/concerns/tell_on_case.html", sight, current=CURRENT, **_context(request, form))


def _form(request: HttpRequest, *, members: Any) -> TellForm:
    given = request.GET
    kind = f"concern_kind.{given.get('kind', '')}"
    kind = kind if kind in {value.id for value in coded_list("concern_kind")} else ""
    initial = {"channel": f"told_channel.{given.get('how', 'PHONE')}"}
    if members and given.get("member") in {str(member.pk) for member in members}:
        initial |= {"told_by": "told_by.FAMILY", "family_member": given["member"]}
    chosen = MissingForm if kind == MISSING else TellForm
    return chosen(**posted(request), members=members, kind=kind, identity=given.get("identity", ""), initial=initial)


def _context(request: HttpRequest, form: TellForm) -> dict[str, Any]:
    return {"form": form, "missing": isinstance(form, MissingForm), "help": help_for(holding_of(request.user), today())}


def _take(request: HttpRequest, form: TellForm, sight: Sight | None = None) -> HttpResponse | None:
    user, key = user_of(request), form.cleaned_data["once"]
    if taken_down_by(user).filter(pk=key).exists():
        return redirect("concerns:received", key)
    try:
        concern = take_down(
            by=user,
            facts=form.facts(),
            person=sight.person if sight else None,
            member=form.member,
            place=bool(sight and sight.may(Right.RECORD_PROTECTED)),
            key=key,
        )
    except NoTeamError as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, "Written down. Say the words below, then it is with whoever reads it.")
    return redirect("concerns:received", concern.pk)


@require_GET
def received(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The words to say afterwards, when it is read, and whom to ring now.

    For whoever took it down, who learns nothing of where it went, or passed it on, who knows; and for nobody else.
    """
    user = user_of(request)
    concern = own_receipt(user, concern_id)
    passed = concern.passed_by == user.pk
    team = concern.team if passed else team_of(user)
    way = way_of(team, str(concern.channel_id), at=concern.taken_at)
    read = concern.read_by == user.pk and not passed
    return render(
        request,
        "contact/concerns/received.html",
        {
            "concern": concern,
            "kind": label_of(str(concern.kind_id)),
            "way": way,
            "passed": passed,
            "when": when_read(way, urgent=concern.urgent, read=read),
            "help": help_for(holding_of(user), today()),
            "goes_on": read and concern.decided_at is None,
        },
    )
