"""Search by name among everyone, spelt as people spell."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from bench.frame import Measure, Setting, Timing, benchmark, timed

if TYPE_CHECKING:
    from alongside.people.persons.models import Person

TRIED = 60
SHOWN = 25


def misspelt(name: str, *, slip: int) -> str:
    """A name with one slip: a letter left out, doubled or changed, or two letters the wrong way round."""
    at = min(2 + slip % 3, max(len(name) - 2, 0))
    kind = slip % 4
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + ("e" if name[at] != "e" else "a") + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


@benchmark("Search by misspelt name among everyone")
def search(setting: Setting) -> Iterable[Measure]:
    """The first page of answers to full names with a slip in the family name."""
    from alongside.people.persons.models import Person

    everyone = Person.objects.order_by("pk").values_list("given_names", "family_name")
    step = max(setting.people // TRIED, 1)
    found = 0
    times: list[float] = []
    for slip in range(TRIED):
        given, family = everyone[slip * step]
        text = f"{given.split()[0]} {misspelt(family, slip=slip)}"
        times.append(timed(partial(first_page, text), rounds=3, warm_up=1).median)
        found += any(row.family_name == family for row in first_page(text))
    taken = Timing(tuple(times))
    yield Measure("median", taken.median, "ms", aim=100)
    yield Measure("95th percentile", taken.p95, "ms", aim=400)
    yield Measure("found on the first page", 100 * found / TRIED, "%", aim=80, at_least=True)


def first_page(text: str) -> "list[Person]":
    """What the search answers first."""
    from alongside.people.persons.models import Person
    from alongside.people.persons.queries import matching_name

    return list(matching_name(Person.objects.all(), text)[:SHOWN])
