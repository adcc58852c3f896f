"""Which version of the policy holds on a day."""

from datetime import date

from django.db.models import QuerySet

from alongside.involvement.decisions.models import PolicyState, PolicyVersion
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


def versions() -> QuerySet[PolicyVersion]:
    """Every version but the one that ships, newest first."""
    return PolicyVersion.objects.order_by("-number")
