"""The layout: what stands in it, what does not, and that errors need neither database nor session."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override

from alongside.foundation.ui import session
from alongside.foundation.ui.languages import other_languages
from alongside.foundation.ui.navigation import (
    Menu,
    NavigationItem,
    everyone,
    is_at,
    links_of,
    register,
    unregister,
)
from alongside.foundation.ui.session import SessionClock, register_clock
from alongside.foundation.ui.views import unavailable

PAGE = '{% extends "ui/layout.html" %}{% block title %}My page{% endblock %}{% block content %}<h1>x</h1>{% endblock %}'


def asking(path: str = "/help/", **attributes: Any) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=False, pk=None, is_active=False)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


def page_for(request: HttpRequest | None, template: str = PAGE, **context: Any) -> BeautifulSoup:
    made = Template(template).render(Context({"request": request, **context}))
    return BeautifulSoup(made, "html.parser")


@pytest.fixture
def clean_clock() -> Iterator[None]:
    before = list(session._clocks)
    yield
    session._clocks[:] = before


def test_a_page_has_its_title_its_landmarks_and_its_language() -> None:
    page = page_for(asking())
    assert page.title.text == "My page – Alongside"
    assert page.html["lang"] == "en-gb"
    assert len(page.select("main, [role=main]")) == 1
    assert len(page.select("header")) == len(page.select("footer")) == 1
    assert page.select_one("a.govuk-skip-link")["href"] == "#" + page.main["id"]


def test_nothing_is_inline_and_nothing_is_fetched_from_elsewhere() -> None:
    page = page_for(asking())
    assert not page.select("style, [style], [onclick], [onload]")
    assert all(script.get("src", "").startswith("/static/") for script in page.select("script"))
    addresses = [node.get("href") or node.get("src") for node in page.select("link, script, img")]
    assert all(address.startswith("/static/") for address in addresses)


def test_an_error_in_the_form_is_said_in_the_title() -> None:
    page = page_for(asking(), form=SimpleNamespace(errors={"name": ["x"]}))
    assert page.title.text == "Error: My page – Alongside"


class TestMenus:
    """Rooms register what stands in the menus; each request sees its own."""

    @pytest.fixture(autouse=True)
    def _items(self) -> Iterator[None]:
        def only_signed_in(request: HttpRequest) -> bool:
            return bool(request.user.is_authenticated)

        register(Menu.PRIMARY, NavigationItem("Second", "content:privacy", order=2, visible=everyone))
        register(Menu.PRIMARY, NavigationItem("First", "content:help", order=1, visible=everyone))
        register(Menu.PRIMARY, NavigationItem("Hidden", "content:accessibility", visible=only_signed_in))
        yield
        for name in ("content:privacy", "content:help", "content:accessibility"):
            unregister(Menu.PRIMARY, name)

    def test_they_stand_in_order_and_one_is_current(self) -> None:
        links = [link for link in links_of(Menu.PRIMARY, asking("/help/more/")) if link.label in ("First", "Second")]
        assert [(link.label, link.current) for link in links] == [("First", True), ("Second", False)]

    def test_who_may_not_see_an_item_does_not(self) -> None:
        labels = [link.label for link in links_of(Menu.PRIMARY, asking())]
        assert "Hidden" not in labels

    def test_without_a_request_there_is_no_menu(self) -> None:
        assert not page_for(None).select(".ui-nav")

    def test_the_start_page_is_not_current_everywhere(self) -> None:
        assert is_at("/", "/")
        assert not is_at("/x/", "/")
        assert is_at("/x/y/", "/x/")
        assert not is_at("/xy/", "/x/")


def test_danger_stands_in_the_header_only_where_a_room_offers_help() -> None:
    assert not page_for(asking()).select(".ui-header__danger") or links_of(Menu.DANGER, asking())
    register(Menu.DANGER, NavigationItem("Immediate danger", "content:help", visible=everyone))
    try:
        assert "Immediate danger" in [link.text for link in page_for(asking()).select(".ui-header__danger")]
    finally:
        unregister(Menu.DANGER, "content:help")


def test_messages_stand_in_one_alert_and_escape() -> None:
    page = page_for(
        asking(),
        messages=[
            Message(constants.SUCCESS, "Saved <b>"),
            Message(constants.ERROR, mark_safe("Not <i>saved</i>")),
            Message(constants.DEBUG, "x"),
        ],
    )
    assert len(page.select("[role=alert]")) == 1
    assert "Saved <b>" in page.select_one(".moj-alert--success").text
    assert page.select_one(".moj-alert--error i").text == "saved"
    assert page.select(".moj-alert--information")
    assert not page.select("[data-module=moj-alert], [data-dismissible]")


def test_the_session_says_when_it_ends(clean_clock: None) -> None:
    now = timezone.now()

    def clock(request: HttpRequest) -> SessionClock:
        return SessionClock(now, now + timedelta(minutes=20), "/extend/", "/out/", "/ended/")

    register_clock(clock)
    dialog = page_for(asking()).select_one("dialog")
    assert datetime.fromisoformat(dialog["data-expires-at"]) > datetime.fromisoformat(dialog["data-now"])
    assert dialog.form["action"] == dialog["data-extend-url"] == "/extend/"
    register_clock(lambda request: None)
    assert not page_for(asking()).select("dialog, .ui-session__notice")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_pages_need_nothing(code: str) -> None:
    """No database is allowed in this test, and there is no request."""
    page = BeautifulSoup(render_to_string(f"{code}.html"), "html.parser")
    assert page.h1.text.strip()
    assert page.select_one('main a[href="/"]')
    assert "Traceback" not in page.text


@pytest.mark.parametrize("code", ["404", "500"])
def test_error_pages_do_not_touch_who_is_asking(code: str) -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(f"the error page asked for {name}")

    request = RequestFactory().get("/x/")
    request.session = Untouchable()  # type: ignore[assignment]
    engine = engines["django"]
    assert engine.get_template(f"{code}.html").render({"user": Untouchable(), "messages": Untouchable()}, None)


def test_an_outage_asks_to_come_back() -> None:
    answer = unavailable(asking())
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"


@pytest.mark.django_db
class TestLanguages:
    """English and Welsh, changed by a link that comes back."""

    def test_the_other_language_is_offered_by_its_own_name(self) -> None:
        (link,) = other_languages(asking("/help/?a=b"))
        assert (link.code, link.name) == ("cy", "Cymraeg")
        assert link.href == "/language/cy/?next=%2Fhelp%2F%3Fa%3Db"
        with override("cy"):
            assert [link.name for link in other_languages(asking())] == ["English"]

    def test_a_choice_is_kept_and_goes_back(self, client: Any) -> None:
        answer = client.get("/language/cy/?next=/help/")
        assert answer.status_code == 302
        assert answer["Location"] == "/help/"
        assert answer.cookies["django_language"].value == "cy"
        assert answer.cookies["django_language"]["httponly"]

    @pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test", "javascript:x", "\\\\evil.test", ""])
    def test_it_never_leads_elsewhere(self, client: Any, elsewhere: str) -> None:
        assert client.get("/language/cy/", {"next": elsewhere})["Location"] == "/"

    def test_another_language_is_not_found(self, client: Any) -> None:
        assert client.get("/language/xx/").status_code == 404

    def test_content_that_is_not_translated_says_so(self) -> None:
        request = asking(resolver_match=SimpleNamespace(namespace="editorial"))
        with override("cy"):
            page = page_for(request)
            assert (page.html["lang"], page.select_one(".ui-columns")["lang"]) == ("cy", "en-gb")
            translated = page_for(asking(resolver_match=SimpleNamespace(namespace="content")))
            assert "lang" not in translated.select_one(".ui-columns").attrs
        assert "lang" not in page_for(request).select_one(".ui-columns").attrs
