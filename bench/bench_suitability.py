"""How many approvals a senior meets in a week, and what it costs to ask how a caseload's involvements stand."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from alongside.foundation.calendar.rules import today
from alongside.involvement.suitability.queries import suitability_facts
from alongside.involvement.suitability.rules import FULL_FROM, REVIEW_WITHIN, Level
from alongside.involvement.suitability.safety import safety_now
from alongside.people.families.models import FamilyMember
from bench.frame import Measure, Setting, benchmark, counted_queries, timed

OFFICERS, CASES_EACH = 12, 50
WEEK = 7

# Nobody publishes how often relatives are involved, or how far. These shares are plausible and no more: quote none.
INVOLVED = 0.35
"""Of the relatives whom people name, those with any part in supervision at a time."""
BY_LEVEL = {
    Level.INFORMATION: 0.45,
    Level.PRACTICAL: 0.40,
    Level.SHARING: 0.10,
    Level.SESSIONS: 0.04,
    Level.JOINT: 0.01,
}
NOT_SURE = 0.05
"""Of the others below two-way sharing, those whose assessor is not sure and asks for the full judgement."""
MONTHS_ON_A_CASELOAD = 11


@benchmark("Approvals that a senior meets in a week")
def approvals(setting: Setting) -> Iterable[Measure]:
    """12 officers with 50 cases: families and safety as the synthetic caseload has them, reviews as policy says."""
    with transaction.atomic():
        members = _members_of(OFFICERS * CASES_EACH)
        safety = safety_now(members, on=today())
        signs = sum(1 for found in safety.values() if found.indicator) / max(len(members), 1)
    involved = len(members) * INVOLVED
    judged = {level: involved * share * _judgements_a_week(level) for level, share in BY_LEVEL.items()}
    by_level = sum(count for level, count in judged.items() if level >= FULL_FROM)
    below = sum(count for level, count in judged.items() if level < FULL_FROM)
    by_safety, by_doubt = below * signs, below * (1 - signs) * NOT_SURE
    yield Measure("cases", OFFICERS * CASES_EACH, "")
    yield Measure("relatives named", len(members), "")
    yield Measure("relatives with a sign about safety", round(100 * signs, 1), "%")
    for matter, count in Counter(name for found in safety.values() for name in found.matters).most_common(6):
        yield Measure(f"… for {matter.replace('_', ' ')}", round(100 * count / max(len(members), 1), 1), "%")
    yield Measure("judgements a week, of all levels", round(below + by_level, 1), "")
    yield Measure("approvals a week, for their level", round(by_level, 1), "")
    yield Measure("approvals a week, for safety or doubt", round(by_safety + by_doubt, 1), "")
    yield Measure(
        "approvals a week",
        round(by_level + by_safety + by_doubt, 1),
        "",
        beside={"if every judgement were approved": round(below + by_level, 1)},
    )


def _judgements_a_week(level: Level) -> float:
    """Judgements of one involvement in a week: one at each review, and the first one of each new case."""
    return WEEK / REVIEW_WITHIN[level] + WEEK / (MONTHS_ON_A_CASELOAD * 30)


@benchmark("How involvements stand, for a caseload and for a team")
def involvements(setting: Setting) -> Iterable[Measure]:
    """All that other rooms ask of this one: the same statements for fifty cases as for six hundred."""
    with transaction.atomic():
        for cases, name, aim in ((CASES_EACH, "50 cases", 300), (OFFICERS * CASES_EACH, "600 cases", 3000)):
            ids = _members_of(cases)
            timing = timed(lambda ids=ids: suitability_facts(ids, on=today()), rounds=5)  # type: ignore[misc]
            with counted_queries() as seen:
                suitability_facts(ids, on=today())
            yield Measure(f"{name}: family members", len(ids), "")
            yield Measure(f"{name}: statements", len(seen), "", aim=8)
            yield Measure(f"{name}, median", timing.median, "ms", aim=aim)


def _members_of(cases: int) -> list[UUID]:
    people = FamilyMember.objects.order_by("person").values("person").distinct()[:cases]
    found = FamilyMember.objects.filter(person__in=people, ended_on=None, deceased=False)
    return list(found.values_list("pk", flat=True))
