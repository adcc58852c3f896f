"""Regular work that keeps the other work going."""

from uuid import UUID

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from alongside.foundation.accounts.actions import forget_what_has_ended
from alongside.foundation.audit.actions import seal_consultations
from alongside.foundation.jobs import outbox  # noqa: F401 - declares the job that tells listeners
from alongside.foundation.jobs.progress import note_killed
from alongside.foundation.jobs.running import ATTEMPTS

# A worker says that it lives every ten seconds; after this many without a word its jobs are given to another.
SECONDS_OF_SILENCE = 60
HOURS_TO_KEEP_FAILED = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=False)
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give jobs whose worker was killed back to the queue: such a job would otherwise stay `doing` for ever.

    A job that has been given back as often as any job is tried is given up: it may be what kills the workers.
    """
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_OF_SILENCE):
        if stalled.attempts < ATTEMPTS:
            await app.job_manager.retry_job(stalled)
        else:
            await _give_up(stalled)


async def _give_up(stalled: Job) -> None:
    if stalled.id is None:
        return
    await app.job_manager.finish_job_by_id_async(stalled.id, status=Status.FAILED, delete_job=False)
    ids = stalled.task_kwargs.get("ids")
    progress_id = ids.get("progress_id") if isinstance(ids, dict) else None
    if isinstance(progress_id, str):
        await sync_to_async(note_killed)(UUID(progress_id))


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.forget_old", queueing_lock="jobs.forget_old", pass_context=False)
async def forget_old_jobs(timestamp: int) -> None:
    """Take away jobs that failed a month ago; those that succeeded go at once."""
    await app.job_manager.delete_old_jobs(
        nb_hours=HOURS_TO_KEEP_FAILED, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="* * * * *")
@app.task(name="jobs.seal_consultations", queueing_lock="jobs.seal_consultations", pass_context=False)
def seal_what_was_consulted(timestamp: int) -> None:
    """Close the consultations of the last minute into the trail."""
    seal_consultations()


@app.periodic(cron="7 * * * *")
@app.task(name="jobs.forget_ended_sessions", queueing_lock="jobs.forget_ended_sessions", pass_context=False)
def forget_ended_sessions(timestamp: int) -> None:
    """Take away sessions that are over, and what was typed in them that nobody came back for."""
    forget_what_has_ended()
