# ruff: noqa: RUF001 - people read typographic apostrophes
"""The check of a home: where it stands, what may be done now, and each step."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import GovForm, posted
from alongside.involvement.decisions.actions.homes import (
    NOT_TOLD,
    HomeFaultError,
    change_home_check,
    end_home_check,
    note_household_checks,
    note_householder,
    open_home_check,
    withdraw_home_agreement,
)
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.asking import now, role_of, show, token_of
from alongside.involvement.decisions.forms import (
    ChangeHomeForm,
    HomeEndForm,
    HomeWithdrawForm,
    HouseholderForm,
    HouseholdForm,
    OpenHomeForm,
    UseForm,
)
from alongside.involvement.decisions.models import HomeCheck, HomeCheckEnd, HomeCheckStep, Use
from alongside.involvement.decisions.queries.gathering import May, may_check_home
from alongside.involvement.decisions.queries.kept import open_home_check_of
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import Check
from alongside.involvement.decisions.views.asking import sight_of_member, to_use
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import render_case, say_who_can_open
from alongside.people.families.models import FamilyMember

TEMPLATES = "involvement/decisions"
CURRENT = "decisions:case"


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Where the check of this family member's home stands; opening one where there is none."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.EDIT_CASE)
    check = open_home_check_of(member.pk)
    if check is None:
        return _open(request, sight, member)
    return _home(request, sight, member, check, _may(request, member))


@require_POST
def use(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Ask whoever has to be asked first, or keep a no that was heeded. A yes is kept when the householder is told."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.EDIT_CASE)
    check = open_home_check_of(member.pk)
    if check is None:
        raise Http404
    used, may, chosen = UseForm(request.POST), _may(request, member), request.POST.get("use")
    if chosen not in (Use.ASKED, Use.HELD):
        messages.error(request, "That could not be kept. Nothing was recorded.")
        return redirect("decisions:home", person_id, member_id)
    if not used.is_valid():
        return _home(request, sight, member, check, may, used=used)
    if token_of(may) != used.cleaned_data["seen"]:
        return _home(request, sight, member, check, may, used=used, changed=True)
    try:
        decision = keep_answer(
            by=user_of(request), member=member, may=may, use=Use(chosen), note=used.cleaned_data["note"]
        )
    except ValueError:
        return _home(request, sight, member, check, may, used=used, changed=True)
    messages.success(request, KEPT[Use(chosen)])
    if chosen == Use.ASKED:
        say_who_can_open(request, person_id)
    return redirect("decisions:kept", person_id, decision.pk)


KEPT = {
    Use.ASKED: "Asked. You will find the answer under “What needs doing” on your start page.",
    Use.HELD: "Kept: you asked, and did not go on.",
}


def _may(request: HttpRequest, member: FamilyMember, *, adult: bool | None = None) -> May:
    role = role_of(request.user, policy_on(today()))
    return may_check_home(member_id=member.pk, role=role, at=now(), adult=adult)


def _home(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    check: HomeCheck,
    may: May,
    *,
    used: UseForm | None = None,
    changed: bool = False,
) -> HttpResponse:
    shown = show(may, sight=sight, member=member)
    return render_case(
        request,
        f"{TEMPLATES}/home.html",
        sight,
        current=CURRENT,
        member=member,
        check=check,
        one=_shown([check])[0],
        shown=shown,
        changed=changed,
        use_form=to_use(may, used),
        over=check.review_on is not None and check.review_on <= today(),
    )


def _shown(checks: Iterable[HomeCheck]) -> list[dict[str, Any]]:
    """Checks in words, each with what was done, the newest first. One query."""
    rows = list(checks)
    steps: dict[UUID, list[HomeCheckStep]] = defaultdict(list)
    for step in HomeCheckStep.objects.filter(check_id__in=[row.pk for row in rows], words__isnull=False).order_by(
        "-at"
    ):
        steps[step.check_id].append(step)
    return [
        {
            "check": row,
            "kind": label_of(str(row.kind_id)),
            "heading": _heading(row),
            "abuse": ANSWERS[row.household_abuse],
            "children": ANSWERS[row.household_children],
            "steps": steps[row.pk],
        }
        for row in rows
    ]


def _heading(row: HomeCheck) -> str:
    on = f", {row.ended_on.day} {row.ended_on:%B %Y}" if row.ended_on else ""
    return f"{label_of(str(row.kind_id))}: {row.get_end_display()}{on}"


ANSWERS = {
    Check.NOT_CHECKED.value: "Not answered yet",
    Check.STALE.value: "Out of date",
    Check.NONE_FOUND.value: "Nothing found",
    Check.SUSPECTED.value: "Something suspected",
    Check.KNOWN.value: "Something known",
}


def _open(request: HttpRequest, sight: Sight, member: FamilyMember) -> HttpResponse:
    form = OpenHomeForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            open_home_check(
                by=user_of(request),
                member=member,
                kind_id=said["kind"],
                address=said["address"],
                review_on=said["review_on"],
            )
        except HomeFaultError as fault:
            form.add_error(fault.field, str(fault))
        else:
            return redirect("decisions:home", member.person_id, member.pk)
    ended = HomeCheck.objects.filter(family_member=member.pk, ended_on__isnull=False).order_by("-ended_on")
    return render_case(
        request,
        f"{TEMPLATES}/open_home.html",
        sight,
        current=CURRENT,
        member=member,
        form=form,
        ended=_shown(ended),
    )


def _step(
    request: HttpRequest,
    person_id: UUID,
    member_id: UUID,
    *,
    form_class: type[GovForm],
    initial: Callable[[HomeCheck], dict[str, Any]],
    act: Callable[[HomeCheck, dict[str, Any]], None],
    title: str,
    words: str = "",
    warn: Callable[[FamilyMember, HomeCheck], str] = lambda member, check: "",
    then: Callable[[Sight, HomeCheck], str] = lambda sight, check: "",
) -> HttpResponse:
    """One step of a check: a form, an action, and back to where it stands, or on to the address that `then` gives."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.EDIT_CASE)
    check = open_home_check_of(member.pk)
    if check is None:
        raise Http404
    form = form_class(**posted(request), initial=initial(check) | {"version": check.version})
    if request.method == "POST" and form.is_valid():
        try:
            act(check, form.cleaned_data)
        except HomeFaultError as fault:
            form.add_error(fault.field, str(fault))
        except ChangedMeanwhileError:
            check.refresh_from_db()
            form.changed_meanwhile(initial(check) | {"version": check.version}, by="")
        else:
            messages.success(request, "Saved.")
            return redirect(then(sight, check) or reverse("decisions:home", args=[person_id, member_id]))
    return render_case(
        request,
        f"{TEMPLATES}/home_step.html",
        sight,
        current=CURRENT,
        member=member,
        form=form,
        title=title,
        words=words,
        warning=warn(member, check),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What the home is for, where it is, and when it ends: often not known when a check is opened."""

    def act(check: HomeCheck, said: dict[str, Any]) -> None:
        change_home_check(
            by=user_of(request),
            check=check,
            seen_version=said["version"],
            kind_id=said["kind"],
            address=said["address"],
            review_on=said["review_on"],
        )

    return _step(
        request,
        person_id,
        member_id,
        form_class=ChangeHomeForm,
        initial=lambda check: {"kind": check.kind_id, "address": check.address, "review_on": check.review_on},
        act=act,
        title="What the home is checked for",
    )


@require_http_methods(["GET", "POST"])
def household(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What the household checks found."""

    def act(check: HomeCheck, said: dict[str, Any]) -> None:
        note_household_checks(
            by=user_of(request),
            check=check,
            seen_version=said["version"],
            abuse=Check(said["abuse"]),
            children=Check(said["children"]),
            checked_on=said["checked_on"],
            checked_with=said["checked_with"],
        )

    return _step(
        request,
        person_id,
        member_id,
        form_class=HouseholdForm,
        initial=lambda check: {
            "abuse": check.household_abuse,
            "children": check.household_children,
            "checked_on": check.checked_on,
            "checked_with": check.checked_with,
        },
        act=act,
        title="What the household checks found",
        words="Ask the police and children’s services about the home and everyone who lives there.",
    )


@require_http_methods(["GET", "POST"])
def householder(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What the householder was told, and what they said."""

    def warn(member: FamilyMember, check: HomeCheck) -> str:
        if check.told_on is not None:
            return ""
        return NOT_TOLD.get(_may(request, member, adult=True).answer.outcome, "")

    def act(check: HomeCheck, said: dict[str, Any]) -> None:
        note_householder(
            by=user_of(request),
            check=check,
            seen_version=said["version"],
            may=_may(request, check.family_member, adult=bool(said["adult"])),
            adult=bool(said["adult"]),
            seen_alone_on=said["seen_alone_on"],
            told_on=said["told_on"],
            told_what=said["told_what"],
            agreed={"yes": True, "no": False}.get(said["agreed"]),
        )

    return _step(
        request,
        person_id,
        member_id,
        form_class=HouseholderForm,
        initial=lambda check: {
            "adult": check.householder_adult,
            "seen_alone_on": check.seen_alone_on,
            "told_on": check.told_on,
            "told_what": check.told_what,
            "agreed": {True: "yes", False: "no", None: ""}[check.agreed],
        },
        act=act,
        title="What the householder was told, and said",
        words="See them on their own. Tell them before you ask. A yes can be taken back at any time, without a reason.",
        warn=warn,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The householder takes their yes back."""

    def act(check: HomeCheck, said: dict[str, Any]) -> None:
        withdraw_home_agreement(by=user_of(request), check=check, seen_version=said["version"], on=said["on"])

    return _step(
        request,
        person_id,
        member_id,
        form_class=HomeWithdrawForm,
        initial=lambda check: {"on": today()},
        act=act,
        title="The householder takes their agreement back",
        words="It needs no reason and costs them nothing. A to-do to find another place is opened for today.",
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The check is over: the contact is closed, or becomes an agreement."""

    def act(check: HomeCheck, said: dict[str, Any]) -> None:
        end_home_check(
            by=user_of(request),
            check=check,
            seen_version=said["version"],
            end=HomeCheckEnd(said["end"]),
            note=said["note"],
            on=said["on"],
        )

    return _step(
        request,
        person_id,
        member_id,
        form_class=HomeEndForm,
        initial=lambda check: {"on": today()},
        act=act,
        title="End the check of this home",
        words="A channel that the law opened for one purpose does not stay open for others.",
        then=_agreement,
    )


def _agreement(sight: Sight, check: HomeCheck) -> str:
    """Where the working agreement is made that a check was turned into."""
    if check.end != HomeCheckEnd.AGREEMENT or not sight.may(Right.SEE_AGREEMENTS):
        return ""
    return reverse("agreements:agreement", args=[check.person_id, check.family_member_id])
