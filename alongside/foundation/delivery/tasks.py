"""Regular work on messages. The job that sends them is declared beside what it does."""

from procrastinate.contrib.django import app

from alongside.foundation.delivery import sending

__all__ = ["sending"]


@app.periodic(cron="37 * * * *")
@app.task(name="delivery.lose_sight_of_old", queueing_lock="delivery.lose_sight_of_old", pass_context=False)
def every_hour(timestamp: int) -> None:
    """Have a person decide about what was begun long ago and came to no end, and take up what was never begun."""
    sending.lose_sight_of_old()
    sending.take_up_again()
