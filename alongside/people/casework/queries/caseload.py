"""The caseload: whose cases, narrowed how, and what each row says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.rows import day, read_rows, rows_of
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.models import ToDo
from alongside.foundation.work.queries import shown_on_cases
from alongside.people.allocations.queries import (
    Holder,
    covered_cases,
    current_allocations,
    given_cases,
    holder_of,
    open_to,
    own_cases,
    team_cases,
    visible_to,
    with_holder,
    with_limited,
)
from alongside.people.casework.rules import Urgency, due_in_words, urgency_of
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Circumstance, CircumstanceKind, Order, Person
from alongside.people.persons.overview import without_answer
from alongside.people.persons.queries import matching_name

NEW_FOR_DAYS = 14
NEW_SHOWN = 6


class Whose(StrEnum):
    """Whose cases a list shows."""

    MINE = "mine"
    COVER = "cover"
    TEAM = "team"
    GIVEN = "given"
    ALL = "all"


@dataclass(frozen=True)
class Narrowing:
    """What narrows a list of cases."""

    whose: Whose
    name: str = ""
    order_type: str = ""
    not_asked: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class NextToDo:
    """What is due next on a case."""

    title: str
    urgency: Urgency
    due: str


@dataclass(frozen=True)
class CaseRow:
    """One row of a caseload. Where the user may see no more than identity, the rest is empty."""

    person: Person
    holder: Holder | None
    limited: bool
    order: str
    next_to_do: NextToDo | None
    relatives: int | None


def offered(holding: Holding) -> list[Whose]:
    """Whose cases the user may ask for, the most usual first."""
    lists: list[Whose] = []
    if Right.SEE_CASE in holding.rights_reaching(Reach.TEAM):
        lists += [Whose.MINE, Whose.COVER, Whose.TEAM]
    if holding.roles_with(Right.SEE_IDENTITY, Reach.GIVEN):
        lists.append(Whose.GIVEN)
    return [*lists, Whose.ALL] if len(lists) > 1 else lists


def cases_of(user: object, narrowing: Narrowing, *, rights: Collection[Right]) -> QuerySet[Person]:
    """The cases that `narrowing` leaves of those that the user may see. `rights` are those held on the listed cases."""
    cases = cases_on_list(user, narrowing.whose)
    if narrowing.order_type:
        cases = cases.filter(Exists(_standing_orders(today()).filter(type=narrowing.order_type)))
    if narrowing.not_asked:
        cases = without_answer(cases)
    if narrowing.overdue:
        cases = cases.filter(Exists(_open_to_dos(rights).filter(due_on__lt=today())))
    return matching_name(cases, narrowing.name) if narrowing.name else cases


def cases_on_list(user: object, whose: Whose) -> QuerySet[Person]:
    """One list of cases without those that limited access closes to the user; each lies within remit by what it is."""
    holding, on = holding_of(user), today()
    if whose not in offered(holding):
        return Person.objects.none()
    remit = _ids(holding, whose, on)
    if remit is None:
        return visible_to(user, Right.SEE_IDENTITY)
    return open_to(Person.objects.filter(pk__in=remit), holding, on)


def with_next_due(cases: QuerySet[Person], *, rights: Collection[Right]) -> QuerySet[Person]:
    """`cases` with `next_due_on`, for ordering by it."""
    soonest = _open_to_dos(rights).order_by("due_on").values("due_on")[:1]
    return cases.annotate(next_due_on=Subquery(soonest))


def with_row(cases: QuerySet[Person], *, rights: Collection[Right]) -> QuerySet[Person]:
    """`cases` with what `case_row` reads. `rights` are those held on the listed cases."""
    cases = with_limited(with_holder(cases))
    if Right.SEE_CASE not in rights:
        return cases
    to_dos = _open_to_dos(rights).order_by("due_on", "pk")[:1]
    relatives = (
        FamilyMember.objects.filter(person=OuterRef("pk"), ended_on=None)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
        .values("n")
    )
    cases = cases.annotate(
        order_type=Subquery(_standing_orders(today()).order_by("-from_date", "pk").values("type")[:1]),
        to_do_rows=rows_of(to_dos, title=F("title"), due_on=F("due_on")),
    )
    if Right.SEE_FAMILY not in rights:
        return cases
    return cases.annotate(relatives=Coalesce(Subquery(relatives, output_field=IntegerField()), 0))


def case_row(person: Person) -> CaseRow:
    """A person read by `with_row` as the list shows them."""
    return CaseRow(
        person=person,
        holder=holder_of(person),
        limited=getattr(person, "limited", False),
        order=label_of(getattr(person, "order_type", None) or ""),
        next_to_do=_next_to_do(person),
        relatives=getattr(person, "relatives", None),
    )


def rights_on_list(holding: Holding, whose: Whose) -> frozenset[Right]:
    """The rights that the user surely holds on every case of a list: columns need no more than these."""
    reached = [
        ROLES[role].rights
        for role in holding.roles
        if (ROLES[role].reach is Reach.TEAM and whose is not Whose.GIVEN)
        or (ROLES[role].reach is Reach.GIVEN and whose in (Whose.GIVEN, Whose.ALL))
    ]
    return frozenset.intersection(*reached) if reached else frozenset()


@dataclass(frozen=True)
class NewCase:
    """A case that came to the user lately."""

    person: Person
    since: date | None


GIVEN_SHOWN = 8


def given_people(user: object) -> list[Person]:
    """The first of those whose cases are given to the user, by name, for the start page."""
    cases = cases_on_list(user, Whose.GIVEN)
    return list(cases.order_by("family_name", "given_names", "pk")[:GIVEN_SHOWN])


def holds_cases(holding: Holding) -> bool:
    """Whether any case is allocated to the user today."""
    return own_cases(holding, today()).exists()


@dataclass(frozen=True)
class Standing:
    """How a user's own caseload stands: how many people, how many still wait for a question, and who is new."""

    people: int
    not_asked: int
    new: tuple[NewCase, ...]


def standing_of(user: object, *, on: date) -> Standing:
    """The cases that the user holds, in one query: a caseload is short, and its rows are counted here."""
    holding = holding_of(user)
    asked = Circumstance.objects.filter(person=OuterRef("pk"))
    known = [Exists(asked.filter(kind=kind)) for kind in CircumstanceKind]
    mine = current_allocations(on).filter(person=OuterRef("pk"), member=holding.member_id)
    cases = list(
        cases_on_list(user, Whose.MINE)
        .annotate(waits=~(known[0] & known[1] & known[2]), since=Subquery(mine.values("from_date")[:1]))
        .only("known_as", "given_names", "family_name")
        .order_by("-since", "pk")
    )
    new = [NewCase(person, person.since) for person in cases if person.since > on - timedelta(days=NEW_FOR_DAYS)]
    return Standing(len(cases), sum(person.waits for person in cases), tuple(new[:NEW_SHOWN]))


def _ids(holding: Holding, whose: Whose, on: date) -> QuerySet[Any, UUID] | None:
    match whose:
        case Whose.MINE:
            return own_cases(holding, on)
        case Whose.COVER:
            return covered_cases(holding, on)
        case Whose.TEAM:
            return team_cases(holding.teams_reached_with(Right.SEE_CASE), on)
        case Whose.GIVEN:
            return given_cases(holding, holding.roles_with(Right.SEE_IDENTITY, Reach.GIVEN), on)
        case Whose.ALL:
            return None


def _standing_orders(on: date) -> QuerySet[Order]:
    ended = Q(ended_on__isnull=False, ended_on__lte=on) | Q(until_date__isnull=False, until_date__lt=on)
    return Order.objects.filter(person=OuterRef("pk")).exclude(ended)


def _open_to_dos(rights: Collection[Right]) -> QuerySet[ToDo]:
    """Of the case in question, and only what `rights` show: a filter or an order must not tell of what a page hides."""
    return ToDo.objects.filter(case=OuterRef("pk"), done_at=None, right__in=shown_on_cases(rights))


def _next_to_do(person: Person) -> NextToDo | None:
    for row in read_rows(person, "to_do_rows"):
        due_on = day(row["due_on"])
        if due_on is not None:
            on = today()
            return NextToDo(row["title"], urgency_of(due_on, today=on), due_in_words(due_on, today=on))
    return None
