"""What the pages of this room share: whose involvement it is, how it stands, and the frame."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today, working_days_between
from alongside.foundation.records.rows import Row, day
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import GovForm
from alongside.involvement.suitability.models import Enquiry, Judgement, LookEnd, SecondLook
from alongside.involvement.suitability.queries import standings_of, with_involvement
from alongside.involvement.suitability.rules import Standing, State
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_member
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

NIL = UUID(int=0)
CURRENT = "suitability:overview"
MEMBER = "suitability:member"

STATE_WORDS = {
    State.NONE: "Not judged yet",
    State.PROPOSED: "Waits for approval",
    State.APPROVED: "In force",
    State.REVIEW_DUE: "Review due",
    State.PAUSED: "Paused",
}


@dataclass(frozen=True)
class Seen:
    """One involvement as a page has it."""

    sight: Sight
    member: FamilyMember

    @cached_property
    def standing(self) -> Standing:
        """How it stands; asked for by the pages that show it, since it takes facts of many rooms."""
        return standings_of([self.member], on=today())[self.member.pk]

    @property
    def person(self) -> Person:
        """The person on probation."""
        return self.sight.person

    @property
    def args(self) -> list[UUID]:
        """What addresses of this involvement begin with."""
        return [self.person.pk, self.member.pk]

    @property
    def newest(self) -> int:
        """The number of the newest judgement; 0 where there is none."""
        return max((row["number"] for row in getattr(self.member, "judgement_rows", [])), default=0)

    def back(self) -> HttpResponse:
        """To the page of this involvement."""
        return redirect(MEMBER, *self.args)


def look(request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right) -> Seen:
    """The involvement of one family member; 404 where the user may not."""
    sight = case_for(request, person_id, right=right, what="suitability.member")
    return Seen(sight, member_or_404(person_id, member_id, reading=with_involvement))


def look_of_row(
    request: HttpRequest, person_id: UUID, row: Judgement | SecondLook | Enquiry | None, *, right: Right
) -> Seen:
    """The involvement that a row belongs to. A row that is not there is refused like a case that is closed."""
    if row is None:
        return look(request, person_id, NIL, right=right)
    member_id = row.family_member_id if isinstance(row, Enquiry) else row.family_member
    return look(request, person_id, member_id, right=right)


def draw(
    request: HttpRequest, page: str, seen: Seen, *, back: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of this room about one family member, in the frame of the case."""
    return render_member(
        request,
        f"involvement/suitability/{page}.html",
        seen.sight,
        seen.member,
        here=MEMBER,
        status=status,
        **{
            "relationship": label_of(str(seen.member.relationship_id)),
            "sees_all": seen.sight.may(Right.SEE_SUITABILITY),
            "may_judge": seen.sight.may(Right.JUDGE_SUITABILITY),
            "back": back or reverse(MEMBER, args=seen.args),
            **context,
        },
    )


def draw_form(
    request: HttpRequest, seen: Seen, form: GovForm, *, title: str, button: str, back: str = "", **context: Any
) -> HttpResponse:
    """A page that is one form: a title, perhaps a few words, and a button."""
    return draw(request, "form", seen, back=back, form=form, title=title, button=button, **context)


def state_words(standing: Standing, *, full: bool) -> str:
    """How it stands, in two words. Whoever sees only the conditions is not told that something waits, or why."""
    if full or standing.facts.state in (State.NONE, State.APPROVED, State.PAUSED):
        return STATE_WORDS[standing.facts.state]
    return STATE_WORDS[State.NONE] if standing.facts.state is State.PROPOSED else "Being reviewed"


def look_words(row: Row) -> dict[str, Any]:
    """A second look as pages show it: days as days, and how many working days the answer took."""
    asked, answered = day(row["asked_on"]), day(row["answered_on"])
    took = working_days_between(asked, answered) if asked and answered else 0
    return dict(row) | {
        "asked_on": asked,
        "answered_on": answered,
        "due_on": day(row["due_on"]),
        "days": "1 working day" if took == 1 else f"{took} working days",
        "outcome_words": LookEnd(row["outcome"]).label if row["outcome"] else "",
    }
