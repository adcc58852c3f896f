"""What each page costs the server: time, statements, and how it compares with an empty page of the same layout."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.test import Client, override_settings
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.sessions import ASSURED
from alongside.people.allocations.models import Allocation
from alongside.people.persons.models import Person
from bench.frame import Measure, Setting, Timing, benchmark, counted_queries, timed
from bench.urls import EMPTY

ROUNDS = 30
MOST_QUERIES = 10
MOST_TIMES_EMPTY = 5


@benchmark("Pages of a practitioner with the largest caseload")
def pages(setting: Setting) -> Iterable[Measure]:
    """Server time of each page, its statements, and its ratio to an empty one."""
    user = _busiest_officer()
    with _signed_in(user) as client:
        empty = _time(client, EMPTY)
        yield Measure("an empty page, median", empty.median, "ms")
        for name, address in _addresses(user):
            timing = _time(client, address)
            with counted_queries() as seen:
                client.get(address)
            yield Measure(f"{name}, median", timing.median, "ms")
            yield Measure(f"{name}, 95th percentile", timing.p95, "ms")
            yield Measure(f"{name}, statements", len(seen), "", aim=MOST_QUERIES)
            yield Measure(f"{name}, times an empty page", timing.median / empty.median, "", aim=MOST_TIMES_EMPTY)


def _busiest_officer() -> User:
    held = Allocation.objects.filter(until_date=None, member__isnull=False)
    most = held.values("member__user").annotate(cases=Count("pk")).order_by("-cases").first()
    if most is None:
        raise RuntimeError("Nobody has a caseload here: the set holds no people.")
    user = get_user_model().objects.get(pk=most["member__user"])
    assert isinstance(user, User)
    return user


def _addresses(user: User) -> list[tuple[str, str]]:
    case = Person.objects.filter(
        pk__in=Allocation.objects.filter(until_date=None, member__user=user).values("person")
    ).first()
    if case is None:
        return []
    misspelt = f"{case.family_name[:-1]}e{case.family_name[-1]}"
    of_case = {"person_id": case.pk}
    return [
        ("today", reverse("casework:today")),
        ("caseload", reverse("casework:caseload")),
        ("caseload, searched by misspelt name", f"{reverse('casework:caseload')}?q={misspelt}"),
        ("case", reverse("casework:case", kwargs=of_case)),
        ("case, timeline", reverse("casework:timeline", kwargs=of_case)),
        ("case, details", reverse("casework:details", kwargs=of_case)),
        ("case, family", reverse("casework:family", kwargs=of_case)),
    ]


@contextmanager
def _signed_in(user: User) -> Iterator[Client]:
    """A client of that user, past both steps of signing in."""
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="alongside.foundation.accounts.backends.LocalBackend")
        session = client.session
        session[ASSURED] = True
        session.save()
        yield client


def _time(client: Client, address: str) -> Timing:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return timed(lambda: client.get(address), rounds=ROUNDS)
