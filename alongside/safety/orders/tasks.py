"""What a worker does for orders and conditions."""

from procrastinate.contrib.django import app


@app.periodic(cron="41 4 * * *")
@app.task(name="orders.prompt", queueing_lock="orders.prompt", pass_context=False)
def prompt(timestamp: int) -> None:
    """Each morning, before anyone is at work: what runs out soon, what has run out, and which conditions to read."""
    from alongside.safety.orders.prompts import prompt_for_day

    prompt_for_day()
