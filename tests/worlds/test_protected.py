"""What is told in confidence changes nothing that a narrow role can get; and each way to leak it would be noticed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.actions import CardFacts, ToDoFacts, add_to_timeline, open_to_do, put_card
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.persons.rules import searchable
from alongside.safety.protected.actions import (
    ToldFacts,
    ToMember,
    decide_disclosure,
    decide_handling,
    log_refusal,
    make_referral,
    record_disclosure,
    record_outcome,
    record_told,
    review_disclosure,
    set_instruction,
    share_in_danger,
)
from tests.pages import World
from tests.pages.protected import facts_of_disclosure
from tests.worlds import two_worlds

pytestmark = pytest.mark.django_db

WORD = "zqsecret"


def everything_in_confidence(world: World) -> None:
    """Whatever this room can write about one case, by those who may."""
    owner, senior, person = world.cast.owner, world.cast.senior, world.person
    channel = "told_channel.PHONE"
    with identity(owner.pk):
        told = record_told(
            by=owner,
            person=person,
            facts=ToldFacts(
                at=timezone.now(),
                told_by_id="told_by.FAMILY",
                channel_id=channel,
                limits_said=False,
                family_member=world.more["member"].pk,
                seen=WORD,
                reported=WORD,
                opinion=WORD,
                wishes=WORD,
                expects=WORD,
                duties=("duty_owed.CHILD", "duty_owed.HARM"),
            ),
        )
        decide_handling(
            by=owner,
            told=told,
            seen=1,
            may_know_id="source_handling.PROTECTED",
            may_know_from=None,
            status_id="held_status.ACT",
            reason=WORD,
            discussed_with=WORD,
        )
        referral = make_referral(
            by=owner,
            person=person,
            told=told,
            values={
                "protects": "child",
                "who": WORD,
                "agency_id": "safeguarding_agency.CHILDREN",
                "agency_name": WORD,
                "concern": WORD,
                "consent_id": "safeguarding_consent.NOTASKED",
                "consent_reason": WORD,
                "made_on": today(),
                "feedback_due_on": today() + timedelta(days=3),
            },
        )
        record_outcome(
            by=owner,
            referral=referral,
            seen_version=1,
            outcome_id="safeguarding_outcome.PLAN",
            outcome_note=WORD,
            outcome_on=today(),
        )
        decision = decide_disclosure(
            by=owner,
            person=person,
            facts=facts_of_disclosure(),
            told_id=told.pk,
            to=ToMember(world.more["member"].pk, ("whereabouts",), today()),
        )
        log_refusal(
            by=owner,
            asked_by=WORD,
            asked_for=WORD,
            channel_id=channel,
            answer_id="refusal_answer.NEITHER",
            person=person,
            would_not_leave=True,
        )
        share_in_danger(by=owner, facts=facts_of_disclosure(), channel_id=channel, person=person)
        set_instruction(
            by=owner, person=person, instruction_id="handling_instruction.NOTHOME", review_on=today(), member_id=None
        )
    with identity(senior.pk):
        review_disclosure(by=senior, decision=decision, approved=True, reason=WORD)
    with identity(owner.pk):
        record_disclosure(by=owner, decision=decision, said=WORD, to=WORD, channel_id=channel, at=timezone.now())


@pytest.mark.slow
def test_what_is_told_in_confidence_changes_no_answer_to_anyone_narrow() -> None:
    with two_worlds(words=(WORD,)) as worlds:
        worlds.change(lambda: everything_in_confidence(worlds.world))
        assert worlds.differences() == []


def leak_by_card(world: World) -> None:
    card = CardFacts(key="leak", title="Leak", headline=WORD, order=1, right=Right.SEE_IDENTITY)
    put_card(case_id=world.person.pk, card=card)


def leak_by_timeline(world: World) -> None:
    add_to_timeline(
        by=None, case_id=world.person.pk, kind="leak.leak.leaked", title="Changed", right=Right.SEE_IDENTITY
    )


def leak_by_count(world: World) -> None:
    """Not a word of it: one more to do."""
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind="leak.leak.count",
            title="Something",
            due_on=today() + timedelta(days=60),
            right=Right.SEE_IDENTITY,
            for_role=RoleCode.RECEPTION,
        ),
    )


def leak_by_search(world: World) -> None:
    """Nothing to read, only something to find."""
    name = searchable(f"{world.person.given_names} {world.person.family_name} {WORD}")
    Person.objects.filter(pk=world.person.pk).update(search_name=name)


def leak_by_name(world: World) -> None:
    Person.objects.filter(pk=world.person.pk).update(known_as=WORD)


def leak_by_map(world: World) -> None:
    client = Client()
    client.force_login(world.cast.owner)
    client.post(reverse("maps:name", args=[world.person.pk, world.more["map_person"]]), {"name": WORD})


def leak_by_relative(world: World) -> None:
    FamilyMember.objects.filter(pk=world.more["member"].pk).update(about=WORD)


def leak_by_refusal(world: World) -> None:
    """A refusal that reads otherwise than it did."""
    world.more["exclusion"].message = WORD
    world.more["exclusion"].save()


@pytest.mark.parametrize(
    ("leak", "asker", "page"),
    [
        (leak_by_card, "engagement_worker", "casework:case"),
        (leak_by_card, "unpaid_work", "casework:case"),
        (leak_by_timeline, "engagement_worker", "casework:timeline"),
        (leak_by_count, "reception", "casework:today"),
        (leak_by_search, "family_worker", "search"),
        (leak_by_name, "facilitator", "casework:caseload"),
        (leak_by_name, "family_worker", "maps:pdf"),
        (leak_by_map, "family_worker", "maps:export"),
        (leak_by_relative, "family_worker", "casework:family_member"),
        (leak_by_refusal, "excluded", "search"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_leak_would_be_noticed(leak: Callable[[World], None], asker: str, page: str) -> None:
    with two_worlds(words=(WORD,), pages={page}, askers={asker}) as worlds:
        worlds.change(lambda: leak(worlds.world))
        assert {(one.asker, one.page) for one in worlds.differences()} == {(asker, page)}


def test_two_equal_worlds_give_equal_answers() -> None:
    """What the harness takes away is enough, so that a difference means something."""
    with two_worlds(pages={"casework:today", "maps:pdf", "content:help"}) as worlds:
        worlds.change(lambda: None)
        assert worlds.differences() == []
