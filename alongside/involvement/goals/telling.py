"""Keeps the cards and to-dos of goals in step with what stands. Called inside the room's actions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card, remove_card
from alongside.involvement.goals.models import Goal, GoalState, HelperSays, Step, StepBy
from alongside.involvement.goals.queries import goals_of, help_by, last_reviewed_on
from alongside.involvement.goals.rules import MOST_GOALS, next_step_of, review_day

CARD = "goals"
HELP_CARD = "goals.help"
REVIEW_TO_DO = "goals.goals.review"
STEP_TO_DO = "goals.step.take"


def keep_step_to_do(goal: Goal, step: Step) -> None:
    """A step that the officer takes by a day is something for them to do; anyone else's is not."""
    mine = step.who in (StepBy.OFFICER, StepBy.TOGETHER) and step.done_on is None and step.dropped_on is None
    if not mine or step.by_when is None or goal.state != GoalState.WORKING:
        close_to_do(by=None, case_id=goal.person_id, kind=STEP_TO_DO, subject_id=step.pk)
        return
    open_to_do(
        case_id=goal.person_id,
        to_do=ToDoFacts(
            kind=STEP_TO_DO, subject_id=step.pk, title=step.words, due_on=step.by_when, right=Right.EDIT_GOALS
        ),
    )


def keep_review(person_id: UUID, due_on: date | None = None) -> None:
    """Goals are looked at again: while there are any, there is a day for it."""
    if not Goal.objects.filter(person=person_id, state=GoalState.WORKING).exists():
        close_to_do(by=None, case_id=person_id, kind=REVIEW_TO_DO, subject_id=person_id)
        return
    last = last_reviewed_on(person_id)
    open_to_do(
        case_id=person_id,
        to_do=ToDoFacts(
            kind=REVIEW_TO_DO,
            subject_id=person_id,
            title="Look at the goals together",
            due_on=due_on or review_day(last or today()),
            right=Right.EDIT_GOALS,
        ),
    )


def refresh_cards(person_id: UUID, member_ids: Sequence[UUID] = ()) -> None:
    """Bring the card of the case, and those of helpers, up to date."""
    goals = goals_of(person_id)
    if not goals:
        remove_card(case_id=person_id, key=CARD)
    else:
        step = next_step_of(goals)
        lines = tuple(goal.words for goal in goals[:4])
        put_card(
            case_id=person_id,
            card=CardFacts(
                key=CARD,
                title="Goals",
                headline=f"{len(goals)} of at most {MOST_GOALS} goals" if len(goals) > 1 else "1 goal",
                lines=(*lines, f"Next: {step.words}") if step else lines,
                order=25,
                right=Right.SEE_GOALS,
            ),
        )
    helping = {helper.family_member_id for goal in goals for helper in goal.helpers}
    for member_id in {*member_ids, *helping}:
        _helper_card(person_id, member_id)


def _helper_card(person_id: UUID, member_id: UUID) -> None:
    helps = help_by(person_id, member_id)
    if not helps:
        remove_card(case_id=person_id, key=HELP_CARD, family_member_id=member_id)
        return
    willing = sum(part.says == HelperSays.YES for _words, part in helps)
    put_card(
        case_id=person_id,
        card=CardFacts(
            key=HELP_CARD,
            title="What they may help with",
            headline=f"{len(helps)} goal{'s' if len(helps) > 1 else ''}; says yes to {willing}",
            lines=tuple(f"{words}: {part.what}" for words, part in helps[:5]),
            order=30,
            right=Right.SEE_GOALS,
            family_member_id=member_id,
        ),
    )
