"""What a worker does for the log."""

from procrastinate.contrib.django import app


@app.periodic(cron="47 4 * * *")
@app.task(name="log.prompt", queueing_lock="log.prompt", pass_context=False)
def prompt(timestamp: int) -> None:
    """Each morning, before anyone is at work: whom to welcome, whom to tell good news, whom to try again."""
    from alongside.contact.log.prompts import prompt_for_day

    prompt_for_day()
