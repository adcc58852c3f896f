"""Vignette 16: a couple uses its officer as go-between. Incidents, a plan that all keep to, then contact ends by
procedure: reason, words, another way to tell us, and the senior knows.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.involvement.agreements.queries import agreement_facts
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.desk import Desk, words_of
from tests.involvement.agreements.scene import at_level, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_from_go_between_to_plan_to_the_end_of_contact() -> None:
    cast = assemble()
    paige = FamilyMemberFactory(person=cast.person, given_name="Paige", family_name="Holt")
    at_level(paige, 3, by=cast.owner)
    in_force(paige, cast.owner)
    officer = Desk(cast.owner)

    assert "“I cannot carry that between you." in officer.read("not_ours", paige)
    noted = officer.fill("not_ours", paige, topic="out_of_remit.MESSAGE", note="Better said by her")
    assert "Carry a message between them (Better said by her)" in noted

    calls = {"tags": ["boundary_tag.CALLS", "boundary_tag.GOBETWEEN"], "answered": "I take no side"}
    officer.fill("incident", paige, what="Six calls about a quarrel", on=today() - timedelta(days=9), **calls)
    after_two = officer.fill("incident", paige, what="Nine calls, and came to the desk", on=today(), **calls)
    assert "2 incidents in 28 days are worth one" in after_two
    assert "make a plan" in words_of(officer.client.get(reverse("casework:case_to_dos", args=[cast.person.pk])))

    planned = officer.fill(
        "plan",
        paige,
        we_say="We speak on Tuesdays at two.",
        we_do="One call a week, always the same officer",
        review_on=today() + timedelta(days=28),
    )
    assert "“We speak on Tuesdays at two.”" in planned

    without_route = officer.fill("end_contact", paige, reason_id="contact_end_reason.BOUNDARY", why="", sure="on")
    assert "Enter what led to it" in without_route
    ended = officer.fill(
        "end_contact",
        paige,
        reason_id="contact_end_reason.BOUNDARY",
        why="She rang eleven times in a day, with the plan in place",
        message="From today we will no longer call, text or meet you. You may still tell us something.",
        alternative_route="the duty desk, 01632 960123",
        sure="on",
    )
    assert "They may still tell us something" in ended
    assert "Seen by a senior Not yet" in ended
    facts = agreement_facts([paige.pk], on=today())[paige.pk]
    assert (facts.state, facts.contact_ended) == ("ended", True)
    agreement = officer.read("agreement", paige)
    assert "Begin an agreement" not in agreement
    assert "the duty desk, 01632 960123" in agreement

    senior = Desk(cast.senior)
    assert "Contact with Paige Holt was ended" in words_of(senior.client.get(reverse("casework:today")))
    assert "Noted that you have seen it" in senior.press("end_seen", paige, seen_on="boundaries")
    assert "Contact with Paige Holt was ended" not in words_of(senior.client.get(reverse("casework:today")))

    worker = Desk(cast.family_worker)
    assert worker.client.get(worker.address("boundaries", paige)).status_code == 404
    assert "eleven times" not in worker.read("agreement", paige)


def test_contact_is_taken_up_again_with_a_reason_and_a_new_agreement() -> None:
    cast = assemble()
    paige = FamilyMemberFactory(person=cast.person, given_name="Paige", family_name="Holt")
    officer = Desk(cast.owner)
    officer.fill(
        "end_contact",
        paige,
        reason_id="contact_end_reason.PERSON",
        why="He asked for it",
        message="From today we will no longer call.",
        alternative_route="the duty desk",
        sure="on",
    )
    assert "I have seen it" not in officer.read("boundaries", paige)
    assert "Make a new agreement" in officer.fill("take_up", paige, reason="They talked it over together")
    assert "Begin an agreement" in officer.read("agreement", paige)
