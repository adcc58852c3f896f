"""A browser that is signed in as someone, without going through the pages for it."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Page

from alongside.foundation.accounts.models import User


def sign_in_as(page: Page, user: User, address: str) -> None:
    """Give the browser a session of the user's at the site of `address`."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(session_key=session).exists(session)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
