"""The daily round: nothing here changes what an order says; it only asks people to look."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.safety.orders.actions.showing import (
    CONDITIONS_TO_DO,
    EXPIRY_TO_DO,
    refresh_cards,
    refresh_conditions_to_do,
    refresh_to_dos,
)
from alongside.safety.orders.models import ProtectiveOrder
from alongside.safety.orders.queries import unread_conditions
from alongside.safety.orders.rules import PROMPT_BEFORE


def prompt_for_day(*, on: date | None = None) -> int:
    """Open what has to be done, and bring cards up to date where a day has passed; answers how many were touched."""
    day = on or today()
    touched = 0
    for order in orders_to_prompt(day):
        refresh_to_dos(by=None, order=order, on=day)
        touched += 1
    for person_id in people_to_prompt(day):
        refresh_conditions_to_do(by=None, person_id=person_id, on=day)
        refresh_cards(person_id)
        touched += 1
    for person_id in people_whose_orders_turn(day):
        refresh_cards(person_id)
        touched += 1
    return touched


def orders_to_prompt(day: date) -> Iterator[ProtectiveOrder]:
    """Orders that run out soon and have no to-do yet, and those whose last day was yesterday: the words change."""
    asked = ToDo.objects.filter(kind=EXPIRY_TO_DO, subject=OuterRef("pk"), done_at=None)
    return (
        ProtectiveOrder.objects.filter(until_date__lte=day + PROMPT_BEFORE, ended_on=None)
        .filter(~Exists(asked) | Q(until_date=day - timedelta(days=1)))
        .order_by("pk")
        .iterator()
    )


def people_to_prompt(day: date) -> Iterable[UUID]:
    """People with imported conditions to read whom no to-do names yet, and those whose conditions have all gone."""
    asked = ToDo.objects.filter(kind=CONDITIONS_TO_DO, done_at=None)
    unread = unread_conditions(None, on=day).order_by()
    new = unread.filter(~Exists(asked.filter(case=OuterRef("person")))).values_list("person", flat=True)
    over = asked.filter(~Exists(unread.filter(person=OuterRef("case")))).values_list("case", flat=True)
    yield from new.distinct().iterator()
    yield from (case for case in over.iterator() if case is not None)


def people_whose_orders_turn(day: date) -> Iterable[UUID]:
    """People of whom an order begins, has just run out, or ends for good on a day."""
    turning = Q(from_date=day) | Q(until_date=day - timedelta(days=1)) | Q(ended_on=day)
    return ProtectiveOrder.objects.filter(turning).values_list("person", flat=True).distinct().iterator()
