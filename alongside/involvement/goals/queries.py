"""Reading goals. Who may read is decided by `people.allocations`: ask these with a case that the reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Max

from alongside.involvement.goals.models import Goal, GoalState, Help, Review, Step
from alongside.involvement.goals.rules import GoalFacts, HelpFacts, ReviewFacts, StepFacts


def goals_of(person_id: UUID) -> list[GoalFacts]:
    """What the person works on now, oldest first, with steps and helpers. Four queries, however many goals."""
    return _with_details(Goal.objects.filter(person=person_id, state=GoalState.WORKING).order_by("made_at", "id"))


def past_goals_of(person_id: UUID) -> list[GoalFacts]:
    """What the person finished, changed or left, last first, without details."""
    ended = Goal.objects.filter(person=person_id).exclude(state=GoalState.WORKING).order_by("-ended_on", "-made_at")
    return [_facts(goal) for goal in ended]


def goal_of(person_id: UUID, goal_id: UUID) -> GoalFacts | None:
    """One goal of the person, whatever has become of it; None where it is not theirs."""
    found = _with_details(Goal.objects.filter(person=person_id, pk=goal_id))
    return found[0] if found else None


def last_reviewed_on(person_id: UUID) -> date | None:
    """When the goals were last looked at together."""
    on: date | None = Review.objects.filter(goal__person=person_id).aggregate(last=Max("on"))["last"]
    return on


def help_by(person_id: UUID, member_id: UUID) -> list[tuple[str, HelpFacts]]:
    """What one family member may help with now: the words of each goal, and their part in it."""
    rows = Help.objects.filter(
        goal__person=person_id, goal__state=GoalState.WORKING, family_member=member_id, ended_on__isnull=True
    ).select_related("goal", "family_member")
    return [(row.goal.words, _help(row)) for row in rows.order_by("goal__made_at", "id")]


def _with_details(rows: Iterable[Goal]) -> list[GoalFacts]:
    goals = list(rows)
    ids = [goal.pk for goal in goals]
    steps: dict[UUID, list[StepFacts]] = defaultdict(list)
    for step in (
        Step.objects.filter(goal__in=ids, dropped_on__isnull=True)
        .select_related("helper")
        .order_by(F("by_when").asc(nulls_last=True), "made_at", "id")
    ):
        steps[step.goal_id].append(
            StepFacts(
                id=step.pk,
                words=step.words,
                who=step.who,
                helper_id=step.helper_id,
                helper=step.helper.name if step.helper else "",
                by_when=step.by_when,
                done_on=step.done_on,
                version=step.version,
            )
        )
    helpers: dict[UUID, list[HelpFacts]] = defaultdict(list)
    for row in (
        Help.objects.filter(goal__in=ids, ended_on__isnull=True, family_member__ended_on__isnull=True)
        .select_related("family_member")
        .order_by("since", "id")
    ):
        helpers[row.goal_id].append(_help(row))
    reviews: dict[UUID, ReviewFacts] = {}
    for review in Review.objects.filter(goal__in=ids).order_by("goal", "-on").distinct("goal"):
        reviews[review.goal_id] = ReviewFacts(on=review.on, going=review.going, words=review.words)
    return [
        _facts(goal, steps=steps[goal.pk], helpers=helpers[goal.pk], last_review=reviews.get(goal.pk)) for goal in goals
    ]


def _help(row: Help) -> HelpFacts:
    return HelpFacts(
        id=row.pk,
        family_member_id=row.family_member_id,
        name=row.family_member.name,
        what=row.what,
        says=row.says,
        version=row.version,
    )


def _facts(
    goal: Goal,
    *,
    steps: Iterable[StepFacts] = (),
    helpers: Iterable[HelpFacts] = (),
    last_review: ReviewFacts | None = None,
) -> GoalFacts:
    return GoalFacts(
        id=goal.pk,
        words=goal.words,
        why=goal.why,
        area_id=str(goal.area_id),
        set_on=goal.set_on,
        state=goal.state,
        ended_on=goal.ended_on,
        end_words=goal.end_words,
        version=goal.version,
        steps=tuple(steps),
        helpers=tuple(helpers),
        last_review=last_review,
    )
