"""Work that is done later, by a worker: once the transaction that asked for it has committed, as whoever asked.

A room declares its jobs in `tasks.py`, which is found by itself:

    @job
    def check_upload(*, by_id: UUID | None, upload_id: UUID) -> None: ...

and an action asks for one with `check_upload.later(by=user, upload_id=upload.id)`. A job carries ids and nothing else,
so that the queue holds no personal data.
"""

from collections.abc import Callable
from contextlib import nullcontext
from contextvars import ContextVar
from typing import Any, overload
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from alongside.foundation.records.identity import set_identity

ATTEMPTS = 5
SECONDS_BEFORE_RETRY = 4

Work = Callable[..., None]

_last_attempt: ContextVar[bool] = ContextVar("last_attempt", default=True)


def is_last_attempt() -> bool:
    """Whether the work in hand is not tried again where it raises."""
    return _last_attempt.get()


class Job:
    """One kind of work that a worker does. It is tried again, later each time, where it raises."""

    def __init__(self, work: Work, *, one_transaction: bool) -> None:
        self.work = work
        self.one_transaction = one_transaction
        self.name = f"{work.__module__}.{work.__qualname__}"
        retry = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=SECONDS_BEFORE_RETRY)
        self.task = app.task(name=self.name, retry=retry, pass_context=True)(self._attempt)

    def later(self, *, by: AbstractBaseUser | None, **ids: UUID) -> None:
        """Ask for the work, as part of the open transaction. Raises TypeError for anything that is not an id."""
        self.later_as(by.pk if by else None, **ids)

    def later_as(self, by_id: UUID | None, /, **ids: UUID) -> None:
        """The same, where only the id of whoever asked is at hand."""
        for name, value in ids.items():
            if not isinstance(value, UUID):
                raise TypeError(f"{name} is no id: a job carries ids, and reads the rest when it runs.")
        self.task.defer(by_id=str(by_id) if by_id else None, ids={name: str(value) for name, value in ids.items()})

    def _attempt(self, context: JobContext, *, by_id: str | None, ids: dict[str, str]) -> None:
        token = _last_attempt.set(context.job.attempts >= ATTEMPTS)
        try:
            self.run(by_id=by_id, ids=ids)
        finally:
            _last_attempt.reset(token)

    def run(self, *, by_id: str | None, ids: dict[str, str]) -> None:
        """Do the work now: in one transaction that carries who asked, unless the work says that it opens its own."""
        asker = UUID(by_id) if by_id else None
        with transaction.atomic() if self.one_transaction else nullcontext():
            if self.one_transaction:
                set_identity(asker)
            self.work(by_id=asker, **{name: UUID(value) for name, value in ids.items()})


@overload
def job(work: Work) -> Job: ...
@overload
def job(*, one_transaction: bool) -> Callable[[Work], Job]: ...
def job(work: Work | None = None, *, one_transaction: bool = True) -> Any:
    """Make a function `(*, by_id, **ids)` a job.

    With `one_transaction=False` the work opens its own transactions, with `records.identity.identity(by_id)`: for long
    work whose progress others watch.
    """
    if work is None:
        return lambda function: Job(function, one_transaction=one_transaction)
    return Job(work, one_transaction=one_transaction)
