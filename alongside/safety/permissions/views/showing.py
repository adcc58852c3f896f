"""Who may know what: the grid of a case, one family member, contact missed, and the card to take home."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import NotApprovedError, content
from alongside.foundation.documents.rendering import UnprintableTextError
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.work.models import TimelineEntry
from alongside.people.allocations.looking import Sight
from alongside.people.allocations.queries import holder_of
from alongside.people.casework.frames import case_for, render_case
from alongside.people.families.queries import current_members
from alongside.safety.permissions.actions import note_back_in_contact, note_missed_contact
from alongside.safety.permissions.cards import Named, NothingChosenError, Office, card_lines, make_card
from alongside.safety.permissions.forms.taking import CardForm, MissedForm
from alongside.safety.permissions.models import Permission, PrivateTopics, SafeContactProfile, Willingness
from alongside.safety.permissions.queries import given_from, history_of, latest_of, with_history
from alongside.safety.permissions.rules import Standing, Voicemail, facts_of, is_missed, standing_of
from alongside.safety.permissions.views.common import CASE_PAGE, WHAT, About, about, member_page
from alongside.safety.permissions.words import (
    DIRECTION_WORDS,
    STANDING_WORDS,
    cell,
    channel_words,
    day_words,
    headline,
    last_day,
    times_words,
    topic_words,
)

HISTORY_SHOWN = 12


@dataclass(frozen=True)
class GridRow:
    """One family member in the grid: who they are, what stands in a line, and a word for each topic.

    Where nothing may be said whatever the topic, `nothing` says so once.
    """

    member_id: UUID
    name: str
    relationship: str
    headline: str
    cells: tuple[tuple[str, str], ...]
    nothing: str


@dataclass(frozen=True)
class PermissionShown:
    """One permission as its page shows it."""

    id: UUID
    standing: Standing
    state: str
    title: str
    facts: tuple[tuple[str, str], ...]

    @property
    def is_over(self) -> bool:
        """Whether it can hold no more."""
        return self.standing in (Standing.EXPIRED, Standing.WITHDRAWN, Standing.CLOSED)


@require_GET
def show_grid(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may know what, person by topic."""
    sight = case_for(request, person_id, right=Right.SEE_PERMISSIONS, what=WHAT)
    at, called = timezone.now(), sight.person.called
    topics = [
        (value.code, str(value.attributes.get("short", value.label()))) for value in coded_list("permission_topic")
    ]
    rows, histories = [], []
    for member in with_history(current_members(person_id)):
        history = history_of(member)
        histories.append(history)
        words = headline(facts_of(history, at), called=called)
        said = [(short, cell(history, code, at)) for code, short in topics]
        rows.append(
            GridRow(
                member_id=member.pk,
                name=member.name,
                relationship=label_of(str(member.relationship_id)),
                headline=words,
                cells=tuple(said),
                nothing=words if all(found == "No" for _, found in said) else "",
            )
        )
    return render_case(
        request,
        "safety/permissions/grid.html",
        sight,
        current=CASE_PAGE,
        topics=[short for _, short in topics],
        rows=rows,
        is_missed=any(is_missed(history) for history in histories),
        has_contingent=any(given.contingency for history in histories for given in history.given),
        may_edit=sight.may(Right.EDIT_PERMISSIONS),
    )


@require_GET
def show_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What stands about one family member, what is next, and how to stop it."""
    found = about(request, person_id, member_id, right=Right.SEE_PERMISSIONS)
    shown = _permissions(found)
    private, safe = latest_of(PrivateTopics, member_id), latest_of(SafeContactProfile, member_id)
    return member_page(
        request,
        found,
        "member.html",
        standing=[one for one in shown if not one.is_over],
        over=[one for one in shown if one.is_over],
        to_confirm=next((one for one in shown if one.standing is Standing.TO_CONFIRM), None),
        private=topic_words(found.history.private),
        private_words=private.words if private else "",
        answer=latest_of(Willingness, member_id),
        safe=_safe_facts(safe),
        entries=_entries(found),
        script=content("permissions.script") if found.facts.refused else None,
        may_edit=found.sight.may(Right.EDIT_PERMISSIONS) and not found.facts.closed,
    )


@require_http_methods(["GET", "POST"])
def missed(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note that contact is missed, so that what was agreed for it is prompted. Nothing is sent."""
    sight = case_for(request, person_id, right=Right.EDIT_PERMISSIONS, what=WHAT)
    form = MissedForm(**posted(request))
    if form.is_valid():
        told = note_missed_contact(by=user_of(request), person=sight.person, since=form.cleaned_data["since"])
        names = ", ".join(member.name for member in told)
        words = f"Noted. What was agreed about {names} is on their page and in your to-dos. Nothing was sent."
        messages.success(request, words if told else "Noted. Nobody agreed anything for this, so nothing changes.")
        return redirect(CASE_PAGE, person_id)
    return render_case(request, "safety/permissions/missed.html", sight, current=CASE_PAGE, form=form)


@require_POST
def back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note that the person is in contact again."""
    sight = case_for(request, person_id, right=Right.EDIT_PERMISSIONS, what=WHAT)
    told = note_back_in_contact(by=user_of(request), person=sight.person)
    if told:
        messages.success(request, "Noted. What was agreed for missed contact holds no longer.")
    return redirect(CASE_PAGE, person_id)


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Make the card that the person may take home, of the lines that they choose."""
    sight = case_for(request, person_id, right=Right.EDIT_PERMISSIONS, what=WHAT)
    members, office = _named(person_id), _office(sight)
    form = CardForm(**posted(request), offered=card_lines(members, office, language="en"), initial={"language": "en"})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            pdf = make_card(
                by=user_of(request),
                person=sight.person,
                members=members,
                office=office,
                chosen=typed["lines"],
                language="cy" if typed["language"] == "cy" else "en",
                day=today(),
            )
        except NotApprovedError as refusal:
            form.add_error("language", str(refusal))
        except (NothingChosenError, UnprintableTextError) as refusal:
            form.add_error("lines", str(refusal))
        else:
            response = HttpResponse(pdf, content_type="application/pdf")
            response["Content-Disposition"] = 'attachment; filename="card.pdf"'
            response["X-Content-Type-Options"] = "nosniff"
            return response
    return render_case(request, "safety/permissions/card.html", sight, current=CASE_PAGE, form=form)


def _named(person_id: UUID) -> list[Named]:
    at = timezone.now()
    members = with_history(current_members(person_id))
    return [Named(member.pk, member.called, facts_of(history_of(member), at)) for member in members]


def _office(sight: Sight) -> Office:
    holder = holder_of(sight.person)
    return Office(holder.officer or holder.team, holder.telephone) if holder else Office("", "")


def _permissions(found: About) -> list[PermissionShown]:
    """Newest first."""
    rows = Permission.objects.filter(family_member=found.member.pk).order_by("-number")
    return [_permission(row, found) for row in rows]


def _permission(row: Permission, found: About) -> PermissionShown:
    given = given_from(row)
    standing = standing_of(given, found.history, found.at)
    ends = f"{day_words(last_day(row.until))}{' (that day only)' if row.today_only else ''}"
    facts = [
        ("How", ", ".join(channel_words(given.channels)) or "Erased"),
        ("Until", ends),
        *([("Only if", f"contact is missed for {row.missed_days} days")] if row.missed_days else []),
        *([("The agreed words", row.words or "Erased")] if row.missed_days else []),
        ("Taken", _taken(row)),
        ("With whom", _with_whom(row, found.called)),
        *([("What helps them understand", row.support)] if row.support else []),
        *([("Someone independent", ADVOCATE_WORDS[row.advocate])] if row.advocate in ADVOCATE_WORDS else []),
    ]
    title = ", ".join(topic_words(given.topics)) or "Erased"
    return PermissionShown(
        id=row.pk,
        standing=standing,
        state=STANDING_WORDS[standing],
        title=f"{DIRECTION_WORDS[given.direction]}: {title[:1].lower()}{title[1:].lower()}",
        facts=tuple(facts),
    )


ADVOCATE_WORDS = {"asked_for": "Wanted: to arrange", "present": "Was there", "declined": "Offered, not wanted"}


def _taken(row: Permission) -> str:
    parts = [f"{day_words(timezone.localtime(row.at).date())}, {label_of(str(row.how_id)).lower()}"]
    if row.where:
        parts.append(row.where)
    if row.by_name:
        parts.append(f"by {row.by_name}")
    return ", ".join(parts)


def _with_whom(row: Permission, called: str) -> str:
    parts = [f"{called} alone" if row.alone else f"In company: {row.company or 'not said of whom'}"]
    if row.pressed:
        parts.append("may have felt they had to")
    if not row.understood:
        parts.append("could not say it back")
    if row.interpreter != "none":
        parts.append("a relative or friend interpreted" if row.interpreter == "relative" else "with an interpreter")
    return ", ".join(parts)


def _safe_facts(profile: SafeContactProfile | None) -> list[tuple[str, str]]:
    if profile is None:
        return []
    voicemail = {Voicemail.MAY: "Yes", Voicemail.NEVER: "Never", Voicemail.NOT_ASKED: "Not asked: do not"}
    facts = [
        ("When", times_words(profile)),
        ("Never", ", ".join(channel_words(profile.never or [])) or "Nothing is ruled out"),
        ("Leave a message?", voicemail[Voicemail(profile.voicemail)]),
    ]
    if profile.code_word:
        facts.append(("Say this word first", profile.code_word))
    if profile.their_word:
        facts.append(("A word that only they give", "Recorded. It is shown where a call is taken, to compare"))
    if profile.note:
        facts.append(("And", profile.note))
    return facts


def _entries(found: About) -> list[dict[str, Any]]:
    rows = TimelineEntry.objects.filter(
        case=found.sight.person.pk,
        family_member=found.member.pk,
        kind__startswith="permissions.",
        right__in=[right.name for right in found.sight.rights],
        title__isnull=False,
    ).order_by("-at")[:HISTORY_SHOWN]
    return [{"title": row.title, "at": row.at, "who": row.actor_name} for row in rows]
