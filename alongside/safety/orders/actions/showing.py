"""Cards on the case page and on pages of family members, and to-dos: brought up to date after every change."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card, remove_card
from alongside.safety.orders.models import OrderPlace, ProtectiveOrder
from alongside.safety.orders.queries import OrderShown, orders_of, span_of, unread_conditions
from alongside.safety.orders.rules import Standing, prompt_is_due, settle_by

CARD = "orders"
EXPIRY_TO_DO = "orders.expiry"
SOURCE_TO_DO = "orders.source"
CONDITIONS_TO_DO = "orders.conditions"
MATTERS = (Standing.IN_FORCE, Standing.TO_CONFIRM, Standing.TO_COME)


def line_of(shown: OrderShown) -> str:
    """An order in one line: what it is, and until when."""
    row = shown.row
    if shown.standing is Standing.TO_CONFIRM and row.until_date:
        return f"{shown.label}: last day was {_day(row.until_date)}, confirm that it ended"
    if shown.standing is Standing.TO_COME:
        return f"{shown.label}: from {_day(row.from_date)}"
    return f"{shown.label}: until {_day(row.until_date)}" if row.until_date else f"{shown.label}: until further order"


@action
def refresh_cards(person_id: UUID, *, members: Collection[UUID] = ()) -> None:
    """Bring the case's card, and those of family members whom a change concerned, up to date."""
    on = today()
    standing = [shown for shown in orders_of(person_id, on=on) if shown.standing in MATTERS]
    unread = unread_conditions([person_id], on=on).count()
    put_or_remove(
        person_id,
        None,
        headline=headline_of(len(standing), unread),
        lines=tuple(line_of(shown) for shown in standing),
    )
    homes = OrderPlace.objects.filter(order__person=person_id, family_member__isnull=False)
    concerned = set(members) | set(homes.values_list("family_member", flat=True))
    for shown in standing:
        concerned |= {*shown.members, *filter(None, [shown.row.bound_member_id])}
    for member_id in concerned:
        theirs = [shown for shown in standing if shown.concerns(member_id)]
        put_or_remove(
            person_id,
            member_id,
            headline=headline_of(len(theirs), 0),
            lines=tuple(line_of(shown) for shown in theirs),
        )


def headline_of(standing: int, unread: int) -> str:
    """What a card says first; empty where there is nothing to say."""
    said = []
    if standing:
        said.append("1 to keep to" if standing == 1 else f"{standing} to keep to")
    if unread:
        said.append("1 imported condition to read" if unread == 1 else f"{unread} imported conditions to read")
    return ", ".join(said)


def put_or_remove(person_id: UUID, member_id: UUID | None, *, headline: str, lines: tuple[str, ...]) -> None:
    """Show a card, or take it away where it has nothing to say."""
    if not headline:
        remove_card(case_id=person_id, key=CARD, family_member_id=member_id)
        return
    card = CardFacts(
        key=CARD,
        title="Orders and conditions",
        headline=headline,
        lines=lines,
        order=12,
        right=Right.SEE_SAFETY,
        family_member_id=member_id,
    )
    put_card(case_id=person_id, card=card)


@action
def refresh_to_dos(*, by: User | None, order: ProtectiveOrder, on: date) -> None:
    """Open or close what has to be done about one order: settle its end, and see it in the system of record."""
    span = span_of(order)
    due = settle_by(span, made_on=on)
    if due is not None and prompt_is_due(span, on):
        open_to_do(
            case_id=order.person_id,
            to_do=ToDoFacts(
                kind=EXPIRY_TO_DO,
                subject_id=order.pk,
                title=_expiry_title(order.until_date, on),
                due_on=due,
                right=Right.SEE_SAFETY,
                family_member_id=order.bound_member_id,
            ),
        )
    else:
        close_to_do(by=by, case_id=order.person_id, kind=EXPIRY_TO_DO, subject_id=order.pk)
    if order.in_source_on is None and order.ended_on is None:
        open_to_do(
            case_id=order.person_id,
            to_do=ToDoFacts(
                kind=SOURCE_TO_DO,
                subject_id=order.pk,
                title="Put an order or condition into the system of record, then say so here",
                due_on=next_working_day(on),
                right=Right.SEE_SAFETY,
                family_member_id=order.bound_member_id,
            ),
        )
    else:
        close_to_do(by=by, case_id=order.person_id, kind=SOURCE_TO_DO, subject_id=order.pk)


@action
def refresh_conditions_to_do(*, by: User | None, person_id: UUID, on: date) -> None:
    """Ask for imported conditions to be read, or stop asking once all are."""
    if unread_conditions([person_id], on=on).exists():
        open_to_do(
            case_id=person_id,
            to_do=ToDoFacts(
                kind=CONDITIONS_TO_DO,
                subject_id=person_id,
                title="Read the imported licence conditions: do they keep anyone apart?",
                due_on=next_working_day(on),
                right=Right.SEE_SAFETY,
            ),
        )
    else:
        close_to_do(by=by, case_id=person_id, kind=CONDITIONS_TO_DO, subject_id=person_id)


def _expiry_title(until: date | None, on: date) -> str:
    if until is None or until >= on:
        return f"An order or condition ends on {_day(until)}: settle what comes after" if until else ""
    return f"An order or condition should have ended on {_day(until)}: confirm it, or correct its last day"


def _day(day: date) -> str:
    return date_format(day, "j F Y")
