"""Agreements through their pages: bad input keeps what was typed, two people notice each other, paper says enough."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.audit.models import Event, EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.documents.rendering import render_pdf
from alongside.involvement.agreements.actions.making import end_agreement
from alongside.involvement.agreements.copy import BOUNDARIES, Names, copy_of, ready_lines
from alongside.involvement.agreements.models import Agreement, BoundaryIncident, PromptWishes
from alongside.involvement.agreements.rules import (
    Channel,
    ChannelTerms,
    Participation,
    Party,
    Period,
    Responsibility,
    Rhythm,
    Said,
    Terms,
    Who,
)
from alongside.involvement.decisions.queries import may_i
from alongside.involvement.decisions.rules import Act, Identity, Purpose, Question, Way
from alongside.involvement.goals.rules import enforcing_words
from alongside.involvement.suitability.actions import pause
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions import pause as pause_permissions
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.desk import Desk, spread, words_of
from tests.involvement.agreements.scene import at_level, begun, in_force, joins_sessions, offered
from tests.involvement.decisions.family import permit

DAY = date(2026, 3, 3)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def nan(cast: Cast):
    member = FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
    at_level(member, 5, by=cast.owner)
    return member


@pytest.fixture
def officer(cast: Cast) -> Desk:
    return Desk(cast.owner)


def test_more_than_everyone_is_offered_wants_a_reason_and_keeps_what_was_typed(cast: Cast, nan, officer: Desk) -> None:
    begun(nan, cast.owner)
    typed = {"phone": "5-week", "answer_within": "2", "not_then": "Fridays"}
    page = officer.fill("write", nan, "contact", **typed)
    assert "By phone: more than 2 a week" in page
    address = officer.address("write", nan, "contact")
    assert 'value="Fridays"' in officer.client.post(address, typed | {"version": "1"}).content.decode()
    kept = officer.fill("write", nan, "contact", **typed, discretion="He is in hospital")
    assert "At most 5 a week" in kept
    assert "He is in hospital" in kept


def test_an_agreement_says_so_when_involvement_no_longer_reaches_as_far(cast: Cast, nan, officer: Desk) -> None:
    in_force(nan, cast.owner, **joins_sessions())
    says = "Involvement does not reach as far as this for now"
    assert says not in officer.read("agreement", nan)
    pause(by=cast.owner, member=nan, reason="A row at home", told="not_to_be")
    assert says in officer.read("agreement", nan)
    assert "A row at home" not in officer.read("agreement", nan)


def test_an_agreement_names_what_the_person_does_not_permit_yet(cast: Cast, nan, officer: Desk) -> None:
    in_force(nan, cast.owner, **joins_sessions())
    page = officer.read("agreement", nan)
    assert "does not permit all of this yet: by phone; joining sessions" in page
    permit(cast.owner, nan, "plan_tasks")
    assert "does not permit all of this" not in officer.read("agreement", nan)


def test_an_agreement_says_to_ask_first_while_permissions_are_paused_and_not_why(
    cast: Cast, nan, officer: Desk
) -> None:
    """The page is read with the family member beside: that the person has had everything paused is not theirs."""
    in_force(nan, cast.owner, **joins_sessions())
    permit(cast.owner, nan, "plan_tasks")
    says = "Nothing of this is used for now."
    assert says not in officer.read("agreement", nan)
    pause_permissions(by=cast.owner, member=nan, note="They fell out")
    page = officer.read("agreement", nan)
    assert says in page
    assert not [words for words in ("They fell out", "paused", "suspended") if words in page]


def test_whoever_agreed_to_join_sessions_is_met_there_and_not_at_home(cast: Cast, nan) -> None:
    in_force(nan, cast.owner, **joins_sessions())
    permit(cast.owner, nan, "plan_tasks")

    def rules(act: Act) -> tuple[str, ...]:
        question = Question(act, "practitioner", Identity.KNOWN, Way.FACE, purpose=Purpose.OTHER)
        return may_i(question, member_id=nan.pk, at=timezone.now()).answer.rules

    assert "agreement.channel" not in rules(Act.JOIN)
    assert "agreement.channel" in rules(Act.VISIT)


def test_what_was_agreed_before_can_still_be_read(cast: Cast, nan, officer: Desk) -> None:
    assert "What was agreed before" not in officer.read("agreement", nan)
    standing = in_force(nan, cast.owner, **joins_sessions())
    end_agreement(
        by=cast.owner,
        agreement=standing,
        seen_version=standing.version,
        reason_id="agreement_end_reason.DONE",
        on=today(),
    )
    page = officer.client.get(officer.address("agreement", nan)).content.decode()
    assert officer.address("versions", nan) in page


@pytest.mark.parametrize(
    ("part", "typed", "says"),
    [
        ("contact", {"answer_within": "0"}, "must be 1 or more"),
        ("contact", {"answer_within": "99"}, "must be 15 or less"),
        ("contact", {"answer_within": "2", "phone": "9-year"}, "Choose one of the answers"),
        ("contact", {"answer_within": "2", "not_then": "x" * 201}, "200"),
        ("sessions", {"participation": "part"}, "Ask first, and note what they say"),
        ("sessions", {"participation": "not_at_all", "invited": ["first"]}, "Enter the day of the first session"),
        ("boundaries", {}, "at least one boundary"),
        ("boundaries", {"boundaries": ["be_my_friend"]}, "Choose"),
    ],
)
def test_wrong_answers_say_what_to_do(cast: Cast, nan, officer: Desk, part: str, typed: dict, says: str) -> None:
    agreement = begun(nan, cast.owner)
    assert says in officer.fill("write", nan, part, **typed)
    agreement.refresh_from_db()
    assert agreement.version == 1


def test_two_writers_notice_each_other_and_the_second_sees_what_changed(cast: Cast, nan, officer: Desk) -> None:
    begun(nan, cast.owner)
    address = officer.address("write", nan, "contact")
    first = officer.client.post(address, {"version": "1", "answer_within": "2", "not_then": "Fridays"}, follow=True)
    assert "Fridays" in words_of(first)
    second = officer.client.post(address, {"version": "1", "answer_within": "2", "not_then": "Mondays"})
    page = second.content.decode()
    assert "Fridays" in page
    assert 'value="Mondays"' in page
    stands = Agreement.objects.get(family_member=nan)
    assert stands.draft["not_then"] == "Fridays"


def test_a_form_without_its_version_changes_nothing(cast: Cast, nan, officer: Desk) -> None:
    begun(nan, cast.owner)
    for version in ("", "abc", "-1", "9" * 30):
        response = officer.client.post(
            officer.address("write", nan, "contact"), {"version": version, "answer_within": "3", "discretion": "x"}
        )
        assert "There is a problem" in response.content.decode()
    assert Agreement.objects.get(family_member=nan).version == 1


def test_a_line_that_would_make_an_enforcer_is_refused(cast: Cast, nan, officer: Desk) -> None:
    begun(nan, cast.owner)
    page = officer.fill("add_duty", nan, who="family_member", what="Report on him", when="", where="")
    assert "They help and never enforce" in page
    page = officer.fill("add_duty", nan, who="family_member", what="Give a lift", when="Tuesdays", where="Home")
    assert "Grace Achebe : Give a lift · Tuesdays · Home" in page


def test_a_line_may_begin_with_governed_words_in_their_language(cast: Cast, nan, officer: Desk) -> None:
    begun(nan, cast.owner)
    address = officer.address("add_duty", nan)
    for line in ready_lines():
        assert line.title in officer.client.get(address).content.decode()
        assert enforcing_words(line.words) is None
        page = officer.client.get(f"{address}?line={line.key}").content.decode()
        assert f'value="{line.words}"' in page
        assert f'value="{Who.FAMILY_MEMBER.value}" checked' in page
    FamilyMember.objects.filter(pk=nan.pk).update(language="language.cy")
    assert "dim byd arall" in officer.client.get(f"{address}?line=times").content.decode()
    unknown = officer.client.get(f"{address}?line=<script>")
    assert unknown.status_code == 200
    assert "<script>" not in unknown.content.decode().split("<form")[1]


def test_what_is_not_there_is_not_found(cast: Cast, nan, officer: Desk) -> None:
    elsewhere = FamilyMemberFactory(given_name="Else")
    addresses = [
        reverse("agreements:agreement", args=[cast.person.pk, elsewhere.pk]),
        officer.address("write", nan, "contact"),
        officer.address("answer", nan),
        officer.address("copy", nan, 1, "en"),
        officer.address("take_up", nan),
    ]
    assert [officer.client.get(address).status_code for address in addresses] == [404] * len(addresses)
    agreement = in_force(nan, cast.owner)
    more = [
        officer.address("write", nan, "everything"),
        officer.address("duty", nan, "nothing"),
        officer.address("answer", nan),
        officer.address("copy", nan, 2, "en"),
        officer.address("copy", nan, 1, "fr"),
        officer.address("visit", nan, agreement.pk),
    ]
    assert [officer.client.get(address).status_code for address in more] == [404] * len(more)


def test_an_answer_to_a_version_that_was_taken_back_is_not_counted(cast: Cast, nan, officer: Desk) -> None:
    agreement = offered(nan, cast.owner)
    typed = {"party": "person", "agrees": "yes", "how": "in_person", "on": today(), "number": "7"}
    page = words_of(officer.client.post(officer.address("answer", nan), spread(typed)))
    assert "no longer the one to agree to" in page
    future = spread(typed | {"number": "1", "on": today() + timedelta(days=2)})
    assert "Record what" not in words_of(officer.client.post(officer.address("answer", nan), future))
    assert Agreement.objects.get(pk=agreement.pk).live is None


def test_nobody_answers_through_the_portal_here(cast: Cast, nan, officer: Desk) -> None:
    offered(nan, cast.owner)
    typed = {"party": "person", "agrees": "yes", "how": "portal", "on": today()}
    assert "Choose one of the answers" in officer.fill("answer", nan, **typed)


def test_the_words_for_a_rest_are_those_of_a_routine_review(cast: Cast, nan, officer: Desk) -> None:
    in_force(nan, cast.owner)
    page = officer.read("pause", nan)
    assert "leave and routine reviews" in page
    rested = officer.fill("pause", nan, reason_id="agreement_pause_reason.REVIEW")
    assert "Paused on" in rested
    assert "Taken up again" in officer.press("resume", nan)


def test_every_version_is_kept_with_what_each_said(cast: Cast, nan, officer: Desk) -> None:
    in_force(nan, cast.owner)
    officer.fill("write", nan, "contact", phone="2-week", answer_within="1")
    officer.fill("offer", nan, what_changed="Two calls a week")
    officer.fill("answer", nan, party="family_member", agrees="no", how="by_phone", on=today(), words="Too much")
    page = officer.read("versions", nan)
    assert "Version 2" in page
    assert "Two calls a week" in page
    assert "Does not agree: by telephone" in page
    assert "“Too much”" in page
    assert "Version 1" in page


def test_incidents_are_escaped_dated_and_for_those_who_judge(cast: Cast, nan, officer: Desk) -> None:
    address = officer.address("incident", nan)
    late = spread({"tags": ["boundary_tag.CALLS"], "what": "<b>Rang</b>", "on": today() + timedelta(days=1)})
    assert "past" in words_of(officer.client.post(address, late))
    assert "Choose" in words_of(officer.client.post(address, spread({"tags": ["goal_area.WORK"], "on": today()})))
    assert not BoundaryIncident.objects.exists()
    officer.client.post(address, late | spread({"on": today()}))
    assert "&lt;b&gt;Rang" in officer.client.get(officer.address("boundaries", nan)).content.decode()


def test_the_persons_wishes_are_kept_and_shown(cast: Cast, nan, officer: Desk) -> None:
    address = reverse("agreements:wishes", args=[cast.person.pk])
    half = {"nagging": "too_much", "version": "1", "quiet_from": today()}
    assert "Enter both days" in words_of(officer.client.post(address, spread(half)))
    typed = {"nagging": "too_much", "version": "1", "most_a_week": "2", "quiet_weekdays": ["5", "6"]}
    page = words_of(officer.client.post(address, typed, follow=True))
    assert "At most 2 a week" in page
    assert "None on Saturday, Sunday" in page
    again = words_of(officer.client.post(address, typed | {"most_a_week": "1"}, follow=True))
    assert "At most 2 a week" not in again
    assert PromptWishes.objects.get().most_a_week in (1, 2)


def test_a_page_of_an_agreement_keeps_to_its_queries(cast: Cast, nan, officer: Desk) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            officer.read("agreement", nan)
        return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])

    duties = tuple(Responsibility(str(n), Who.FAMILY_MEMBER, f"Lift {n}") for n in range(6))
    in_force(nan, cast.owner, responsibilities=duties, **joins_sessions())
    cost()
    assert cost() <= 10


NAMES = Names("Daniel", "Grace Achebe", "Olwen Owner", "Harbour team", "01632 960123")
WHOLE = Terms(
    channels=tuple(ChannelTerms(channel, 1, Period.WEEK) for channel in Channel),
    not_then="Fridays",
    meeting_place="Room 2",
    meeting_minutes=20,
    participation=Participation.PART,
    person_wishes=Participation.PART,
    member_wishes=Participation.PART,
    rhythm=Rhythm(True, 4, 5, True, 2, DAY, DAY + timedelta(days=300)),
    responsibilities=tuple(Responsibility(who.value, who, "Ring first", "Mondays", "Home") for who in Who),
    boundaries=BOUNDARIES,
    own_boundary="No calls at work",
    review_on=DAY + timedelta(days=56),
    ends_on=DAY + timedelta(days=300),
)
SAID = (
    Said(Party.PERSON, True, DAY, "in_person"),
    Said(Party.FAMILY_MEMBER, True, DAY, "by_post"),
    Said(Party.PRACTITIONER, False, DAY, "by_phone"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("participation", list(Participation))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_agreement_can_be_put_on_paper_in_both_languages(language, participation: Participation) -> None:
    terms = replace(WHOLE, participation=participation)
    letter = copy_of(terms=terms, said=SAID, number=1, names=NAMES, language=language, day=DAY)
    assert render_pdf(letter).startswith(b"%PDF")
    assert letter.draft == (language == "cy")


@pytest.mark.django_db
def test_the_copy_says_who_does_what_who_agreed_and_one_sentence_on_privacy() -> None:
    letter = copy_of(terms=WHOLE, said=SAID, number=3, names=NAMES, language="en", day=DAY)
    text = str(letter)
    for words in (
        "neither friend, counsellor nor go-between",
        "one session in 4 or 5",
        "at most 1 a week",
        "Please do not call: Fridays",
        "No calls at work",
        "Agreed by post, 3 March 2026",
        "Signature and date:",
        "Any of us may stop it on any day",
    ):
        assert words in text
    assert text.count("private") == 1


@pytest.mark.django_db
def test_the_wishes_of_either_are_not_on_paper() -> None:
    terms = replace(WHOLE, person_wishes=Participation.RECEPTION, participation=Participation.RECEPTION)
    assert "wish" not in str(copy_of(terms=terms, said=(), number=1, names=NAMES, language="en", day=DAY))


def test_a_copy_is_noted_as_something_that_leaves_the_service(cast: Cast, nan, officer: Desk) -> None:
    in_force(nan, cast.owner, **joins_sessions())
    response = officer.client.get(officer.address("copy", nan, 1, "cy"))
    assert response["Cache-Control"] == "no-store"
    assert Event.objects.get(name="agreements.copy.made").kind == EventKind.DISCLOSURE
