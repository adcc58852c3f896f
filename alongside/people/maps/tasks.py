"""What a worker does for maps."""

from procrastinate.contrib.django import app


@app.periodic(cron="37 4 * * *")
@app.task(name="maps.prompt", queueing_lock="maps.prompt", pass_context=False)
def prompt(timestamp: int) -> None:
    """Each morning, before anyone is at work: which maps are to be gone through again."""
    from alongside.people.maps.reviews import ask_on_day

    ask_on_day()
