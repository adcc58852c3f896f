"""What a worker does for maps."""

from procrastinate.contrib.django import app


@app.periodic(cron="37 4 * * *")
@app.task(name="maps.prompt", queueing_lock="maps.prompt", pass_context=False)
def prompt(timestamp: int) -> None:
    """Each morning, before anyone is at work: which maps to go through again, which visits nobody has told of."""
    from alongside.people.maps import reviews
    from alongside.people.maps.observations import prompts

    reviews.ask_on_day()
    prompts.ask_on_day()
