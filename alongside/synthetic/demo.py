"""The caseload of a demo: the vignettes, the cast, and enough people beside them to search among."""

from collections.abc import Callable

from alongside.people.persons.models import Person
from alongside.synthetic.actions import RefusedError, gather_statistics, make_caseload

PEOPLE = 2_000
SEED = 54


def load_if_empty(*, say: Callable[[str], object], people: int = PEOPLE) -> bool:
    """Invent a caseload where the database holds nobody, and say so. Answers whether it did.

    A database that someone has begun to use for real is left as it is: the demo then refuses it in its own words.
    """
    if Person.objects.exists():
        return False
    say(f"Inventing {people:,} people, their families and their officers.")
    try:
        make_caseload(people=people, seed=SEED)
    except RefusedError:
        return False
    gather_statistics()
    return True
