"""The daily round: early welcome calls, good news, trying again, promises past their day. Nothing goes by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.log.actions import AGAIN, GOOD_NEWS, WELCOME, ContactFacts, log_contact
from alongside.contact.log.effort import THANK, TOO_MUCH
from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.log.prompts import prompt_for_day
from alongside.contact.log.rules import USUAL_PERIOD, good_news_due, review_period
from alongside.contact.log.telling import NEXT
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import agree_plan, prepare_plan, tell_plan
from alongside.safety.permissions.actions import Answer, note_answer
from alongside.safety.permissions.actions.stopping import refuse
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.rules import Willing
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in
from tests.safety.flags.scene import plan_values


def mother_of(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")


def permit(cast: Cast, member: FamilyMember, *topics: str, days_ago: int = 0, **changed: Any) -> Permission:
    """A permission in force, as it would have been taken that many days ago."""
    # Counted on the calendar of the place, which loses or gains an hour in spring and autumn.
    at = timezone.localtime() - timedelta(days=days_ago)
    values: dict[str, Any] = {
        "case": cast.person.pk,
        "family_member": member.pk,
        "number": Permission.objects.filter(family_member=member.pk).count() + 1,
        "at": at,
        "starts_at": at,
        "until": timezone.now() + timedelta(days=400),
        "topics": sorted(topics or ("good_news",)),
        "direction": "both",
        "channels": ["phone"],
        "how_id": "permission_taken_how.PERSON",
        "alone": True,
        "pressed": False,
        "understood": True,
        "interpreter": "none",
        "advocate": "none",
    }
    return Permission.objects.create(**(values | changed))


def contact(cast: Cast, member: FamilyMember, **changed: Any) -> Contact:
    values: dict[str, Any] = {
        "party": Party.FAMILY,
        "at": timezone.now(),
        "channel_id": "contact_channel.phone",
        "direction": Direction.TO_THEM,
        "purpose_id": "contact_purpose.WELLBEING",
        "outcome_id": "contact_outcome.SPOKE",
    }
    return log_contact(by=cast.owner, person=cast.person, member=member, facts=ContactFacts(**(values | changed)))


def open_of(kind: str) -> list[ToDo]:
    return list(ToDo.objects.filter(kind=kind, done_at=None))


@pytest.mark.django_db
class TestWelcome:
    def test_it_is_due_ten_working_days_after_the_permission_and_asked_for_once(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member, "appointments", days_ago=3)
        prompt_for_day()
        prompt_for_day()
        [to_do] = open_of(WELCOME)
        assert to_do.due_on == add_working_days(today() - timedelta(days=3), 10)
        page = signed_in(cast.owner).get(to_do.address).content.decode()
        assert "Do not ring yet." in page, "safety is not checked"
        assert f"May I speak to {member.called}?" not in page
        form = signed_in(cast.owner).get(
            reverse("log:add", args=[cast.person.pk]), {"with": member.pk, "about": "WELCOME", "how": "phone"}
        )
        assert form.context["form"]["purpose"].value() == "contact_purpose.WELCOME"

    def test_reaching_them_closes_it_and_no_answer_does_not(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member)
        prompt_for_day()
        welcome = {"purpose_id": "contact_purpose.WELCOME"}
        contact(cast, member, outcome_id="contact_outcome.NOANSWER", **welcome)
        assert len(open_of(WELCOME)) == 1
        contact(cast, member, **welcome)
        assert open_of(WELCOME) == []
        prompt_for_day()
        assert open_of(WELCOME) == []

    @pytest.mark.parametrize(
        "changed",
        [
            {"alone": False},
            {"pressed": True},
            {"today_only": True},
            {"missed_days": 2, "words": "Ring us"},
            {"starts_at": timezone.now() + timedelta(days=5)},
        ],
    )
    def test_what_holds_nothing_yet_prompts_nobody(self, changed: dict[str, Any]) -> None:
        cast = assemble()
        permit(cast, mother_of(cast), **changed)
        prompt_for_day()
        assert open_of(WELCOME) == []

    def test_a_refusal_takes_the_prompt_back(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member, days_ago=85)
        permit(cast, member, days_ago=5)
        prompt_for_day()
        assert (len(open_of(WELCOME)), len(open_of(GOOD_NEWS))) == (1, 1)
        refuse(by=cast.owner, member=member, note="")
        prompt_for_day()
        assert (open_of(WELCOME), open_of(GOOD_NEWS)) == ([], [])


@pytest.mark.django_db
class TestGoodNews:
    def test_it_is_asked_for_before_the_period_ends_and_once_in_it(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member, days_ago=70)
        prompt_for_day()
        assert open_of(GOOD_NEWS) == []
        soon = today() + timedelta(days=8)
        prompt_for_day(on=soon)
        [to_do] = open_of(GOOD_NEWS)
        assert (to_do.due_on, to_do.by_hand) == (today() - timedelta(days=70) + timedelta(weeks=13), True)
        assert f"with={member.pk}" in to_do.address
        contact(cast, member, purpose_id="contact_purpose.GOODNEWS")
        assert open_of(GOOD_NEWS) == []
        prompt_for_day(on=soon)
        assert open_of(GOOD_NEWS) == []

    def test_nobody_is_told_good_news_who_may_hear_none(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member, "appointments", days_ago=90)
        permit(cast, mother_of(cast), days_ago=90, until=timezone.now() - timedelta(days=1))
        permit(cast, mother_of(cast), days_ago=90, direction="from_them")
        prompt_for_day()
        assert open_of(GOOD_NEWS) == []

    def test_good_news_that_was_shared_lately_needs_no_prompt(self) -> None:
        cast = assemble()
        member = mother_of(cast)
        permit(cast, member, days_ago=200)
        contact(
            cast,
            member,
            at=timezone.now() - timedelta(days=20),
            topics=["good_news"],
            decisions=[uuid4()],
            shared="Yes",
        )
        prompt_for_day()
        assert open_of(GOOD_NEWS) == []


@pytest.mark.django_db
class TestWhatHasNoOutcome:
    def test_whom_nobody_reached_is_tried_again(self) -> None:
        cast = assemble()
        member, aunt = mother_of(cast), mother_of(cast)
        permit(cast, member)
        permit(cast, aunt)
        long_ago = timezone.now() - timedelta(days=6)
        contact(cast, member, at=long_ago, outcome_id="contact_outcome.NOANSWER")
        contact(cast, aunt, at=long_ago, outcome_id="contact_outcome.NOTSAFE")
        prompt_for_day()
        prompt_for_day()
        [to_do] = open_of(AGAIN)
        assert to_do.title.startswith("Try Grace Achebe again")
        contact(cast, member)
        assert open_of(AGAIN) == []
        prompt_for_day()
        assert open_of(AGAIN) == []

    def test_nobody_is_tried_again_whom_nothing_permits_to_ring(self) -> None:
        cast = assemble()
        member, stranger = mother_of(cast), mother_of(cast)
        permit(cast, member)
        for one in (member, stranger):
            contact(cast, one, at=timezone.now() - timedelta(days=6), outcome_id="contact_outcome.NOANSWER")
        prompt_for_day()
        assert [to_do.family_member for to_do in open_of(AGAIN)] == [member.pk]
        refuse(by=cast.owner, member=member, note="")
        prompt_for_day()
        assert open_of(AGAIN) == []

    def test_a_promise_past_its_day_says_so_and_keeps_whose_it_is(self) -> None:
        cast = assemble()
        contact(cast, mother_of(cast), next_step="Ring the landlord", next_on=today())
        ToDo.objects.filter(kind=NEXT).update(for_user=cast.colleague.pk)
        prompt_for_day()
        assert open_of(NEXT)[0].title == "Ring the landlord"
        tomorrow = today() + timedelta(days=1)
        prompt_for_day(on=tomorrow)
        prompt_for_day(on=tomorrow)
        [to_do] = open_of(NEXT)
        assert to_do.title == "Promised, and its day is past: Ring the landlord"
        assert (to_do.for_user, to_do.due_on, to_do.by_hand) == (cast.colleague.pk, today(), True)


def decline(cast: Cast, member: FamilyMember) -> None:
    note_answer(by=cast.owner, member=member, answer=Answer(Willing.DECLINED))


def think_it_over(cast: Cast, member: FamilyMember) -> None:
    """They agreed, and may think it over for some days (R082)."""
    note_answer(by=cast.owner, member=member, answer=Answer(Willing.AGREED, apart=True, statement=uuid4()))


def stand_down(cast: Cast, member: FamilyMember) -> None:
    """They were told that contact pauses."""
    plan = prepare_plan(by=cast.owner, member=member, values=plan_values(tell_on=today()))
    agree_plan(by=cast.senior, plan=plan, seen_version=plan.version)
    tell_plan(by=cast.owner, plan=plan, seen_version=plan.version, told_on=today())


def do_a_lot(cast: Cast, member: FamilyMember) -> None:
    for days_ago in (8, 7, 6):
        did = {"efforts": ["LIFT"], "effort_hours": 6, "outcome_id": "contact_outcome.NOANSWER"}
        contact(cast, member, at=timezone.now() - timedelta(days=days_ago), **did)


EVERY_PROMPT = [THANK, TOO_MUCH, AGAIN, GOOD_NEWS, WELCOME]


@pytest.mark.django_db
def test_no_prompt_asks_to_reach_whom_nobody_may_reach_and_those_that_do_are_taken_back() -> None:
    cast = assemble()
    stops = (decline, think_it_over, stand_down, lambda cast, member: refuse(by=cast.owner, member=member, note=""))
    for stop in stops:
        before, after = mother_of(cast), mother_of(cast)
        for member in (before, after):
            permit(cast, member, days_ago=85)
            permit(cast, member, days_ago=5)
        stop(cast, before)
        do_a_lot(cast, before)
        do_a_lot(cast, after)
        prompt_for_day()
        waiting = ToDo.objects.filter(done_at=None, kind__in=EVERY_PROMPT)
        assert not waiting.filter(family_member=before.pk).exists()
        assert sorted(waiting.filter(family_member=after.pk).values_list("kind", flat=True)) == sorted(EVERY_PROMPT)
        stop(cast, after)
        prompt_for_day()
        assert not waiting.filter(family_member=after.pk).exists()


@pytest.mark.django_db
def test_a_prompt_that_closed_by_itself_comes_again_once_they_may_be_reached() -> None:
    cast = assemble()
    member = mother_of(cast)
    permit(cast, member)
    prompt_for_day()
    think_it_over(cast, member)
    prompt_for_day()
    assert open_of(WELCOME) == []
    prompt_for_day(on=today() + timedelta(days=14))
    assert len(open_of(WELCOME)) == 1


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(DAYS, DAYS)
def test_a_review_period_is_never_absurd(live_since: date, review_on: date) -> None:
    period = review_period(live_since, review_on)
    assert USUAL_PERIOD.shortest <= period <= USUAL_PERIOD.longest
    assert good_news_due(live_since, period=period) > live_since


def test_without_an_agreement_it_is_a_quarter() -> None:
    assert review_period(None, None) == timedelta(weeks=13)
