"""What families are promised, and who is asked when, across days on which the office is closed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from alongside.contact.concerns.actions import TakenFacts, bring_up_unread, take_down
from alongside.contact.concerns.actions.routing import READ
from alongside.contact.concerns.models import Concern
from alongside.contact.concerns.queries import way_of
from alongside.contact.concerns.rules import Rung, lies_undecided, read_by, rung_for
from alongside.contact.helpdesk.models import HandedOn
from alongside.contact.messages.rules import Asked, asked_by
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.rules.rhythm import sessions_of
from alongside.involvement.agreements.rules.terms import Rhythm
from alongside.people.allocations.queries import days_closed_by_case
from alongside.people.staff.actions import close_office
from alongside.people.staff.models import DeliveryUnit
from alongside.people.staff.queries import days_closed
from tests.cast import Cast, assemble
from tests.contact.helpdesk.desk import handing, post
from tests.factories import TeamFactory
from tests.people.casework.asking import signed_in

MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3, 4))
FACTS: dict[str, Any] = {
    "kind_id": "concern_kind.CONCERN",
    "channel_id": "told_channel.PHONE",
    "told_by_id": "told_by.UNKNOWN",
    "limits_said": True,
    "about": "A man called Dan",
    "seen": "He sleeps in the car",
}


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("told_at", "hours", "off", "by"),
    [
        (at(MONDAY, 10), 4, [], at(MONDAY, 14)),
        (at(MONDAY, 10), 4, [MONDAY], at(TUESDAY, 13)),
        (at(MONDAY, 15), 4, [TUESDAY, WEDNESDAY], at(THURSDAY, 11)),
        (at(FRIDAY, 16), 4, [FRIDAY + timedelta(days=3)], at(FRIDAY + timedelta(days=4), 12)),
        (at(date(2026, 12, 24), 16), 4, [date(2026, 12, 29), date(2026, 12, 30)], at(date(2026, 12, 31), 12)),
    ],
)
def test_by_when_something_is_read(told_at: datetime, hours: int, off: list[date], by: datetime) -> None:
    assert read_by(told_at, hours, closures=iter(off)) == by
    before, then = (
        rung_for(urgent=False, taken_at=told_at, now=now, within_hours=hours, closures=off)
        for now in (by - timedelta(minutes=1), by)
    )
    assert (before, then) == (Rung.FIRST, Rung.DUTY)
    urgent = rung_for(urgent=True, taken_at=told_at, now=told_at, within_hours=hours, closures=off)
    assert urgent is Rung.DUTY, "what is urgent does not wait for an office"


def test_nobody_is_late_with_a_decision_for_days_on_which_they_could_not_be_there() -> None:
    read, now = at(MONDAY, 9), at(TUESDAY, 17)
    assert lies_undecided(urgent=False, read_at=read, now=now)
    assert not lies_undecided(urgent=False, read_at=read, now=now, closures=[TUESDAY])
    assert lies_undecided(urgent=True, read_at=read, now=now, closures=[MONDAY, TUESDAY])


def test_a_reply_that_came_before_a_closed_day_is_brought_up_when_somebody_is_there_again() -> None:
    came, by = at(MONDAY, 16), at(TUESDAY, 12)
    assert asked_by(came, now=by) is Asked.DUTY
    assert asked_by(came, now=by, closures=[TUESDAY]) is Asked.FIRST
    assert asked_by(came, now=at(WEDNESDAY, 12), closures=[TUESDAY]) is Asked.DUTY


def test_no_visit_is_drafted_for_a_closed_day() -> None:
    rhythm = Rhythm(weeks_between=1, begins_on=MONDAY, ends_on=MONDAY + timedelta(days=15))
    assert sessions_of(rhythm, closures=iter([MONDAY, TUESDAY]))[:2] == [WEDNESDAY, MONDAY + timedelta(days=7)]


@pytest.mark.django_db
@time_machine.travel(at(MONDAY, 16), tick=False)
def test_promises_and_duty_count_without_closed_days_and_urgent_things_do_not_wait(
    django_assert_num_queries: Any,
) -> None:
    cast = assemble()
    unit = cast.team.delivery_unit
    for closed, on in ((unit, TUESDAY), (None, WEDNESDAY), (TeamFactory().delivery_unit, THURSDAY)):
        close(closed, on, cast)
    with django_assert_num_queries(1):
        assert days_closed().of(unit.pk) == {TUESDAY, WEDNESDAY}
    with django_assert_num_queries(2):
        found = days_closed_by_case([cast.person.pk, UUID(int=7)])
    assert found == {cast.person.pk: {TUESDAY, WEDNESDAY}, UUID(int=7): {WEDNESDAY}}
    assert way_of(cast.team, "told_channel.PHONE").next_by == at(THURSDAY, 12)
    post(signed_in(cast.reception), "helpdesk:hand_on", handing(cast))
    assert HandedOn.objects.get().due_on == THURSDAY
    assert "26 November 2026" in page(cast, "/help-desk/hand-on/")
    slow, urgent = told(cast), told(cast, urgent=True)
    assert ToDo.objects.filter(subject=slow.pk, kind__startswith=READ).values_list("due_on", flat=True)[0] == THURSDAY
    bring_up_unread(now=at(WEDNESDAY, 16))
    for concern in (slow, urgent):
        concern.refresh_from_db()
    assert (slow.rung, urgent.rung) == (Rung.DUTY, Rung.LEADERS), "as it was, and brought up"


def told(cast: Cast, **facts: Any) -> Concern:
    with identity(cast.reception.pk):
        return take_down(by=cast.reception, facts=TakenFacts(**FACTS, **facts))


def close(unit: DeliveryUnit | None, on: date, cast: Cast) -> None:
    close_office(by=cast.administrator, unit=unit, from_date=on, until_date=on, reason="Training")


def page(cast: Cast, address: str) -> str:
    return signed_in(cast.reception).get(address).content.decode()
