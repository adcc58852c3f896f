"""Where this installation's database and secrets are, told to Django before it starts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from alongside.config.database.postgres import Cluster
from alongside.config.database.urls import DatabaseUrls, urls_from_environment
from alongside.config.state import secret, state_folder

SETTINGS = "alongside.config.settings"


def embedded_cluster() -> Cluster:
    """The embedded database of this installation."""
    return Cluster(state_folder() / "postgres")


def configure() -> None:
    """Fill in what the environment leaves open, and set Django up. The embedded database need not run yet."""
    import django

    urls = urls_from_environment() or embedded_cluster().urls
    configure_for(urls)
    django.setup()


def configure_for(urls: DatabaseUrls) -> None:
    """Point this process and its children at that database, as the application and as the owner."""
    os.environ.update(urls.as_environment())
    os.environ.setdefault("SECRET_KEY", secret("secret-key"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


@contextmanager
def running_database() -> Iterator[DatabaseUrls]:
    """The database, running: the one that the environment names, or the embedded one, started where it is not up."""
    urls = urls_from_environment()
    cluster = embedded_cluster()
    if urls and urls.application != cluster.urls.application:
        yield urls
    elif cluster.is_run_by_another():
        yield cluster.urls
    else:
        with cluster:
            yield cluster.urls
