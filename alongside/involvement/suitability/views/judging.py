"""The quick form and the full judgement."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.suitability.actions import SomeoneJudgedMeanwhileError, judge, judge_quickly
from alongside.involvement.suitability.actions.judging import NotSoError
from alongside.involvement.suitability.forms.judging import JudgeForm, QuickForm, usual_review
from alongside.involvement.suitability.preparation import Preparation
from alongside.involvement.suitability.queries import versions_of
from alongside.involvement.suitability.questions import AIMS
from alongside.involvement.suitability.rules import Direction, Level, Rating
from alongside.involvement.suitability.rules.judging import SAFETY_SAYS_FULL, SAFETY_STOPS
from alongside.involvement.suitability.safety import safety_now
from alongside.involvement.suitability.views.preparing import prepared
from alongside.involvement.suitability.views.shared import Seen, draw, look
from alongside.people.allocations.queries import current_allocations
from alongside.people.casework.frames import say_who_can_open
from alongside.people.staff.models import Member, Post
from alongside.people.staff.queries import live_posts


def quick(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Levels 2 and 3 on one page: what for, how far, and when we look again."""
    seen = look(request, person_id, member_id, right=Right.JUDGE_SUITABILITY)
    initial = {"seen": str(seen.newest), "review_on": usual_review(Level.PRACTICAL, on=today())}
    latest = next(reversed(versions_of(seen.member)), None)
    if latest is not None:
        initial |= {"purpose": latest.purpose_id, "will_do": latest.will_do}
    form = QuickForm(**posted(request), initial=initial)
    if form.is_valid():
        try:
            judge_quickly(
                by=user_of(request), member=seen.member, judged=form.judged(), seen_number=form.cleaned_data["seen"]
            )
        except NotSoError as refused:
            form.add_faults(refused.faults)
        except SomeoneJudgedMeanwhileError as meanwhile:
            form.add_error(None, str(meanwhile))
            form.see_again(seen=seen.newest)
        else:
            messages.success(request, f"Noted. {seen.member.name} may be involved as far as you said.")
            return seen.back()
    safety = safety_now([seen.member.pk], on=today())[seen.member.pk]
    return draw(
        request,
        "quick",
        seen,
        form=form,
        stop=SAFETY_STOPS if safety.gate_closed else SAFETY_SAYS_FULL if safety.indicator else "",
        unchecked=safety.unchecked,
    )


def full(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What was found, each side by itself, and the judgement."""
    seen, preparation = prepared(request, person_id, member_id)
    assessment = preparation.assessment
    form = JudgeForm(
        **posted(request),
        mentors=_mentors(user_of(request), seen),
        expected=assessment.hypothesis,
        initial={
            "seen": str(seen.newest),
            "version": assessment.version,
            "purpose": assessment.purpose_id,
            "why_person": assessment.why_person,
            "why_now": assessment.why_now,
            "will_do": assessment.will_do,
            "review_on": usual_review(Level.SHARING, on=today()),
        },
    )
    if form.is_valid():
        try:
            made = judge(
                by=user_of(request),
                preparation=preparation,
                judged=form.judged(),
                seen_number=form.cleaned_data["seen"],
                seen_version=form.cleaned_data["version"],
            )
        except NotSoError as refused:
            form.add_faults(refused.faults)
        except (SomeoneJudgedMeanwhileError, ChangedMeanwhileError) as meanwhile:
            form.add_error(None, str(meanwhile))
            form.see_again(seen=seen.newest, version=assessment.version)
        else:
            words = (
                "Judged. It waits for someone else to approve it; whatever it tightens holds already."
                if made.approval_needed
                else "Judged. It holds from now on."
            )
            messages.success(request, words)
            if made.approval_needed:
                say_who_can_open(request, person_id)
            return redirect("suitability:judgement", person_id, made.pk)
    return draw(
        request,
        "judge",
        seen,
        back=reverse("suitability:prepare", args=seen.args),
        form=form,
        preparation=preparation,
        sides=_sides(preparation),
        safety_rows=_rows(preparation, Direction.SAFETY),
        differing=[item.statement for item in preparation.items if item.key in preparation.differing],
        low_aims=preparation.rating_of(AIMS) in (Rating.NOT_PRESENT, Rating.NOT_KNOWN),
        open_items=[item.statement for item in preparation.items if preparation.rating_of(item.key) is None],
    )


def _sides(preparation: Preparation) -> list[tuple[str, list[dict[str, object]]]]:
    return [
        ("What speaks for it", _rows(preparation, Direction.ASSET)),
        ("What could get in the way", _rows(preparation, Direction.BARRIER)),
    ]


def _rows(preparation: Preparation, direction: Direction) -> list[dict[str, object]]:
    return [
        {
            "statement": item.statement,
            "rating": preparation.findings[item.key].get_rating_display(),
            "critical": preparation.findings[item.key].critical_reason,
        }
        for item in preparation.items
        if item.direction is direction and item.key in preparation.findings
    ]


def _mentors(user: User, seen: Seen) -> QuerySet[User]:
    """Colleagues who practise in the team that holds the case."""
    teams = current_allocations(today()).filter(person=seen.person.pk).values("team")
    codes = [
        role.code for role in ROLES.values() if role.reach is Reach.TEAM and Right.JUDGE_SUITABILITY in role.rights
    ]
    posts = Post.objects.filter(live_posts(today()), team__in=teams, role__in=codes)
    members = Member.objects.filter(pk__in=posts.values("member"), user__is_active=True)
    return User.objects.filter(pk__in=members.values("user")).exclude(pk=user.pk).order_by("name")
