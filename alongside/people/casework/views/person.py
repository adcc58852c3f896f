"""What is recorded about the person: reading it, changing what is kept here, asking what everyone is asked."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.menus import is_demo
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.people.allocations.looking import Found, Sight
from alongside.people.casework.actions import add_case
from alongside.people.casework.forms.person import AddPersonForm, AskedForm, DetailsForm, initial_details
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.numbers import TooManyNumbersError, look_up
from alongside.people.casework.queries.details import kept_here, owned_elsewhere
from alongside.people.casework.queries.editors import last_editor
from alongside.people.persons.actions import change_details as save_details
from alongside.people.persons.actions import details_of, record_circumstance
from alongside.people.persons.models import Answer, Circumstance, CircumstanceKind
from alongside.people.persons.overview import overview_of, with_overview
from alongside.people.staff.models import Member, Team


@require_GET
def show_details(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is recorded about the person, and where each part is changed."""
    sight = case_for(request, person_id, right=Right.SEE_CASE, what="casework.details", reading=with_overview)
    return render_case(
        request,
        "details.html",
        sight,
        current="casework:details",
        about=overview_of(sight.person),
        kept=kept_here(sight),
        owned=owned_elsewhere(sight.person),
    )


@require_http_methods(["GET", "POST"])
def change_details(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change what is kept here. Someone who comes second sees what changed, and loses nothing."""
    sight = case_for(request, person_id, right=Right.EDIT_CASE, what="casework.details")
    person = sight.person
    standing = details_of(person)
    form = DetailsForm(request.POST or None, person=person, initial=initial_details(person, standing))
    if form.is_valid():
        details = form.details(kept_details={facts.need_id: facts.detail for facts in standing.needs})
        try:
            save_details(by=user_of(request), person=person, seen_version=form.cleaned_data["version"], details=details)
        except ChangedMeanwhileError:
            person.refresh_from_db()
            form.changed_meanwhile(initial_details(person, details_of(person)), by=last_editor(person.pk, person.pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("casework:details", person.pk)
    return render_case(request, "change_details.html", sight, current="casework:details", form=form)


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """Keep the answer to a question that everyone is asked: with one press from the case page, or with its day."""
    if kind not in CircumstanceKind.values:
        raise Http404
    sight = case_for(request, person_id, right=Right.EDIT_CASE, what="casework.asked")
    standing = Circumstance.objects.filter(person=sight.person, kind=kind).first()
    initial = _asked_initial(standing)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and data.get("version") == "0":
        return _asked_with_one_press(request, sight, kind, standing)
    form = AskedForm(data, initial=initial)
    if form.is_valid():
        try:
            record_circumstance(
                by=user_of(request),
                person=sight.person,
                kind=kind,
                answer=form.cleaned_data["answer"],
                asked_on=form.cleaned_data["asked_on"],
                seen_version=form.cleaned_data["version"] if standing else None,
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile(_asked_initial(changed.current), by=last_editor(person_id, changed.current.pk))
        else:
            messages.success(request, _("Noted."))
            return redirect("casework:details", person_id)
    return render_case(request, "asked.html", sight, current="casework:details", form=form, kind=kind)


def _asked_with_one_press(request: HttpRequest, sight: Sight, kind: str, standing: Circumstance | None) -> HttpResponse:
    answer = request.POST.get("answer", "")
    if standing is not None or answer not in Answer.values:
        if standing is not None:
            messages.warning(request, _("Someone noted an answer to this meanwhile. Look at it before you change it."))
        return redirect("casework:asked", sight.person.pk, kind)
    record_circumstance(
        by=user_of(request), person=sight.person, kind=kind, answer=answer, asked_on=today(), seen_version=0
    )
    noted = {"question": CircumstanceKind(kind).label, "answer": Answer(answer).label}
    messages.success(request, _("Noted: %(question)s, %(answer)s.") % noted)
    return redirect("casework:case", sight.person.pk)


def _asked_initial(row: object) -> dict[str, object]:
    if not isinstance(row, Circumstance):
        return {"asked_on": today(), "version": 1}
    return {"answer": row.answer, "asked_on": row.asked_on, "version": row.version}


@require_http_methods(["GET", "POST"])
@needs(Right.EDIT_CASE)
def add(request: HttpRequest) -> HttpResponse:
    """Add someone whom the system of record has not sent yet, to one's own caseload."""
    user = user_of(request)
    holding = holding_of(user)
    teams = list(Team.objects.filter(pk__in=holding.teams_reached_with(Right.EDIT_CASE), active=True).order_by("name"))
    initial = {"team": str(teams[0].pk) if teams else ""}
    form = AddPersonForm(request.POST or None, teams=teams, in_demo=is_demo(request), initial=initial)
    if form.is_valid():
        try:
            form.refuse([number for number in form.identifiers if look_up(user, [number]).found is not Found.NOTHING])
        except TooManyNumbersError:
            return render(request, "people/casework/too_many_numbers.html", status=429)
        if form.is_valid():
            try:
                with transaction.atomic():
                    person = add_case(
                        by=user,
                        member=Member.objects.get(user=user),
                        team=next(team for team in teams if str(team.pk) == form.cleaned_data["team"]),
                        **form.person_values(),
                    )
            except IntegrityError:
                form.refuse(form.identifiers[:1])
            else:
                messages.success(
                    request, _("Added to your caseload. Check in the system of record whether access is limited.")
                )
                return redirect("casework:case", person.pk)
    return render(request, "people/casework/add_person.html", {"form": form})
