"""When a message goes, how long it waits, what stops it on the way, and what becomes of it."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.contact.log.models import Contact
from alongside.contact.messages.actions.following import follow
from alongside.contact.messages.actions.phrases import agree_words
from alongside.contact.messages.actions.writing import send_what_waits
from alongside.contact.messages.models import Outgoing, Phrase
from alongside.contact.messages.tasks import begin_what_waits
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.backends import LostAnswerError, ParcelRefusedError
from alongside.foundation.delivery.models import Message
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.models import ContactDraw, PromptWishes
from alongside.safety.permissions.actions import (
    SafeProfile,
    keep_safe_contact,
    withdraw,
)
from alongside.safety.permissions.models import Ledger
from alongside.safety.permissions.rules import Voicemail
from tests.cast import Cast
from tests.contact.messages.scene import NOON, Carrier, Desk, deliver, ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_outside_their_safe_times_it_waits_and_goes_then(cast: Cast, carrier: Carrier, noon) -> None:
    father = ready(cast)
    evening = SafeProfile((), time(17), time(19), (), Voicemail.NEVER)
    keep_safe_contact(by=cast.owner, member=father, profile=evening)
    desk = Desk(cast, father)
    assert "17:00" in desk.fill().content.decode()
    desk.send()
    outgoing = Outgoing.objects.get()
    assert (outgoing.state, Message.objects.count()) == ("waiting", 0)
    send_what_waits(outgoing_id=outgoing.pk)
    assert not Message.objects.exists()
    noon.move_to(NOON.replace(hour=17, minute=1), tick=False)
    send_what_waits(outgoing_id=outgoing.pk)
    deliver()
    assert len(carrier.given) == 1


@pytest.mark.parametrize("followed_at", [time(2), time(9)])
def test_a_text_that_a_worker_finds_at_night_waits_for_the_morning(
    cast: Cast, carrier: Carrier, noon, monkeypatch: pytest.MonkeyPatch, followed_at: time
) -> None:
    """Attack: it was queued in the evening, the worker was down until two, and the screen lights up beside somebody."""
    Desk(cast, ready(cast)).send("thanks")
    message = Message.objects.get()
    night = NOON + timedelta(days=1)
    noon.move_to(night.replace(hour=2), tick=False)
    sending.send_message.run(by_id=None, ids={"message_id": str(message.pk)})
    assert carrier.given == []
    noon.move_to(night.replace(hour=followed_at.hour), tick=False)
    follow(message_id=message.pk)
    outgoing = Outgoing.objects.get()
    assert (outgoing.state, outgoing.message) == ("waiting", None)
    noon.move_to(night.replace(hour=9, minute=1), tick=False)
    send_what_waits(outgoing_id=outgoing.pk)
    deliver()
    assert len(carrier.given) == 1


def test_what_waits_is_stopped_by_a_withdrawal_too(cast: Cast, carrier: Carrier, noon) -> None:
    father = ready(cast)
    keep_safe_contact(by=cast.owner, member=father, profile=SafeProfile((), time(17), time(19), (), Voicemail.NEVER))
    desk = Desk(cast, father)
    desk.send()
    page = reverse("messages:message", args=[cast.person.pk, Outgoing.objects.get().pk])
    assert "As things stand" not in desk.client.get(page).content.decode()
    withdraw(by=cast.owner, member=father)
    assert "As things stand this will not go: May I? no longer says yes" in desk.client.get(page).content.decode()
    noon.move_to(NOON.replace(hour=17, minute=1), tick=False)
    send_what_waits(outgoing_id=Outgoing.objects.get().pk)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")


def test_a_prompt_waits_for_a_day_that_is_not_quiet(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    PromptWishes.objects.create(person=cast.person, quiet_weekdays=[NOON.weekday()])
    desk = Desk(cast, father)
    assert "wants no prompts through family today" in desk.fill().content.decode()
    desk.send()
    assert Outgoing.objects.get().send_from.date() == NOON.date() + timedelta(days=1)
    assert desk.send("thanks").status_code == 302
    assert Outgoing.objects.filter(kind="thanks", state="on_its_way").exists()


def test_no_more_prompts_than_the_person_wants(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    PromptWishes.objects.create(person=cast.person, most_a_week=1)
    desk = Desk(cast, father)
    desk.send()
    deliver()
    page = desk.fill().content.decode()
    assert "wants at most 1 prompt a week" in page
    assert Outgoing.objects.count() == 1


def test_a_cap_that_is_set_meanwhile_holds_at_sending(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    desk.send()
    deliver()
    desk.send()
    PromptWishes.objects.create(person=cast.person, most_a_week=1)
    deliver()
    assert len(carrier.given) == 1
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent", "stopped"}


def test_what_lets_a_message_through_is_held_in_one_order(cast: Cast, carrier: Carrier, noon) -> None:
    """The ledger of permissions comes first, then words and wishes: two orders wait for each other for ever."""
    father = ready(cast)
    keep_safe_contact(by=cast.owner, member=father, profile=SafeProfile((), time(17), time(19), (), Voicemail.NEVER))
    PromptWishes.objects.create(person=cast.person, most_a_week=5)
    phrase = agree_words(by=cast.owner, member=father, topic="good_news", words="I passed.", alone=True, on=NOON.date())
    desk = Desk(cast, father)
    desk.send()
    desk.send("good_news", phrase=str(phrase.pk))
    noon.move_to(NOON.replace(hour=17, minute=1), tick=False)
    locked = []
    for outgoing in Outgoing.objects.order_by("kind"):
        with CaptureQueriesContext(connection) as seen:
            send_what_waits(outgoing_id=outgoing.pk)
            deliver()
        locked.append([one["sql"] for one in seen if "FOR UPDATE" in one["sql"]])
    assert len(carrier.given) == 2
    for statements, last in zip(locked, (PromptWishes, Phrase), strict=True):
        tables = [one for one in (Ledger, PromptWishes, Phrase) for sql in statements if one._meta.db_table in sql]
        held = [one._meta.db_table for one in tables]
        first = next(sql for sql in statements if any(table in sql for table in held))
        assert Ledger._meta.db_table in first
        assert last._meta.db_table in held


def test_nothing_told_after_the_day_of_which_it_tells(cast: Cast, carrier: Carrier, noon) -> None:
    desk = Desk(cast, ready(cast))
    desk.send(day=NOON.date())
    noon.move_to(NOON + timedelta(days=1), tick=False)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")


def test_no_reminder_after_the_hour_of_which_it_reminds(cast: Cast, carrier: Carrier, noon) -> None:
    desk = Desk(cast, ready(cast))
    assert "The time must be still to come" in desk.fill(day=NOON.date(), clock="11am").content.decode()
    desk.send(day=NOON.date())
    noon.move_to(NOON.replace(hour=14, minute=1), tick=False)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")
    keep_safe_contact(
        by=cast.owner, member=desk.father, profile=SafeProfile((), time(17), time(19), (), Voicemail.NEVER)
    )
    later = Desk(cast, desk.father)
    refused = later.fill(day=NOON.date(), clock="4pm").content.decode()
    assert "at 5pm at the earliest, after what it tells of" in refused
    assert later.fill(day=NOON.date(), clock="6pm").context["prepared"].moment.hour == 17


def test_a_refusal_by_the_carrier_gives_the_budget_back_and_asks_somebody(cast: Cast, carrier: Carrier) -> None:
    carrier.fault = ParcelRefusedError("The carrier does not take this number.")
    Desk(cast, ready(cast)).send()
    deliver()
    assert Outgoing.objects.get().state == "failed"
    assert not ContactDraw.objects.filter(channel="text").exists()
    assert ToDo.objects.filter(kind="messages.not_sent", done_at=None).exists()


def test_what_nobody_knows_is_decided_by_a_person(cast: Cast, carrier: Carrier) -> None:
    carrier.fault = LostAnswerError()
    desk = Desk(cast, ready(cast))
    desk.send()
    deliver()
    outgoing = Outgoing.objects.get()
    assert outgoing.state == "unknown"
    assert ToDo.objects.filter(kind="messages.unknown", done_at=None).exists()
    carrier.fault = None
    deliver()
    assert carrier.given == []
    address = reverse("messages:decide", args=[cast.person.pk, outgoing.pk])
    assert "Select what you want to do" in desk.client.post(address, {}).content.decode()
    again = desk.client.post(address, {"decision": "again"})
    assert again.url.endswith(f"?again={outgoing.pk}")
    assert not ToDo.objects.filter(kind="messages.unknown", done_at=None).exists()
    late = desk.client.post(address, {"decision": "went"}, follow=True).content.decode()
    assert "Somebody has decided about this message already" in late


def test_treated_as_sent_it_is_a_contact(cast: Cast, carrier: Carrier) -> None:
    carrier.fault = LostAnswerError()
    desk = Desk(cast, ready(cast))
    desk.send()
    deliver()
    outgoing = Outgoing.objects.get()
    desk.client.post(reverse("messages:decide", args=[cast.person.pk, outgoing.pk]), {"decision": "went"})
    assert Contact.objects.filter(pk=outgoing.pk).exists()


def test_calling_off_in_time_and_too_late(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    desk.send()
    outgoing = Outgoing.objects.get()
    address = reverse("messages:call_off", args=[cast.person.pk, outgoing.pk])
    assert "Called off" in desk.client.post(address, follow=True).content.decode()
    deliver()
    assert carrier.given == []
    assert "too late" in desk.client.post(address, follow=True).content.decode()


def test_called_off_before_we_hear_that_it_was_stopped_it_never_goes(cast: Cast, carrier: Carrier, noon) -> None:
    """Attack: stopped at night, called off at once, and sent in the morning all the same."""
    desk = Desk(cast, ready(cast))
    desk.send("thanks")
    message = Message.objects.get()
    noon.move_to(NOON.replace(hour=22), tick=False)
    sending.send_message.run(by_id=None, ids={"message_id": str(message.pk)})
    address = reverse("messages:call_off", args=[cast.person.pk, Outgoing.objects.get().pk])
    evening = Desk(cast, desk.father).client
    assert "Called off. It does not go." in evening.post(address, follow=True).content.decode()
    follow(message_id=message.pk)
    noon.move_to(NOON + timedelta(days=1), tick=False)
    assert begin_what_waits() == 0
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "called_off")


def test_what_has_been_handed_over_is_too_late_to_call_off(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    desk.send("thanks")
    sending.send_message.run(by_id=None, ids={"message_id": str(Message.objects.get().pk)})
    address = reverse("messages:call_off", args=[cast.person.pk, Outgoing.objects.get().pk])
    assert "too late" in desk.client.post(address, follow=True).content.decode()
    assert Outgoing.objects.get().state == "on_its_way"
