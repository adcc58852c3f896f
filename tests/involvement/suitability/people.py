"""Someone who works with involvement through its pages, as a browser without scripts would."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember

SEEN = re.compile(r'name="(seen[a-z_]*|version)"')


class Assessor:
    """A user at the pages about how one family member is involved."""

    def __init__(self, user: User, member: FamilyMember) -> None:
        self.user, self.member = user, member
        self.client = Client()
        self.client.force_login(user)

    def address(self, page: str, *more: UUID | str) -> str:
        """A page about the family member."""
        return reverse(f"suitability:{page}", args=[self.member.person_id, self.member.pk, *more])

    def of_row(self, page: str, row_id: UUID) -> str:
        """A page about a judgement, an enquiry or a second look."""
        return reverse(f"suitability:{page}", args=[self.member.person_id, row_id])

    def read(self, page: str = "member", *more: UUID | str) -> str:
        """The words of a page, in one line."""
        return self.words_at(self.address(page, *more))

    def words_at(self, address: str) -> str:
        """The words at an address."""
        return words_of(self.client.get(address, follow=True))

    def fill(self, page: str, *more: UUID | str, **typed: Any) -> str:
        """Open a form, type into it, send it, and read the page that follows."""
        return self.send(self.address(page, *more), **typed)

    def send(self, address: str, **typed: Any) -> str:
        """The same at an address."""
        response = self.client.post(address, self.carried(address) | typed, follow=True)
        return words_of(response)

    def carried(self, address: str) -> dict[str, str]:
        """What a form carries along unseen."""
        html = self.client.get(address).content.decode()
        found = {}
        for tag in re.findall(r"<input[^>]*>", html):
            name, value = SEEN.search(tag), re.search(r'value="([^"]*)"', tag)
            if name:
                found[name.group(1)] = value.group(1) if value else ""
        return found


def words_of(response: HttpResponse) -> str:
    """What a page says, in one line."""
    assert response.status_code == 200, response.status_code
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(strip_tags(body.replace("<", " <")).replace("&#x27;", "'").replace("&quot;", '"').split())


def on(name: str, day: date) -> dict[str, str]:
    """A date as a form takes it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


PURPOSE = {
    "purpose": "involvement_purpose.APPOINTMENTS",
    "why_person": "He listens to her",
    "why_now": "Two appointments missed",
    "will_do": "Texts him on Monday evening",
}
