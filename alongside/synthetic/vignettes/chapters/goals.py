"""What the person of a story works on, and who helps."""

from datetime import timedelta
from typing import Any

from alongside.involvement.goals.actions import (
    Reviewed,
    add_step,
    end_goal,
    name_helper,
    review_goals,
    set_goal,
    tick_step,
)
from alongside.involvement.goals.models import Goal, GoalState, StepBy
from alongside.people.families.models import FamilyMember
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

SET_AFTER = timedelta(days=14)
REVIEWED_BEFORE = timedelta(days=9)
REVIEWED = {1, 9, 14, 18, 25}


def tell(telling: Telling) -> None:
    """Goals with their steps and helpers; some were looked at together since."""
    told: list[dict[str, Any]] = told_by("goals").get(telling.story.number, [])
    goals = [_goal(telling, facts) for facts in told]
    working = [goal for goal in goals if goal.state == GoalState.WORKING]
    if telling.story.number in REVIEWED and working:
        review_goals(
            by=telling.by,
            person=telling.person,
            on=telling.today - REVIEWED_BEFORE,
            reviewed=[Reviewed(working[0].pk, "slowly", "Better than last time")],
            present="",
            next_on=telling.today + timedelta(days=5),
        )


def _goal(telling: Telling, facts: dict[str, Any]) -> Goal:
    by, today = telling.by, telling.today
    goal = set_goal(
        by=by,
        person=telling.person,
        words=facts["words"],
        why=facts.get("why", ""),
        area_id=f"goal_area.{facts['area']}",
        set_on=min(telling.order_from + SET_AFTER, today),
    )
    members = {member.given_name: member for member in FamilyMember.objects.filter(person=telling.person)}
    for words, who, days in facts.get("steps", ()):
        helper = members.get(who)
        add_step(
            by=by,
            goal=goal,
            words=words,
            by_whom=StepBy.HELPER if helper else who,
            helper=helper,
            by_when=today + timedelta(days=days),
        )
    for words, days in facts.get("done", {}).items():
        step = add_step(by=by, goal=goal, words=words, by_whom=StepBy.PERSON, helper=None, by_when=None)
        tick_step(by=by, step=step, seen_version=step.version, on=today - timedelta(days=days))
    for name, (what, says) in facts.get("help", {}).items():
        name_helper(by=by, goal=goal, member=members[name], what=what, says=says, since=goal.set_on)
    if words := facts.get("left"):
        end_goal(by=by, goal=goal, seen_version=goal.version, state=GoalState.LEFT, reason=words, on=today)
    return goal
