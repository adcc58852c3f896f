"""Telling a family member by letter that contact pauses: on the day and in the way that were agreed, and once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from alongside.contact.messages.models import Outgoing
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery import sending
from alongside.safety.flags.actions import agree_plan, change_plan, prepare_plan
from alongside.safety.flags.models import StandDownPlan
from alongside.safety.flags.queries import stand_downs
from tests.cast import Cast, assemble
from tests.contact.messages.scene import NOON, Carrier, Desk, deliver, ready
from tests.factories import ContactPointFactory
from tests.safety.flags.scene import plan_values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> Carrier:
    settings.MEDIA_ROOT = tmp_path
    made = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: made)
    return made


@pytest.fixture
def desk() -> Desk:
    cast = assemble()
    father = ready(cast)
    ContactPointFactory(family_member=father, kind="address", value="2 Low Street, Bangor LL57 1AA", safety="safe")
    return Desk(cast, father)


def agreed(cast: Cast, desk: Desk, **values: Any) -> StandDownPlan:
    plan = prepare_plan(by=cast.owner, member=desk.father, values=plan_values(**values))
    agree_plan(by=cast.senior, plan=plan, seen_version=plan.version)
    return plan


@pytest.mark.parametrize(
    "values",
    [
        {"tell_on": NOON.date() + timedelta(days=1), "told_how": "letter"},
        {"tell_on": NOON.date(), "told_how": "meeting"},
        {"tell_on": NOON.date(), "told_how": "call"},
    ],
)
def test_nobody_is_told_before_the_day_or_in_another_way_than_was_agreed(desk: Desk, carrier: Carrier, values) -> None:
    """Attack: whoever opens the kind on the wrong day gives away that the flag is new."""
    agreed(desk.cast, desk, **values)
    assert "contact pauses" not in desk.client.get(reverse("messages:choose", args=desk.ids)).content.decode()
    assert desk.client.get(desk.address("stand_down")).status_code == 404
    assert desk.fill("stand_down", intent="send", by="address").status_code == 404
    assert not Outgoing.objects.exists()


def test_it_goes_by_letter_alone_once_and_the_plan_is_told(desk: Desk, carrier: Carrier) -> None:
    plan = agreed(desk.cast, desk, tell_on=today(), told_how="letter")
    page = desk.client.get(desk.address("stand_down")).content.decode()
    assert ("Letter to" in page, "Text to" in page) == (True, False)
    assert desk.fill("stand_down", by="mobile").context.get("prepared") is None
    desk.send("stand_down", by="address")
    assert "is on its way already" in desk.fill("stand_down", by="address").content.decode()
    deliver()
    assert len(carrier.given) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.told_on) == ("told", today())
    assert stand_downs([desk.father.pk], on=today())[desk.father.pk] == plan
    assert desk.client.get(desk.address("stand_down")).status_code == 404


def test_a_plan_that_changes_before_the_letter_goes_stops_it(desk: Desk, carrier: Carrier) -> None:
    plan = agreed(desk.cast, desk, tell_on=today(), told_how="letter")
    desk.send("stand_down", by="address")
    later = plan_values(tell_on=today() + timedelta(days=3), told_how="letter")
    change_plan(by=desk.cast.owner, plan=plan, seen_version=plan.version, values=later)
    agree_plan(by=desk.cast.senior, plan=plan, seen_version=plan.version)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")
    plan.refresh_from_db()
    assert plan.state == "agreed"


def test_two_letters_that_were_queued_at_once_are_one_that_goes(desk: Desk, carrier: Carrier) -> None:
    agreed(desk.cast, desk, tell_on=today(), told_how="letter")
    desk.send("stand_down", by="address")
    first = Outgoing.objects.get()
    Outgoing.objects.update(state="called_off")
    desk.send("stand_down", by="address")
    Outgoing.objects.filter(pk=first.pk).update(state="on_its_way")
    deliver()
    assert len(carrier.given) == 1
    assert sorted(Outgoing.objects.values_list("state", flat=True)) == ["sent", "stopped"]
