"""Regular work that keeps the other work going."""

from procrastinate.contrib.django import app

# A worker says that it lives every ten seconds; after this many without a word its jobs are given to another.
SECONDS_OF_SILENCE = 60


@app.periodic(cron="* * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=False)
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give jobs whose worker was killed back to the queue: such a job would otherwise stay `doing` for ever."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_OF_SILENCE):
        await app.job_manager.retry_job(stalled)
