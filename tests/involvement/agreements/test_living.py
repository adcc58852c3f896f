"""Budgets, ticks, visits, reviews and wishes under an agreement; incidents, plans and the end of contact beside it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.involvement.agreements.actions.boundaries import (
    EndedAlreadyError,
    OwnDecisionError,
    PlanStandsError,
    change_plan,
    end_contact,
    make_plan,
    note_incident,
    note_out_of_remit,
    senior_has_seen,
    take_contact_up,
)
from alongside.involvement.agreements.actions.living import (
    VisitTakenError,
    WishesFacts,
    draw,
    look_again,
    move_visit,
    set_wishes,
    settle_visit,
    take_back_draw,
    tick,
    untick,
)
from alongside.involvement.agreements.actions.making import NotWithThemError, begin_agreement
from alongside.involvement.agreements.actions.telling import (
    END_TO_DO,
    MEMBER_CARD,
    OVER_TO_DO,
    PATTERN_TO_DO,
    PLAN_TO_DO,
    REVIEW_TO_DO,
    VISIT_TO_DO,
)
from alongside.involvement.agreements.models import ContactEnd, PromptWishes, Visit, VisitState
from alongside.involvement.agreements.queries import (
    agreement_facts,
    prompt_wishes,
    ticks_of,
    what_calls_for_a_review,
)
from alongside.involvement.agreements.rules import Channel
from alongside.people.families.models import FamilyMember
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory
from tests.involvement.agreements.scene import at_level, in_force, joins_sessions

pytestmark = pytest.mark.django_db
CALLS = ["boundary_tag.CALLS"]


@pytest.fixture
def by():
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def member(by) -> FamilyMember:
    person = PersonFactory(given_names="Liam", supervision_ends_on=today() + timedelta(days=300))
    member = FamilyMemberFactory(person=person, given_name="Paige", family_name="Holt")
    at_level(member, 5, by=by)
    return member


def open_to_dos(kind: str) -> list[str]:
    return list(ToDo.objects.filter(kind=kind, done_at=None).values_list("title", flat=True))


def test_a_contact_is_drawn_once_however_often_it_is_told(member: FamilyMember, by) -> None:
    in_force(member, by)
    source = uuid4()
    for _ in range(3):
        budget = draw(by=by, member=member, channel=Channel.PHONE, on=today(), source_id=source)
    assert (budget.limit, budget.used, budget.left) == (1, 1, 0)
    take_back_draw(by=by, source_id=source)
    assert agreement_facts([member.pk], on=today())[member.pk].channels["phone"].used == 0


def test_more_contact_than_agreed_asks_someone_to_look_and_stops_nothing(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    draw(by=by, member=member, channel="phone", on=today(), source_id=uuid4())
    assert open_to_dos(OVER_TO_DO) == []
    budget = draw(by=by, member=member, channel="phone", on=today(), source_id=uuid4())
    assert budget.over == 1
    assert len(open_to_dos(OVER_TO_DO)) == 1
    look_again(
        by=by,
        agreement=agreement,
        seen_version=agreement.version,
        on=today(),
        holds="mostly",
        words="A hard month",
        next_on=today() + timedelta(days=30),
    )
    assert open_to_dos(OVER_TO_DO) == []


def test_a_contact_that_nobody_agreed_to_is_kept_and_has_no_budget(member: FamilyMember, by) -> None:
    assert draw(by=by, member=member, channel="text", on=today(), source_id=uuid4()) is None
    in_force(member, by)
    assert draw(by=by, member=member, channel="text", on=today(), source_id=uuid4()) is None


def test_looking_again_moves_the_day(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    on = today() + timedelta(days=45)
    look_again(
        by=by, agreement=agreement, seen_version=agreement.version, on=today(), holds="well", words="", next_on=on
    )
    assert ToDo.objects.get(kind=REVIEW_TO_DO, done_at=None).due_on == on
    assert agreement_facts([member.pk], on=today())[member.pk].review_on == on


def test_something_done_is_ticked_once_a_day(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    for _ in range(2):
        tick(by=by, agreement=agreement, key="one", on=today())
    assert ticks_of(agreement.pk) == {"one": [today()]}
    untick(by=by, agreement=agreement, key="one", on=today())
    assert ticks_of(agreement.pk) == {}


def test_only_the_next_invitation_is_to_do(member: FamilyMember, by) -> None:
    agreement = in_force(member, by, **joins_sessions())
    visits = list(Visit.objects.filter(agreement=agreement).order_by("on"))
    assert [visit.kind for visit in visits][:2] == ["first", "regular"]
    assert visits[-1].kind == "last"
    assert len(open_to_dos(VISIT_TO_DO)) == 1
    first = visits[0]
    assert f"{first.on.day} {first.on:%B}" in open_to_dos(VISIT_TO_DO)[0]
    settle_visit(by=by, visit=first, seen_version=1, state=VisitState.HELD)
    assert f"{visits[1].on.day} {visits[1].on:%B}" in open_to_dos(VISIT_TO_DO)[0]
    with pytest.raises(VisitTakenError):
        move_visit(by=by, visit=visits[1], seen_version=1, on=visits[2].on)
    move_visit(by=by, visit=visits[1], seen_version=1, on=visits[1].until)
    with pytest.raises(ChangedMeanwhileError):
        settle_visit(by=by, visit=visits[1], seen_version=1, state=VisitState.OFF)


def test_quiet_days_reach_every_member_of_the_family(member: FamilyMember, by) -> None:
    other = FamilyMemberFactory(person=member.person)
    stranger = FamilyMemberFactory()
    wishes = WishesFacts((today().weekday(),), None, None, 2, "too_much", "On both sides")
    row = set_wishes(by=by, person=member.person, seen_version=1, wishes=wishes, on=today())
    found = agreement_facts([member.pk, other.pk, stranger.pk], on=today())
    assert [found[one.pk].quiet_today for one in (member, other, stranger)] == [True, True, False]
    assert [found[one.pk].prompts_a_week for one in (member, other, stranger)] == [2, 2, None]
    assert prompt_wishes(member.person_id).most_a_week == 2
    calmer = WishesFacts((), None, None, None, "helps")
    set_wishes(by=by, person=member.person, seen_version=row.version, wishes=calmer, on=today())
    with pytest.raises(ChangedMeanwhileError):
        set_wishes(by=by, person=member.person, seen_version=row.version - 1, wishes=wishes, on=today())
    assert PromptWishes.objects.get().nagging == "helps"


def test_a_second_incident_within_four_weeks_asks_for_a_plan_and_a_review(member: FamilyMember, by) -> None:
    note_incident(by=by, member=member, on=today() - timedelta(days=20), tags=CALLS, what="Nine calls", answered="")
    assert open_to_dos(PATTERN_TO_DO) == []
    assert what_calls_for_a_review([member.pk], today()) == {}
    note_incident(by=by, member=member, on=today(), tags=CALLS, what="Eleven calls", answered="")
    assert open_to_dos(PATTERN_TO_DO) == ["2 boundary incidents with Paige Holt in 28 days: make a plan"]
    assert "2 times" in what_calls_for_a_review([member.pk], today())[member.pk][0]
    plan = make_plan(by=by, member=member, **PLAN)
    assert open_to_dos(PATTERN_TO_DO) == []
    assert len(open_to_dos(PLAN_TO_DO)) == 1
    with pytest.raises(PlanStandsError):
        make_plan(by=by, member=member, **PLAN)
    change_plan(by=by, plan=plan, seen_version=1, ended_on=today())
    assert open_to_dos(PLAN_TO_DO) == []


PLAN = {
    "from_date": today(),
    "we_say": "We speak on Tuesdays.",
    "we_do": "One call a week",
    "review_on": today() + timedelta(days=14),
}
END = {
    "reason_id": "contact_end_reason.BOUNDARY",
    "why": "zqwhy nine calls a day",
    "message": "From today we will no longer call.",
    "alternative_route": "the duty desk, 01632 960123",
}


def test_ending_contact_ends_the_agreement_tells_the_senior_and_keeps_a_way_to_tell_us(member, by) -> None:
    in_force(member, by)
    end = end_contact(by=by, member=member, on=today(), **END)
    found = agreement_facts([member.pk], on=today())[member.pk]
    assert (found.state, found.contact_ended, found.in_force) == ("ended", True, False)
    assert found.alternative_route == "the duty desk, 01632 960123"
    to_do = ToDo.objects.get(kind=END_TO_DO, done_at=None)
    assert (to_do.for_role, to_do.right) == (RoleCode.SENIOR, "APPROVE")
    with pytest.raises(EndedAlreadyError):
        end_contact(by=by, member=member, on=today(), **END)
    with pytest.raises(NotWithThemError, match="Take contact up again"):
        begin_agreement(by=by, member=member, on=today())
    with pytest.raises(OwnDecisionError):
        senior_has_seen(by=by, end=end, seen_version=1, on=today())
    senior_has_seen(by=UserFactory(), end=end, seen_version=1, on=today())
    assert open_to_dos(END_TO_DO) == []
    take_contact_up(by=by, end=end, seen_version=end.version, reason="They talked it over", on=today())
    assert not agreement_facts([member.pk], on=today())[member.pk].contact_ended
    assert begin_agreement(by=by, member=member, on=today()).state == "draft"


def test_why_contact_ended_stands_on_no_card_line_or_to_do(member: FamilyMember, by) -> None:
    end_contact(by=by, member=member, on=today(), **END)
    shown = [
        *TimelineEntry.objects.filter(case=member.person_id).values_list("title", flat=True),
        *ToDo.objects.filter(case=member.person_id).values_list("title", flat=True),
        *(f"{card.headline} {card.lines}" for card in Card.objects.filter(case=member.person_id)),
    ]
    assert "zqwhy" not in " ".join(shown)
    assert "01632 960123" in str(Card.objects.get(key=MEMBER_CARD).lines)


def test_what_happened_is_for_those_who_judge_and_nobody_else(member: FamilyMember, by) -> None:
    note_incident(by=by, member=member, on=today(), tags=CALLS, what="Nine calls", answered="")
    rights = set(TimelineEntry.objects.filter(kind__startswith="agreements.boundary").values_list("right", flat=True))
    assert rights == {"SEE_SUITABILITY"}


def test_pointing_elsewhere_is_noted_with_or_without_a_relative(member: FamilyMember, by) -> None:
    topic = "out_of_remit.RELATIONSHIP"
    for whom in (member, None):
        note_out_of_remit(by=by, person=member.person, member=whom, topic_id=topic, note="Relate", on=today())
    titles = TimelineEntry.objects.filter(kind="agreements.remit.noted").values_list("title", flat=True)
    assert list(titles) == ["Paige Holt pointed elsewhere: advice on their relationship"]
    assert ContactEnd.objects.count() == 0
