"""A joint exception needs both, lifts nothing, and is read by the two alone (R088); incidents are corrected openly."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.actions import OwnWorkError
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import (
    ExceptionSaid,
    ExceptionStandsError,
    ExceptionStateError,
    IncidentFacts,
    NothingToExceptError,
    answer_exception,
    ask_for_exception,
    correct_incident,
    end_exception,
    record_flag,
    record_incident,
)
from alongside.safety.flags.models import ExceptionSide, ExceptionState, Flag, IncidentVersion, JointException
from alongside.safety.flags.queries import flag_facts
from tests.cast import Cast, assemble
from tests.factories import CaseGrantFactory, FamilyMemberFactory
from tests.safety.flags.scene import abuse

pytestmark = pytest.mark.django_db
WORD = "zqshe said"


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    CaseGrantFactory(person=made.person, user=made.adviser, role=RoleCode.ABUSE_ADVISER)
    return made


@pytest.fixture
def partner(cast: Cast) -> FamilyMember:
    member = FamilyMemberFactory(person=cast.person, given_name="Lee", relationship_id="relationship.BOF")
    record_flag(by=cast.owner, person=cast.person, member=member, values=abuse(), may_set_named=False)
    return member


def said() -> ExceptionSaid:
    return ExceptionSaid(what="One letter", reason=WORD, review_on=today() + timedelta(30))


def asked(cast: Cast, member: FamilyMember) -> JointException:
    return ask_for_exception(by=cast.senior, side=ExceptionSide.SENIOR, member=member, said=said())


def answer(by: User, row: JointException, side: ExceptionSide = ExceptionSide.ADVISER, *, agrees: bool = True) -> None:
    answer_exception(by=by, side=side, row=row, seen_version=row.version, agrees=agrees, answer="She asked for it")


def test_it_takes_both_and_lifts_nothing(cast: Cast, partner: FamilyMember) -> None:
    before = flag_facts([partner.pk], on=today())
    row = asked(cast, partner)
    assert ToDo.objects.get(kind="flags.exception.answer", done_at=None).for_role == RoleCode.ABUSE_ADVISER
    answer(cast.adviser, row)
    row.refresh_from_db()
    assert row.state == ExceptionState.AGREED
    assert flag_facts([partner.pk], on=today()) == before
    assert ToDo.objects.get(kind="flags.exception.review", done_at=None).due_on == row.review_on
    end_exception(by=cast.adviser, row=row, seen_version=row.version, note="She changed her mind")
    assert not ToDo.objects.filter(kind__startswith="flags.exception", done_at=None).exists()


def test_nobody_answers_their_own_nor_for_the_same_side(cast: Cast, partner: FamilyMember) -> None:
    row = asked(cast, partner)
    for by, side in ((cast.senior, ExceptionSide.ADVISER), (cast.safeguarding, ExceptionSide.SENIOR)):
        with pytest.raises(OwnWorkError):
            answer(by, row, side)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointException.objects.filter(pk=row.pk).update(
            answered_by=cast.senior.pk, answered_as="adviser", state="agreed"
        )
    row.refresh_from_db()
    assert row.state == ExceptionState.WAITING


def test_where_no_abuse_is_recorded_there_is_nothing_to_except(cast: Cast) -> None:
    with pytest.raises(NothingToExceptError):
        asked(cast, FamilyMemberFactory(person=cast.person))


@settings(max_examples=8)
@given(st.lists(st.sampled_from(["ask", "agree", "decline", "end", "agree by asker"]), max_size=8))
def test_no_history_makes_one_stand_without_both_or_opens_anything(steps: list[str]) -> None:
    with transaction.atomic():
        cast = assemble()
        member = FamilyMemberFactory(person=cast.person)
        record_flag(by=cast.owner, person=cast.person, member=member, values=abuse(), may_set_named=False)
        before = flag_facts([member.pk], on=today())
        for step in steps:
            row = JointException.objects.filter(family_member=member).order_by("-asked_at", "-id").first()
            try:
                if step == "ask":
                    asked(cast, member)
                elif row is not None and step == "end":
                    end_exception(by=cast.senior, row=row, seen_version=row.version, note="Over")
                elif row is not None:
                    by = cast.senior if step == "agree by asker" else cast.adviser
                    answer(by, row, agrees=step != "decline")
            except (OwnWorkError, ExceptionStandsError, ExceptionStateError):
                pass
            assert flag_facts([member.pk], on=today()) == before
            for one in JointException.objects.filter(state=ExceptionState.AGREED):
                assert {one.asked_as, one.answered_as} == {"senior", "adviser"}
                assert one.asked_by != one.answered_by
        transaction.set_rollback(True)


def test_its_words_stand_in_no_trail_and_on_no_page_but_the_two_sides(cast: Cast, partner: FamilyMember) -> None:
    row = asked(cast, partner)
    assert not [one for one in Payload.objects.all() if WORD in (one.content or "")]
    for role, sees in (("senior", True), ("adviser", True), ("owner", False), ("inspector", False)):
        client = Client()
        client.force_login(cast.named(role))
        answered = client.get(reverse("flags:exception", args=[cast.person.pk, row.pk]))
        assert (WORD in answered.content.decode()) is sees
        assert answered.status_code == (200 if sees else 404)
        member_page = client.get(reverse("flags:member", args=[cast.person.pk, partner.pk])).content.decode()
        assert WORD not in member_page
        assert "Waits for the other of the two" in member_page


def test_the_senior_asks_and_the_adviser_answers_through_the_pages(cast: Cast, partner: FamilyMember) -> None:
    def days(ahead: int) -> dict[str, int]:
        day = today() + timedelta(ahead)
        return {f"review_on-{part}": getattr(day, part) for part in ("day", "month", "year")}

    senior, adviser = Client(), Client()
    senior.force_login(cast.senior)
    adviser.force_login(cast.adviser)
    ask = reverse("flags:ask_exception", args=[cast.person.pk, partner.pk])
    assert ask in senior.get(reverse("flags:member", args=[cast.person.pk, partner.pk])).content.decode()
    form = {"what": "One letter", "reason": WORD}
    refused = senior.post(ask, form | days(300))
    assert refused.status_code == 200
    assert "within three months" in refused.content.decode()
    assert WORD in refused.content.decode()
    assert not JointException.objects.exists()
    assert "It waits for the domestic abuse adviser" in senior.post(ask, form | days(30), follow=True).content.decode()

    assert "Answer a joint exception: " + partner.name in adviser.get("/").content.decode()
    row = JointException.objects.get()
    page = reverse("flags:exception", args=[cast.person.pk, row.pk])
    nothing = adviser.post(page, {"version": row.version}).content.decode()
    assert "Error: " in nothing
    typed = {"agrees": "yes", "answer": "She wants it on Monday", "version": row.version}
    assert adviser.post(page, typed).status_code == 302
    asked = "The joint exception that you asked for was agreed to"
    assert asked in senior.get("/").content.decode()
    assert "She wants it on Monday" in senior.get(page).content.decode()
    assert asked not in senior.get("/").content.decode(), "whoever asked has read the answer"
    assert "Answer a joint exception" not in adviser.get("/").content.decode()
    row.refresh_from_db()
    assert (row.state, row.answered_by_name) == ("agreed", cast.adviser.name)


def shouting(**values: object) -> IncidentFacts:
    facts = {"words": "He shouted", "police_called": False, "staff_at_risk": True}
    return IncidentFacts(kind_id="incident_kind.THREAT", happened_on=today(), **(facts | values))


def test_a_corrected_incident_keeps_how_it_stood_and_lifts_no_flag(cast: Cast) -> None:
    row = record_incident(by=cast.owner, person=cast.person, member=None, facts=shouting())
    flags = Flag.objects.filter(removed_on=None).count()
    correct_incident(
        by=cast.owner, incident=row, seen_version=1, facts=shouting(words="His brother shouted"), why="It was Sam"
    )
    row.refresh_from_db()
    version = IncidentVersion.objects.get(incident=row.pk)
    assert (row.words, version.stood["words"], version.why) == ("His brother shouted", "He shouted", "It was Sam")
    assert Flag.objects.filter(removed_on=None).count() == flags == 1
    with pytest.raises(ChangedMeanwhileError):
        correct_incident(by=cast.senior, incident=row, seen_version=1, facts=shouting(), why="Mine")
    with pytest.raises(TypeError, match="append-only"):
        version.save()


def test_a_correction_is_made_and_told_on_the_page(cast: Cast) -> None:
    row = record_incident(by=cast.owner, person=cast.person, member=None, facts=shouting())
    client = Client()
    client.force_login(cast.owner)
    address = reverse("flags:correct_incident", args=[cast.person.pk, row.pk])
    day = today()
    form = {
        "kind": "incident_kind.THREAT",
        "happened_on-day": day.day,
        "happened_on-month": day.month,
        "happened_on-year": day.year,
        "words": "His brother shouted",
        "police_called": "no",
        "why": "It was Sam",
        "version": 1,
    }
    assert client.post(address, form).status_code == 302
    assert "He shouted" in client.get(address).content.decode()
    assert "corrected" in client.get(reverse("flags:safety", args=[cast.person.pk])).content.decode()
