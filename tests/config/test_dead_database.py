"""What people see when the database is away: a page that says so, and nothing half done."""

from dataclasses import replace

import psycopg
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from alongside.config.database.urls import DatabaseUrls, make_url
from alongside.config.views import database_is_unavailable
from alongside.foundation.accounts.models import User
from tests.support.database import point_connections_at

NOWHERE = make_url(role="alongside_app", password="x", database="alongside", host="/nonexistent")


@login_not_required
def write_then_lose_the_server(request: HttpRequest) -> HttpResponse:
    User.objects.create_user(email="half@example.org", name="Half Done")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    with psycopg.connect(write_then_lose_the_server.admin, autocommit=True) as admin:  # type: ignore[attr-defined]
        admin.execute("SELECT pg_terminate_backend(%s)", [number])
    return HttpResponse(str(User.objects.count()))


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours, with a name in it: Kelly")


handler500 = "alongside.config.views.server_error"
urlpatterns = [
    path("lose/", write_then_lose_the_server),
    path("fail/", fail),
    path("", include("alongside.config.urls")),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def dead_database(live_database: DatabaseUrls) -> None:
    point_connections_at(replace(live_database, application=NOWHERE))


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/", "/nothing-here/", "/lose/"])
def test_every_page_says_that_it_is_away_and_what_to_do(dead_database: None, visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Try again in a minute" in answer.text
    assert "999" in answer.text


def test_health_says_so_too(dead_database: None, visitor: Client) -> None:
    answer = visitor.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "unavailable"})


def test_health_needs_nobody_to_sign_in(live_database: DatabaseUrls, visitor: Client) -> None:
    answer = visitor.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "available"})


def test_it_comes_back_by_itself(live_database: DatabaseUrls, visitor: Client) -> None:
    point_connections_at(replace(live_database, application=NOWHERE))
    assert visitor.get("/health/").status_code == 503
    point_connections_at(live_database)
    assert visitor.get("/health/").status_code == 200


def test_a_server_lost_half_way_leaves_nothing_half_done(live_database: DatabaseUrls, visitor: Client) -> None:
    write_then_lose_the_server.admin = live_database.admin  # type: ignore[attr-defined]
    assert visitor.get("/lose/").status_code == 503
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_a_fault_of_ours_is_a_500_that_tells_nothing(visitor: Client) -> None:
    answer = visitor.get("/fail/")
    assert answer.status_code == 500
    assert "Kelly" not in answer.text
    assert "went wrong" in answer.text


@pytest.mark.parametrize(
    ("cause", "away"),
    [
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.OperationalError(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.DeadlockDetected(), False),
    ],
)
def test_only_what_may_pass_by_itself_is_a_503(cause: psycopg.Error, away: bool) -> None:
    error = OperationalError()
    error.__cause__ = cause
    assert database_is_unavailable(error) == away


def test_other_errors_are_ours() -> None:
    assert not database_is_unavailable(DatabaseError())
    assert not database_is_unavailable(None)
