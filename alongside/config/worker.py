"""`alongside worker`: does what pages have asked to be done later."""

import click
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from alongside.config.database.check import ensure_safe_role

SECONDS_TO_FINISH = 20


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs done at the same time.")
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def worker(concurrency: int, once: bool) -> None:
    """Do waiting jobs until told to stop. A job in hand has 20 seconds to finish, or is taken up again later."""
    ensure_safe_role()
    work(concurrency=concurrency, once=once)


def work(*, concurrency: int = 1, once: bool = False) -> None:
    """Do what is waiting, and unless `once`, what comes, until a signal says to stop."""
    with app.replace_connector(DjangoConnector().get_worker_connector()):
        app.run_worker(
            concurrency=concurrency,
            wait=not once,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",
        )
