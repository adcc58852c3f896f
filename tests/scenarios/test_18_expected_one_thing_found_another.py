"""Vignette 18: the notes spoke of a family that plays people off; the visit found the steadiest thing he has."""

from datetime import timedelta

import pytest

from alongside.foundation.calendar.rules import today
from alongside.involvement.suitability.models import Conversation, Judgement
from alongside.involvement.suitability.queries import suitability_facts
from alongside.involvement.suitability.questions import bank_on
from alongside.involvement.suitability.rules import State, Summary
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.people import PURPOSE, Assessor, on
from tests.involvement.suitability.safe import checked

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
EXPECTED = "That she plays us off against each other"
LEARNED = "She said no to him in front of me, twice"


def test_what_was_expected_is_written_first_and_answered_after() -> None:
    cast = assemble()
    mother = FamilyMemberFactory(person=cast.person, given_name="Yvonne", family_name="Reid")
    checked(mother, by=cast.owner)
    officer = Assessor(cast.owner, mother)
    page = officer.fill("start", variant="community", hypothesis=EXPECTED, **PURPOSE)
    assert EXPECTED in page
    assert f"Begin with {cast.person.called}, alone" in page
    for party, alone in (("person", "yes"), ("member", "no")):
        officer.fill("add_conversation", party, how="meeting", alone=alone, **on("held_on", today()))
    with_him, with_her = (Conversation.objects.get(party=party) for party in ("person", "member"))
    said = "Would you like us to have anything to do with them?"
    assert said in officer.read("ask", with_him.pk, "wishes")
    assert said not in officer.read("ask", with_her.pk, "wishes")
    officer.fill(
        "ask", with_him.pk, "helps", rating_honest="not_present", nature_honest="opinion", evidence_honest="So he says"
    )
    officer.fill("ask", with_her.pk, "helps", rating_honest="present", nature_honest="fact", evidence_honest=LEARNED)
    weighing = officer.read("weigh", "helps")
    assert "So he says" in weighing
    assert LEARNED in weighing
    assert "The accounts differ" in weighing
    refused = officer.fill("weigh", "helps", rating_honest="present")
    assert "Enter how you explain that" in refused
    officer.fill(
        "weigh",
        "helps",
        rating_honest="present",
        differs_honest="He had not seen it",
        critical_honest="critical",
        reason_honest="It is what he needs",
    )
    weigh_the_rest(officer)
    judged = judge(officer)
    assert "It waits for someone else to approve it" in judged
    assert suitability_facts([mother.pk], on=today())[mother.pk].state is State.PROPOSED
    row = Judgement.objects.get()
    mine = officer.words_at(officer.of_row("judgement", row.pk))
    assert "It was not as we expected" in mine
    assert LEARNED in mine
    assert "Your decision" not in mine
    senior = Assessor(cast.senior, mother)
    assert "Decided" in senior.send(senior.of_row("judgement", row.pk), state="approved", reason="")
    facts = suitability_facts([mother.pk], on=today())[mother.pk]
    assert (facts.state, facts.summary, facts.level, facts.level_cap) == (State.APPROVED, Summary.ASSET, 4, 5)
    worker = Assessor(cast.family_worker, mother).read()
    assert "Not before nine" in worker
    assert "An asset" not in worker
    assert LEARNED not in worker


def weigh_the_rest(officer: Assessor) -> None:
    for section in bank_on(today()).sections:
        found = "not_present" if section.key in ("safety", "in_the_way") else "present"
        rest = {f"rating_{item.key}": found for item in section.items if item.key != "honest"}
        if section.key == "helps":
            rest |= {"rating_honest": "present", "differs_honest": "He had not seen it"}
        officer.fill("weigh", section.key, **rest)


def judge(officer: Assessor) -> str:
    return officer.fill(
        "judge",
        summary="asset",
        reasons="She has kept him going",
        level="4",
        level_cap="5",
        conditions="Not before nine\nNever about his daughter",
        goes_wrong="If she feels used",
        hypothesis_end="disconfirmed",
        learned=LEARNED,
        confidence="high",
        **PURPOSE,
        **on("review_on", today() + timedelta(days=60)),
    )
