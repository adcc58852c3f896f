"""What a worker does: every few minutes, bring up what nobody has read; each night, let go what stands with no case."""

from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="*/5 * * * *")
@app.task(name="concerns.bring_up_unread", queueing_lock="concerns.bring_up_unread", pass_context=False)
async def bring_up(timestamp: int) -> None:
    """Ask the next who can read, of everything that has waited too long."""
    await sync_to_async(bring_up_now)()


def bring_up_now() -> int:
    """The same, now; answers how much was brought up."""
    from alongside.contact.concerns.actions.routing import bring_up_unread

    with transaction.atomic():
        return bring_up_unread(now=timezone.now())


@app.periodic(cron="37 3 * * *")
@app.task(name="concerns.erase_what_was_never_placed", queueing_lock="concerns.erase", pass_context=False)
def erase(timestamp: int) -> None:
    """Each night: erase what was never placed with a case and whose time is over."""
    from alongside.contact.concerns.retention import erase_what_was_never_placed
    from alongside.foundation.calendar.rules import today

    erase_what_was_never_placed(on=today())
