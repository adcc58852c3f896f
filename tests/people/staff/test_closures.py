"""Days on which nobody is at work: what may be entered, and by whom."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import LONDON, is_working_day, working_minutes
from alongside.people.staff.actions import close_office
from alongside.people.staff.models import OfficeClosure
from alongside.people.staff.queries import days_closed_in
from alongside.people.staff.rules import Closed, ClosureError, closed_days, refuse_closure
from tests.cast import Cast, assemble
from tests.factories import TeamFactory

UNIT, OTHER = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3, 4))


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def closed(first: date, days: int = 1, *, unit: UUID | None = UNIT) -> Closed:
    return Closed(unit, first, first + timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("closure", "beside", "refused"),
    [
        (closed(MONDAY), [], None),
        (closed(MONDAY, 14), [], None),
        (closed(MONDAY, 15), [], "until_date"),
        (closed(MONDAY, 0), [], "until_date"),
        (closed(MONDAY - timedelta(days=1)), [], "from_date"),
        (closed(TUESDAY, 3), [closed(FRIDAY)], None),
        (closed(TUESDAY, 3), [closed(THURSDAY)], "from_date"),
        (closed(TUESDAY, 3), [closed(THURSDAY, unit=OTHER)], None),
        (closed(TUESDAY, 3), [closed(THURSDAY, unit=None)], "from_date"),
        (closed(TUESDAY, 3, unit=None), [closed(THURSDAY)], None),
        (closed(MONDAY, 12), [closed(MONDAY + timedelta(days=14))], "until_date"),  # a weekend between, nobody there
        (closed(MONDAY, 11), [closed(MONDAY + timedelta(days=14))], None),  # a Friday between, somebody there
        (closed(MONDAY, 12, unit=None), [closed(MONDAY + timedelta(days=14))], "until_date"),
        (closed(MONDAY, 12, unit=None), [closed(MONDAY + timedelta(days=15), unit=OTHER)], None),
    ],
)
def test_what_may_be_kept_as_a_closure(closure: Closed, beside: list[Closed], refused: str | None) -> None:
    if refused is None:
        refuse_closure(closure, beside=beside, on=MONDAY)
        return
    with pytest.raises(ClosureError) as found:
        refuse_closure(closure, beside=beside, on=MONDAY)
    assert found.value.field == refused


CLOSURES = st.lists(
    st.builds(
        closed,
        st.integers(0, 60).map(lambda days: MONDAY + timedelta(days=days)),
        st.integers(1, 14),
        unit=st.sampled_from([UNIT, OTHER, None]),
    ),
    max_size=6,
)


@given(wanted=CLOSURES)
def test_however_closures_are_entered_nobody_waits_more_than_a_fortnight_on_end(wanted: list[Closed]) -> None:
    kept: list[Closed] = []
    for closure in wanted:
        try:
            refuse_closure(closure, beside=kept, on=MONDAY)
        except ClosureError:
            continue
        kept.append(closure)
    for unit in (UNIT, OTHER):
        shut, stretch = closed_days(kept).of(unit), []
        for step in range(90):
            day = MONDAY + timedelta(days=step)
            stretch = [*stretch, day] if not is_working_day(day, closures=shut) else []
            inside = [one for one in stretch if min(shut, default=one) <= one <= max(shut, default=one)]
            assert len(inside) <= 14 + 4, "a fortnight, and a long weekend at its end"


@pytest.mark.parametrize(
    ("start", "end", "off", "minutes"),
    [
        (at(MONDAY, 9), at(TUESDAY, 17), [], 960),
        (at(MONDAY, 9), at(TUESDAY, 17), [TUESDAY], 480),
        (at(MONDAY, 9), at(TUESDAY, 17), [MONDAY, TUESDAY], 0),
        (at(MONDAY, 16), at(WEDNESDAY, 10), [TUESDAY], 120),
        (at(FRIDAY, 16), at(FRIDAY + timedelta(days=4), 10), [FRIDAY + timedelta(days=3)], 120),
    ],
)
def test_minutes_in_which_an_office_is_open(start: datetime, end: datetime, off: list[date], minutes: int) -> None:
    assert working_minutes(start, end, closures=iter(off)) == minutes


@pytest.fixture
def cast() -> Cast:
    return assemble()


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def entry(unit: str, first: date, last: date, reason: str = "Staff training") -> dict[str, str]:
    days = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("from_date", first), ("until_date", last))
        for part in ("day", "month", "year")
    }
    return {"unit": unit, "reason": reason, "once": str(uuid4()), **days}


@pytest.mark.django_db
@time_machine.travel(at(MONDAY, 10), tick=False)
def test_a_senior_closes_their_own_office_once_and_takes_it_back(cast: Cast) -> None:
    unit, other = cast.team.delivery_unit_id, TeamFactory().delivery_unit_id
    senior, page = signed_in(cast.senior), "/staff/closures/"
    sent = entry(str(unit), TUESDAY, WEDNESDAY)
    for _twice in range(2):
        assert senior.post(page, sent).status_code == 302
    assert days_closed_in(unit) == {TUESDAY, WEDNESDAY}
    for refused in (entry(str(other), TUESDAY, TUESDAY), entry("service", FRIDAY, FRIDAY)):
        assert "<title>Error: " in senior.post(page, refused).content.decode()
    assert OfficeClosure.objects.count() == 1
    typed = senior.post(page, entry(str(unit), WEDNESDAY, THURSDAY, "Boiler <b>")).content.decode()
    assert "closed already" in typed
    assert "Boiler &lt;b&gt;" in typed
    closure = OfficeClosure.objects.get()
    assert signed_in(cast.owner).post(f"/staff/closures/{closure.pk}/open/").status_code == 403
    with time_machine.travel(at(WEDNESDAY, 8), tick=False):
        senior = signed_in(cast.senior)
        senior.post(f"/staff/closures/{closure.pk}/open/")
        assert days_closed_in(unit) == {TUESDAY}, "the day that is over was closed"
        senior.post(f"/staff/closures/{closure.pk}/open/")
    names = list(Event.objects.filter(name__startswith="staff.office").order_by("at").values_list("name", flat=True))
    assert names == ["staff.office.closed", "staff.office.opened_again"]


@pytest.mark.django_db
@time_machine.travel(at(MONDAY, 10), tick=False)
def test_a_senior_takes_back_neither_another_unit_nor_the_whole_service(cast: Cast) -> None:
    theirs = TeamFactory().delivery_unit
    for unit, status in ((theirs, 404), (None, 404), (cast.team.delivery_unit, 302)):
        closure = close_office(by=cast.administrator, unit=unit, from_date=FRIDAY, until_date=FRIDAY, reason="Training")
        assert signed_in(cast.senior).post(f"/staff/closures/{closure.pk}/open/").status_code == status
        OfficeClosure.objects.filter(pk=closure.pk).delete()
