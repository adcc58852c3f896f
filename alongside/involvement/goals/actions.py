"""Writing down what the person works on. Each action tells the case page, the helpers' pages and the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.work.actions import add_to_timeline, close_to_do
from alongside.involvement.goals.models import Goal, GoalState, Help, Review, Step
from alongside.involvement.goals.rules import (
    MOST_STEPS,
    TooManyGoalsError,
    may_add_goal,
    refuse_enforcing,
)
from alongside.involvement.goals.telling import (
    REVIEW_TO_DO,
    STEP_TO_DO,
    keep_review,
    keep_step_to_do,
    refresh_cards,
)
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class TooManyStepsError(ValueError):
    """A goal with too many open steps is a list, not a next step."""

    def __init__(self) -> None:
        super().__init__(f"This goal has {MOST_STEPS} open steps. Tick one off or take one away first.")


class NotTheirsError(ValueError):
    """A helper was named who is not among the person's family members today."""

    def __init__(self) -> None:
        super().__init__("Choose someone whom the person names as family or friend today.")


@dataclass(frozen=True)
class Reviewed:
    """How one goal goes, as the person sees it."""

    goal_id: UUID
    going: str
    words: str = ""


@action
def set_goal(
    *, by: User | None, person: Person, words: str, why: str, area_id: str, set_on: date, follows: Goal | None = None
) -> Goal:
    """Write down a goal. Raises TooManyGoalsError where five are being worked on."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not may_add_goal(Goal.objects.filter(person=person, state=GoalState.WORKING).count()):
        raise TooManyGoalsError
    goal = Goal.objects.create(person=person, words=words, why=why, area_id=area_id, set_on=set_on, follows=follows)
    values = {"words": words, "why": why, "area_id": area_id, "set_on": set_on}
    _record(by=by, goal=goal, name="goals.goal.set", kind=EventKind.COLLECTION, after=values)
    _tell(by=by, goal=goal, kind="goals.goal.set", title=f"Goal: {words}")
    keep_review(person.pk)
    refresh_cards(person.pk)
    return goal


@action
def correct_goal(*, by: User | None, goal: Goal, seen_version: int, **values: Any) -> Change:
    """Mend how a goal is written down. What the person now wants instead is `change_goal`."""
    change = change_record(goal, seen_version=seen_version, **values)
    if change:
        _record(by=by, goal=goal, name="goals.goal.corrected", before=change.before, after=change.after)
        refresh_cards(goal.person_id)
    return change


@action
def change_goal(
    *, by: User | None, goal: Goal, seen_version: int, words: str, why: str, area_id: str, reason: str, on: date
) -> Goal:
    """The person wants something else instead: the goal ends as changed, with their reason, and a new one follows."""
    _end(by=by, goal=goal, seen_version=seen_version, state=GoalState.CHANGED, reason=reason, on=on)
    return set_goal(by=by, person=goal.person, words=words, why=why, area_id=area_id, set_on=on, follows=goal)


@action
def end_goal(*, by: User | None, goal: Goal, seen_version: int, state: GoalState, reason: str, on: date) -> None:
    """The person finished a goal, or leaves it, and says why in their own words."""
    _end(by=by, goal=goal, seen_version=seen_version, state=state, reason=reason, on=on)
    titles = {GoalState.FINISHED: "Goal finished", GoalState.LEFT: "Goal left"}
    _tell(by=by, goal=goal, kind=f"goals.goal.{state}", title=f"{titles.get(state, 'Goal ended')}: {goal.words}")


@action
def add_step(
    *, by: User | None, goal: Goal, words: str, by_whom: str, helper: FamilyMember | None, by_when: date | None
) -> Step:
    """Add one next step. Raises EnforcingWordsError, TooManyStepsError or NotTheirsError."""
    _check_helper(goal, helper)
    if helper is not None:
        refuse_enforcing(words)
    if Step.objects.filter(goal=goal, done_on__isnull=True, dropped_on__isnull=True).count() >= MOST_STEPS:
        raise TooManyStepsError
    step = Step.objects.create(goal=goal, words=words, who=by_whom, helper=helper, by_when=by_when)
    _record(
        by=by,
        goal=goal,
        name="goals.step.added",
        kind=EventKind.COLLECTION,
        subject=step,
        after={"words": words, "who": by_whom, "by_when": by_when},
        member_id=helper.pk if helper else None,
    )
    keep_step_to_do(goal, step)
    refresh_cards(goal.person_id)
    return step


@action
def change_step(*, by: User | None, step: Step, seen_version: int, **values: Any) -> Change:
    """Change a step: its words, its day or who takes it. Raises as `add_step`, and ChangedMeanwhileError."""
    helper = values.get("helper", step.helper)
    _check_helper(step.goal, helper)
    if helper is not None:
        refuse_enforcing(values.get("words", step.words))
    change = change_record(step, seen_version=seen_version, **values)
    if change:
        _record_step(by, step, "goals.step.changed", change)
    return change


@action
def tick_step(*, by: User | None, step: Step, seen_version: int, on: date) -> None:
    """A step is taken."""
    change = change_record(step, seen_version=seen_version, done_on=on)
    if change:
        _record_step(by, step, "goals.step.taken", change)
        title = f"Step taken: {step.words}"
        _tell(by=by, goal=step.goal, kind="goals.step.taken", title=title, member_id=step.helper_id)


@action
def untick_step(*, by: User | None, step: Step, seen_version: int) -> None:
    """A step was ticked by mistake."""
    change = change_record(step, seen_version=seen_version, done_on=None)
    if change:
        _record_step(by, step, "goals.step.unticked", change)


@action
def drop_step(*, by: User | None, step: Step, seen_version: int, on: date) -> None:
    """Take a step away that is no longer wanted."""
    change = change_record(step, seen_version=seen_version, dropped_on=on)
    if change:
        _record_step(by, step, "goals.step.dropped", change)


@action
def name_helper(*, by: User | None, goal: Goal, member: FamilyMember, what: str, says: str, since: date) -> Help:
    """The person names who may help with a goal, and with what. Raises EnforcingWordsError or NotTheirsError."""
    _check_helper(goal, member)
    refuse_enforcing(what)
    help_, made = Help.objects.select_for_update().get_or_create(
        goal=goal, family_member=member, ended_on=None, defaults={"what": what, "says": says, "since": since}
    )
    if not made:
        change_help(by=by, help_=help_, seen_version=help_.version, what=what, says=says)
        return help_
    _record(
        by=by,
        goal=goal,
        name="goals.help.named",
        kind=EventKind.COLLECTION,
        subject=help_,
        after={"what": what, "says": says},
        member_id=member.pk,
    )
    _tell(
        by=by,
        goal=goal,
        kind="goals.help.named",
        title=f"{member.name} may help with a goal: {goal.words}",
        member_id=member.pk,
    )
    refresh_cards(goal.person_id, [member.pk])
    return help_


@action
def change_help(*, by: User | None, help_: Help, seen_version: int, **values: Any) -> Change:
    """Change what a helper may do, or what they say to it. Raises EnforcingWordsError and ChangedMeanwhileError."""
    refuse_enforcing(values.get("what", help_.what))
    change = change_record(help_, seen_version=seen_version, **values)
    if change:
        _record(
            by=by,
            goal=help_.goal,
            name="goals.help.changed",
            subject=help_,
            before=change.before,
            after=change.after,
            member_id=help_.family_member_id,
        )
        refresh_cards(help_.goal.person_id, [help_.family_member_id])
    return change


@action
def end_help(*, by: User | None, help_: Help, seen_version: int, on: date) -> None:
    """They no longer help with this goal. Nobody has to say why."""
    change = change_record(help_, seen_version=seen_version, ended_on=on)
    if change:
        _record(
            by=by,
            goal=help_.goal,
            name="goals.help.ended",
            subject=help_,
            after=change.after,
            member_id=help_.family_member_id,
        )
        refresh_cards(help_.goal.person_id, [help_.family_member_id])


@action
def review_goals(
    *, by: User | None, person: Person, on: date, reviewed: Sequence[Reviewed], present: str, next_on: date
) -> None:
    """Goals looked at together: how each goes in the person's eyes. A second review on one day corrects the first."""
    goals = {goal.pk: goal for goal in Goal.objects.filter(person=person, state=GoalState.WORKING)}
    for one in reviewed:
        goal = goals.get(one.goal_id)
        if goal is None:
            continue
        row, _made = Review.objects.update_or_create(
            goal=goal, on=on, defaults={"going": one.going, "words": one.words, "present": present}
        )
        _record(
            by=by,
            goal=goal,
            name="goals.goal.reviewed",
            subject=row,
            after={"going": one.going, "words": one.words, "present": present},
        )
    add_to_timeline(
        by=by, case_id=person.pk, kind="goals.goals.reviewed", title="Goals looked at together", right=Right.SEE_GOALS
    )
    close_to_do(by=by, case_id=person.pk, kind=REVIEW_TO_DO, subject_id=person.pk)
    keep_review(person.pk, due_on=next_on)
    refresh_cards(person.pk)


@action
def note_printed(*, by: User | None, person: Person, goal_ids: Sequence[UUID], language: str) -> None:
    """A sheet of goals left the service, at the person's wish."""
    record_change(
        by=by,
        kind=EventKind.DISCLOSURE,
        name="goals.sheet.printed",
        subject=person,
        case_id=person.pk,
        after={"goals": len(goal_ids), "language": language},
    )


def _end(*, by: User | None, goal: Goal, seen_version: int, state: GoalState, reason: str, on: date) -> None:
    change = change_record(goal, seen_version=seen_version, state=state, ended_on=on, end_words=reason)
    _record(by=by, goal=goal, name=f"goals.goal.{state}", before=change.before, after=change.after)
    for step in Step.objects.filter(goal=goal, done_on__isnull=True, dropped_on__isnull=True):
        close_to_do(by=by, case_id=goal.person_id, kind=STEP_TO_DO, subject_id=step.pk)
    keep_review(goal.person_id)
    helpers = Help.objects.filter(goal=goal, ended_on__isnull=True).values_list("family_member", flat=True)
    refresh_cards(goal.person_id, list(helpers))


def _check_helper(goal: Goal, helper: FamilyMember | None) -> None:
    if helper is not None and (helper.person_id != goal.person_id or helper.ended_on is not None or helper.deceased):
        raise NotTheirsError


def _record_step(by: User | None, step: Step, name: str, change: Change) -> None:
    before, after = dict(change.before), dict(change.after)
    for values in (before, after):
        if "helper" in values:
            values["helper"] = str(values["helper"].pk) if values["helper"] else None
    _record(
        by=by,
        goal=step.goal,
        name=name,
        subject=step,
        before=before,
        after=after,
        member_id=step.helper_id,
    )
    keep_step_to_do(step.goal, step)
    refresh_cards(step.goal.person_id)


def _record(
    *,
    by: User | None,
    goal: Goal,
    name: str,
    kind: EventKind = EventKind.CHANGE,
    subject: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    member_id: UUID | None = None,
) -> None:
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=subject or goal,
        case_id=goal.person_id,
        before=before,
        after=after,
        family_member_id=member_id,
    )


def _tell(*, by: User | None, goal: Goal, kind: str, title: str, member_id: UUID | None = None) -> None:
    add_to_timeline(
        by=by,
        case_id=goal.person_id,
        kind=kind,
        title=title,
        right=Right.SEE_GOALS,
        subject_id=goal.pk,
        family_member_id=member_id,
    )
