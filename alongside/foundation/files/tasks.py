"""Files whose time is over, and bytes that belong to nobody."""

from procrastinate.contrib.django import app

from alongside.foundation.files.actions import forget_expired, forget_orphans


@app.periodic(cron="37 3 * * *")
@app.task(name="files.forget", queueing_lock="files.forget", pass_context=False)
def forget_what_is_over(timestamp: int) -> None:
    """Erase expired files and take away orphaned bytes."""
    forget_expired()
    forget_orphans()
