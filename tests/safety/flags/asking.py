"""Asking for pages as a user does: signed in, with dates in three boxes."""

from datetime import date

from django.test import Client

from alongside.foundation.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser of the user's, without the pages for signing in."""
    client = Client()
    client.force_login(user)
    return client


def date_parts(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
