"""What the actions of goals keep, tell and refuse."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.audit.models import Event
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.models import Card, ToDo
from alongside.involvement.goals.actions import (
    NotTheirsError,
    Reviewed,
    TooManyStepsError,
    add_step,
    change_goal,
    change_help,
    change_step,
    drop_step,
    end_goal,
    end_help,
    name_helper,
    review_goals,
    set_goal,
    tick_step,
    untick_step,
)
from alongside.involvement.goals.models import Goal, GoalState, Help
from alongside.involvement.goals.queries import every_goal_of, goal_of, goals_of, help_by
from alongside.involvement.goals.rules import MOST_STEPS, EnforcingWordsError, TooManyGoalsError
from alongside.involvement.goals.telling import HELP_CARD, REVIEW_TO_DO, STEP_TO_DO
from alongside.people.families.actions import end_family_member
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from tests.everything import code
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def person() -> Person:
    return PersonFactory(given_names="Daniel")


@pytest.fixture
def nan(person: Person) -> FamilyMember:
    return FamilyMemberFactory(person=person, given_name="Grace", family_name="Achebe")


def a_goal(person: Person, words: str = "See my kids at weekends") -> Goal:
    return set_goal(by=UserFactory(), person=person, words=words, why="", area_id="goal_area.CHILDREN", set_on=DAY)


def test_a_sixth_goal_is_refused_and_a_finished_one_makes_room(person: Person) -> None:
    goals = [a_goal(person, f"Goal {number}") for number in range(5)]
    with pytest.raises(TooManyGoalsError, match="leave one"):
        a_goal(person)
    end_goal(by=None, goal=goals[0], seen_version=1, state=GoalState.FINISHED, reason="I got there", on=DAY)
    assert a_goal(person).state == GoalState.WORKING
    assert [goal.end_words for goal in every_goal_of(person.pk)[1]] == ["I got there"]


def test_a_changed_goal_is_kept_with_the_persons_reason_beside_the_new_one(person: Person) -> None:
    old = a_goal(person)
    new = change_goal(
        by=None,
        goal=old,
        seen_version=1,
        words="Have them stay over",
        why="",
        area_id="goal_area.CHILDREN",
        reason="It went well",
        on=DAY,
    )
    assert new.follows_id == old.pk
    (past,) = every_goal_of(person.pk)[1]
    assert (past.words, past.state, past.end_words) == ("See my kids at weekends", "changed", "It went well")
    assert [goal.words for goal in goals_of(person.pk)] == ["Have them stay over"]


def steps_to_do() -> list[str]:
    return [to_do.title for to_do in ToDo.objects.filter(kind=STEP_TO_DO, done_at=None)]


def test_a_goal_ends_with_a_reason_or_not_at_all(person: Person) -> None:
    goal = a_goal(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        end_goal(by=None, goal=goal, seen_version=1, state=GoalState.LEFT, reason="", on=DAY)


def test_two_people_ending_one_goal_notice_each_other(person: Person) -> None:
    goal = a_goal(person)
    end_goal(by=None, goal=goal, seen_version=1, state=GoalState.LEFT, reason="Not now", on=DAY)
    with pytest.raises(ChangedMeanwhileError):
        end_goal(by=None, goal=goal, seen_version=1, state=GoalState.FINISHED, reason="Done", on=DAY)


def test_a_step_of_the_officer_is_a_to_do_until_it_is_taken(person: Person, nan: FamilyMember) -> None:
    goal = a_goal(person)
    mine = add_step(by=None, goal=goal, words="Ring the centre", by_whom="officer", helper=None, by_when=DAY)
    add_step(by=None, goal=goal, words="Give a lift", by_whom="helper", helper=nan, by_when=DAY)
    assert steps_to_do() == ["Ring the centre"]
    tick_step(by=None, step=mine, seen_version=1, on=DAY)
    assert steps_to_do() == []
    untick_step(by=None, step=mine, seen_version=2)
    assert steps_to_do() == ["Ring the centre"]
    drop_step(by=None, step=mine, seen_version=3, on=DAY)
    assert steps_to_do() == []


def test_leaving_a_goal_closes_what_was_to_do_for_it(person: Person) -> None:
    goal = a_goal(person)
    add_step(by=None, goal=goal, words="Ring", by_whom="officer", helper=None, by_when=DAY)
    end_goal(by=None, goal=goal, seen_version=1, state=GoalState.LEFT, reason="Not now", on=DAY)
    assert not ToDo.objects.filter(case=person.pk, done_at=None).exists()
    assert not Card.objects.filter(case=person.pk, key="goals").exists()


def test_a_helper_is_never_asked_to_enforce_by_any_action(person: Person, nan: FamilyMember) -> None:
    goal = a_goal(person)
    with pytest.raises(EnforcingWordsError):
        name_helper(by=None, goal=goal, member=nan, what="Report on him", says="yes", since=DAY)
    with pytest.raises(EnforcingWordsError):
        add_step(by=None, goal=goal, words="Check up on him", by_whom="helper", helper=nan, by_when=None)
    help_ = name_helper(by=None, goal=goal, member=nan, what="Remind him", says="yes", since=DAY)
    with pytest.raises(EnforcingWordsError):
        change_help(by=None, help_=help_, seen_version=1, what="Tell us if he misses")
    mine = add_step(by=None, goal=goal, words="Check that he went", by_whom="officer", helper=None, by_when=None)
    with pytest.raises(EnforcingWordsError):
        change_step(by=None, step=mine, seen_version=1, who="helper", helper=nan)


@pytest.mark.parametrize("where", ["elsewhere", "ended", "died"])
def test_only_someone_whom_the_person_names_now_helps(person: Person, nan: FamilyMember, where: str) -> None:
    goal = a_goal(person)
    helper = FamilyMemberFactory() if where == "elsewhere" else nan
    if where == "ended":
        reason = code("member_end_reason")
        end_family_member(by=None, member=nan, seen_version=1, ended_on=date(2026, 11, 1), reason_id=reason)
    if where == "died":
        helper.deceased = True
    with pytest.raises(NotTheirsError):
        name_helper(by=None, goal=goal, member=helper, what="Remind him", says="yes", since=DAY)


def test_the_helpers_page_says_what_they_may_help_with(person: Person, nan: FamilyMember) -> None:
    goal = a_goal(person)
    help_ = name_helper(by=None, goal=goal, member=nan, what="Give me a lift", says="not_asked", since=DAY)
    card = Card.objects.get(key=HELP_CARD, family_member=nan.pk)
    assert card.headline == "1 goal; says yes to 0"
    assert card.lines == ["See my kids at weekends: Give me a lift"]
    change_help(by=None, help_=help_, seen_version=1, says="yes")
    card.refresh_from_db()
    assert card.headline.endswith("says yes to 1")
    assert [(words, part.what) for words, part in help_by(person.pk, nan.pk)] == [
        ("See my kids at weekends", "Give me a lift")
    ]
    end_help(by=None, help_=help_, seen_version=2, on=DAY)
    assert not Card.objects.filter(key=HELP_CARD).exists()


def test_naming_a_helper_again_changes_their_part(person: Person, nan: FamilyMember) -> None:
    goal = a_goal(person)
    name_helper(by=None, goal=goal, member=nan, what="Give me a lift", says="yes", since=DAY)
    name_helper(by=None, goal=goal, member=nan, what="Remind me", says="yes", since=DAY)
    assert [row.what for row in Help.objects.filter(goal=goal)] == ["Remind me"]


def test_reviewing_sets_the_day_of_the_next_look(person: Person) -> None:
    goal, other = a_goal(person), a_goal(person, "Learn to drive")
    before = ToDo.objects.get(kind=REVIEW_TO_DO, done_at=None)
    seen = [Reviewed(goal.pk, "well", "Saw them twice"), Reviewed(uuid4(), "stuck", "Not theirs")]
    review_goals(by=None, person=person, on=DAY, reviewed=seen, present="Grace", next_on=date(2026, 4, 13))
    before.refresh_from_db()
    assert before.done_at is not None
    assert ToDo.objects.get(kind=REVIEW_TO_DO, done_at=None).due_on == date(2026, 4, 13)
    facts = goal_of(person.pk, goal.pk)
    assert facts is not None
    assert facts.last_review is not None
    assert facts.last_review.words == "Saw them twice"
    other_facts = goal_of(person.pk, other.pk)
    assert other_facts is not None
    assert other_facts.last_review is None


def test_a_goal_with_too_many_steps_takes_no_more(person: Person) -> None:
    goal = a_goal(person)
    for number in range(MOST_STEPS):
        add_step(by=None, goal=goal, words=f"Step {number}", by_whom="person", helper=None, by_when=None)
    with pytest.raises(TooManyStepsError, match="take one away"):
        add_step(by=None, goal=goal, words="One more", by_whom="person", helper=None, by_when=None)


def test_what_belongs_to_another_case_is_not_found(person: Person) -> None:
    goal = a_goal(PersonFactory())
    assert goal_of(person.pk, goal.pk) is None


def test_every_write_leaves_an_event(person: Person, nan: FamilyMember) -> None:
    goal = a_goal(person)
    step = add_step(by=None, goal=goal, words="Ring", by_whom="person", helper=None, by_when=None)
    tick_step(by=None, step=step, seen_version=1, on=DAY)
    help_ = name_helper(by=None, goal=goal, member=nan, what="Lift", says="yes", since=DAY)
    end_help(by=None, help_=help_, seen_version=1, on=DAY)
    end_goal(by=None, goal=goal, seen_version=1, state=GoalState.LEFT, reason="Not now", on=DAY)
    names = set(Event.objects.filter(chain=person.pk).values_list("name", flat=True))
    assert names == {
        "goals.goal.set",
        "goals.step.added",
        "goals.step.taken",
        "goals.help.named",
        "goals.help.ended",
        "goals.goal.left",
    }


def test_goals_cost_the_same_however_many(person: Person, nan: FamilyMember, django_assert_num_queries) -> None:
    for number in range(5):
        goal = a_goal(person, f"Goal {number}")
        add_step(by=None, goal=goal, words="Ring", by_whom="helper", helper=nan, by_when=None)
        name_helper(by=None, goal=goal, member=nan, what="Lift", says="yes", since=DAY)
    with django_assert_num_queries(1):
        assert len(goals_of(person.pk)) == 5
