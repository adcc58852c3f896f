"""Messages: approved words alone, gates asked twice, sent once whatever falls."""

import json
import smtplib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.config.worker import work
from alongside.foundation.audit.models import Event
from alongside.foundation.content.loading import load_wording
from alongside.foundation.content.queries import NotApprovedError
from alongside.foundation.delivery import gates, sending
from alongside.foundation.delivery.actions import (
    NotQueuedError,
    Recipient,
    Words,
    digest_of,
    queue_message,
    stop_message,
)
from alongside.foundation.delivery.backends import (
    LostAnswerError,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
)
from alongside.foundation.delivery.gates import forget_gate, register_gate
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.queries import messages_of_case
from alongside.foundation.delivery.rules import LONGEST_TEXT, AddressError, Channel, RecipientKind
from alongside.foundation.files.actions import Belongs, store_made
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.purposes import Purpose
from alongside.foundation.files.storage import forget

WORDING = """
- key: tests.reminder
  title: Reminder
  owner: Someone
  shape: page
  review_on: 2030-01-01
  en: |
    # About your meeting

    We meet on {day}. Call us if you cannot come.
  cy: |
    # Am eich cyfarfod

    Rydym yn cwrdd ar {day}.
  placeholders: [day]
"""
LETTERS = Purpose("tests.letters", "Letters", (Kind.PDF,), largest=1000, days_kept=None)
CASE, PERSON = uuid4(), uuid4()


class Carrier:
    """Does what the test says, and keeps what it was given."""

    name = "test"
    certain_after = 0.0

    def __init__(self) -> None:
        self.given: list[Parcel] = []
        self.fault: Exception | None = None
        self.has: dict[UUID, Receipt] | None = {}

    def send(self, parcel: Parcel) -> Receipt:
        if self.fault:
            raise self.fault
        self.given.append(parcel)
        return Receipt("theirs")

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        if self.has is None:
            raise LookupError
        return self.has.get(reference)


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    return carrier


@pytest.fixture
def wording(db: None, tmp_path: Path) -> None:
    (tmp_path / "tests.yaml").write_text(WORDING, encoding="utf-8")
    load_wording(folder=tmp_path)


@pytest.fixture
def open_gate() -> Iterator[list[str]]:
    """A gate that answers with the last of the list."""
    answers = [""]
    register_gate("tests", lambda message: answers[-1])
    yield answers
    forget_gate("tests")


def queue(**facts) -> Message:
    to = Recipient(RecipientKind.PERSON, PERSON, facts.pop("address", "07700 900123"), case_id=CASE)
    words = Words("tests.reminder", facts.pop("language", "en"), facts.pop("values", {"day": "2 March"}))
    defaults = {"by": None, "channel": Channel.TEXT, "to": to, "words": words, "purpose": "tests.thing.sent"}
    with transaction.atomic():
        return queue_message(**{**defaults, **facts})


def go() -> None:
    """What a worker does with every message, at its first attempt."""
    for pk in Message.objects.values_list("pk", flat=True):
        with suppress(TryLaterError, LostAnswerError):
            sending.send_message.run(by_id=None, ids={"message_id": str(pk)})


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_a_message_is_sent_once_with_its_words_and_the_address_is_emptied(wording, carrier):
    message = queue()
    assert (message.state, message.address) == ("queued", "+447700900123")
    go()
    go()
    (parcel,) = carrier.given
    assert parcel.text == "We meet on 2 March. Call us if you cannot come."
    assert (parcel.subject, parcel.reference) == ("About your meeting", message.reference)
    sent = now(message)
    assert (sent.state, sent.carrier, sent.carrier_reference, sent.address) == ("sent", "test", "theirs", None)
    assert sent.address_digest == digest_of("+447700900123")
    names = Event.objects.filter(chain=CASE).values_list("name", "kind")
    assert set(names) == {("delivery.message.queued", "change"), ("delivery.message.sent", "disclosure")}
    assert list(messages_of_case(CASE)) == [message]


def test_a_worker_sends_what_was_queued_and_nothing_that_was_rolled_back(live_database, tmp_path, carrier):
    (tmp_path / "tests.yaml").write_text(WORDING, encoding="utf-8")
    load_wording(folder=tmp_path)
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    message = queue()
    work(once=True)
    assert now(message).state == "sent"
    assert [parcel.reference for parcel in carrier.given] == [message.reference]


def test_words_that_nobody_approved_are_not_sent(wording, carrier):
    with pytest.raises(NotApprovedError):
        queue(language="cy")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.TEXT, "01632 960123"),
        (Channel.EMAIL, "not an address"),
        (Channel.EMAIL, "a@b.example\nBcc: c@d.example"),
    ],
)
def test_an_address_that_cannot_be_sent_to_is_refused_before_anything_is_queued(wording, channel, address):
    with pytest.raises(AddressError):
        queue(channel=channel, address=address)
    assert not Message.objects.exists()


def test_a_text_that_is_too_long_is_refused(wording):
    with pytest.raises(NotQueuedError, match="longer"):
        queue(values={"day": "x" * 1000})


def test_a_heading_that_a_text_leaves_out_counts_for_nothing(wording):
    room = LONGEST_TEXT - len("We meet on . Call us if you cannot come.")
    assert queue(values={"day": "x" * room}).state == "queued"


def test_nothing_goes_to_a_family_member_where_no_gate_stands(wording, carrier, monkeypatch):
    monkeypatch.setattr(gates, "_gates", {"tests": lambda message: ""})
    member = uuid4()
    to = Recipient(RecipientKind.FAMILY_MEMBER, member, "07700 900123", case_id=CASE, family_member_id=member)
    message = queue(to=to)
    forget_gate("tests")
    go()
    assert now(message).state == "stopped"
    with pytest.raises(NotQueuedError, match="in place"):
        queue(to=to)
    assert carrier.given == []


def test_a_gate_that_closes_between_queuing_and_sending_stops_it(wording, carrier, open_gate):
    message = queue()
    open_gate.append("Permission was withdrawn.")
    go()
    assert (now(message).state, message.reason, message.address) == ("stopped", "Permission was withdrawn.", None)
    assert carrier.given == []
    with pytest.raises(NotQueuedError, match="withdrawn"):
        queue()


def test_a_carrier_that_is_away_is_asked_again(wording, carrier, monkeypatch):
    monkeypatch.setattr(sending, "is_last_attempt", lambda: False)
    message = queue()
    carrier.fault = TryLaterError()
    with pytest.raises(TryLaterError):
        sending.send_message.run(by_id=None, ids={"message_id": str(message.pk)})
    assert now(message).state == "queued"
    carrier.fault = None
    go()
    assert now(message).state == "sent"
    assert len(carrier.given) == 1


def test_a_carrier_that_stays_away_ends_in_words(wording, carrier):
    message = queue()
    carrier.fault = TryLaterError()
    go()
    assert (now(message).state, message.reason) == ("failed", sending.GAVE_UP)


def test_a_refusal_is_final(wording, carrier):
    message = queue()
    carrier.fault = ParcelRefusedError("The carrier does not take this number.")
    go()
    assert (now(message).state, message.reason) == ("failed", "The carrier does not take this number.")


@pytest.mark.parametrize(
    ("has", "ends", "sent"),
    [("it", "sent", 0), ("nothing", "sent", 1), ("cannot tell", "unknown", 0)],
)
def test_killed_while_handing_over_it_is_never_sent_twice(wording, carrier, has, ends, sent):
    message = queue()
    Message.objects.update(state="sending", carrier="test")
    if has == "it":
        carrier.has = {message.reference: Receipt("theirs")}
    elif has == "cannot tell":
        carrier.has = None
    go()
    assert now(message).state == ends
    assert len(carrier.given) == sent


def test_a_change_of_carrier_never_sends_again_what_the_other_may_have(wording, carrier, monkeypatch):
    """Attack: killed under one carrier, and the next knows nothing of it, has no key, or carries nothing."""
    message = queue()
    carrier.fault = LostAnswerError()
    monkeypatch.setattr(sending, "is_last_attempt", lambda: False)
    go()
    assert (now(message).state, message.carrier) == ("sending", "test")
    other = Carrier()
    other.name = "another"
    monkeypatch.setattr(sending, "carrier_for", lambda channel: other)
    go()
    assert (now(message).state, message.reason, other.given) == ("unknown", sending.MAY_HAVE_GONE, [])
    assert message.carrier == "test"


def test_a_key_that_breaks_says_nothing_of_what_is_under_way(wording, monkeypatch):
    message = queue()
    Message.objects.update(state="sending", carrier="notify")

    def broken(channel):
        raise ParcelRefusedError("The key is not whole.")

    monkeypatch.setattr(sending, "carrier_for", broken)
    go()
    assert (now(message).state, message.reason) == ("unknown", sending.MAY_HAVE_GONE)


def test_what_came_to_no_end_is_left_to_a_person(wording, carrier, time_machine):
    old = queue()
    Message.objects.update(state="sending", carrier="test", handed_at=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(hours=3), tick=False)
    recent = queue()
    Message.objects.filter(pk=recent.pk).update(state="sending", carrier="test", handed_at=timezone.now())
    assert sending.lose_sight_of_old() == 1
    assert (now(old).state, now(recent).state) == ("unknown", "sending")


def jobs_waiting() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(status="todo", task_name__contains="send_message"))


def test_what_was_never_begun_is_taken_up_again_and_after_a_day_given_up(wording, carrier, time_machine):
    old = queue()
    time_machine.move_to(timezone.now() + timedelta(hours=23), tick=False)
    late, recent = queue(), queue()
    Message.objects.filter(pk=late.pk).update(queued_at=timezone.now() - timedelta(hours=3))
    asked = jobs_waiting()
    time_machine.move_to(timezone.now() + timedelta(hours=1, minutes=30), tick=False)
    assert sending.take_up_again() == 2
    old = now(old)
    assert (old.state, old.reason) == ("failed", sending.GAVE_UP)
    assert (now(late).state, now(recent).state) == ("queued", "queued")
    again = [job for job in jobs_waiting() if job not in asked]
    assert [job.args["ids"] for job in again] == [{"message_id": str(late.pk)}]


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_what_waited_for_over_a_day_goes_by_its_own_job_no_more(wording, carrier, time_machine, state):
    """After an outage the jobs of the day before come first, also of what is found not to have gone."""
    message = queue()
    Message.objects.update(state=state, carrier="test", handed_at=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(hours=23), tick=False)
    fresh = queue()
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=False)
    go()
    assert (now(message).state, now(message).reason) == ("failed", sending.GAVE_UP)
    assert now(fresh).state == "sent"
    assert [one.reference for one in carrier.given] == [fresh.reference]


def test_stopping_in_time_and_too_late(wording, carrier):
    message = queue()
    assert stop_message(by=None, message=message, reason="Not needed")
    go()
    assert carrier.given == []
    assert now(message).state == "stopped"
    assert not stop_message(by=None, message=message, reason="Not needed")


def test_where_nobody_carries_it_is_not_thought_to_have_gone(wording):
    message = queue()
    go()
    assert now(message).state == "failed"
    assert "not set up" in message.reason


def test_a_letter_goes_with_its_pdf(wording, carrier, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    with transaction.atomic():
        letter = store_made(
            by=None, name="letter.pdf", content=b"%PDF-1.7 x", purpose=LETTERS, belongs=Belongs(case_id=CASE)
        )
    address = "Carys Invented\n2 Low Street\nCF10 3NQ"
    words = Words("tests.reminder", "en", {"day": "2 March"}, letter=letter)
    queue(channel=Channel.LETTER, address=address, words=words)
    go()
    assert (carrier.given[0].pdf, carrier.given[0].address) == (b"%PDF-1.7 x", address)
    lost = queue(channel=Channel.LETTER, address=address, words=words)
    forget(letter.storage_key)
    go()
    assert (now(lost).state, len(carrier.given)) == ("failed", 1)
    assert "missing" in lost.reason
    with pytest.raises(NotQueuedError, match="PDF"):
        queue(channel=Channel.LETTER, address=address)
    with pytest.raises(NotQueuedError, match="PDF"):
        queue(words=words)


def test_the_folder_keeps_what_would_have_gone(wording, settings, tmp_path):
    settings.DELIVERY_CARRIERS = {"text": "folder", "email": "folder", "letter": "folder"}
    settings.DELIVERY_FOLDER = tmp_path / "messages"
    message = queue()
    go()
    (path,) = (tmp_path / "messages" / "text").iterdir()
    assert json.loads(path.read_text())["to"] == "+447700900123"
    assert now(message).carrier == "folder"


def test_a_mail_server_that_never_answers_holds_nobody_up_for_long(wording, settings, monkeypatch):
    """What it may go on is locked meanwhile: whoever withdraws must not wait for a server that hangs."""
    settings.DELIVERY_CARRIERS = {"text": "none", "email": "smtp", "letter": "none"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    waits = []

    class Hangs:
        def __init__(self, host, port, timeout=None, **others):
            waits.append(timeout)
            raise TimeoutError

    monkeypatch.setattr(smtplib, "SMTP", Hangs)
    queue(channel=Channel.EMAIL, address="a@b.example")
    go()
    assert waits == [10]


def test_email_goes_from_a_neutral_sender(wording, settings):
    settings.DELIVERY_CARRIERS = {"text": "none", "email": "smtp", "letter": "none"}
    message = queue(channel=Channel.EMAIL, address=" Carys@Example.org ")
    go()
    (email,) = mail.outbox
    assert (email.to, email.subject) == (["carys@example.org"], "About your meeting")
    assert "probation" not in f"{email.from_email}{email.subject}".lower()
    assert str(message.reference) in email.extra_headers["Message-ID"]
    assert now(message).state == "sent"


@pytest.mark.parametrize(
    ("fault", "ends"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"later")}), "queued"),
        (smtplib.SMTPDataError(554, b"no"), "failed"),
        (smtplib.SMTPServerDisconnected(), "sending"),
        (TimeoutError(), "sending"),
        (ConnectionRefusedError(), "queued"),
    ],
)
def test_a_mail_server_that_refuses_or_is_away(wording, settings, monkeypatch, fault, ends):
    def fall(self, messages):
        raise fault

    monkeypatch.setattr(sending, "is_last_attempt", lambda: False)
    settings.DELIVERY_CARRIERS = {"text": "none", "email": "smtp", "letter": "none"}
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fall)
    message = queue(channel=Channel.EMAIL, address="a@b.example")
    go()
    assert now(message).state == ends
    assert "b.example" not in message.reason


def test_a_lost_answer_is_looked_up_until_that_can_be_relied_on(wording, carrier, monkeypatch, time_machine):
    monkeypatch.setattr(sending, "is_last_attempt", lambda: False)
    carrier.certain_after = 60.0
    message = queue()
    carrier.fault = LostAnswerError()
    go()
    carrier.fault = None
    go()
    assert (now(message).state, now(message).looked, carrier.given) == ("sending", 1, [])
    go()
    assert (now(message).state, carrier.given) == ("sending", [])
    time_machine.move_to(timezone.now() + timedelta(seconds=61), tick=False)
    go()
    assert (now(message).state, len(carrier.given)) == ("sent", 1)


def test_a_clock_that_jumps_makes_no_single_look_up_certain(wording, carrier, monkeypatch, time_machine):
    monkeypatch.setattr(sending, "is_last_attempt", lambda: False)
    carrier.certain_after = 60.0
    message = queue()
    carrier.fault = LostAnswerError()
    go()
    carrier.fault = None
    for jump in (timedelta(days=2), timedelta(days=-4)):
        time_machine.move_to(timezone.now() + jump, tick=False)
        go()
        assert (now(message).state, carrier.given) == ("sending", [])


def test_what_cannot_be_told_is_left_to_a_person(wording, carrier):
    carrier.certain_after = 60.0
    message = queue()
    carrier.fault = LostAnswerError()
    go()
    assert (now(message).state, now(message).reason) == ("unknown", sending.MAY_HAVE_GONE)
    carrier.fault = None
    go()
    assert carrier.given == []


def test_a_gate_is_asked_while_it_holds_and_nothing_goes_once_it_closed(wording, carrier, open_gate):
    message = queue()
    Message.objects.update(state="sending", carrier="test")
    open_gate.append("Permission was withdrawn.")
    go()
    assert (now(message).state, carrier.given) == ("stopped", [])


def test_what_another_worker_has_sent_meanwhile_is_not_sent_again(wording, carrier, monkeypatch):
    message = queue()
    step = sending._step

    def overtaken(message, taken, **facts):
        done = step(message, taken, **facts)
        if taken is sending.Step.HAND_OVER:
            Message.objects.update(state="sent", address=None, over_at=timezone.now())
        return done

    monkeypatch.setattr(sending, "_step", overtaken)
    go()
    assert (now(message).state, carrier.given) == ("sent", [])
