"""What follows a judgement: pause, step down, resume, signs of trouble, second looks by someone else."""

from datetime import timedelta

import pytest

from alongside.foundation.calendar.rules import add_working_days, today, working_days_between
from alongside.foundation.content.models import ContentVersion
from alongside.foundation.work.models import ToDo
from alongside.involvement.suitability.models import SecondLook, SecondLookAnswer
from alongside.involvement.suitability.queries import GETS_IN_THE_WAY, JUDGE_AGAIN, suitability_facts
from alongside.involvement.suitability.rules import State, SuitabilityFacts
from alongside.involvement.suitability.triggers import _triggers, register_trigger
from alongside.involvement.suitability.wordings import words_for_family
from alongside.people.staff.models import Post
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.people import Assessor, on
from tests.involvement.suitability.rows import approved, judgement_of
from tests.involvement.suitability.safe import checked, harm_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def member(cast: Cast):
    member = FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    checked(member, by=cast.owner)
    approved(judgement_of(cast.person, member, cast.owner), by=cast.senior)
    return member


@pytest.fixture
def officer(cast: Cast, member) -> Assessor:
    return Assessor(cast.owner, member)


def facts(member) -> SuitabilityFacts:
    return suitability_facts([member.pk], on=today())[member.pk]


def test_a_pause_holds_until_it_is_resumed(officer: Assessor, member) -> None:
    officer.fill("pause", reason="Holiday", told="phone")
    assert (facts(member).state, facts(member).level) == (State.PAUSED, 1)
    assert "It is paused already" in officer.fill("pause", reason="Again", told="phone")
    officer.fill("resume", reason="Back")
    assert (facts(member).state, facts(member).level) == (State.APPROVED, 4)


def test_help_that_nobody_had_to_judge_can_be_paused_too(cast: Cast) -> None:
    aunt = FamilyMemberFactory(person=cast.person, given_name="Ruth", family_name="Achebe")
    officer = Assessor(cast.owner, aunt)
    assert "You have done nothing wrong" in officer.read("pause")
    officer.fill("pause", reason="She tells his brother", told="not_to_be")
    assert facts(aunt).state is State.PAUSED
    page = officer.read()
    assert "Resume" in page
    assert "You have done nothing wrong" in page, "the words for her are at hand while it lasts"
    officer.fill("resume", reason="They have talked")
    assert facts(aunt).state is State.NONE


def test_what_changed_meanwhile_is_judged_anew_before_it_goes_on(officer: Assessor, member) -> None:
    officer.fill("pause", reason="Row at home", told="not_to_be")
    harm_between(member)
    assert "judged anew before it goes on" in officer.fill("resume", reason="Back")
    assert facts(member).level == 0


def test_stepping_down_never_steps_up(officer: Assessor, member) -> None:
    assert "There is a problem" in officer.fill("step_down", level="5", reason="More", told="phone")
    officer.fill("step_down", level="2", reason="Less", told="phone")
    assert facts(member).level == 2
    assert "General information" in officer.read()


def test_words_for_the_family_say_no_reason_and_are_there_in_both_languages(officer: Assessor) -> None:
    page = officer.read("pause")
    for word in ("safety", "abuse", "risk", "concern", "investigat", "police"):
        for key in ("paused", "stepped_down", "not_now", "may_be"):
            for one in words_for_family(f"involvement.{key}", name="Grace"):
                assert word not in one.text.lower()
    assert "You have done nothing wrong" in page
    assert "Nid ydych wedi gwneud dim o'i le" in page
    assert ContentVersion.objects.filter(item__key="involvement.paused", language="cy").exists()


def test_twice_in_the_way_calls_for_a_review(officer: Assessor, member) -> None:
    typed = {"said_by": "person", "pattern": "boundary", "note": "Eleven calls"}
    officer.fill("in_the_way", **typed, **on("on", today()))
    assert facts(member).state is State.APPROVED
    officer.fill("in_the_way", **typed, **on("on", today()))
    assert facts(member).state is State.REVIEW_DUE
    assert GETS_IN_THE_WAY in officer.read()
    assert ToDo.objects.filter(kind="suitability.in_the_way", done_at=None).count() == 1
    assert "There is a problem" in officer.fill("in_the_way", **typed, **on("on", today() + timedelta(days=1)))


def test_a_second_look_is_answered_by_someone_else_and_the_days_are_kept(cast: Cast, officer: Assessor, member) -> None:
    asked_on = add_working_days(today(), -3)
    officer.fill(
        "ask_second_look",
        asked_by="member",
        kind="second_look",
        how="letter",
        words="I only wanted to help",
        **on("asked_on", asked_on),
    )
    look = SecondLook.objects.get()
    assert look.due_on == add_working_days(asked_on, 10)
    to_do = ToDo.objects.get(kind="suitability.second_look")
    assert (to_do.for_user, to_do.due_on) == (cast.safeguarding.pk, look.due_on), "the senior approved it"
    senior = Assessor(cast.senior, member)
    address = senior.of_row("second_look", look.pk)
    assert "Safiya Safeguarding: asked to, on their start page" in senior.words_at(address)
    Post.objects.filter(member__user=cast.safeguarding).update(until_date=today() - timedelta(days=1))
    assert "Ring someone who can name one" in senior.words_at(address)
    Post.objects.filter(member__user=cast.safeguarding).update(until_date=None)
    assert "had no hand" not in senior.words_at(address)
    senior.send(address, outcome="again", answer="We look again.")  # the senior approved it
    assert not SecondLookAnswer.objects.exists()
    lead = Assessor(cast.safeguarding, member)
    lead.send(address, outcome="again", answer="We look again.")
    assert facts(member).state is State.REVIEW_DUE
    page = officer.read()
    assert JUDGE_AGAIN in page
    assert f"Answered in {working_days_between(asked_on, today())} working day" in page
    assert not ToDo.objects.filter(kind="suitability.second_look", done_at=None).exists()


def test_where_nobody_has_judged_they_can_complain_and_someone_else_answers(cast: Cast) -> None:
    """Whoever is kept out before any judgement has a way to be heard too."""
    aunt = FamilyMemberFactory(person=cast.person)
    officer = Assessor(cast.owner, aunt)
    assert "Nobody has judged yet" in officer.read("ask_second_look")
    typed = {"asked_by": "member", "how": "letter", "words": "Nobody asked me"} | on("asked_on", today())
    assert "There is a problem" in officer.fill("ask_second_look", kind="second_look", **typed)
    officer.fill("ask_second_look", kind="complaint", **typed)
    look = SecondLook.objects.get()
    assert (look.judgement, look.due_on) == (None, add_working_days(today(), 15))
    assert "Complaint</a>" in officer.read() or "Complaint, asked for by" in officer.read()
    address = officer.of_row("second_look", look.pk)
    assert "nobody had judged" in officer.words_at(address)
    senior = Assessor(cast.senior, aunt)
    senior.send(address, outcome="again", answer="We will ask you.")
    assert SecondLookAnswer.objects.get().by == cast.senior.pk
    assert "to be judged" in officer.words_at(address)
    assert ToDo.objects.get(done_at=None, kind="suitability.in_the_way").title.startswith("A second look asks for")


def test_rooms_above_call_for_a_review(officer: Assessor, member) -> None:
    register_trigger("test", lambda ids, on: {member.pk: ("A boundary was crossed",)} if member.pk in ids else {})
    try:
        assert facts(member).state is State.REVIEW_DUE
        assert "A boundary was crossed" in officer.read()
    finally:
        _triggers.pop("test")


def test_a_day_that_comes_calls_for_a_review(member) -> None:
    later = today() + timedelta(days=61)
    assert suitability_facts([member.pk], on=later)[member.pk].state is State.REVIEW_DUE
