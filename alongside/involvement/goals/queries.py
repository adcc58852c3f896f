"""Reading goals. Who may read is decided by `people.allocations`: ask these with a case that the reader may see."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Max, OuterRef, QuerySet

from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.involvement.goals.models import Goal, GoalState, Help, Review, Step
from alongside.involvement.goals.rules import GoalFacts, HelpFacts, ReviewFacts, StepFacts


def goals_of(person_id: UUID) -> list[GoalFacts]:
    """What the person works on now, oldest first, with steps and helpers. One query, however many goals."""
    goals = Goal.objects.filter(person=person_id, state=GoalState.WORKING)
    return [_facts(goal) for goal in _with_details(goals).order_by("made_at", "id")]


def every_goal_of(person_id: UUID) -> tuple[list[GoalFacts], list[GoalFacts]]:
    """What the person works on now, oldest first, and what ended, last first. One query."""
    goals = [_facts(goal) for goal in _with_details(Goal.objects.filter(person=person_id)).order_by("made_at", "id")]
    ended = [goal for goal in goals if goal.state != GoalState.WORKING]
    ended.sort(key=lambda goal: goal.ended_on or date.min, reverse=True)
    return [goal for goal in goals if goal.state == GoalState.WORKING], ended


def goal_of(person_id: UUID, goal_id: UUID) -> GoalFacts | None:
    """One goal of the person, whatever has become of it; None where it is not theirs."""
    found = _with_details(Goal.objects.filter(person=person_id, pk=goal_id)).first()
    return _facts(found) if found else None


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


def _with_details(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    of_this = OuterRef("pk")
    steps = Step.objects.filter(goal=of_this, dropped_on__isnull=True)
    helpers = Help.objects.filter(goal=of_this, ended_on__isnull=True, family_member__ended_on__isnull=True)
    return goals.annotate(
        step_rows=rows_of(
            steps.order_by(F("by_when").asc(nulls_last=True), "made_at", "id"),
            id="pk",
            words="words",
            who="who",
            helper="helper",
            given="helper__given_name",
            family="helper__family_name",
            by_when="by_when",
            done_on="done_on",
            version="version",
        ),
        help_rows=rows_of(
            helpers.order_by("since", "id"),
            id="pk",
            member="family_member",
            given="family_member__given_name",
            family="family_member__family_name",
            what="what",
            says="says",
            version="version",
        ),
        review_rows=rows_of(
            Review.objects.filter(goal=of_this).order_by("-on")[:1], on="on", going="going", words="words"
        ),
    )


def _name(row: Row) -> str:
    return f"{row['given'] or ''} {row['family'] or ''}".strip()


def _step(row: Row) -> StepFacts:
    return StepFacts(
        id=UUID(row["id"]),
        words=row["words"],
        who=row["who"],
        helper_id=UUID(row["helper"]) if row["helper"] else None,
        helper=_name(row),
        by_when=day(row["by_when"]),
        done_on=day(row["done_on"]),
        version=row["version"],
    )


def _help(row: Help) -> HelpFacts:
    return HelpFacts(
        id=row.pk,
        family_member_id=row.family_member_id,
        name=row.family_member.name,
        what=row.what,
        says=row.says,
        version=row.version,
    )


def _help_from(row: Row) -> HelpFacts:
    return HelpFacts(
        id=UUID(row["id"]),
        family_member_id=UUID(row["member"]),
        name=_name(row),
        what=row["what"],
        says=row["says"],
        version=row["version"],
    )


def _last_review(rows: Iterable[Row]) -> ReviewFacts | None:
    for row in rows:
        return ReviewFacts(on=day(row["on"]) or date.min, going=row["going"], words=row["words"])
    return None


def _facts(goal: Goal) -> GoalFacts:
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
        steps=tuple(_step(row) for row in read_rows(goal, "step_rows")),
        helpers=tuple(_help_from(row) for row in read_rows(goal, "help_rows")),
        last_review=_last_review(read_rows(goal, "review_rows")),
    )
