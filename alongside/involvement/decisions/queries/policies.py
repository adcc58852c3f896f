"""Which version of the policy holds on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.models import PolicyState, PolicyVersion
from alongside.involvement.decisions.rules import RULES
from alongside.involvement.decisions.rules.history import changes_rule
from alongside.involvement.decisions.rules.policy import DEFAULT, Policy, from_data


def policy_on(on: date) -> Policy:
    """The version in force on a day: the approved one that began last, or else the one that ships. One query."""
    row = (
        PolicyVersion.objects.filter(state=PolicyState.APPROVED, starts_on__lte=on)
        .order_by("-starts_on", "-number")
        .first()
    )
    return DEFAULT if row is None else policy_of(row)


def policy_of(row: PolicyVersion) -> Policy:
    """A stored version as the rules read it."""
    return from_data(row.data, version=row.number)


def policy_numbered(number: int) -> Policy | None:
    """A version by its number, drafts included; None where there is none."""
    if number == DEFAULT.version:
        return DEFAULT
    row = PolicyVersion.objects.filter(number=number).first()
    return None if row is None else policy_of(row)


def policy_before(row: PolicyVersion) -> Policy:
    """What a version changes: for one that was approved, what held before it began; for any other, what holds today."""
    if row.state != PolicyState.APPROVED or row.starts_on is None:
        return policy_on(today())
    earlier = (
        PolicyVersion.objects.filter(state=PolicyState.APPROVED, starts_on__lte=row.starts_on)
        .exclude(pk=row.pk)
        .exclude(starts_on=row.starts_on, number__gt=row.number)
        .order_by("-starts_on", "-number")
        .first()
    )
    return DEFAULT if earlier is None else policy_of(earlier)


def changes_of_rules(rows: Iterable[PolicyVersion]) -> dict[str, list[PolicyVersion]]:
    """By the name of each rule, the approved versions among these that changed it, the first to begin first."""
    found: dict[str, list[PolicyVersion]] = defaultdict(list)
    before = DEFAULT
    approved = [row for row in rows if row.state == PolicyState.APPROVED and row.starts_on is not None]
    for row in sorted(approved, key=lambda row: (row.starts_on, row.number)):
        after = policy_of(row)
        for name, rule in RULES.items():
            if changes_rule(rule, before, after):
                found[name].append(row)
        before = after
    return found


def versions() -> QuerySet[PolicyVersion]:
    """Every version but the one that ships, newest first."""
    return PolicyVersion.objects.order_by("-number")
