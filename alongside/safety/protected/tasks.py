"""What a worker does for what was told in confidence."""

from procrastinate.contrib.django import app


@app.periodic(cron="27 3 * * *")
@app.task(name="protected.erase_what_has_no_case", queueing_lock="protected.erase", pass_context=False)
def erase(timestamp: int) -> None:
    """Each night: empty what was shared or refused without a case and whose time is over."""
    from alongside.foundation.calendar.rules import today
    from alongside.safety.protected.retention import erase_what_has_no_case

    erase_what_has_no_case(on=today())
