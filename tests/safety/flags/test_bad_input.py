"""Wrong, missing, hostile and late input: each is answered on the page, and nothing that was typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember
from alongside.people.staff.models import DutyTurn
from alongside.safety.flags.actions import (
    agree_plan,
    change_flag,
    prepare_plan,
    put_marker,
    record_flag,
    remove_flag,
)
from alongside.safety.flags.models import Flag, ReceptionMarker, SafetyCheck
from tests.cast import Cast, assemble
from tests.factories import DeliveryUnitFactory, FamilyMemberFactory, MemberFactory
from tests.safety.flags.asking import date_parts, signed_in
from tests.safety.flags.scene import abuse, flag_values, plan_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def member(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, relationship_id="relationship.PART")


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.owner)


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["form"].errors  # type: ignore[attr-defined]
    return found


def said(**values: Any) -> dict[str, Any]:
    return {
        "direction": "from_member",
        "certainty": "suspected",
        "source": "safety_source.SELF",
        "basis": "reported",
        "words": "Said so, alone.",
    } | values


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"direction": ""}, "direction"),
        ({"direction": "sideways"}, "direction"),
        ({"certainty": ""}, "certainty"),
        ({"source": "safety_flag.RCCO"}, "source"),
        ({"basis": "rumour"}, "basis"),
        ({"words": " "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"words": "a\x00b"}, "words"),
        (date_parts("review_on", today()), "review_on"),
    ],
)
def test_a_flag_with_a_fault_is_not_recorded_and_keeps_what_was_typed(
    officer: Client, member: FamilyMember, values: dict[str, str], field: str
) -> None:
    address = f"{reverse('flags:add_about', args=[member.person_id, member.pk])}?kind=safety_flag.DA_BETWEEN"
    answer = officer.post(address, said(**values))
    assert field in errors(answer)
    assert not Flag.objects.exists()
    if field != "words":
        assert "Said so, alone." in answer.content.decode()


@pytest.mark.parametrize("kind", ["safety_flag.SEATAPART", "safety_flag.PUBLICPROT", "alert.SC", "x" * 300])
def test_a_kind_that_is_not_offered_leads_back_to_the_choice(officer: Client, member: FamilyMember, kind: str) -> None:
    address = f"{reverse('flags:add_about', args=[member.person_id, member.pk])}?kind={kind}"
    for answer in (officer.get(address), officer.post(address, said())):
        assert "kind" in errors(answer)
    assert not Flag.objects.exists()


def test_two_people_change_one_flag_and_the_second_sees_what_the_first_did(
    cast: Cast, officer: Client, member: FamilyMember
) -> None:
    flag = record_flag(by=cast.owner, person=cast.person, member=member, values=abuse(), may_set_named=False)
    address = reverse("flags:change", args=[cast.person.pk, flag.pk])
    assert officer.get(address).status_code == 200
    worse = abuse(certainty="known")
    change_flag(by=cast.colleague, flag=flag, seen_version=1, values=worse, may_set_named=False)
    answer = officer.post(address, said(words="Mine.", version="1", **date_parts("review_on", flag.review_on)))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Mine." in page
    assert "Colin Colleague" in page
    assert Flag.objects.get().certainty == "known"


def test_what_only_named_roles_take_away_is_refused_in_words(cast: Cast, officer: Client, member: FamilyMember) -> None:
    flag = record_flag(by=cast.senior, person=cast.person, member=member, values=abuse(), may_set_named=True)
    address = reverse("flags:remove", args=[cast.person.pk, flag.pk])
    typed = {"reason": "flag_removal_reason.MISTAKE", "note": "He says it was nothing.", "version": "1"}
    answer = officer.post(address, typed)
    assert "named roles" in str(errors(answer))
    assert "He says it was nothing." in answer.content.decode()
    assert signed_in(cast.senior).post(address, typed).status_code == 302
    assert "taken away already" in str(errors(signed_in(cast.senior).post(address, typed)))


def test_a_flag_that_is_taken_away_meanwhile_answers_each_form_and_keeps_what_was_typed(
    cast: Cast, officer: Client, member: FamilyMember
) -> None:
    flag = record_flag(by=cast.owner, person=cast.person, member=member, values=abuse(), may_set_named=True)
    case = [cast.person.pk, flag.pk]
    remove_flag(
        by=cast.senior,
        flag=flag,
        seen_version=1,
        reason_id="flag_removal_reason.MISTAKE",
        note="Of another case",
        may_set_named=True,
    )
    soon = date_parts("review_on", today() + timedelta(days=9))
    senior = signed_in(cast.senior)
    for client, name, typed, kept in (
        (officer, "flags:change", said(words="She rang again.", version="1", **soon), "She rang again."),
        (senior, "flags:review", {"note": "Read it through.", "version": "1", **soon}, "Read it through."),
        (officer, "flags:in_source", {"version": "1", **date_parts("on", today())}, ""),
    ):
        address = reverse(name, args=case)
        answer = client.post(address, typed)
        assert "taken away already" in str(errors(answer))
        assert kept in answer.content.decode()
        opened = client.get(address, follow=True)
        assert opened.redirect_chain[-1][0] == reverse("flags:flag", args=case)
        assert "What it said is kept here" in opened.content.decode()
    assert Flag.objects.get().version == 2


def test_a_marker_that_is_ended_twice_leads_back(cast: Cast, officer: Client, member: FamilyMember) -> None:
    marker = put_marker(
        by=cast.owner,
        person=cast.person,
        member=member,
        action_id="reception_action.SIDEROOM",
        from_date=today(),
        until_date=today(),
    )
    address = reverse("flags:end_marker", args=[cast.person.pk, marker.pk])
    for _ in range(2):
        assert officer.post(address, {"version": "1"})["Location"] == reverse(
            "flags:member", args=[cast.person.pk, member.pk]
        )


def test_a_flag_of_another_case_is_not_there(cast: Cast, officer: Client) -> None:
    other = FamilyMemberFactory()
    flag = record_flag(by=None, person=other.person, member=other, values=flag_values(), may_set_named=False)
    assert officer.get(reverse("flags:flag", args=[cast.person.pk, flag.pk])).status_code == 404
    assert officer.get(reverse("flags:member", args=[cast.person.pk, other.pk])).status_code == 404


@pytest.mark.parametrize("matter", ["weather", "ORDERS%00", "x" * 200])
def test_an_unknown_matter_is_not_there(officer: Client, member: FamilyMember, matter: str) -> None:
    assert officer.get(reverse("flags:check", args=[member.person_id, matter])).status_code == 404


def test_nobody_has_looked_tomorrow_or_nowhere(officer: Client, member: FamilyMember) -> None:
    address = reverse("flags:check_about", args=[member.person_id, member.pk, "children"])
    answer = officer.post(address, date_parts("checked_on", today() + timedelta(days=1)))
    assert set(errors(answer)) == {"checked_on", "looked_at"}
    assert not SafetyCheck.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(5, 1), (0, 400)])
def test_reception_is_told_from_a_day_to_a_later_one_within_a_year(
    officer: Client, member: FamilyMember, first: int, last: int
) -> None:
    answer = officer.post(
        reverse("flags:add_marker_about", args=[member.person_id, member.pk]),
        {
            "action": "reception_action.SIDEROOM",
            **date_parts("from_date", today() + timedelta(days=first)),
            **date_parts("until_date", today() + timedelta(days=last)),
        },
    )
    assert "until_date" in errors(answer)
    assert not ReceptionMarker.objects.exists()


def test_the_desk_takes_any_name(cast: Cast) -> None:
    desk = signed_in(cast.reception)
    for name in ("<script>", "%00", "x" * 5000, "' OR 1=1", "Siân"):
        answer = desk.get(reverse("flags:desk"), {"name": name})
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode().split("<main")[1]


def test_who_is_not_let_in_is_answered_by_the_duty_senior(cast: Cast, member: FamilyMember) -> None:
    put_marker(
        by=cast.owner,
        person=cast.person,
        member=member,
        action_id="reception_action.NOTADMITTED",
        from_date=today(),
        until_date=today(),
    )
    desk, address = signed_in(cast.reception), f"{reverse('flags:desk')}?name={member.given_name}"
    assert member.given_name not in desk.get(reverse("flags:desk")).content.decode()
    assert member.given_name in desk.get(f"{reverse('flags:desk')}?everyone=yes").content.decode()
    assert "Duty senior" not in desk.get(address).content.decode()
    on_duty = MemberFactory(user__name="Delyth Duty", telephone="01632 960111")
    elsewhere = MemberFactory(user__name="Efa Elsewhere", telephone="01632 960222")
    for who, unit in ((on_duty, cast.team.delivery_unit), (elsewhere, DeliveryUnitFactory())):
        DutyTurn.objects.create(delivery_unit=unit, member=who, kind="senior", from_date=today(), until_date=today())
    page = desk.get(address).content.decode()
    assert "Duty senior: Delyth Duty, 01632 960111" in page
    assert "Efa" not in page


def test_a_family_is_not_told_before_the_day_that_was_agreed_without_a_word(
    cast: Cast, officer: Client, member: FamilyMember
) -> None:
    plan = prepare_plan(by=cast.owner, member=member, values=plan_values())
    agree_plan(by=cast.senior, plan=plan, seen_version=1)
    for name in ("flags:plan", "flags:tell_plan"):
        page = officer.get(reverse(name, args=[cast.person.pk, plan.pk])).content.decode()
        assert f"The day that was agreed is {plan.tell_on:%-d %B %Y}. Tell them nothing before it." in page
