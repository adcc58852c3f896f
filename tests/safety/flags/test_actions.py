"""Flags, checks, plans, markers and incidents: what each leaves, who may, and what nobody may do alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.actions import OwnWorkError
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import (
    FlagStandsError,
    IncidentFacts,
    MarkerStandsError,
    NamedFlagError,
    PlanStandsError,
    PlanStateError,
    RemovedAlreadyError,
    agree_plan,
    change_flag,
    change_plan,
    confirm_in_source,
    end_marker,
    end_plan,
    prepare_plan,
    put_marker,
    record_check,
    record_flag,
    record_incident,
    remove_flag,
    review_flag,
    tell_plan,
)
from alongside.safety.flags.models import Flag, FlagEntry, ReceptionMarker
from alongside.safety.flags.queries import flag_facts, reception_markers, stand_downs
from alongside.safety.flags.rules import CheckState, FlagFacts, Matter
from tests.factories import FamilyMemberFactory, UserFactory
from tests.safety.flags.scene import abuse, flag_values, plan_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def senior() -> User:
    return UserFactory(name="Sunita Senior")


@pytest.fixture
def member() -> FamilyMember:
    return FamilyMemberFactory(relationship_id="relationship.PART")


def facts(member: FamilyMember) -> FlagFacts:
    return flag_facts([member.pk], on=today())[member.pk]


def recorded(by: User, member: FamilyMember, values: object = None, *, named: bool = False) -> Flag:
    return record_flag(by=by, person=member.person, member=member, values=values or abuse(), may_set_named=named)


def open_kinds(member: FamilyMember) -> set[str]:
    return set(ToDo.objects.filter(case=member.person_id, done_at=None).values_list("kind", flat=True))


def test_a_new_flag_stops_staff_and_asks_someone_else_to_review_it(officer: User, member: FamilyMember) -> None:
    flag = recorded(officer, member)
    assert facts(member).suspended
    assert facts(member).abuse_between is CheckState.SUSPECTED
    assert open_kinds(member) == {"flags.flag.decide", "flags.flag.source"}
    assert ToDo.objects.get(kind="flags.flag.decide").for_role == "senior"
    assert {row.right for row in ToDo.objects.filter(case=member.person_id)} == {"SEE_SAFETY"}
    assert set(TimelineEntry.objects.filter(subject=flag.pk).values_list("right", flat=True)) == {"SEE_SAFETY"}
    assert set(Card.objects.filter(key="flags").values_list("right", flat=True)) == {"SEE_SAFETY"}
    assert Event.objects.get(subject=flag.pk).chain == member.person_id


def test_nobody_reviews_their_own_flag(officer: User, senior: User, member: FamilyMember) -> None:
    flag = recorded(officer, member)
    later = today() + timedelta(days=28)
    with pytest.raises(OwnWorkError):
        review_flag(by=officer, flag=flag, seen_version=1, note="Fine", review_on=later)
    assert facts(member).suspended
    review_flag(by=senior, flag=flag, seen_version=1, note="Stands; adviser asked", review_on=later)
    assert not facts(member).suspended
    assert facts(member).abuse_between is CheckState.SUSPECTED
    assert open_kinds(member) == {"flags.flag.review", "flags.flag.source"}


def test_a_review_of_what_someone_else_changed_meanwhile_is_refused(
    officer: User, senior: User, member: FamilyMember
) -> None:
    flag = recorded(officer, member)
    seen = Flag.objects.get(pk=flag.pk)
    change_flag(by=officer, flag=flag, seen_version=1, values=abuse(certainty="known"), may_set_named=False)
    with pytest.raises(ChangedMeanwhileError):
        review_flag(by=senior, flag=seen, seen_version=1, note="Stands", review_on=seen.review_on)
    assert facts(member).suspended


def test_a_change_stops_again_and_its_history_is_kept(officer: User, senior: User, member: FamilyMember) -> None:
    flag = recorded(officer, member)
    review_flag(by=senior, flag=flag, seen_version=1, note="Stands", review_on=today() + timedelta(days=9))
    confirm_in_source(by=officer, flag=flag, seen_version=2, on=today())
    assert "flags.flag.source" not in open_kinds(member)
    change_flag(by=senior, flag=flag, seen_version=3, values=replace(abuse(), words="Worse"), may_set_named=True)
    assert facts(member).suspended
    assert {"flags.flag.decide", "flags.flag.source"} <= open_kinds(member)
    entries = FlagEntry.objects.filter(flag=flag.pk).order_by("at")
    assert [entry.what for entry in entries] == ["recorded", "reviewed", "in_source", "changed"]
    assert entries[0].stood["words"] == abuse().words
    assert entries[3].stood["words"] == "Worse"


def test_saving_what_stands_is_no_change(officer: User, senior: User, member: FamilyMember) -> None:
    flag = recorded(officer, member)
    review_flag(by=senior, flag=flag, seen_version=1, note="Stands", review_on=flag.review_on)
    change_flag(by=officer, flag=flag, seen_version=2, values=abuse(), may_set_named=False)
    assert not facts(member).suspended


@pytest.mark.parametrize(
    "loosened",
    [abuse(certainty="suspected"), abuse("from_person", "known"), flag_values("STAFF", "member", certainty="known")],
)
def test_loosening_what_named_roles_remove_is_theirs(officer: User, member: FamilyMember, loosened: object) -> None:
    flag = recorded(officer, member, abuse("from_member", "known"))
    with pytest.raises(NamedFlagError):
        change_flag(by=officer, flag=flag, seen_version=1, values=loosened, may_set_named=False)
    with pytest.raises(NamedFlagError):
        remove_flag(
            by=officer,
            flag=flag,
            seen_version=1,
            reason_id="flag_removal_reason.MISTAKE",
            note="",
            may_set_named=False,
        )
    assert facts(member).abuse_between is CheckState.KNOWN
    assert facts(member).person_is_victim


def test_named_kinds_are_for_named_roles(officer: User, member: FamilyMember) -> None:
    with pytest.raises(NamedFlagError):
        recorded(officer, member, flag_values("SEATAPART"))
    assert not facts(member).seated_apart
    recorded(officer, member, flag_values("SEATAPART"), named=True)
    assert facts(member).seated_apart


def test_a_removed_flag_keeps_its_reason_and_leaves_the_matter_to_be_checked(
    officer: User, senior: User, member: FamilyMember
) -> None:
    flag = recorded(officer, member)
    remove_flag(
        by=senior,
        flag=flag,
        seen_version=1,
        reason_id="flag_removal_reason.WRONGPERSON",
        note="It was about his cousin.",
        may_set_named=True,
    )
    assert not facts(member).suspended
    assert facts(member).abuse_between is CheckState.NOT_CHECKED
    assert open_kinds(member) == set()
    assert FlagEntry.objects.get(flag=flag.pk, what="removed").note == "It was about his cousin."
    with pytest.raises(RemovedAlreadyError):
        change_flag(by=officer, flag=flag, seen_version=2, values=abuse(), may_set_named=True)


def test_nobody_checks_away_a_flag_that_stands(officer: User, member: FamilyMember) -> None:
    record_flag(
        by=officer, person=member.person, member=None, values=flag_values("RCCO", "person"), may_set_named=False
    )
    check = {"by": officer, "person": member.person, "matter_id": "safety_matter.CHILDREN", "checked_on": today()}
    with pytest.raises(FlagStandsError):
        record_check(**check, member=None, looked_at=["safety_source.POLICE"])
    record_check(**check, member=member, looked_at=["safety_source.POLICE"])
    assert facts(member).checks[Matter.CHILDREN] is CheckState.SUSPECTED


def test_a_check_is_asked_for_again_before_it_goes_stale(officer: User, member: FamilyMember) -> None:
    record_check(
        by=officer,
        person=member.person,
        member=member,
        matter_id="safety_matter.DOMESTIC_ABUSE",
        checked_on=today(),
        looked_at=["safety_source.SELF", "safety_source.POLICE"],
    )
    assert facts(member).checks[Matter.DOMESTIC_ABUSE] is CheckState.NONE_FOUND
    to_do = ToDo.objects.get(case=member.person_id)
    assert to_do.kind == "flags.check.domestic_abuse"
    assert to_do.due_on == today() + timedelta(days=91)


def test_an_incident_brings_its_ban_and_tells_reception_no_reason(officer: User, member: FamilyMember) -> None:
    last_day = today() + timedelta(days=60)
    happened = IncidentFacts(
        kind_id="incident_kind.WOULDNOTLEAVE",
        happened_on=today(),
        words="Shouted that his son is on tag and would not go.",
        police_called=False,
        staff_at_risk=True,
        ban_until=last_day,
    )
    record_incident(by=officer, person=member.person, member=member, facts=happened)
    assert facts(member).staff_safety
    told = reception_markers([member.person_id], on=today())[member.person_id]
    assert {marker.action for marker in told} == {
        "Do not let them in. Ring the duty senior",
        "Have two members of staff at the desk",
    }
    assert {marker.name for marker in told} == {member.name}
    put_marker(
        by=officer,
        person=member.person,
        member=member,
        action_id="reception_action.NOINFO",
        from_date=today(),
        until_date=today(),
    )
    first = [marker.action for marker in reception_markers([member.person_id], on=today())[member.person_id]]
    assert first[0] == "Do not let them in. Ring the duty senior"
    assert first[-1] == "Say that you cannot say whether anyone is here"
    assert "tag" not in repr(told)
    record_incident(by=officer, person=member.person, member=member, facts=happened)
    assert ReceptionMarker.objects.filter(family_member=member).count() == 3


def test_reception_is_told_once_and_until_a_day(officer: User, member: FamilyMember) -> None:
    values = {
        "by": officer,
        "person": member.person,
        "member": None,
        "action_id": "reception_action.SIDEROOM",
        "from_date": today(),
        "until_date": today() + timedelta(days=2),
    }
    marker = put_marker(**values)
    with pytest.raises(MarkerStandsError):
        put_marker(**values)
    after = today() + timedelta(days=3)
    assert reception_markers([member.person_id], on=after) == {member.person_id: []}
    end_marker(by=officer, marker=marker, seen_version=1)
    assert reception_markers([member.person_id], on=today()) == {member.person_id: []}
    put_marker(**values)


def test_a_plan_is_agreed_by_someone_else_and_changes_nothing_until_they_were_told(
    officer: User, senior: User, member: FamilyMember
) -> None:
    plan = prepare_plan(by=officer, member=member, values=plan_values())
    with pytest.raises(PlanStandsError):
        prepare_plan(by=senior, member=member, values=plan_values())
    with pytest.raises(OwnWorkError):
        agree_plan(by=officer, plan=plan, seen_version=1)
    with pytest.raises(PlanStateError):
        tell_plan(by=officer, plan=plan, seen_version=1, told_on=today())
    agree_plan(by=senior, plan=plan, seen_version=1)
    assert stand_downs([member.pk], on=today()) == {member.pk: None}
    tell_plan(by=officer, plan=plan, seen_version=2, told_on=today())
    standing = stand_downs([member.pk], on=today())[member.pk]
    assert standing is not None
    assert standing.words_key == "stand_down.pause"
    with pytest.raises(PlanStateError):
        change_plan(by=officer, plan=plan, seen_version=3, values=plan_values())
    end_plan(by=officer, plan=plan, seen_version=3, note="Settled")
    assert stand_downs([member.pk], on=today()) == {member.pk: None}
    assert open_kinds(member) == set()


def test_a_change_of_an_agreed_plan_has_to_be_agreed_again(officer: User, senior: User, member: FamilyMember) -> None:
    plan = prepare_plan(by=officer, member=member, values=plan_values())
    agree_plan(by=senior, plan=plan, seen_version=1)
    change_plan(by=officer, plan=plan, seen_version=2, values=plan_values(cover="A bus pass."))
    assert plan.state == "draft"
    assert plan.agreed_by is None
    assert open_kinds(member) == {"flags.plan.agree"}
