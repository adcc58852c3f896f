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
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Post
from bench.frame import Measure, Setting, Timing, benchmark, counted_queries, timed
from bench.urls import EMPTY

ROUNDS = 30
MOST_QUERIES = 10
MOST_TIMES_EMPTY = 5


@benchmark("The practitioner's pages")
def pages(setting: Setting) -> Iterable[Measure]:
    """Server time of each page, its statements, and its ratio to an empty one."""
    officer, lead = _busiest_officer(), _lead()
    with _signed_in(officer) as client:
        empty = _time(client, EMPTY)
        yield Measure("an empty page, median", empty.median, "ms")
        yield from _measured(client, _addresses(officer), empty)
    if lead is not None:
        with _signed_in(lead) as client:
            yield from _measured(client, _addresses_of_lead(), empty)


def _measured(client: Client, addresses: list[tuple[str, str]], empty: Timing) -> Iterable[Measure]:
    for name, address in addresses:
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


def _lead() -> User | None:
    """A safeguarding lead, whose posts reach furthest."""
    post = Post.objects.filter(role="safeguarding_lead").select_related("member__user").order_by("pk").first()
    return post.member.user if post else None


def _addresses(user: User) -> list[tuple[str, str]]:
    """An officer's pages, about the case with the largest family."""
    held = Allocation.objects.filter(until_date=None, member__user=user).values("person")
    family = (
        FamilyMember.objects.filter(person__in=held).values("person").annotate(n=Count("pk")).order_by("-n", "person")
    )
    largest = family.first()
    if largest is None:
        return []
    case = Person.objects.get(pk=largest["person"])
    caseload = reverse("casework:caseload")
    name = f"{case.given_names.split()[0]} {case.family_name[:-1]}e{case.family_name[-1]}"
    member = FamilyMember.objects.filter(person=case).order_by("pk").values_list("pk", flat=True)[0]

    def of_case(page: str) -> str:
        return reverse(f"casework:{page}", args=[case.pk])

    def of_member(page: str) -> str:
        return reverse(f"casework:{page}", args=[case.pk, member])

    return [
        ("today", reverse("casework:today")),
        ("caseload", caseload),
        ("caseload, searched by misspelt name", f"{caseload}?q={name}"),
        ("team's caseload", f"{caseload}?whose=team"),
        ("team's caseload, by what is next", f"{caseload}?whose=team&sort=next"),
        ("team's caseload, narrowed", f"{caseload}?whose=team&asked=no&due=overdue"),
        ("case", of_case("case")),
        ("case, timeline", of_case("timeline")),
        ("case, details", of_case("details")),
        ("case, changing details", of_case("change_details")),
        ("case, family", of_case("family")),
        ("case, allocation", of_case("allocation")),
        ("adding a family member", of_case("add_family_member")),
        ("family member", of_member("family_member")),
        ("changing a family member", of_member("change_family_member")),
    ]


def _addresses_of_lead() -> list[tuple[str, str]]:
    return [
        ("today, of a safeguarding lead", reverse("casework:today")),
        ("everyone, of a safeguarding lead", f"{reverse('casework:caseload')}?whose=all"),
        ("possible matches", reverse("casework:matches")),
        ("refused looks", reverse("casework:refused_looks")),
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
