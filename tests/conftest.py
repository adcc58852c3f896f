"""What every test may ask for: a database as the application's role, a live site on a database of its own, a browser.

`db` (and `@pytest.mark.django_db`) rolls back after each test. `live_database` is a fresh clone that commits for real,
for tests with several connections; `live_server` serves the product on it, and `page` is a browser page on that.
"""

import asyncio
import os
import shutil
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from alongside.config.database.check import ensure_safe_to_serve
from alongside.config.database.urls import DatabaseUrls
from tests.support.browser import DESKTOP, FLAGS, Troubles, wait_after_clicks
from tests.support.database import SessionDatabase, point_connections_at, session_database

pytest_plugins = ["tests.support.sign_in"]


# A busy machine is slow, not wrong.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test is marked by what it asks for: a browser, a database. Browsers run last: quick failures show first."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "browser" in asked:
            item.add_marker(pytest.mark.browser)
        if asked & {"db", "live_database", "session_cluster", "owner_connection"} or item.get_closest_marker(
            "django_db"
        ):
            item.add_marker(pytest.mark.database)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hide the browser's event loop from a test without a browser that comes after one: it may run a loop of its own.

    Playwright leaves its loop marked as running in this thread for as long as the session's browser lives.
    """
    if item.get_closest_marker("browser"):
        return (yield)
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(running)


@pytest.fixture(scope="session")
def session_cluster(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SessionDatabase]:
    """The session's own PostgreSQL. The session fails where the application's role could do harm."""
    with django_db_blocker.unblock(), session_database() as session:
        ensure_safe_to_serve()
        connections.close_all()
        yield session


@pytest.fixture(scope="session")
def django_db_setup(session_cluster: SessionDatabase) -> None:
    """In place of pytest-django's own: the database is a clone of the migrated template, used as the application."""


@pytest.fixture
def live_database(
    request: pytest.FixtureRequest, session_cluster: SessionDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[DatabaseUrls]:
    """A database of this test's own, in which transactions commit. Nothing is flushed: it is dropped afterwards."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("A test takes `live_database` or `db`, not both: one commits and the other rolls back.")
    with django_db_blocker.unblock(), session_cluster.clone() as urls:
        point_connections_at(urls)
        try:
            yield urls
        finally:
            point_connections_at(session_cluster.urls)


@pytest.fixture
def owner_connection(request: pytest.FixtureRequest, session_cluster: SessionDatabase) -> Iterator[psycopg.Connection]:
    """The owner's own connection to this test's database, in autocommit: it sees what is committed and no more."""
    live = "live_database" in request.fixturenames
    urls = request.getfixturevalue("live_database") if live else session_cluster.urls
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True, scope="session")
def _lists_and_words_held() -> Iterator[None]:
    """No statement that asks now and then whether lists or words were loaded anew falls among those a test counts."""
    with pytest.MonkeyPatch.context() as patch:
        for cache in ("alongside.foundation.reference.cache", "alongside.foundation.content.cache"):
            patch.setattr(f"{cache}.CHECK_SECONDS", float("inf"))
        yield


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """No test speaks the language in which the test before it asked for a page."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """In place of pytest-django's own, which would empty every table after the test."""


@pytest.fixture
def live_server(live_database: DatabaseUrls) -> Iterator[str]:
    """The address of the product, served on this test's own database."""
    thread = LiveServerThread("localhost", _StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Chromium is missing: `make test` installs it, or set CHROMIUM to its path.", pytrace=False)
    wait_after_clicks()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page of 1280 pixels on the live site. The test fails on a console error or a refusal by the security policy."""
    context = browser.new_context(base_url=live_server, viewport=DESKTOP, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    page = context.new_page()
    troubles = Troubles(page)
    yield page
    context.close()
    assert not troubles.found, "\n".join(troubles.found)
