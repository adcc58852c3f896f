"""Telling a family member by letter that contact pauses: on the day and in the way that were agreed, and once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from alongside.contact.messages.actions.following import note_receipt
from alongside.contact.messages.models import Outgoing
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.models import Message
from alongside.foundation.work.models import Card, ToDo
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


@pytest.mark.parametrize("when", ["early", "late"])
def test_a_letter_that_was_never_printed_leaves_them_to_be_told(desk: Desk, carrier: Carrier, when: str) -> None:
    """Attack: everyone reads that contact is paused, and the family waits for a visit of which nobody told them."""
    plan = agreed(desk.cast, desk, tell_on=today(), told_how="letter")
    desk.send("stand_down", by="address")
    message = Message.objects.get()
    if when == "early":
        sending.send_message.run(by_id=None, ids={"message_id": str(message.pk)})
        assert note_receipt(reference=message.reference, status="permanent-failure")
    deliver()
    if when == "late":
        plan.refresh_from_db()
        assert plan.state == "told"
        assert note_receipt(reference=message.reference, status="permanent-failure")
    plan.refresh_from_db()
    assert (plan.state, plan.told_on) == ("agreed", None)
    assert stand_downs([desk.father.pk], on=today())[desk.father.pk] is None
    assert set(ToDo.objects.filter(subject=plan.pk, done_at=None).values_list("kind", flat=True)) == {"flags.plan.tell"}
    assert not Card.objects.filter(key="flags.stand_down").exists()
    names = list(Event.objects.filter(subject=plan.pk).values_list("name", flat=True))
    assert names.count("flags.plan.not_told") == (1 if when == "late" else 0)
    desk.send("stand_down", by="address")
    deliver()
    plan.refresh_from_db()
    assert (plan.state, len(carrier.given)) == ("told", 2), "once it can be printed it goes again"
    for status in ("delivered", "permanent-failure"):
        assert note_receipt(reference=message.reference, status=status)
    plan.refresh_from_db()
    assert plan.state == "told", "the other letter tells them, whatever comes of the first"
