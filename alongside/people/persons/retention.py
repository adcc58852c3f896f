"""When a case is due for erasure, and what a correction of a person has to heed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from alongside.foundation.audit.erasure import Subject
from alongside.people.persons.actions import refresh_search_name
from alongside.people.persons.models import OtherName, Person
from alongside.people.persons.rules import refuse_source_owned


def cases_due(up_to: date) -> Iterator[Subject]:
    """Cases whose supervision ended on or before a day."""
    for case_id in Person.objects.filter(supervision_ends_on__lte=up_to).values_list("pk", flat=True).iterator():
        yield Subject(case_id)


def refuse_to_correct_the_source(person: Person, values: Mapping[str, Any]) -> None:
    """Raise SourceOwnedError: a correction here would come back wrong with the next import."""
    refuse_source_owned(values, source=person.source)


def search_name_follows(row: Person | OtherName) -> None:
    """Write the search name anew after a correction of any name."""
    refresh_search_name(row if isinstance(row, Person) else row.person)
