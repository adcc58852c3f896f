"""What is not handed over when a withdrawal commits is never sent, and what is handed over was permitted."""

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connections, transaction

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.content.loading import load_wording
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.actions import NotQueuedError, Recipient, Words, queue_message
from alongside.foundation.delivery.backends import Receipt
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel, RecipientKind
from alongside.safety.permissions.actions import (
    Answer,
    NotPermittedError,
    SafeProfile,
    claim,
    keep_safe_contact,
    note_answer,
    note_missed_contact,
    pause,
    refuse,
    take_permission,
    withdraw,
)
from alongside.safety.permissions.gate import forget_message, register_message
from alongside.safety.permissions.models import Step
from alongside.safety.permissions.rules import StepKind, Voicemail, Willing
from alongside.safety.permissions.using import NotNow
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.safety.permissions.histories import days, draft, take
from tests.support.processes import wait_for

PURPOSE, PUBLIC = "tests.reminder.sent", "tests.public.sent"
WORDING = """
- key: tests.reminder
  title: Reminder
  owner: Tests
  shape: line
  review_on: 2027-05-01
  en: An appointment with S on Monday.
  cy: Apwyntiad
"""


def in_another_connection(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Do `work` in a thread with a connection of its own; its answer or its error is put into the list."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def someone_waits(urls: DatabaseUrls) -> bool:
    """Whether a statement waits for a lock."""
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return bool(row and row[0])


@pytest.fixture
def member(live_database: DatabaseUrls):
    with transaction.atomic():
        member = FamilyMemberFactory()
        take(member)
    return member


def claimed(member) -> UUID:
    with transaction.atomic():
        return claim(member_id=member.pk, topics=["attendance"], channel="phone").member_id


def test_a_withdrawal_waits_for_what_is_being_handed_over(member, live_database: DatabaseUrls) -> None:
    with transaction.atomic():
        claim(member_id=member.pk, topics=["attendance"], channel="phone")
        thread, answers = in_another_connection(lambda: withdraw(by=None, member=member))
        assert wait_for(lambda: someone_waits(live_database))
        assert not answers
    thread.join(timeout=30)
    assert answers[0].topics == {"attendance", "appointments"}
    with pytest.raises(NotPermittedError):
        claimed(member)


@pytest.mark.parametrize("close", [withdraw, refuse, pause])
def test_what_is_not_handed_over_when_a_withdrawal_commits_never_is(member, live_database: DatabaseUrls, close) -> None:
    with transaction.atomic():
        close(by=None, member=member)
        thread, answers = in_another_connection(lambda: claimed(member))
        assert wait_for(lambda: someone_waits(live_database))
    thread.join(timeout=30)
    assert isinstance(answers[0], NotPermittedError)


def test_two_officers_who_write_at_once_are_numbered_one_after_the_other(member, live_database: DatabaseUrls) -> None:
    with transaction.atomic():
        withdraw(by=None, member=member)
        thread, answers = in_another_connection(lambda: take_permission(by=None, member=member, draft=draft(), seen=1))
        assert wait_for(lambda: someone_waits(live_database))
    thread.join(timeout=30)
    assert type(answers[0]).__name__ == "SaidMeanwhileError"
    assert list(Step.objects.values_list("kind", "number")) == [(StepKind.WITHDRAWN.value, 2)]


def test_a_claim_outside_a_transaction_holds_nothing_and_is_refused(member) -> None:
    with pytest.raises(RuntimeError):
        claim(member_id=member.pk, topics=["attendance"], channel="phone")


@pytest.mark.django_db
def test_a_stranger_is_never_permitted_anything() -> None:
    with pytest.raises(NotPermittedError) as refused, transaction.atomic():
        claim(member_id=UUID(int=7), topics=["attendance"], channel="phone")
    assert refused.value.reason is NotNow.CLOSED


class Carrier:
    """A carrier that remembers what it was given."""

    name = "test"

    def __init__(self) -> None:
        self.given: list[str] = []

    def send(self, parcel) -> Receipt:
        self.given.append(parcel.text)
        return Receipt("theirs")

    def find(self, reference, channel):
        return None


@pytest.fixture
def carrier(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tests.yaml").write_text(WORDING, encoding="utf-8")
    load_wording(folder=tmp_path)
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    register_message(PURPOSE, tells=["appointments"])
    register_message(PUBLIC, tells=[])
    yield carrier
    forget_message(PURPOSE)
    forget_message(PUBLIC)


@pytest.fixture
def sister(db: None):
    sister = FamilyMemberFactory()
    ContactPointFactory(family_member=sister, kind="mobile", value="07700 900123", safety="safe")
    return sister


def queue(member, purpose: str = PURPOSE, number: str = "07700 900123") -> Message:
    to = Recipient(RecipientKind.FAMILY_MEMBER, member.pk, number, case_id=member.person_id, family_member_id=member.pk)
    with transaction.atomic():
        return queue_message(
            by=None, channel=Channel.TEXT, to=to, words=Words("tests.reminder", "en", {}), purpose=purpose
        )


def go() -> None:
    for pk in Message.objects.values_list("pk", flat=True):
        sending.send_message.run(by_id=None, ids={"message_id": str(pk)})


def test_a_message_goes_where_a_live_permission_covers_it(carrier, sister) -> None:
    take(sister)
    queue(sister)
    go()
    assert len(carrier.given) == 1


def test_nothing_goes_without_a_permission_and_a_purpose_that_nobody_explained_never_goes(carrier, sister) -> None:
    with pytest.raises(NotQueuedError, match="does not let it go"):
        queue(sister)
    take(sister)
    with pytest.raises(NotQueuedError, match="Nobody has said"):
        queue(sister, purpose="tests.unknown.sent")


def test_withdrawal_stops_what_waits_to_go_and_says_so(carrier, sister) -> None:
    take(sister)
    message = queue(sister)
    stopped = withdraw(by=None, member=sister)
    assert (stopped.messages_stopped, stopped.messages_under_way) == (1, 0)
    go()
    message.refresh_from_db()
    assert (message.state, carrier.given) == ("stopped", [])


def test_withdrawal_of_one_permission_leaves_what_another_covers(carrier, sister) -> None:
    first = take(sister)
    take(sister, "appointments")
    queue(sister)
    assert withdraw(by=None, member=sister, permission=first).messages_stopped == 0
    go()
    assert len(carrier.given) == 1


def test_public_information_needs_no_permission_and_never_passes_a_refusal(carrier, sister) -> None:
    queue(sister, purpose=PUBLIC)
    refuse(by=None, member=sister)
    go()
    assert carrier.given == []
    with pytest.raises(NotQueuedError):
        queue(sister, purpose=PUBLIC)


def test_nothing_goes_by_itself_on_what_was_agreed_for_missed_contact(carrier, sister) -> None:
    take(sister, missed_days=1, words="Please ask him to ring me.")
    note_missed_contact(by=None, person=sister.person, since=days(-5))
    assert claimed_words(sister) == ("Please ask him to ring me.",)
    with pytest.raises(NotQueuedError):
        queue(sister)


def claimed_words(member) -> tuple[str, ...]:
    with transaction.atomic():
        return claim(member_id=member.pk, topics=["appointments"], channel="phone").only_these_words


@pytest.mark.parametrize("safety", ["not_asked", "unsafe"])
def test_nothing_goes_to_a_number_that_nobody_said_is_safe(carrier, sister, safety) -> None:
    take(sister)
    ContactPointFactory(family_member=sister, kind="mobile", value="07700 900124", safety=safety)
    with pytest.raises(NotQueuedError, match="not a safe way"):
        queue(sister, number="07700 900124")
    with pytest.raises(NotQueuedError, match="not a safe way"):
        queue(sister, number="07700 900199")


def test_nothing_goes_in_a_way_they_ruled_out_or_once_they_do_not_want_it(carrier, sister) -> None:
    take(sister)
    keep_safe_contact(by=None, member=sister, profile=SafeProfile([], None, None, ["text"], Voicemail.NEVER))
    with pytest.raises(NotQueuedError, match="not a safe way"):
        queue(sister)
    keep_safe_contact(by=None, member=sister, profile=SafeProfile([], None, None, [], Voicemail.NEVER))
    queue(sister)
    note_answer(by=None, member=sister, answer=Answer(Willing.WITHDRAWN))
    go()
    assert carrier.given == []
