"""Vignette 20: he is reminded from both sides. He sets quiet days and a limit, and messages keep to them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.contact.messages.models import Outgoing
from alongside.foundation.delivery import sending
from alongside.involvement.agreements.models import PromptWishes
from tests.cast import assemble
from tests.contact.messages.scene import NOON, Carrier, Desk, deliver, ready

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_he_sets_a_limit_and_quiet_days_and_messages_keep_to_both(monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    with time_machine.travel(NOON, tick=False) as clock:
        cast = assemble()
        desk = Desk(cast, ready(cast))
        PromptWishes.objects.create(
            person=cast.person, quiet_weekdays=[NOON.weekday()], most_a_week=1, nagging="too_much"
        )
        assert "wants no prompts through family today" in desk.fill().content.decode()
        assert desk.send().status_code == 302
        deliver()
        assert carrier.given == []

        assert desk.send("thanks").status_code == 302
        deliver()
        assert [parcel.subject for parcel in carrier.given] == ["Thank you"]

        clock.move_to(NOON + timedelta(days=1), tick=False)
        from alongside.contact.messages.actions.writing import send_what_waits

        waiting = Outgoing.objects.get(kind="appointment")
        send_what_waits(outgoing_id=waiting.pk)
        deliver()
        assert "appointment" in carrier.given[-1].text

        desk = Desk(cast, desk.father)
        again = desk.fill()
        assert "wants at most 1 prompt a week" in again.content.decode()
        outbox = desk.client.get(reverse("messages:messages", args=[cast.person.pk])).content.decode()
        assert outbox.count("Text to") == 2
