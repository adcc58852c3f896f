"""Who sees what was told in confidence, and who gets help in danger: everyone."""

from typing import Any

from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.people.staff.actions import add_duty_turn
from alongside.safety.protected.actions import (
    DecisionFacts,
    ToldFacts,
    decide_disclosure,
    make_referral,
    record_told,
    review_disclosure,
    set_instruction,
    share_in_danger,
)
from tests.pages import FORBIDDEN, OPEN, PUBLIC, TEAM, Page, World

NEAR = TEAM - {"colleague"}
"""Whoever must act on the case. A colleague of the same team stands outside the wall."""

LEADERS = frozenset({"senior", "safeguarding"})


def facts_of_disclosure() -> DecisionFacts:
    return DecisionFacts(
        what="That he has been told to keep away from the school",
        recipient_id="disclosure_recipient.CHILDREN",
        recipient_name="Duty desk",
        purpose="To keep the child safe",
        ground_id="disclosure_ground.CHILD",
        necessity="They cannot act without it",
        proportionality="One fact, to one desk",
        informed_id="person_informed.NORISK",
        informed_reason="He would guess who told us",
    )


def furnish(world: World) -> None:
    """Something told, passed on, disclosed and shared in danger; a turn of duty; an instruction."""
    cast, person = world.cast, world.person
    member = world.more["member"]
    with identity(cast.owner.pk):
        told = record_told(
            by=cast.owner,
            person=person,
            facts=ToldFacts(
                at=timezone.now(),
                told_by_id="told_by.FAMILY",
                channel_id="told_channel.PHONE",
                limits_said=True,
                family_member=member.pk,
                seen="He came home at three with a knife in his coat",
                wishes="Do not tell social services",
                duties=("duty_owed.CHILD",),
            ),
        )
        referral = make_referral(
            by=cast.owner,
            person=person,
            values={
                "protects": "child",
                "who": "Her grandson",
                "agency_id": "safeguarding_agency.CHILDREN",
                "agency_name": "",
                "concern": "A knife in the house",
                "consent_id": "safeguarding_consent.AGAINST",
                "consent_reason": "A child sleeps there",
                "made_on": today(),
                "feedback_due_on": today(),
            },
        )
        decision = decide_disclosure(by=cast.owner, person=person, facts=facts_of_disclosure())
        waiting = decide_disclosure(by=cast.owner, person=person, facts=facts_of_disclosure())
        instruction = set_instruction(
            by=cast.owner,
            person=person,
            instruction_id="handling_instruction.NOTALONE",
            member_id=member.pk,
            review_on=today(),
        )
    with identity(cast.senior.pk):
        review_disclosure(by=cast.senior, decision=decision, approved=True, reason="Right")
    with identity(cast.outsider.pk):
        shared = share_in_danger(by=cast.outsider, facts=facts_of_disclosure(), channel_id="told_channel.PHONE")
    turn = add_duty_turn(
        by=cast.senior,
        delivery_unit=cast.team.delivery_unit,
        member=cast.owner_member,
        kind="officer",
        from_date=today(),
        until_date=today(),
    )
    world.more |= {
        "protected_told": told,
        "protected_referral": referral,
        "protected_decision": decision,
        "protected_waiting": waiting,
        "protected_instruction": instruction,
        "protected_shared": shared,
        "protected_turn": turn,
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def of_case(key: str) -> Any:
    return lambda world: [world.person.pk, world.more[key].pk]


def row(key: str) -> Any:
    return lambda world: [world.more[key].pk]


PAGES = [
    Page("protected:page", TEAM, args=case),
    Page("protected:listen", TEAM, args=case),
    Page("protected:told", NEAR, args=of_case("protected_told")),
    Page("protected:handle", NEAR, args=of_case("protected_told")),
    Page("protected:correct", NEAR, args=of_case("protected_told")),
    Page("protected:refer", TEAM, args=case),
    Page("protected:referral", NEAR, args=of_case("protected_referral")),
    Page("protected:disclose", TEAM, args=case),
    Page("protected:disclosure", NEAR, args=of_case("protected_waiting")),
    Page("protected:say", NEAR, args=of_case("protected_decision")),
    Page("protected:end_disclosure", LEADERS, args=of_case("protected_decision")),
    Page("protected:refused_on_case", TEAM, args=case),
    Page("protected:add_instruction", TEAM, args=case),
    Page("protected:end_instruction", TEAM, args=of_case("protected_instruction")),
    Page("protected:refused", OPEN),
    Page("protected:danger", PUBLIC),
    Page("protected:share", OPEN),
    Page("protected:shared", frozenset({"outsider"}), args=row("protected_shared")),
    Page("protected:duty", LEADERS, refusal=FORBIDDEN),
    Page(
        "protected:remove_duty",
        LEADERS,
        refusal=FORBIDDEN,
        args=row("protected_turn"),
        method="post",
        answer=302,
        browse=False,
    ),
]
