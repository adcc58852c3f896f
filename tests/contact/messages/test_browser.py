"""From writing a reminder to the reply to it: read as it goes, sent, arrived, answered, and read by the officer."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.contact.messages.actions.following import note_receipt
from alongside.contact.messages.actions.replies import Arrived, take_in
from alongside.contact.messages.models import Outgoing
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.people.families.models import FamilyMember
from tests.cast import Cast, assemble
from tests.contact.messages.scene import NOON, Carrier, deliver, ready
from tests.support.staff import sign_in_as

pytestmark = pytest.mark.browser
IN_TWO_DAYS = ("20", "11", "2026")


@pytest.fixture
def cast(live_database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(sending, "carrier_for", lambda channel: Carrier())
    with time_machine.travel(NOON, tick=True):
        cast = assemble()
        with transaction.atomic():
            ready(cast)
        yield cast


def write(page: Page) -> None:
    page.get_by_role("link", name="Remind them of an appointment").click()
    for name, value in zip(("Day", "Month", "Year"), IN_TWO_DAYS, strict=True):
        page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_label("At what time?").fill("2pm")
    page.get_by_role("button", name="Read it as it will go").click()
    expect(
        page.get_by_text("A reminder of the appointment with Olwen Owner on 20 November 2026 at 2pm")
    ).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("On its way", exact=True)).to_be_visible()


def test_a_reminder_is_written_sent_received_and_answered(page: Page, cast: Cast, live_server: str) -> None:
    sign_in_as(page, cast.owner, live_server)
    outbox = live_server + reverse("messages:messages", args=[cast.person.pk])
    page.goto(live_server + reverse("messages:member", args=[cast.person.pk, FamilyMember.objects.get().pk]))
    page.get_by_role("button", name="Write a message").click()
    write(page)

    deliver()
    note_receipt(reference=Message.objects.get().reference, status="delivered")
    page.goto(outbox)
    expect(page.get_by_text("Arrived", exact=True)).to_be_visible()

    reply = Arrived(Channel.TEXT, "447700900111", "We will both be there", timezone.now(), f"test:{uuid4()}")
    take_in(by=None, arrived=reply)
    page.goto(live_server)
    page.get_by_role("link", name="A reply from Martin, a text: read it").first.click()
    expect(page.get_by_text("We will both be there")).to_be_visible()
    page.get_by_role("radio", name="Write it into the contacts").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert Outgoing.objects.get().state == "delivered"
