"""Who sees safety: those who practise on the case and those who read it; reception sees what to do, and never why."""

from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.safety.flags.actions import prepare_plan, put_marker, record_flag
from alongside.safety.flags.models import Incident, JointException, StandDownPlan
from tests.pages import CASE, TEAM, Page, World
from tests.safety.flags.scene import flag_values, plan_values

MANAGERS = frozenset({"senior", "safeguarding"})


def furnish(world: World) -> None:
    """A flag of the officer's about the mother, a plan that the officer prepared, and a marker at the desk."""
    owner, mother = world.cast.owner, world.more["member"]
    world.more["flag"] = record_flag(
        by=owner, person=world.person, member=mother, values=flag_values(), may_set_named=False
    )
    world.more["plan"] = prepare_plan(by=owner, member=mother, values=plan_values())
    agreed = prepare_plan(by=owner, member=_another(world), values=plan_values())
    StandDownPlan.objects.filter(pk=agreed.pk).update(state="agreed", agreed_by=world.cast.senior.pk)
    world.more["agreed_plan"] = agreed
    world.more["marker"] = put_marker(
        by=owner,
        person=world.person,
        member=None,
        action_id="reception_action.CALLFIRST",
        from_date=today(),
        until_date=today(),
    )
    world.more["flags_exception"] = _exception(world)
    world.more["flags_incident"] = Incident.objects.create(
        person=world.person, kind_id="incident_kind.THREAT", happened_on=today(), words="Shouted at the desk"
    )


def _exception(world: World) -> JointException:
    return JointException.objects.create(
        person=world.person,
        family_member=world.more["member"],
        what="A letter by the adviser",
        reason="She asked for it",
        review_on=today(),
        asked_as="adviser",
        asked_by=world.cast.adviser.pk,
        asked_by_name="Ada Adviser",
    )


def _another(world: World) -> Any:
    from tests.factories import FamilyMemberFactory

    return FamilyMemberFactory(person=world.person, given_name="Sam", family_name="Achebe")


def incident(world: World) -> list[Any]:
    return [world.person.pk, world.more["flags_incident"].pk]


def case(world: World) -> list[Any]:
    return [world.person.pk]


def member(world: World) -> list[Any]:
    return [world.person.pk, world.more["member"].pk]


def matter(world: World) -> list[Any]:
    return [world.person.pk, "orders"]


def matter_of_member(world: World) -> list[Any]:
    return [*member(world), "orders"]


def of_case(key: str) -> Any:
    return lambda world: [world.person.pk, world.more[key].pk]


PAGES = [
    Page("flags:desk", frozenset({"reception"}), query="?everyone=yes"),
    Page("flags:safety", CASE, args=case),
    Page("flags:member", CASE, args=member),
    Page("flags:add", TEAM, args=case),
    Page("flags:add", TEAM, args=case, query="?kind=safety_flag.RCCO"),
    Page("flags:add_about", TEAM, args=member),
    Page("flags:add_about", TEAM, args=member, query="?kind=safety_flag.DA_BETWEEN"),
    Page("flags:add_about", TEAM, args=member, query="?kind=safety_flag.CONTROL"),
    Page("flags:check", TEAM, args=matter),
    Page("flags:check_about", TEAM, args=matter_of_member),
    Page("flags:incident", TEAM, args=case),
    Page("flags:incident_about", TEAM, args=member),
    Page("flags:correct_incident", TEAM, args=incident),
    Page("flags:ask_exception", MANAGERS, args=member),
    Page("flags:exception", MANAGERS, args=of_case("flags_exception")),
    Page("flags:end_exception", MANAGERS, args=of_case("flags_exception")),
    Page("flags:add_marker", TEAM, args=case),
    Page("flags:add_marker_about", TEAM, args=member),
    Page("flags:end_marker", TEAM, args=of_case("marker")),
    Page("flags:flag", CASE, args=of_case("flag")),
    Page("flags:change", TEAM, args=of_case("flag")),
    Page("flags:review", MANAGERS, args=of_case("flag")),
    Page("flags:in_source", TEAM, args=of_case("flag")),
    Page("flags:remove", TEAM, args=of_case("flag")),
    Page("flags:prepare_plan", TEAM, args=member),
    Page("flags:plan", CASE, args=of_case("plan")),
    Page("flags:change_plan", TEAM, args=of_case("plan")),
    Page("flags:agree_plan", MANAGERS, args=of_case("plan")),
    Page("flags:tell_plan", TEAM, args=of_case("agreed_plan")),
    Page("flags:end_plan", TEAM, args=of_case("plan")),
]
