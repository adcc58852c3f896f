"""Goals through their pages: bad input keeps what was typed, and sharing follows what the person permits."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.audit.models import Event, EventKind
from alongside.foundation.calendar.rules import today
from alongside.involvement.goals.actions import add_step, name_helper, set_goal
from alongside.involvement.goals.models import Goal, Help, Step
from alongside.involvement.goals.queries import goals_of
from alongside.involvement.goals.rules import may_be_told
from alongside.involvement.goals.sheet import Parts, sheet_of
from alongside.people.families.models import FamilyMember
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.desk import spread, words_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def nan(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")


@pytest.fixture
def goal(cast: Cast) -> Goal:
    facts = {"why": "They are growing up", "area_id": "goal_area.CHILDREN", "set_on": DAY}
    return set_goal(by=cast.owner, person=cast.person, words="See my kids at weekends", **facts)


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.owner)
    return client


def send(officer: Client, page: str, *args: Any, **typed: Any) -> str:
    return words_of(officer.post(reverse(f"goals:{page}", args=args), spread(typed), follow=True))


def show(officer: Client, person_id: Any) -> str:
    return words_of(officer.get(reverse("goals:goals", args=[person_id])))


def test_a_goal_without_words_says_what_to_do_and_keeps_the_rest(officer: Client, cast: Cast) -> None:
    address = reverse("goals:add", args=[cast.person.pk])
    page = officer.post(address, {"words": " ", "why": "For Nia", "area_id": "goal_area.NOPE"}).content.decode()
    assert "Enter what they want" in page
    assert "Select an option that is on the list" in page
    assert 'value="For Nia"' in page
    assert not Goal.objects.exists()


def test_oversize_and_hostile_words_are_answered_and_escaped(officer: Client, cast: Cast) -> None:
    address = reverse("goals:add", args=[cast.person.pk])
    assert "300 characters or fewer" in officer.post(
        address, {"words": "x" * 301, "area_id": "goal_area.WORK"}
    ).content.decode().replace("\u00a0", " ")
    officer.post(address, {"words": "<script>alert(1)</script>", "area_id": "goal_area.WORK"})
    page = officer.get(reverse("goals:goals", args=[cast.person.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_sixth_goal_is_answered_with_the_way_out(officer: Client, cast: Cast) -> None:
    for number in range(5):
        send(officer, "add", cast.person.pk, words=f"Goal {number}", area_id="goal_area.WORK")
    assert "leave one of them first" in send(officer, "add", cast.person.pk, words="One more", area_id="goal_area.WORK")
    assert "5 goals, as many as anyone can keep in mind" in show(officer, cast.person.pk)


def test_words_that_would_make_an_enforcer_are_refused_with_another_way_to_say_it(
    officer: Client, cast: Cast, goal: Goal, nan: FamilyMember
) -> None:
    typed = {"member": nan.pk, "what": "Report on him to us", "says": "yes"}
    page = send(officer, "add_help", cast.person.pk, goal.pk, **typed)
    assert "They help and never enforce" in page
    assert not Help.objects.exists()
    page = send(officer, "add_step", cast.person.pk, goal.pk, words="Make sure he goes", who=str(nan.pk))
    assert "They help and never enforce" in page
    assert not Step.objects.exists()


def test_a_stranger_cannot_be_named_as_helping(officer: Client, cast: Cast, goal: Goal, nan: FamilyMember) -> None:
    stranger = FamilyMemberFactory()
    typed = {"member": stranger.pk, "what": "Give a lift", "says": "yes"}
    assert "Choose one of the answers that are offered" in send(officer, "add_help", cast.person.pk, goal.pk, **typed)
    assert not Help.objects.exists()


def test_another_cases_goal_is_not_found_under_this_one(officer: Client, cast: Cast, goal: Goal) -> None:
    other = FamilyMemberFactory().person
    theirs = set_goal(by=None, person=other, words="Theirs", why="", area_id="goal_area.WORK", set_on=DAY)
    for page in ("change", "instead", "end", "add_step", "add_help"):
        assert officer.get(reverse(f"goals:{page}", args=[cast.person.pk, theirs.pk])).status_code == 404


def test_two_people_mending_one_goal_notice_each_other(officer: Client, cast: Cast, goal: Goal) -> None:
    typed = {"why": "", "area_id": "goal_area.CHILDREN", "version": "1"}
    send(officer, "change", cast.person.pk, goal.pk, words="See my kids every weekend", **typed)
    page = officer.post(
        reverse("goals:change", args=[cast.person.pk, goal.pk]), {"words": "See the kids", **typed}
    ).content.decode()
    assert "See my kids every weekend" in page
    assert "See the kids" in page
    goal.refresh_from_db()
    assert goal.words == "See my kids every weekend"


def test_a_step_is_ticked_from_the_page_and_back(officer: Client, cast: Cast, goal: Goal) -> None:
    step = add_step(by=None, goal=goal, words="Ring the centre", by_whom="person", helper=None, by_when=DAY)
    assert "by 2 March 2026 (late)" in show(officer, cast.person.pk)
    assert "Done: Ring the centre" in send(officer, "tick", cast.person.pk, goal.pk, step.pk, version="1")
    assert "changed this meanwhile" in send(officer, "tick", cast.person.pk, goal.pk, step.pk, version="1")
    assert "Open again" in send(officer, "tick", cast.person.pk, goal.pk, step.pk, version="2")
    assert "Taken away" in send(officer, "drop_step", cast.person.pk, goal.pk, step.pk, version="3")
    assert "Ring the centre" not in show(officer, cast.person.pk).replace("Taken away: Ring the centre", "")


def test_looking_at_them_together_keeps_what_was_said(officer: Client, cast: Cast, goal: Goal) -> None:
    name = goal.pk.hex
    later = today() + timedelta(days=21)
    nothing = send(officer, "review", cast.person.pk, next_on=later)
    assert "Select how at least one of the goals is going" in nothing
    words_alone = send(officer, "review", cast.person.pk, next_on=later, **{f"words_{name}": "Saw them twice"})
    assert "or take the words out" in words_alone
    kept = send(
        officer,
        "review",
        cast.person.pk,
        next_on=later,
        present="Nan",
        **{f"going_{name}": "well", f"words_{name}": "Saw them twice"},
    )
    assert "“Saw them twice”" in kept


def permission_seen(officer: Client, cast: Cast) -> bool:
    return "permits us to talk with them about the plan" in show(officer, cast.person.pk)


def test_what_we_may_tell_a_helper_follows_the_persons_permission(
    officer: Client, cast: Cast, goal: Goal, nan: FamilyMember
) -> None:
    from tests.safety.permissions.people import Officer, permission

    name_helper(by=None, goal=goal, member=nan, what="Give me a lift", says="yes", since=DAY)
    assert "only Daniel may show it" in show(officer, cast.person.pk)
    desk = Officer(cast.owner, cast.person)
    desk.fill("give", nan, **permission("good_news"))
    assert not permission_seen(officer, cast)
    desk.fill("give", nan, **permission("plan_tasks"))
    assert permission_seen(officer, cast)
    worker = Client()
    worker.force_login(cast.inspector)
    assert permission_seen(worker, cast)


@pytest.mark.parametrize(
    ("refused", "topics", "may"),
    [
        (False, {"plan_tasks"}, True),
        (True, {"plan_tasks"}, False),
        (False, {"good_news"}, False),
        (False, set(), False),
    ],
)
def test_refusal_outranks_a_permission(refused: bool, topics: set[str], may: bool) -> None:
    assert may_be_told(refused=refused, topics=topics) is may


def sheet(cast: Cast, *parts: str, language: str = "en"):
    return sheet_of(
        person=cast.person, goals=goals_of(cast.person.pk), parts=Parts.of(parts), language=language, day=DAY
    )


def test_the_sheet_holds_what_was_chosen_and_only_those_who_said_yes(cast: Cast, goal: Goal, nan: FamilyMember) -> None:
    other = FamilyMemberFactory(person=cast.person, given_name="Huw")
    name_helper(by=None, goal=goal, member=nan, what="Give me a lift", says="yes", since=DAY)
    name_helper(by=None, goal=goal, member=other, what="Lend me the car", says="not_asked", since=DAY)
    add_step(by=None, goal=goal, words="Ring the centre", by_whom="person", helper=None, by_when=DAY)
    everything = str(sheet(cast, "why", "steps", "helpers").body)
    assert "Grace Achebe: Give me a lift" in everything
    assert "Lend me the car" not in everything
    assert "Ring the centre (me, 2 March 2026)" in everything
    bare = str(sheet(cast).body)
    assert "Give me a lift" not in bare
    assert "Ring the centre" not in bare
    welsh = sheet(cast, "steps", language="cy")
    assert welsh.draft
    assert "Ring the centre (fi, 2 Mawrth 2026)" in str(welsh.body)
    assert not sheet(cast).draft


@pytest.mark.parametrize("language", ["en", "cy"])
def test_printing_it_is_noted_as_something_that_leaves_the_service(
    officer: Client, cast: Cast, goal: Goal, language: str
) -> None:
    address = reverse("goals:sheet", args=[cast.person.pk])
    assert "Select at least one goal" in officer.post(address, {"language": language}).content.decode()
    response = officer.post(address, {"goals": [goal.pk], "parts": ["steps"], "language": language})
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "no-store"
    event = Event.objects.get(name="goals.sheet.printed")
    assert event.kind == EventKind.DISCLOSURE


def test_characters_that_cannot_be_printed_are_named(officer: Client, cast: Cast) -> None:
    goal = set_goal(by=None, person=cast.person, words="Learn \U00012000", why="", area_id="goal_area.WORK", set_on=DAY)
    page = words_of(officer.post(reverse("goals:sheet", args=[cast.person.pk]), {"goals": [goal.pk], "language": "en"}))
    assert "cannot be printed" in page


def test_the_page_costs_the_same_with_five_goals_as_with_one(
    officer: Client, cast: Cast, goal: Goal, nan: FamilyMember
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            officer.get(reverse("goals:goals", args=[cast.person.pk]))
        return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])

    name_helper(by=None, goal=goal, member=nan, what="Give me a lift", says="yes", since=DAY)
    cost()
    one = cost()
    for number in range(4):
        more = set_goal(
            by=None, person=cast.person, words=f"Goal {number}", why="", area_id="goal_area.WORK", set_on=DAY
        )
        add_step(by=None, goal=more, words="Ring", by_whom="helper", helper=nan, by_when=DAY)
    assert cost() == one <= 10
