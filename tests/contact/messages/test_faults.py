"""Nothing is lost, sent twice or sent after a withdrawal, whatever carriers and workers do."""

import threading
import time
from uuid import UUID

import pytest
from django.db import connections, transaction

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.backends import Parcel, Receipt
from alongside.foundation.delivery.gates import _gates
from alongside.foundation.delivery.models import Message
from alongside.safety.permissions.actions import withdraw
from bench.bench_messages import queued_for, some_members
from bench.faulty import FaultyCarrier, work_off

pytestmark = pytest.mark.slow


def test_two_hundred_messages_through_everything_that_goes_wrong(live_database: DatabaseUrls) -> None:
    members = some_members(20)
    ids = queued_for(members, each=10)

    def meanwhile() -> dict[UUID, float]:
        withdrawn = {}
        for member in members[::2]:
            time.sleep(0.05)
            with transaction.atomic():
                withdraw(by=None, member=member)
            withdrawn[member.pk] = time.monotonic()
        return withdrawn

    came = work_off(FaultyCarrier(seed=7), ids, workers=3, meanwhile=meanwhile)
    assert (came.lost, came.twice, came.after_withdrawal) == (0, 0, 0)
    assert came.messages == 200
    assert came.taken > 60
    assert came.killed > 0


def test_a_withdrawal_waits_for_what_is_in_the_carriers_hands_and_stops_the_rest(
    live_database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has been given to the carrier before the withdrawal commits has gone; what has not, never goes."""
    assert "permissions" in _gates
    (member,) = some_members(1)
    first, second = queued_for([member], each=2)
    holding, go_on = threading.Event(), threading.Event()
    given: list[UUID] = []

    class Slow:
        name, certain_after = "slow", 0.0

        def send(self, parcel: Parcel) -> Receipt:
            holding.set()
            assert go_on.wait(30)
            given.append(parcel.reference)
            order.append("handed over")
            return Receipt("theirs")

    monkeypatch.setattr(sending, "carrier_for", lambda channel: Slow())
    order: list[str] = []

    def hand_over() -> None:
        sending.send_message.run(by_id=None, ids={"message_id": str(first)})
        connections.close_all()

    def take_back() -> None:
        with transaction.atomic():
            withdraw(by=None, member=member)
        order.append("withdrawn")
        connections.close_all()

    sender = threading.Thread(target=hand_over)
    sender.start()
    assert holding.wait(30)
    withdrawer = threading.Thread(target=take_back)
    withdrawer.start()
    withdrawer.join(timeout=1)
    assert withdrawer.is_alive(), "it must wait for what is being handed over"
    go_on.set()
    sender.join(30)
    withdrawer.join(30)
    assert order == ["handed over", "withdrawn"]
    sending.send_message.run(by_id=None, ids={"message_id": str(second)})
    assert len(given) == 1
    assert Message.objects.get(pk=first).state == "sent"
    assert Message.objects.get(pk=second).state == "stopped"
