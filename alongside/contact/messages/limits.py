"""Limited access and replies of which it is not clear from whom they are: it wins over every team (B4.8)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from alongside.foundation.access.holding import holding_of
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.allocations.queries import live_exclusions, live_restrictions, open_to
from alongside.people.persons.models import Person


def limited_among(case_ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases from which somebody is kept out today, whoever that is."""
    if not case_ids:
        return set()
    on, these = today(), Q(person__in=list(case_ids))
    rows = live_exclusions(on).filter(these).values_list("person")
    rows = rows.union(
        live_restrictions(on).filter(these).values_list("person"),
        UnconfirmedAccess.objects.filter(these, confirmed_at=None).values_list("person"),
    )
    return {person_id for (person_id,) in rows}


def closed_among(user: object, case_ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases that limited access closes to the user."""
    if not case_ids:
        return set()
    cases = Person.objects.filter(pk__in=list(case_ids))
    return set(case_ids) - set(open_to(cases, holding_of(user), today()).values_list("pk", flat=True))
