"""Reading about people under supervision. Who may read is decided by `people.allocations`."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, QuerySet
from django.db.models.functions import Greatest

from alongside.people.persons.models import Answer, Circumstance, CircumstanceKind, Person
from alongside.people.persons.rules import searchable


def matching_name(cases: QuerySet[Person], text: str) -> QuerySet[Person]:
    """`cases` with a name like `text`, the most alike first; misspelling and missing accents are forgiven.

    How much is forgiven is a setting of the connection, so that the index can use it: see `config.database.urls`.
    """
    wanted = searchable(text)
    if not wanted:
        return cases
    return (
        cases.filter(search_name__trigram_word_similar=wanted)
        .annotate(likeness=Greatest(TrigramWordSimilarity(wanted, "search_name"), 0.0))
        .order_by("-likeness", "family_name", "given_names", "id")
    )


@dataclass(frozen=True)
class Coverage:
    """How far one question has been asked: counts of people."""

    kind: CircumstanceKind
    people: int
    not_asked: int
    not_said: int
    no: int
    yes: int


def coverage_of(cases: QuerySet[Person]) -> list[Coverage]:
    """How far each question has been asked among `cases`; never says of whom."""
    people = cases.count()
    counted = (
        Circumstance.objects.filter(person__in=cases.values("pk")).values_list("kind", "answer").annotate(n=Count("pk"))
    )
    found = {(kind, answer): n for kind, answer, n in counted}
    rows = []
    for kind in CircumstanceKind:
        not_said, no, yes = (found.get((kind.value, answer.value), 0) for answer in Answer)
        rows.append(Coverage(kind, people, people - not_said - no - yes, not_said, no, yes))
    return rows


def unmarked_people() -> QuerySet[Person]:
    """Everyone who is not invented: where there is one, there is no demo."""
    return Person.objects.filter(synthetic_mark__isnull=True)


def has_unmarked_person() -> bool:
    """Whether anyone is held who is not invented."""
    return unmarked_people().exists()
