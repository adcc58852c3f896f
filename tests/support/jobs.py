"""Doing the jobs that wait, as a worker would, within the test's own transaction."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def do_waiting_jobs() -> list[str]:
    """Run every job that waits, and those that they ask for, each as whoever asked; answers their names."""
    done: list[str] = []
    seen: set[int] = set()
    while waiting := [
        job for job in ProcrastinateJob.objects.filter(status="todo").order_by("id") if job.id not in seen
    ]:
        for job in waiting:
            seen.add(job.id)
            task = app.tasks[job.task_name]
            task.func.__self__.run(by_id=job.args["by_id"], ids=job.args["ids"])
            done.append(job.task_name)
    return done
