"""An officer at their desk: opens pages, fills in what they show, and reads what comes back."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember

VERSION = re.compile(r'name="(version|number)"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="(version|number)"')


class Desk:
    """A signed-in browser without scripts, at the pages of one case."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.user = user

    def address(self, page: str, member: FamilyMember, *more: Any) -> str:
        return reverse(f"agreements:{page}", args=[member.person_id, member.pk, *more])

    def read(self, page: str, member: FamilyMember, *more: Any) -> str:
        """The words of a page."""
        return words_of(self.client.get(self.address(page, member, *more)))

    def fill(self, page: str, member: FamilyMember, *more: Any, **typed: Any) -> str:
        """Open a form, type, send it off, and read the page that follows."""
        address = self.address(page, member, *more)
        form = self.client.get(address)
        assert form.status_code == 200, f"{address}: {form.status_code}"
        return words_of(self.client.post(address, hidden_in(form) | spread(typed), follow=True))

    def press(self, page: str, member: FamilyMember, *more: Any, seen_on: str = "agreement") -> str:
        """Press a button on a page of the family member."""
        shown = self.client.get(self.address(seen_on, member))
        return words_of(self.client.post(self.address(page, member, *more), hidden_in(shown), follow=True))


def words_of(response: HttpResponse) -> str:
    """What someone reads on a page: no markup, one space between words."""
    assert response.status_code == 200, response.status_code
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden_in(response: HttpResponse) -> dict[str, str]:
    """What a page sends along unseen: the version that was looked at."""
    found = {}
    for first, value, other_value, other in VERSION.findall(response.content.decode()):
        found.setdefault(first or other, value or other_value)
    return found


def spread(typed: dict[str, Any]) -> dict[str, Any]:
    """Dates as their three boxes."""
    data: dict[str, Any] = {}
    for name, value in typed.items():
        if isinstance(value, date):
            data |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            data[name] = value
    return data
