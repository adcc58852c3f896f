"""A carrier that does all that carriers do wrong, workers that are killed at random, and what came of the messages.

It accepts the same message as often as it is given, loses its answers, shows what it holds late, and answers 429, 500
and nothing. A worker that is killed leaves its transaction and its connection behind, as one that the system stops.
"""

import queue
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connections

from alongside.foundation.delivery import sending
from alongside.foundation.delivery.backends import LostAnswerError, Parcel, Receipt, TryLaterError
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.jobs.running import ATTEMPTS, _last_attempt

LATEST_SHOWN = 0.2


class KilledError(BaseException):
    """The worker is gone in the middle of what it did."""


@dataclass
class FaultyCarrier:
    """Keeps when each message was taken, by our reference. `killing` is how often a worker dies near a hand-over."""

    seed: int
    killing: float = 0.05
    faults: float = 0.3
    name: str = "faulty"
    certain_after: float = 2 * LATEST_SHOWN
    taken: dict[UUID, list[float]] = field(default_factory=lambda: defaultdict(list))
    killed: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lock = threading.Lock()

    def send(self, parcel: Parcel) -> Receipt:
        with self._lock:
            kill, fault, kind = self._random.random(), self._random.random(), self._random.randrange(5)
        self._perhaps_kill(kill < self.killing / 2)
        if fault < self.faults and kind == 0:
            raise TryLaterError("429")
        if fault < self.faults and kind == 1:
            raise LostAnswerError("500, and nothing was taken")
        with self._lock:
            self.taken[parcel.reference].append(time.monotonic())
        self._perhaps_kill(kill > 1 - self.killing / 2)
        if fault < self.faults:
            raise LostAnswerError(("the answer was lost", "500 after all", "nothing")[kind - 2])
        return Receipt(str(parcel.reference))

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        with self._lock:
            away = self._random.random() < self.faults / 5
            taken = list(self.taken.get(reference, ()))
        if away:
            raise TryLaterError("429")
        if taken and time.monotonic() - taken[0] >= LATEST_SHOWN:
            return Receipt(str(reference))
        return None

    def _perhaps_kill(self, now: bool) -> None:
        if now:
            with self._lock:
                self.killed += 1
            raise KilledError


@dataclass(frozen=True)
class CameOf:
    """What came of all messages. Nothing may be lost, sent twice, or sent after a withdrawal had committed."""

    messages: int
    taken: int
    lost: int
    twice: int
    after_withdrawal: int
    unknown: int
    stopped: int
    killed: int
    seconds: float


@contextmanager
def carried_by(carrier: FaultyCarrier) -> Iterator[None]:
    """Have every message carried by this one."""
    before = getattr(sending, "carrier_for")  # noqa: B009
    setattr(sending, "carrier_for", lambda channel: carrier)  # noqa: B010 - one name of another module
    try:
        yield
    finally:
        setattr(sending, "carrier_for", before)  # noqa: B010


def work_off(
    carrier: FaultyCarrier, ids: list[UUID], *, workers: int, meanwhile: Callable[[], dict[UUID, float]]
) -> CameOf:
    """Send all of them with so many workers, while `meanwhile` withdraws; it answers when for which family member."""
    todo: queue.PriorityQueue[tuple[float, int, UUID]] = queue.PriorityQueue()
    for one in ids:
        todo.put((0.0, 1, one))
    left = threading.Semaphore(0)
    stop = threading.Event()
    started = time.monotonic()
    with carried_by(carrier):
        threads = [threading.Thread(target=_worker, args=(todo, left, stop)) for _ in range(workers)]
        for thread in threads:
            thread.start()
        withdrawn = meanwhile()
        for _ in ids:
            left.acquire()
        stop.set()
        for thread in threads:
            thread.join()
    return _count(carrier, ids, withdrawn, seconds=time.monotonic() - started)


def _worker(
    todo: "queue.PriorityQueue[tuple[float, int, UUID]]", left: threading.Semaphore, stop: threading.Event
) -> None:
    while not stop.is_set():
        try:
            ready, attempt, message_id = todo.get(timeout=0.05)
        except queue.Empty:
            continue
        if (wait := ready - time.monotonic()) > 0:
            todo.put((ready, attempt, message_id))
            time.sleep(min(wait, 0.02))
            continue
        token = _last_attempt.set(attempt >= ATTEMPTS)
        try:
            sending.send_message.run(by_id=None, ids={"message_id": str(message_id)})
        except (TryLaterError, LostAnswerError):
            todo.put((time.monotonic() + 0.1 * 2**attempt, attempt + 1, message_id))
        except KilledError:
            connections.close_all()
            todo.put((time.monotonic() + 0.1, attempt, message_id))
        else:
            left.release()
        finally:
            _last_attempt.reset(token)
    connections.close_all()


def _count(carrier: FaultyCarrier, ids: list[UUID], withdrawn: dict[UUID, float], *, seconds: float) -> CameOf:
    lost = twice = after = unknown = stopped = 0
    for message in Message.objects.filter(pk__in=ids):
        times = carrier.taken.get(message.reference, [])
        twice += len(times) > 1
        unknown += message.state == "unknown"
        stopped += message.state == "stopped"
        said = {"sent": bool(times), "unknown": True}.get(message.state, not times)
        lost += not said or message.state in ("queued", "sending")
        limit = withdrawn.get(message.family_member) if message.family_member else None
        after += limit is not None and any(at > limit for at in times)
    return CameOf(len(ids), len(carrier.taken), lost, twice, after, unknown, stopped, carrier.killed, seconds)
