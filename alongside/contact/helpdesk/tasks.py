"""What a worker does for the help desk."""

from procrastinate.contrib.django import app


@app.periodic(cron="17 3 * * *")
@app.task(name="helpdesk.tear_up_old_slips", queueing_lock="helpdesk.tear_up_old_slips", pass_context=False)
def tear_up(timestamp: int) -> None:
    """Each night: tear up slips that nobody needed for a fortnight."""
    from alongside.contact.helpdesk.actions import tear_up_old_slips

    tear_up_old_slips()


@app.periodic(cron="57 3 * * *")
@app.task(name="helpdesk.erase_old_words", queueing_lock="helpdesk.erase_old_words", pass_context=False)
def erase(timestamp: int) -> None:
    """Each night: erase the words of questions and of advice whose time is over."""
    from alongside.contact.helpdesk.retention import erase_old_words
    from alongside.foundation.calendar.rules import today

    erase_old_words(on=today())
