"""Two worlds that differ in one thing: does anyone who must not know of it get another answer to anything?

    with two_worlds() as worlds:
        world = worlds.world
        worlds.change(lambda: record_told(...))
        assert worlds.differences() == []

Every address of every room is asked for by everyone narrow, with searches beside them, before and after the change; a
page, a file or a refusal that differs in one byte is a difference. Clock, form tokens, the ids drawn with forms and the
dates inside a PDF are made equal first, and nothing else is.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field

import time_machine
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.records.identity import set_identity
from alongside.people.allocations.models import RestrictionReader
from tests.cast import member_in
from tests.factories import CaseGrantFactory
from tests.pages import World, all_pages, assemble_world

NARROW = ("reception", "family_worker", "engagement_worker", "excluded", "outsider", "anonymous")
"""Those of the cast who must not learn of what is protected."""

GIVEN = {"facilitator": RoleCode.FACILITATOR, "unpaid_work": RoleCode.UNPAID_WORK}
"""Narrow roles that stand beside the cast, each with the case given to them."""

SAME = (
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+'), rb"\1"),
    (re.compile(rb'("csrf": ")[^"]+'), rb"\1"),
    (re.compile(rb'(nonce=")[^"]+'), rb"\1"),
    (re.compile(rb'(name="(?:once|counts_once)" value=")[^"]+'), rb"\1"),
    (re.compile(rb"/(CreationDate|ModDate) ?\([^)]*\)"), rb""),
    (re.compile(rb"/ID ?\[[^\]]*\]"), rb""),
    (re.compile(rb"<(xmp:CreateDate|xmp:ModifyDate|xmpMM:\w+)>[^<]*<"), rb"<"),
)
HEADERS = ("Content-Type", "Content-Disposition", "Location")


@dataclass(frozen=True)
class Question:
    """One address, and the page that it is."""

    page: str
    address: str


@dataclass(frozen=True)
class Difference:
    """One answer that is not the same in both worlds."""

    asker: str
    page: str
    address: str
    before: str
    after: str


def normal(body: bytes) -> bytes:
    """A body without what differs from one request to the next."""
    for pattern, same in SAME:
        body = pattern.sub(same, body)
    return body


def answer_of(response: HttpResponseBase) -> bytes:
    """Everything of an answer that its reader can see."""
    body = b"".join(response) if response.streaming else response.content
    seen = [str(response.status_code), *(f"{name}: {response.headers.get(name, '')}" for name in HEADERS)]
    return "\n".join(seen).encode() + b"\n\n" + normal(body)


@dataclass
class Worlds:
    """The world as it was, and as it is after a change."""

    world: World
    askers: Mapping[str, User | None]
    words: tuple[str, ...] = ()
    pages: Collection[str] = ()
    _cookies: dict[str, object] = field(default_factory=dict)
    _before: dict[tuple[str, Question], bytes] = field(default_factory=dict)

    def change(self, act: Callable[[], object]) -> None:
        """Ask everything, then make the one difference."""
        self._before = dict(self._ask_all())
        act()
        set_identity(None)

    def differences(self) -> list[Difference]:
        """Every answer that is not what it was."""
        return [
            Difference(asker, question.page, question.address, *_first_difference(before, now))
            for (asker, question), now in list(self._ask_all())
            if (before := self._before.get((asker, question), b"")) != now
        ]

    def questions(self) -> list[Question]:
        """Every page that is read, and the lists searched for words that only one world holds."""
        asked = [
            Question(page.name, f"{reverse(page.name, args=page.args(self.world))}{page.query}")
            for page in all_pages()
            if page.method == "get"
        ]
        searched = [*self.words, self.world.person.crn, self.world.person.family_name]
        asked += [Question("search", f"{reverse('casework:caseload')}?q={word}") for word in searched]
        return [question for question in asked if not self.pages or question.page in self.pages]

    def _ask_all(self) -> Iterator[tuple[tuple[str, Question], bytes]]:
        for asker, user in self.askers.items():
            client = Client()
            if user is not None:
                client.force_login(user)
            signed_in = deepcopy(client.cookies)
            for question in self.questions():
                client.cookies = deepcopy(signed_in)
                with transaction.atomic():
                    yield (asker, question), answer_of(client.get(question.address))
                    transaction.set_rollback(True)


@contextmanager
def two_worlds(
    *, words: tuple[str, ...] = (), pages: Collection[str] = (), askers: Collection[str] = ()
) -> Iterator[Worlds]:
    """A world with the whole cast and every room's rows, its clock stopped.

    `words` are searched for as well; `pages` and `askers` ask for less, where only one leak is tried.
    """
    with time_machine.travel(timezone.now(), tick=False):
        world = assemble_world()
        everyone: dict[str, User | None] = {name: world.cast.named(name) for name in NARROW}
        for name, role in GIVEN.items():
            user = member_in(world.cast.team, role, name.title()).user
            CaseGrantFactory(person=world.person, user=user, role=role)
            RestrictionReader.objects.create(restriction=world.more["restriction"], user=user)
            everyone[name] = user
        set_identity(None)
        chosen = {name: user for name, user in everyone.items() if not askers or name in askers}
        yield Worlds(world=world, askers=chosen, words=words, pages=pages)


def _first_difference(before: bytes, after: bytes) -> tuple[str, str]:
    """Where two answers part, with a little of what stands round it."""
    place = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    around = slice(max(0, place - 80), place + 160)
    return before[around].decode(errors="replace"), after[around].decode(errors="replace")
