"""The caseload: one box for a name or a number, filters, order, pages."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import needs
from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.addresses import with_query
from alongside.foundation.ui.paging import page_of
from alongside.foundation.ui.sorting import Column, sorting_of
from alongside.people.casework.numbers import TooManyNumbersError, look_up
from alongside.people.casework.queries.caseload import (
    Narrowing,
    Whose,
    case_row,
    cases_of,
    holds_cases,
    offered,
    rights_on_list,
    with_next_due,
    with_row,
)
from alongside.people.persons.identifiers import recognise

LONGEST_SEARCH = 200
COLUMNS = {
    "name": Column(_("Name"), ["family_name", "given_names"]),
    "crn": Column(_("CRN"), ["crn"]),
    "order": Column(_("Order")),
    "officer": Column(_("Officer")),
    "family": Column(_("Family")),
    "next": Column(_("Next to do"), ["next_due_on"]),
}
LISTS = {
    Whose.MINE: _("My cases"),
    Whose.COVER: _("Cases I cover"),
    Whose.TEAM: _("My team"),
    Whose.GIVEN: _("Cases given to me"),
    Whose.ALL: _("Everyone I may see"),
}


@require_GET
@needs(Right.SEE_IDENTITY)
def show_caseload(request: HttpRequest) -> HttpResponse:
    """Cases in remit by name, or one case anywhere by its exact number."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    holding = holding_of(request.user)
    if text and Right.SEARCH in holding.rights and isinstance(request.user, User):
        numbers = recognise(text, today=today())
        if numbers:
            return _answer_number(request, request.user, numbers, text)
    narrowing = _narrowing(request, holding, text)
    record_consultation(
        by=request.user if isinstance(request.user, User) else None,
        what="casework.caseload",
        detail=f"{narrowing.whose.value}{', by name' if text else ''}",
    )
    return _list(request, holding, narrowing)


def _answer_number(request: HttpRequest, user: User, numbers: tuple, text: str) -> HttpResponse:  # type: ignore[type-arg]
    try:
        answer = look_up(user, numbers)
    except TooManyNumbersError:
        return render(request, "people/casework/too_many_numbers.html", {"text": text}, status=429)
    if answer.person is not None:
        return redirect("casework:case", answer.person.pk)
    return render(request, "people/casework/number.html", {"answer": answer, "text": text})


def _narrowing(request: HttpRequest, holding: Holding, text: str) -> Narrowing:
    lists = offered(holding)
    asked = request.GET.get("whose", "")
    usual = _usual_list(holding, lists, by_name=bool(text)) if asked not in [one.value for one in lists] else lists[0]
    narrowing = Narrowing(whose=Whose(asked) if asked in [one.value for one in lists] else usual, name=text)
    if Right.SEE_CASE not in rights_on_list(holding, narrowing.whose):
        return narrowing
    types = {value.id for value in coded_list("order_type", include_off=True)}
    order_type = request.GET.get("order", "")
    return replace(
        narrowing,
        order_type=order_type if order_type in types else "",
        not_asked=request.GET.get("asked") == "no",
        overdue=request.GET.get("due") == "overdue",
    )


def _usual_list(holding: Holding, lists: list[Whose], *, by_name: bool) -> Whose:
    """The list to begin with: everyone for a name; for someone who holds no case, such as a senior, the team's."""
    if not lists:
        return Whose.MINE
    if by_name and Whose.ALL in lists:
        return Whose.ALL
    return Whose.TEAM if lists[0] is Whose.MINE and not holds_cases(holding) else lists[0]


def _list(request: HttpRequest, holding: Holding, narrowing: Narrowing) -> HttpResponse:
    rights = rights_on_list(holding, narrowing.whose)
    full = Right.SEE_CASE in rights
    columns = {key: column for key, column in COLUMNS.items() if full or key in ("name", "officer")}
    if Right.SEE_FAMILY not in rights:
        columns.pop("family", None)
    if narrowing.whose is Whose.MINE:
        columns.pop("officer", None)
    sorting = sorting_of(request, columns, default="name")
    cases = cases_of(request.user, narrowing, rights=rights)
    if sorting.order_by[0].removeprefix("-") == "next_due_on":
        cases = with_next_due(cases, rights=rights)
    if not narrowing.name or "sort" in request.GET:
        cases = cases.order_by(*sorting.order_by)
    page = page_of(with_row(cases, rights=rights), request)
    return render(
        request,
        "people/casework/caseload.html",
        {
            "title": LISTS[narrowing.whose],
            "narrowing": narrowing,
            "page": page,
            "rows": [case_row(person) for person in page.rows],
            "columns": columns,
            "sorting": sorting,
            "full": full,
            "lists": [
                {
                    "text": LISTS[one],
                    "href": f"?whose={one.value}",
                    "active": one is narrowing.whose and not narrowing.name,
                }
                for one in offered(holding)
            ],
            "order_types": [
                {"value": value.id, "text": value.label(), "selected": value.id == narrowing.order_type}
                for value in coded_list("order_type", include_off=True)
            ],
            "kept": [{"name": "whose", "value": narrowing.whose.value}] if "whose" in request.GET else [],
            "selected": _selected(request, narrowing),
            "may_search_numbers": Right.SEARCH in holding.rights,
            "may_add": Right.EDIT_CASE in holding.rights and holding.member_id is not None,
        },
    )


def _selected(request: HttpRequest, narrowing: Narrowing) -> list[dict[str, str]]:
    taken = []
    if narrowing.order_type:
        taken.append({"text": label_of(narrowing.order_type), "href": with_query(request, order=None, page=None)})
    if narrowing.not_asked:
        taken.append({"text": str(_("Questions not asked yet")), "href": with_query(request, asked=None, page=None)})
    if narrowing.overdue:
        taken.append({"text": str(_("Something overdue")), "href": with_query(request, due=None, page=None)})
    return taken
