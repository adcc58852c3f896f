"""Sessions end by themselves, say so, cost little, and lose nothing that was typed."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.actions import deactivate_user, forget_what_has_ended, keep_form
from alongside.foundation.accounts.models import KeptForm, User
from alongside.foundation.accounts.queries import kept_answers
from alongside.foundation.accounts.rules import KEPT_FORMS_EACH, SessionEnd
from alongside.foundation.accounts.sessions import BEGUN_AT, SEEN_AT
from tests.foundation.accounts.support import heard, is_signed_in, make_user

JSON = {"accept": "application/json"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user()


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def later(**ago):
    return time_machine.travel(timezone.now() + timedelta(**ago), tick=False)


def test_idle_session_ends_and_says_so(client: Client, user: User) -> None:
    with later(minutes=31), heard(signals.session_expired) as told:
        response = client.get("/account/?page=2")
    assert response["Location"] == "/sign-in/?ended=idle&kept=no&next=%2Faccount%2F%3Fpage%3D2"
    assert [(one["user_id"], one["reason"]) for one in told] == [(str(user.pk), SessionEnd.IDLE)]
    assert "nothing happened for 30 minutes" in client.get(response["Location"]).content.decode()
    assert not is_signed_in(client)


def test_what_someone_signed_in_was_shown_is_not_had_from_the_browser_once_they_have_gone(client: Client) -> None:
    for address in ("/account/", "/guidance/", "/cases/", "/no/such/page/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_whoever_signed_out_in_another_window_is_told_that_nothing_was_kept(client: Client) -> None:
    client.logout()
    sent = client.post("/accounts/invite/", {"name": "Nia New"})
    said = client.get(sent["Location"]).content.decode()
    assert "You were signed out." in said
    assert "What you sent was not saved and could not be kept" in said
    assert KeptForm.objects.count() == 0


def test_session_in_use_goes_on_but_not_for_ever(client: Client) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(25):
            clock.shift(timedelta(minutes=24))
            if clock.time() - start.timestamp() >= 10 * 3600:
                break
            assert is_signed_in(client)
        assert client.get("/account/")["Location"].startswith("/sign-in/?ended=absolute")


def test_asking_how_long_is_left_does_not_keep_a_session_alive(client: Client) -> None:
    with later(minutes=20):
        assert client.get("/session/").json()["seconds_left"] == pytest.approx(600, abs=5)
    with later(minutes=31):
        assert client.get("/session/").json()["seconds_left"] == 0


def test_saying_that_one_is_there_does(client: Client) -> None:
    with later(minutes=29):
        answer = client.post("/session/extend/", headers={"accept": "application/json"}).json()
        assert answer["expires_at"] > answer["now"]
    with later(minutes=50):
        assert is_signed_in(client)


@pytest.mark.parametrize("tamper", [{SEEN_AT: None}, {BEGUN_AT: "x"}, {SEEN_AT: 9e99}, {BEGUN_AT: 9e12}])
def test_session_without_believable_times_has_ended(client: Client, tamper: dict[str, object]) -> None:
    session = client.session
    for key, value in tamper.items():
        session[key] = value
    session.save()
    assert not is_signed_in(client)


def test_session_and_user_take_two_queries_and_no_write(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/session/")
    bookkeeping = "SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config"
    statements = [one["sql"] for one in captured if not re.match(bookkeeping, one["sql"])]
    assert len(statements) == 2
    assert all(one.startswith("SELECT") for one in statements)


def test_last_seen_is_written_at_most_once_a_minute(client: Client, user: User) -> None:
    with later(seconds=90):
        client.get("/account/")
    user.refresh_from_db()
    seen = user.last_seen_at
    with later(seconds=120), CaptureQueriesContext(connection) as captured:
        client.get("/account/")
    assert not [one["sql"] for one in captured if re.match("UPDATE|INSERT|DELETE", one["sql"])]
    user.refresh_from_db()
    assert user.last_seen_at == seen
    with later(seconds=200):
        client.get("/account/")
    user.refresh_from_db()
    assert user.last_seen_at > seen


def test_closing_an_account_ends_its_sessions_at_once(client: Client, user: User) -> None:
    deactivate_user(user=user, by=None, reason="left")
    assert not is_signed_in(client)


def test_sign_out_elsewhere_keeps_this_session(client: Client, user: User) -> None:
    other = Client()
    other.force_login(user)
    with heard(signals.signed_out_everywhere) as told:
        client.post("/account/sign-out-elsewhere/")
    assert len(told) == 1
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_what_was_typed_comes_back_to_whoever_typed_it(client: Client, user: User) -> None:
    path = f"/session/kept/{uuid4()}/discard/?x=1"
    with later(minutes=31):
        response = client.post(path, {"note": "Mum <b>rang</b>", "tags": ["a", "b"], "password": "never"})
        place = re.search(r"next=(\S+)", response["Location"])[1].replace("%2F", "/")
        assert "kept=yes" in response["Location"]
        assert not is_signed_in(client)
        client.force_login(user)
        page = BeautifulSoup(client.get(place).content, "html.parser")
    form = page.find("form", action=path)
    typed = [(one["name"], one["value"]) for one in form.find_all("input") if one["name"] != "csrfmiddlewaretoken"]
    assert typed == [("note", "Mum <b>rang</b>"), ("tags", "a"), ("tags", "b")]


def test_nobody_else_sees_what_was_typed(client: Client, user: User) -> None:
    kept = keep_form(user_id=user.pk, path="/x/", fields={"note": ["private"], "once": ["26c1355d"]})
    other = Client()
    other.force_login(make_user())
    response = other.get(f"/session/kept/{kept.pk}/")
    assert response.status_code == 404
    assert b"private" not in response.content
    other.post(f"/session/kept/{kept.pk}/discard/")
    own = client.get(f"/session/kept/{kept.pk}/")
    assert own.status_code == 200
    assert own.content.decode().count("26c1355d") == 1, "sent again with the rest, and not shown"


def test_what_was_typed_is_sealed_and_gone_within_a_day(user: User) -> None:
    kept = keep_form(user_id=user.pk, path="/x/", fields={"note": ["private words"]})
    assert b"private" not in bytes(KeptForm.objects.get().content)
    Client().force_login(user)
    with later(hours=25):
        assert kept_answers(user, kept.pk) is None
        assert forget_what_has_ended() == 1
    assert not KeptForm.objects.exists()
    assert not Session.objects.exists()


def test_only_the_newest_few_are_kept(user: User) -> None:
    for number in range(KEPT_FORMS_EACH + 3):
        keep_form(user_id=user.pk, path=f"/{number}/", fields={"note": ["x"]})
    assert KeptForm.objects.count() == KEPT_FORMS_EACH


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/account/password/", {"current_password": "a", "new_password": "b"}),
        ("/session/extend/", {"note": "x" * 300_000}),
        ("/session/extend/", {}),
    ],
)
def test_nothing_is_kept_of_passwords_or_of_what_is_too_large(client: Client, path: str, data: dict[str, str]) -> None:
    with later(minutes=31):
        response = client.post(path, data)
    assert "kept=nothing" in response["Location"]
    assert not KeptForm.objects.exists()


def test_files_are_said_to_be_lost(client: Client, user: User) -> None:
    with later(minutes=31):
        client.post("/session/extend/", {"note": "x", "file": SimpleUploadedFile("a.txt", b"a")})
    assert KeptForm.objects.get().files_lost


def test_form_from_elsewhere_is_not_kept() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    with later(minutes=31):
        assert strict.post("/session/extend/", {"note": "planted"}).status_code == 403
    assert not KeptForm.objects.exists()


def test_script_is_answered_in_its_own_language(client: Client, user: User) -> None:
    with later(minutes=31):
        refused = client.post("/session/extend/", headers=JSON)
        client.force_login(user)
    with later(minutes=62):
        response = client.post("/session/keep/", {"kept-path": "/x/", "note": "y"}, headers=JSON)
    assert refused.status_code == 401
    assert UUID(re.search(r"kept%2F([0-9a-f-]{36})", response.json()["sign_in"])[1]) == KeptForm.objects.get().pk
    assert KeptForm.objects.get().path == "/x/"


def test_script_keeps_a_form_before_the_end(client: Client, user: User) -> None:
    answer = client.post("/session/keep/", {"kept-path": "/x/", "note": "y", "password": "z"}).json()
    kept = KeptForm.objects.get()
    assert answer == {"next": f"/session/kept/{kept.pk}/"}
    assert kept_answers(user, kept.pk).answers == [("note", "y")]


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_script_cannot_keep_a_form_for_another_site(client: Client, path: str) -> None:
    client.post("/session/keep/", {"kept-path": path, "note": "y"})
    assert not KeptForm.objects.exists()


def test_refused_form_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
