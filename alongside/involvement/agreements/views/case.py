"""Agreements of a case: with whom, how each stands, and what the person wishes about prompts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.involvement.agreements.actions.living import WishesFacts, set_wishes
from alongside.involvement.agreements.actions.telling import first_letter_large, standing_words
from alongside.involvement.agreements.forms.events import WEEKDAYS, WishesForm
from alongside.involvement.agreements.models import Nagging, PromptWishes
from alongside.involvement.agreements.queries import MemberStanding, standings_of
from alongside.involvement.agreements.rules import State
from alongside.involvement.agreements.views.shared import CASE_PAGE
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.editors import last_editor

BADGES = {
    State.LIVE.value: ("In force", "moj-badge--green"),
    State.PAUSED.value: ("Paused", "moj-badge--grey"),
    State.DRAFT.value: ("Being made", "moj-badge"),
}


@require_GET
def show_agreements(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everyone whom the person names, and how the agreement with each stands."""
    sight = case_for(request, person_id, right=Right.SEE_AGREEMENTS, what="agreements.agreements")
    wishes = PromptWishes.objects.filter(person=person_id).first()
    return render_case(
        request,
        "involvement/agreements/agreements.html",
        sight,
        current=CASE_PAGE,
        rows=[_row(standing) for standing in standings_of(person_id)],
        wishes=wishes,
        wishes_lines=wishes_lines(wishes),
        may_edit=sight.may(Right.EDIT_AGREEMENTS),
    )


@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the person wishes about prompts through family."""
    sight = case_for(request, person_id, right=Right.EDIT_AGREEMENTS, what="agreements.wishes")
    row = PromptWishes.objects.filter(person=person_id).first()
    data = {"data": request.POST} if request.method == "POST" else {}
    form = WishesForm(**data, initial=WishesForm.initial_from(row))
    if form.is_valid():
        typed = form.cleaned_data
        facts = WishesFacts(
            quiet_weekdays=tuple(int(day) for day in typed["quiet_weekdays"]),
            quiet_from=typed["quiet_from"],
            quiet_until=typed["quiet_until"],
            most_a_week=typed["most_a_week"],
            nagging=typed["nagging"],
            words=typed["words"],
        )
        try:
            set_wishes(
                by=user_of(request), person=sight.person, seen_version=typed["version"], wishes=facts, on=today()
            )
        except ChangedMeanwhileError as changed:
            current = PromptWishes.objects.get(pk=changed.current.pk)
            form.changed_meanwhile(WishesForm.initial_from(current), by=last_editor(person_id, current.pk))
        else:
            messages.success(request, "Kept. Nobody is prompted through family against it.")
            return redirect(CASE_PAGE, person_id)
    return render_case(
        request,
        "involvement/agreements/wishes.html",
        sight,
        current=CASE_PAGE,
        form=form,
        title=f"How reminders through family feel to {sight.person.called}",
    )


def wishes_lines(row: PromptWishes | None) -> list[str]:
    """What the person wishes, in a few lines."""
    if row is None:
        return []
    lines = []
    if row.nagging != Nagging.NOT_ASKED:
        lines.append(f"Do reminders feel like nagging? {row.get_nagging_display()}")
    if row.most_a_week is not None:
        lines.append(f"At most {row.most_a_week} a week" if row.most_a_week else "None at all")
    if row.quiet_weekdays:
        lines.append(f"None on {', '.join(WEEKDAYS[day] for day in row.quiet_weekdays)}")
    if row.quiet_from and row.quiet_until:
        lines.append(f"None from {row.quiet_from:%-d %B %Y} to {row.quiet_until:%-d %B %Y}")
    return lines


def _row(standing: MemberStanding) -> dict[str, Any]:
    row = standing.agreement
    badge = BADGES.get(row.state) if row else None
    if standing.ended is not None:
        badge = ("Contact ended", "moj-badge--grey")
    return {
        "member": standing.member,
        "badge": badge,
        "words": first_letter_large(standing_words(row)) if row else "",
        "review_on": row.review_on if row and row.state == State.LIVE else None,
        "overdue": bool(row and row.state == State.LIVE and row.review_on and row.review_on < today()),
        "ended": standing.ended,
    }
