"""Someone who works with a case through its pages, as a browser would."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class Officer:
    """A user at the pages about one person's permissions."""

    def __init__(self, user: User, person: Person) -> None:
        self.person = person
        self.client = Client()
        self.client.force_login(user)

    def address(self, page: str, member: FamilyMember | None = None, *more: UUID) -> str:
        args = [self.person.pk, *([member.pk] if member else []), *more]
        return reverse(f"permissions:{page}", args=args)

    def read(self, page: str, member: FamilyMember | None = None, *more: UUID) -> str:
        """The words of a page, in one line."""
        return words_of(self.client.get(self.address(page, member, *more)))

    def fill(self, page: str, member: FamilyMember | None = None, *more: UUID, **typed: Any) -> str:
        """Open a form, type into it, send it, and read the page that follows."""
        address = self.address(page, member, *more)
        return words_of(self.client.post(address, self.opened(address) | typed, follow=True))

    def press(self, page: str, member: FamilyMember, **sent: Any) -> str:
        """Press one button, and read the page that follows."""
        return words_of(self.client.post(self.address(page, member), sent, follow=True))

    def opened(self, address: str) -> dict[str, str]:
        """What a form carries along unseen."""
        html = self.client.get(address).content.decode()
        found = {}
        for tag in re.findall(r"<input[^>]*>", html):
            name = re.search(r'name="(seen|key)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name and value:
                found[name.group(1)] = value.group(1)
        return found


def words_of(response: HttpResponse) -> str:
    """What a page says, in one line."""
    assert response.status_code == 200, response.status_code
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(strip_tags(body.replace("<", " <")).replace("&#x27;", "'").split())


def permission(*topics: str, **changed: Any) -> dict[str, Any]:
    """What an officer types when someone permits something, alone and freely, until next month."""
    from tests.safety.permissions.histories import days

    end = changed.pop("ends_on", days(30))
    return {
        "topics": list(topics or ("attendance",)),
        "direction": "both",
        "channels": ["phone"],
        "when": "now",
        "starts_on-day": "",
        "starts_on-month": "",
        "starts_on-year": "",
        "ends_on-day": end.day,
        "ends_on-month": end.month,
        "ends_on-year": end.year,
        "how": "permission_taken_how.PERSON",
        "alone": "yes",
        "pressed": "no",
        "understood": "yes",
        "interpreter": "none",
    } | changed


SAID_ALONE = {"alone": "yes", "freely": "yes"}
