"""Judging through the pages: what is enough, what waits, who may decide, and what two people at once see."""

import re
from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.work.actions import OwnWorkError, decide_approval
from alongside.foundation.work.models import Approval, ApprovalState, Card, ToDo
from alongside.involvement.suitability.models import Assessment, Conversation, Enquiry, Finding, Judgement
from alongside.involvement.suitability.queries import suitability_facts
from alongside.involvement.suitability.questions import bank_on
from alongside.involvement.suitability.rules import State, SuitabilityFacts, Summary
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.people import PURPOSE, Assessor, on
from tests.involvement.suitability.rows import approved, judgement_of
from tests.involvement.suitability.safe import checked, harm_between

pytestmark = pytest.mark.django_db
SOON = on("review_on", today() + timedelta(days=60))


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def member(cast: Cast):
    member = FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    checked(member, by=cast.owner)
    return member


@pytest.fixture
def officer(cast: Cast, member) -> Assessor:
    return Assessor(cast.owner, member)


def facts(member) -> SuitabilityFacts:
    return suitability_facts([member.pk], on=today())[member.pk]


def prepare_everything(officer: Assessor, **instead: str) -> None:
    """A whole preparation: the person alone, and an answer to every question."""
    officer.fill("start", variant="community", **PURPOSE)
    officer.fill("add_conversation", "person", how="meeting", alone="yes", **on("held_on", today()))
    for section in bank_on(today()).sections:
        found = "present" if section.key in ("wishes", "helps") else "not_present"
        answers = {f"rating_{item.key}": instead.get(item.key, found) for item in section.items}
        officer.fill("weigh", section.key, **answers)


def judge(officer: Assessor, **typed: str) -> str:
    said = {
        "summary": "asset",
        "reasons": "Because",
        "level": "4",
        "level_cap": "4",
        "goes_wrong": "If",
        "confidence": "high",
        **PURPOSE,
        **SOON,
    }
    return officer.fill("judge", **(said | typed))


def test_practical_help_is_one_page_and_nobodys_approval(officer: Assessor, member) -> None:
    assert "Say how they may help" in officer.read()
    said = officer.fill("quick", level="3", **PURPOSE, **SOON)
    assert "Practical help" in said
    assert (facts(member).state, facts(member).level, facts(member).summary) == (State.APPROVED, 3, None)
    assert not Approval.objects.exists()
    review = ToDo.objects.get(kind="suitability.review")
    assert review.due_on == today() + timedelta(days=60)
    assert Card.objects.filter(key="suitability", family_member=member.pk, headline__contains="Practical help").exists()
    assert "Judged for 1 person" in officer.words_at(reverse("casework:case", args=[member.person_id]))
    whose = reverse("casework:family_member", args=[member.person_id, member.pk])
    assert "Practical help" in officer.words_at(whose)
    for page in ("timeline", "case_to_dos"):
        address = reverse(f"casework:{page}", args=[member.person_id])
        assert "Grace Achebe" in officer.words_at(address)
        for link in set(
            re.findall(r'href="(/cases/[^"]*involvement[^"]*)"', officer.client.get(address).content.decode())
        ):
            assert officer.client.get(link).status_code == 200, link


@pytest.mark.parametrize("missing", ["purpose", "why_person", "why_now", "will_do", "level"])
def test_nothing_without_why_this_person_why_now_and_what_they_will_do(officer: Assessor, member, missing: str) -> None:
    typed = {"level": "3", **PURPOSE, **SOON} | {missing: ""}
    page = officer.fill("quick", **typed)
    assert "There is a problem" in page
    assert facts(member).state is State.NONE


def test_the_quick_form_stops_for_safety_without_saying_what(officer: Assessor, member) -> None:
    harm_between(member)
    page = officer.fill("quick", level="3", **PURPOSE, **SOON)
    assert "allows no involvement between the two for now" in page
    assert "abuse" not in page.lower()
    assert facts(member).level == 0


def test_a_flag_closes_what_was_approved_and_changes_no_word_for_the_family(
    cast: Cast, officer: Assessor, member
) -> None:
    approved(judgement_of(cast.person, member, cast.owner), by=cast.senior)
    assert facts(member).level == 4
    harm_between(member, certainty="known")
    assert (facts(member).level, facts(member).level_cap, facts(member).state) == (0, 0, State.REVIEW_DUE)
    assert "Not involved" in officer.read()
    worker = Assessor(cast.family_worker, member).read()
    assert "No contact for now" in worker
    assert "Safety" not in worker


def test_nothing_is_added_up_on_any_page(officer: Assessor, member) -> None:
    """Counts of ratings, shares, marks out of something, lights: none stands on a page about a judgement."""
    prepare_everything(officer, steady="partly")
    judge(officer)
    row = Judgement.objects.get()
    pages = [officer.read(), officer.words_at(officer.of_row("judgement", row.pk))]
    officer.fill("start", variant="community", **PURPOSE)
    pages += [officer.read("prepare"), officer.read("judge"), officer.read("weigh", "helps")]
    for page in pages:
        for sign in ("%", "score", "Score", "total", "Total", "/35", "rating of", "average"):
            assert sign not in page.replace("Nothing is added up", ""), sign
        assert not re.search(r"\d+ (out )?of \d+", page)
        for number in ("11", "24", "34", "35", "8 of", "7 of"):
            assert f" {number} present" not in page
            assert f"{number} items" not in page


def test_two_way_sharing_waits_for_someone_else(cast: Cast, officer: Assessor, member) -> None:
    prepare_everything(officer)
    assert "waits for someone else" in judge(officer)
    assert facts(member) == SuitabilityFacts(state=State.PROPOSED)
    approval = Approval.objects.get()
    assert approval.due_on == add_working_days(today(), 5)
    assert approval.address.endswith(f"/judgements/{approval.subject}/")
    senior = Assessor(cast.senior, member)
    senior.send(senior.of_row("judgement", approval.subject), state="approved", reason="")
    assert (facts(member).state, facts(member).level, facts(member).summary) == (State.APPROVED, 4, Summary.ASSET)
    assert not Assessment.objects.filter(closed_at=None).exists()
    assert "approved: agree with them" in officer.client.get(reverse("casework:today")).content.decode()


def test_whoever_had_a_hand_in_it_decides_nothing(cast: Cast, officer: Assessor, member) -> None:
    prepare_everything(officer)
    senior = Assessor(cast.senior, member)
    senior.fill("weigh", "helps", rating_steady="partly")
    judge(officer)
    approval = Approval.objects.get()
    page = senior.words_at(senior.of_row("judgement", approval.subject))
    assert "You had a hand in this" in page
    assert senior.client.post(senior.of_row("judgement", approval.subject), {"state": "approved"}).status_code == 404
    for hand in (cast.senior, cast.owner):
        with pytest.raises(OwnWorkError), transaction.atomic():
            decide_approval(by=hand, approval=approval, state=ApprovalState.APPROVED, reason="")
    assert facts(member).state is State.PROPOSED
    safeguarding = Assessor(cast.safeguarding, member)
    safeguarding.send(safeguarding.of_row("judgement", approval.subject), state="approved", reason="")
    assert facts(member).state is State.APPROVED


def test_a_question_goes_back_and_a_newer_judgement_takes_the_place(cast: Cast, officer: Assessor, member) -> None:
    prepare_everything(officer)
    judge(officer)
    first, senior = Judgement.objects.get(), Assessor(cast.senior, member)
    refused = senior.send(senior.of_row("judgement", first.pk), state="returned", reason="")
    assert "Enter what they should answer" in refused
    senior.send(senior.of_row("judgement", first.pk), state="returned", reason="Who fetches the children?")
    assert ToDo.objects.filter(kind="suitability.question", for_user=cast.owner.pk, done_at=None).exists()
    assert "Who fetches the children?" in officer.words_at(officer.of_row("judgement", first.pk))
    prepare_everything(officer)
    judge(officer, level="4")
    assert not ToDo.objects.filter(kind="suitability.question", done_at=None).exists()
    assert Approval.objects.filter(state=ApprovalState.WAITING).count() == 1


def test_a_judgement_that_waits_is_withdrawn_by_a_newer_one(cast: Cast, officer: Assessor, member) -> None:
    for _ in range(2):
        prepare_everything(officer)
        judge(officer)
    states = Approval.objects.order_by("asked_at").values_list("state", flat=True)
    assert list(states) == [ApprovalState.WITHDRAWN, ApprovalState.WAITING]


def test_unsafe_holds_at_once_and_a_colleague_cannot_talk_it_away(cast: Cast, officer: Assessor, member) -> None:
    approved(judgement_of(cast.person, member, cast.owner, level=5), by=cast.senior)
    prepare_everything(officer, afraid="present")
    page = judge(officer)
    assert "is present, so this involvement is unsafe for now" in page
    judge(officer, summary="unsafe", level="0", level_cap="0")
    assert (facts(member).level, facts(member).summary) == (0, Summary.UNSAFE)
    assert Approval.objects.get().due_on == add_working_days(today(), 1)
    colleague = Assessor(cast.colleague, member)
    assert "The last judgement allows" in colleague.fill("quick", level="2", **PURPOSE, **SOON)
    prepare_everything(colleague)
    judge(colleague, level="3", level_cap="3")
    assert facts(member).level == 0


def test_what_is_not_known_becomes_something_to_do_and_keeps_sharing_shut(officer: Assessor, member) -> None:
    prepare_everything(officer, afraid="not_known", steady="not_known")
    assert Enquiry.objects.filter(closed_at=None).count() == 2
    assert ToDo.objects.filter(kind="suitability.enquiry", done_at=None).count() == 2
    assert facts(member).enquiries_open == 2
    assert "Not known is not safe" in judge(officer)
    enquiry = Enquiry.objects.get(item="afraid")
    address = officer.of_row("enquiry", enquiry.pk)
    assert "Enter what you found out" in officer.send(address, ended_as="found", finding="")
    officer.send(address, ended_as="found", finding="She is not")
    assert facts(member).enquiries_open == 1
    officer.fill("weigh", "helps", rating_steady="present")
    assert facts(member).enquiries_open == 0
    assert not ToDo.objects.filter(kind="suitability.enquiry", done_at=None).exists()


def test_doubt_goes_to_a_mentor_and_to_the_senior(cast: Cast, officer: Assessor, member) -> None:
    prepare_everything(officer)
    judge(officer, level="2", level_cap="2", confidence="low", discuss_with=str(cast.colleague.pk))
    assert facts(member).state is State.PROPOSED
    doubt = ToDo.objects.get(kind="suitability.doubt")
    assert doubt.for_user == cast.colleague.pk
    mentor, row = Assessor(cast.colleague, member), Judgement.objects.get()
    assert "Note that you talked this through" in mentor.words_at(mentor.of_row("judgement", row.pk))
    mentor.send(mentor.of_row("discuss", row.pk), note="It is enough for now")
    assert not ToDo.objects.filter(kind="suitability.doubt", done_at=None).exists()
    assert "Doubts talked through" in officer.read()


def test_the_second_assessor_sees_what_the_first_judged_and_loses_nothing(
    cast: Cast, officer: Assessor, member
) -> None:
    typed = officer.carried(officer.address("quick")) | {"level": "3", **PURPOSE, **SOON, "why_now": "My own words"}
    Assessor(cast.colleague, member).fill("quick", level="2", **PURPOSE, **SOON)
    page = officer.client.post(officer.address("quick"), typed).content.decode()
    assert f"{cast.colleague.name} has judged this while you were writing" in page
    assert "My own words" in page
    assert Judgement.objects.count() == 1
    again = officer.carried(officer.address("quick")) | {"level": "3", **PURPOSE, **SOON}
    officer.client.post(officer.address("quick"), again)
    assert [row.number for row in Judgement.objects.order_by("number")] == [1, 2]


def test_two_who_weigh_the_same_item_see_each_other(cast: Cast, officer: Assessor, member) -> None:
    officer.fill("start", variant="community", **PURPOSE)
    address = officer.address("weigh", "helps")
    typed = officer.carried(address) | {"rating_steady": "present"}
    colleague = Assessor(cast.colleague, member)
    colleague.fill("weigh", "helps", rating_steady="not_present")
    page = officer.client.post(address, typed).content.decode()
    assert "meanwhile: it now says “Not present”" in page
    assert Finding.objects.get(item="steady").rating == "not_present"
    assert "Somebody has begun already" not in colleague.read("start")


def test_a_faulty_date_or_an_oversize_text_is_said_at_its_field_and_keeps_the_rest(officer: Assessor, member) -> None:
    page = officer.fill("quick", level="3", **PURPOSE | {"why_now": "x" * 501}, **on("review_on", today()))
    assert "500 characters" in page
    assert "Texts him on Monday evening" in page
    late = officer.fill("quick", level="3", **PURPOSE, **on("review_on", today() + timedelta(days=400)))
    assert "the review must be by" in late
    odd = officer.fill("quick", level="9", **PURPOSE, **SOON)
    assert "There is a problem" in odd
    nul = officer.fill("quick", level="3", **PURPOSE | {"why_now": "a\x00b"}, **SOON)
    assert "There is a problem" in nul
    assert facts(member).state is State.NONE


def test_hostile_numbers_carried_along_are_answered(officer: Assessor, member) -> None:
    for seen in ("-1", "9" * 30, "x", "", "1e3"):
        response = officer.client.post(officer.address("quick"), {"seen": seen, "level": "3", **PURPOSE, **SOON})
        assert response.status_code == 200
    officer.fill("start", variant="community", **PURPOSE)
    for seen in ("-1", "9" * 30, "x"):
        sent = {"rating_steady": "present", "seen_steady": seen}
        assert officer.client.post(officer.address("weigh", "helps"), sent).status_code in (200, 302)


def test_what_is_told_with_someone_in_the_room_does_not_count(officer: Assessor, member) -> None:
    officer.fill("start", variant="community", **PURPOSE)
    page = officer.fill("add_conversation", "person", how="meeting", alone="no", **on("held_on", today()))
    assert Conversation.objects.get().alone is False
    assert "does not count until they say it alone" in officer.read("prepare")
    assert page
    for section in bank_on(today()).sections:
        found = "not_present" if section.key == "safety" else "present"
        officer.fill("weigh", section.key, **{f"rating_{item.key}": found for item in section.items})
    assert "Nobody has noted a conversation with the person alone" in judge(officer)


def test_judgements_cannot_be_altered_or_deleted_by_the_application(cast: Cast, member) -> None:
    row = judgement_of(cast.person, member, cast.owner)
    for statement in (
        "UPDATE involvement_suitability_judgement SET level = 6 WHERE id = %s",
        "UPDATE involvement_suitability_judgement SET reasons = 'Other' WHERE id = %s",
        "DELETE FROM involvement_suitability_judgement WHERE id = %s",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row.pk])
    row.refresh_from_db()
    assert (row.level, row.reasons) == (4, "Words")
