"""The pages of this room in a browser: both factors for real, the warning before the end, and every page by axe."""

import os
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect

from alongside.foundation.accounts.actions import add_to_cast, invite_user, keep_form, mark_database_synthetic
from alongside.foundation.accounts.models import KeptForm, User
from alongside.foundation.accounts.queries import factors_of, kept_answers
from tests.cast import member_in
from tests.factories import TeamFactory, UserFactory
from tests.foundation.accounts.support import PASSWORD, code_for, make_secured_user, make_user
from tests.support.browser import DESKTOP, PHONE, findings_at_both_widths

pytestmark = pytest.mark.usefixtures("live_database")


def shoot(page: Page, name: str) -> None:
    """Pictures at both widths, where someone wants to look at them."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def check(page: Page, name: str) -> None:
    shoot(page, name)
    assert findings_at_both_widths(page) == [], name


def sign_in_with_password(page: Page, user: User, *, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def authenticator(page: Page) -> Iterator[CDPSession]:
    """A device in the browser that makes and uses passkeys, and says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield session
    session.detach()


def test_invited_person_sets_up_an_app_and_signs_in_with_it(page: Page, live_server: str) -> None:
    invited = invite_user(email="nia@alongside.example", name="Nia New", by=None, base_url=live_server, mail=False)
    page.goto(invited.link)
    check(page, "welcome")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    check(page, "choose-factor")
    page.get_by_role("button", name="Set up an authenticator app").click()
    check(page, "add-app")
    secret = page.locator(".app-key").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_for(secret, steps=-1))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Show my recovery codes").click()
    expect(page.locator(".app-codes li")).to_have_count(10)
    shoot(page, "recovery-codes")
    page.goto("/account/")
    check(page, "account")
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    sign_in_with_password(page, invited.user)
    check(page, "second-step")
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Continue").click()
    page.goto("/account/")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_passkey_is_set_up_and_signs_in_after_the_password_and_alone(page: Page, authenticator: CDPSession) -> None:
    user = make_user()
    sign_in_with_password(page, user)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("Name for this passkey").fill("Work laptop")
    check(page, "add-passkey")
    page.get_by_label("Name for this passkey").fill("Work laptop")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert [one.name for one in factors_of(user)] == ["Work laptop"]
    for alone in (False, True):
        page.goto("/sign-out/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        if alone:
            page.get_by_role("button", name="Sign in with a passkey").click()
        else:
            sign_in_with_password(page, user)
            page.get_by_role("button", name="Use a passkey instead").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto("/account/")
        expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_passkey_that_the_browser_refuses_is_said_so(page: Page, authenticator: CDPSession) -> None:
    page.goto("/sign-in/")
    check(page, "sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="That passkey did not work")).to_be_visible()


def enter(page: Page, live_server: str, user: User) -> Client:
    """A browser in which this user has just signed in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["alongside_session"].value
    page.context.add_cookies([{"name": "alongside_session", "value": cookie, "url": live_server}])
    return client


def make_older(client: Client, **ago: int) -> None:
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(**ago)).timestamp()
    session["begun_at"] = session["seen_at"]
    session.save()


def test_warning_comes_before_the_end_and_staying_takes_it_away(page: Page, live_server: str, settings) -> None:
    settings.SESSION_IDLE, settings.SESSION_WARNING = timedelta(seconds=70), timedelta(seconds=60)
    client = enter(page, live_server, UserFactory())
    make_older(client, seconds=15)
    page.goto("/account/")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    assert client.get("/session/").json()["seconds_left"] > 60


def test_what_was_typed_outlives_the_session(page: Page, live_server: str) -> None:
    manager = member_in(TeamFactory(), "administrator", "Adam Administrator").user
    client = enter(page, live_server, manager)
    page.goto("/accounts/invite/")
    page.get_by_label("Name", exact=True).fill("Nia New")
    page.get_by_label("Work email address").fill("nia@alongside.example")
    make_older(client, minutes=31)
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text("What you had typed is safe")).to_be_visible()
    check(page, "session-ended")
    way_back = page.locator('input[name="next"]').first.input_value()
    enter(page, live_server, manager)
    page.goto(way_back)
    check(page, "kept-form-again")
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("We have sent a link to nia@alongside.example")).to_be_visible()
    check(page, "invited")


def test_script_keeps_what_was_typed_when_nobody_sends_it(page: Page, live_server: str, settings) -> None:
    settings.SESSION_IDLE, settings.SESSION_WARNING = timedelta(seconds=6), timedelta(seconds=1)
    manager = member_in(TeamFactory(), "administrator", "Adam Administrator").user
    enter(page, live_server, manager)
    page.goto("/accounts/invite/")
    page.get_by_label("Name", exact=True).fill("Nia New")
    expect(page.get_by_text("What you had typed is safe")).to_be_visible(timeout=15_000)
    kept = KeptForm.objects.get()
    assert kept.path == "/accounts/invite/"
    assert ("name", "Nia New") in kept_answers(manager, kept.pk).answers


def test_every_other_page_passes_axe(page: Page, live_server: str) -> None:
    manager = member_in(TeamFactory(), "administrator", "Adam Administrator").user
    holder, _secret = make_secured_user(name="Hanna Holder", email="hanna@alongside.example")
    make_user(is_active=False, name="Cleo Closed")
    client = enter(page, live_server, manager)
    kept = keep_form(user_id=manager.pk, path="/x/", fields={"note": ["Mum rang\nabout Friday"], "when": [""]})
    del client
    places = {
        "accounts": "/accounts/",
        "invite": "/accounts/invite/",
        "one-account": f"/accounts/{holder.pk}/",
        "close-account": f"/accounts/{holder.pk}/close/",
        "change-password": "/account/password/",
        "factors": "/account/second-factor/",
        "kept-form": f"/session/kept/{kept.pk}/",
        "sign-out": "/sign-out/",
        "confirm": "/account/recovery-codes/",
    }
    for name, path in places.items():
        page.goto(path)
        check(page, name)
    page.context.clear_cookies()
    for name, path in {
        "reset": "/password/",
        "reset-sent": "/password/sent/",
        "link-expired": f"/invitation/{uuid4()}/",
        "closed": "/sign-in/closed/",
    }.items():
        page.goto(path)
        check(page, name)
    sign_in_with_password(page, holder, password="wrong")
    expect(page.locator(".govuk-error-summary")).to_contain_text("not right")
    check(page, "sign-in-wrong")


def test_demo_page_makes_a_visitor_any_of_the_cast(page: Page) -> None:
    mark_database_synthetic(seed=1)
    for position, (name, role, to_try) in enumerate(
        [
            ("Priya Shah", "Probation officer, Leeds", "Open the case of Danny Marsh and see who is on his side"),
            ("Gareth Pugh", "Senior probation officer, Wrexham", "Approve what is waiting for you"),
            ("Amina Yusuf", "Domestic abuse adviser", "See what others do not"),
        ]
    ):
        add_to_cast(user=UserFactory(name=name), role=role, to_try=to_try, position=position)
    page.goto("/demo/")
    check(page, "demo")
    page.get_by_role("button", name="Be Gareth").click()
    page.goto("/account/")
    expect(page.get_by_text("With one click, in this demo")).to_be_visible()
