"""What a worker does for messages: handing over what has waited, bringing up replies, letting go of what is over."""

from datetime import timedelta
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.foundation.jobs.running import job

MOST_AT_ONCE = 500
DAYS_UNSORTED = timedelta(days=28)
"""How long a reply from nobody whom we know is kept."""

DAYS_LIFTED = timedelta(days=28)
"""How long it is kept that a “stop” was lifted, beside the trail of the case in which that was done."""


@job
def send_waiting(*, by_id: UUID | None, outgoing_id: UUID) -> None:
    """Hand over one message whose time has come."""
    from alongside.contact.messages.actions.writing import send_what_waits

    send_what_waits(outgoing_id=outgoing_id)


def begin_what_waits() -> int:
    """Have every message handed over whose time has come; answers how many."""
    from django.db import transaction

    from alongside.contact.messages.queries import what_waits

    with transaction.atomic():
        found = list(what_waits(timezone.now())[:MOST_AT_ONCE])
        for outgoing_id in found:
            send_waiting.later(by=None, outgoing_id=outgoing_id)
    return len(found)


def forget_unsorted() -> int:
    """Erase replies from nobody whom we know, once they were kept for four weeks after being sorted; how many."""
    from alongside.contact.messages.models import Reply, Settled

    old = timezone.now() - DAYS_UNSORTED
    gone, _ = Reply.objects.filter(person=None, settled=Settled.NOBODY, settled_at__lt=old).delete()
    return gone


def forget_lifted() -> int:
    """Let go of numbers and addresses whose “stop” was lifted four weeks ago; how many."""
    from alongside.contact.messages.models import StoppedAddress

    gone, _ = StoppedAddress.objects.filter(lifted_at__lt=timezone.now() - DAYS_LIFTED).delete()
    return gone


@app.periodic(cron="* * * * *")
@app.task(name="messages.begin_what_waits", queueing_lock="messages.begin_what_waits", pass_context=False)
async def every_minute(timestamp: int) -> None:
    """Look for what may go now."""
    await sync_to_async(begin_what_waits)()


@app.periodic(cron="23 2 * * *")
@app.task(name="messages.forget_unsorted", queueing_lock="messages.forget_unsorted", pass_context=False)
async def every_night(timestamp: int) -> None:
    """Let go of what nobody could be found for, and of what binds nobody any more."""
    await sync_to_async(forget_unsorted)()
    await sync_to_async(forget_lifted)()


def ask_again_now() -> int:
    """Put what came to no team before whoever is on duty today; answers how much that was."""
    from django.db import transaction

    from alongside.contact.messages.actions.replies import ask_again

    with transaction.atomic():
        return ask_again()


@app.periodic(cron="5 5 * * *")
@app.task(name="messages.ask_again", queueing_lock="messages.ask_again", pass_context=False)
async def every_morning(timestamp: int) -> None:
    """Duty changes with the day: ask those who are there now."""
    await sync_to_async(ask_again_now)()


def bring_up_now() -> int:
    """Bring up what nobody has read or sorted in its time; answers how much that was."""
    from django.db import transaction

    from alongside.contact.messages.actions.unread import bring_up_unread

    with transaction.atomic():
        return bring_up_unread(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="messages.bring_up_unread", queueing_lock="messages.bring_up_unread", pass_context=False)
async def every_ten_minutes(timestamp: int) -> None:
    """Ask the next who is there about replies that wait too long."""
    await sync_to_async(bring_up_now)()
