"""The practitioner's side: refer, see that it was acknowledged, decline what is unsafe, ask about a name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.ui.forms import posted
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case, render_member
from alongside.people.families.models import FamilyMember
from alongside.people.staff.queries import holders_of
from alongside.safety.advocacy.actions.referring import (
    NoTeamError,
    ask_about_name,
    decline_request,
    refer,
    team_of,
)
from alongside.safety.advocacy.forms import DeclineForm, NameForm, ReferForm
from alongside.safety.advocacy.models import DeclinedRequest
from alongside.safety.advocacy.queries.outside import checks_of, declined_of, referrals_of
from alongside.safety.advocacy.rules import Asker, Request
from alongside.safety.guidance.reading import at_point, note_read
from alongside.safety.guidance.rules import Point

WHAT = "advocacy.page"
CURRENT = "advocacy:case"
MEMBER = "advocacy:member"
FAMILY = "casework:family"


@require_GET
def show_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was referred on a case and when it was acknowledged, and what was declined."""
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    return render_case(
        request,
        "safety/advocacy/case.html",
        sight,
        current=CURRENT,
        referrals=referrals_of(person_id),
        declined=declined_of(person_id),
        checks=checks_of(person_id),
        advisers=_advisers(person_id),
    )


@require_GET
def show_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Whether a family member was referred, and when it was acknowledged."""
    sight, member = _member(request, person_id, member_id)
    return render_member(
        request,
        "safety/advocacy/member.html",
        sight,
        member,
        here=MEMBER,
        referrals=referrals_of(person_id, family_member_id=member_id),
        advisers=_advisers(person_id),
    )


@require_http_methods(["GET", "POST"])
def refer_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Refer someone whom the person on probation does not name, or the person themselves."""
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    return _refer(request, sight, None)


@require_http_methods(["GET", "POST"])
def refer_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Refer a family member."""
    sight, member = _member(request, person_id, member_id)
    return _refer(request, sight, member)


def _refer(request: HttpRequest, sight: Sight, member: FamilyMember | None) -> HttpResponse:
    known = {"name": member.name, "year_of_birth": member.year_of_birth} if member else {}
    form = ReferForm(**posted(request), initial=known)
    if form.is_valid():
        try:
            refer(
                by=user_of(request),
                person=sight.person,
                member=member,
                in_need=form.in_need(),
                key=form.cleaned_data["once"],
            )
        except NoTeamError as nobody:
            form.add_error(None, str(nobody))
        else:
            note_read(request, Point.REFERRAL)
            messages.success(
                request,
                "Referred. What you wrote is with the advisers alone. Here you see when they acknowledge it.",
            )
            return redirect(MEMBER, sight.person.pk, member.pk) if member else redirect(CURRENT, sight.person.pk)
    return render_case(
        request,
        "safety/advocacy/refer.html",
        sight,
        current=FAMILY if member else CURRENT,
        form=form,
        member=member,
        advisers=_advisers(sight.person.pk),
        guidance=at_point(request, Point.REFERRAL),
    )


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say what one was asked to do for a victim or a partner; what is unsafe is declined, with the safe way."""
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    form = DeclineForm(**posted(request))
    if form.is_valid():
        declined = decline_request(
            by=user_of(request),
            person=sight.person,
            request=Request(form.cleaned_data["request"]),
            asked_by=Asker(form.cleaned_data["asked_by"]),
        )
        note_read(request, Point.REFERRAL)
        return redirect("advocacy:declined", person_id, declined.pk)
    guidance = at_point(request, Point.REFERRAL)
    return render_case(request, "safety/advocacy/asked.html", sight, current=CURRENT, form=form, guidance=guidance)


@require_GET
def show_declined(request: HttpRequest, person_id: UUID, declined_id: UUID) -> HttpResponse:
    """Why a request was declined, the safe way, and whom to bring it to."""
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    declined = DeclinedRequest.objects.filter(case=person_id, pk=declined_id, request__isnull=False).first()
    if declined is None or not declined.request:
        raise Http404
    return render_case(
        request,
        "safety/advocacy/declined.html",
        sight,
        current=CURRENT,
        declined=declined,
        answer=Request(declined.request).answer,
        advisers=_advisers(person_id),
    )


@require_http_methods(["GET", "POST"])
def ask_name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Have a name looked at before contact. The answer here is the same, whatever there is to know."""
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    form = NameForm(**posted(request))
    if form.is_valid():
        ask_about_name(by=user_of(request), person=sight.person, **form.cleaned_data)
        messages.success(
            request,
            "Passed on. Nothing is answered here, whoever it is. If there is anything that you need to know, victim"
            " liaison rings you by the end of the next working day.",
        )
        return redirect(CURRENT, person_id)
    return render_case(request, "safety/advocacy/ask_name.html", sight, current=CURRENT, form=form)


def _member(request: HttpRequest, person_id: UUID, member_id: UUID) -> tuple[Sight, FamilyMember]:
    sight = case_for(request, person_id, right=Right.REFER_TO_ADVISER, what=WHAT)
    return sight, member_or_404(person_id, member_id)


def _advisers(person_id: UUID) -> list[dict[str, str]]:
    """The advisers of the team that holds the case, and their numbers."""
    try:
        team = team_of(person_id)
    except NoTeamError:
        return []
    return [
        {"name": member.user.name, "telephone": member.telephone or team.telephone}
        for member in holders_of(RoleCode.ABUSE_ADVISER, team.pk)
    ]
