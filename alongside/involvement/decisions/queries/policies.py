"""Which version of the policy holds on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.involvement.decisions.models import PolicyState, PolicyVersion, Trial
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


def last_to_begin() -> tuple[Policy, date | None]:
    """The approved version that begins last, today or later, and its day: what a draft will follow. One query.

    Versions begin in the order in which they are approved, so no other comes between it and what is approved next.
    """
    row = PolicyVersion.objects.filter(state=PolicyState.APPROVED).order_by("-starts_on", "-number").first()
    return (DEFAULT, None) if row is None else (policy_of(row), row.starts_on)


def latest_trials(rows: Iterable[PolicyVersion]) -> dict[UUID, Trial]:
    """The trial that shows what each of some versions changes: of a draft as it stands now. One query."""
    wanted = {row.pk: row for row in rows}
    found: dict[UUID, Trial] = {}
    for trial in Trial.objects.filter(policy__in=wanted).order_by("at", "pk"):
        row = wanted[trial.policy_id]
        if row.state != PolicyState.DRAFT or trial.draft_version == row.version:
            found[row.pk] = trial
    return found


def tried_against(trial: Trial) -> int:
    """The number of the version beside which a trial counted what would change."""
    kept = trial.result.get("against")
    return int(kept) if kept is not None else _in_force_at(trial).version


def _in_force_at(trial: Trial) -> Policy:
    row = (
        PolicyVersion.objects.filter(
            state=PolicyState.APPROVED, approved_at__lte=trial.at, starts_on__lte=timezone.localdate(trial.at)
        )
        .order_by("-starts_on", "-number")
        .first()
    )
    return DEFAULT if row is None else policy_of(row)


def policy_before(row: PolicyVersion) -> Policy:
    """What a version changes: for one that was approved, what held before it began; for any other, what it follows."""
    if row.state != PolicyState.APPROVED or row.starts_on is None:
        return last_to_begin()[0]
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
