"""`alongside worker`: does what pages have asked to be done later."""

import asyncio
import contextlib
import os
import signal

import click
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from alongside.config.database.check import ensure_safe_to_serve

SECONDS_TO_FINISH = 20
SECONDS_TO_LEAVE = 5


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs done at the same time.")
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def worker(concurrency: int, once: bool) -> None:
    """Do waiting jobs until told to stop. A job in hand has 20 seconds to finish, or is taken up again later."""
    ensure_safe_to_serve()
    work(concurrency=concurrency, once=once)


def work(*, concurrency: int = 1, once: bool = False) -> None:
    """Do what is waiting, and unless `once`, what comes, until a signal says to stop."""
    with app.replace_connector(DjangoConnector().get_worker_connector()):
        asyncio.run(_work(concurrency=concurrency, once=once))


async def _work(*, concurrency: int, once: bool) -> None:
    async with app.open_async():
        await _work_until_told(concurrency=concurrency, once=once)


async def _work_until_told(*, concurrency: int, once: bool) -> None:
    working = asyncio.create_task(
        app.run_worker_async(
            concurrency=concurrency,
            wait=not once,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    )
    loop = asyncio.get_running_loop()

    def stop() -> None:
        working.cancel()
        # A job in a thread cannot be interrupted, and its worker says no more that it lives: were it left to go on,
        # another would begin the same job. So the process ends, the transaction rolls back, and the job is done again.
        loop.call_later(SECONDS_TO_FINISH + SECONDS_TO_LEAVE, os._exit, os.EX_TEMPFAIL)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await working
