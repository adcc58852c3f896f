"""The wall in the database: what it costs a page, with it and without it in one run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alongside.config.database.postgres import Cluster
from bench.copies import settle
from bench.frame import Measure, Setting, benchmark, timed

ON_A_CASE = (5, 50, 500)
ROUNDS = 20


@benchmark("What the wall of row security costs the page of what was told in confidence")
def wall(setting: Setting) -> Iterator[Measure]:
    """Each figure is a median; `beside` has the same page with row security switched off, between two of the others."""
    from django.test import Client
    from django.urls import reverse

    from alongside.foundation.accounts.sessions import ASSURED

    _forget()
    person, officer = _case()
    client = Client()
    client.force_login(officer, backend="alongside.foundation.accounts.backends.LocalBackend")
    session = client.session
    session[ASSURED] = True
    session.save()
    address = reverse("protected:page", args=[person.pk])

    def ask() -> None:
        response = client.get(address, headers={"host": "localhost"})
        if response.status_code != 200:
            raise RuntimeError(f"The page answered {response.status_code}.")

    standing = 0
    for wanted in ON_A_CASE:
        _tell(person, officer, wanted - standing)
        standing = wanted
        settle(Cluster(setting.folder / "postgres").urls, "safety_protected_told", "safety_protected_handling")
        with_wall = timed(ask, rounds=ROUNDS).median
        with _without_wall():
            without = timed(ask, rounds=ROUNDS).median
        again = timed(ask, rounds=ROUNDS).median
        cost = (with_wall + again) / 2
        yield Measure(f"page of a case with {wanted} things told", cost, "ms", beside={"without the wall": without})
        yield Measure(f"ratio with {wanted} things told", cost / without, "times", aim=1.5)
    _forget()


def _case() -> tuple[Any, Any]:
    """A case and its officer, for whom the wall is open."""
    from alongside.foundation.calendar.rules import today
    from alongside.foundation.records.identity import identity
    from alongside.people.allocations.queries import current_allocations
    from alongside.safety.protected.queries.pages import stands_behind_wall

    held = current_allocations(today()).filter(member__isnull=False).select_related("person", "member__user")
    for allocation in held.order_by("pk")[:50]:
        if allocation.member is None:
            continue
        with identity(allocation.member.user_id):
            if stands_behind_wall(allocation.person_id):
                return allocation.person, allocation.member.user
    raise RuntimeError("No officer holds a case that is open to them.")


def _forget() -> None:
    """Take away what was told, so that each run begins with as little."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE safety_protected_told, safety_protected_handling")


def _tell(person: Any, officer: Any, many: int) -> None:
    from django.utils import timezone

    from alongside.foundation.records.identity import identity
    from alongside.safety.protected.actions import ToldFacts, record_told

    facts = ToldFacts(
        at=timezone.now(),
        told_by_id="told_by.NEIGHBOUR",
        channel_id="told_channel.PHONE",
        limits_said=True,
        seen="What someone says in a call of five minutes, written down in four lines. " * 4,
    )
    with identity(officer.pk):
        for _ in range(many):
            record_told(by=officer, person=person, facts=facts)


@contextmanager
def _without_wall() -> Iterator[None]:
    """Row security off, by the owner, and on again whatever happens."""
    from django.db import connections

    from alongside.foundation.records.walls import walled_models

    owner = connections["owner"]
    tables = [owner.ops.quote_name(model._meta.db_table) for model in walled_models()]

    def switch(state: str) -> None:
        with owner.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} {state} ROW LEVEL SECURITY")

    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")
