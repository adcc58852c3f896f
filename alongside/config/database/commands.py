"""`alongside database`: what whoever runs the product does to its database."""

import click

from alongside.config.database.prepare import prepare as prepare_database
from alongside.config.database.urls import DatabaseUrls, urls_of_own_roles, without_password
from alongside.config.environment import configure, configure_for, running_database
from alongside.config.errors import OperatorError


@click.group()
def database() -> None:
    """Prepare, migrate and check the database."""


@database.command()
def prepare() -> None:
    """Make the two roles, the database and its extensions. Doing it again changes nothing.

    Without DATABASE_URL this is the embedded database. With DATABASE_URL, DATABASE_OWNER_URL and DATABASE_ADMIN_URL,
    the admin makes the other two. With DATABASE_URL alone, its role makes two with passwords kept in the state folder.
    """
    with running_database() as urls:
        urls = with_own_roles(urls)
        prepare_database(urls)
        click.echo(f"Prepared {without_password(urls.application)}")


@database.command()
def migrate() -> None:
    """Bring tables, grants and reference data up to date, as the owner."""
    with running_database() as urls:
        if not urls.owner:
            raise OperatorError("Only the owner may migrate: set DATABASE_OWNER_URL to its address.")
        configure_for(urls)
        configure()
        from alongside.config.database.migrate import migrate as migrate_database

        migrate_database(verbosity=1)


@database.command()
def check() -> None:
    """Refuse an application role that could do more than serve."""
    with running_database() as urls:
        configure_for(urls)
        configure()
        from alongside.config.database.check import ensure_safe_to_serve

        ensure_safe_to_serve()
        click.echo("The application's role may serve, and nothing more. Every wall stands.")


def with_own_roles(urls: DatabaseUrls) -> DatabaseUrls:
    """`urls`, or where only one address is known, those of two roles that its role may make."""
    return urls if urls.owner else urls_of_own_roles(urls.application)
