"""Managing the service as an administrator meets it."""

from datetime import date

import pytest
from django.test import Client

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.audit.models import Event
from alongside.people.allocations.queries import visible_to
from alongside.people.staff.models import DeliveryUnit, Member, Patch, Post, Region, Team
from alongside.people.staff.queries import looks_after
from alongside.people.staff.rules import PostError, postcode_district, refuse_post
from tests.cast import Cast, assemble
from tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def text_of(response) -> str:
    return response.content.decode()


def test_a_service_grows_from_region_to_team(client: Client) -> None:
    client.post("/staff/places/regions/new/", {"name": "North Coast", "code": "nc"})
    region = Region.objects.get(code="NC")
    client.post(f"/staff/places/regions/{region.pk}/units/new/", {"name": "Bay", "code": "NC1"})
    unit = DeliveryUnit.objects.get(code="NC1")
    client.post(f"/staff/places/units/{unit.pk}/teams/new/", {"name": "Bay east", "code": "NC1A"})
    assert Team.objects.get(code="NC1A").delivery_unit == unit
    assert "Bay east" in text_of(client.get("/staff/places/"))


def test_a_code_stands_for_one_place(client: Client, cast: Cast) -> None:
    page = f"/staff/places/units/{cast.team.delivery_unit_id}/teams/new/"
    answer = text_of(client.post(page, {"name": "Another", "code": cast.team.code}))
    assert "This code is in use" in answer
    assert "Another" in answer


def test_a_new_colleague_gets_a_post_and_sees_the_team(client: Client, cast: Cast) -> None:
    user = UserFactory(name="Nia Newcomer")
    client.post("/staff/new/", {"user": str(user.pk), "employment": "employee", "staff_code": "n01nc"})
    member = Member.objects.get(user=user)
    assert member.staff_code == "N01NC"
    assert not visible_to(user).exists()
    client.post(
        f"/staff/{member.pk}/posts/new/",
        {"role": "practitioner", "place": f"team-{cast.team.pk}", **day("from_date", date(2026, 1, 5))},
    )
    user.__dict__.pop("_holding", None)
    assert visible_to(user).filter(pk=cast.person.pk).exists()
    assert "Nia Newcomer" in text_of(client.get("/staff/?q=nia"))


def test_a_post_that_ended_gives_nothing(client: Client, cast: Cast) -> None:
    post = Post.objects.get(member__user=cast.colleague)
    client.post(f"/staff/posts/{post.pk}/end/", {"version": "1", **day("last_day", date(2026, 1, 5))})
    cast.colleague.__dict__.pop("_holding", None)
    assert not visible_to(cast.colleague).exists()
    assert Event.objects.filter(name="staff.post.ended", chain=cast.colleague.pk).exists()


def test_a_post_does_not_end_before_it_began(client: Client, cast: Cast) -> None:
    post = Post.objects.get(member__user=cast.colleague)
    answer = client.post(f"/staff/posts/{post.pk}/end/", {"version": "1", **day("last_day", date(2019, 1, 5))})
    assert "Choose that day or a later one" in text_of(answer)


def test_two_administrators_do_not_overwrite_each_other(client: Client, cast: Cast) -> None:
    member = MemberFactory(grade="PO", telephone="01632 960001", staff_code="")
    page = f"/staff/{member.pk}/change/"
    first = {"grade": "SPO", "telephone": "01632 960001", "employment": "employee", "version": "1"}
    client.post(page, first)
    late = client.post(page, {**first, "grade": "PO", "telephone": "01632 960002"})
    assert "Someone else" in text_of(late)
    assert "01632 960002" in text_of(late)
    member.refresh_from_db()
    assert (member.grade, member.telephone) == ("SPO", "01632 960001")


def test_a_volunteer_opens_no_records_of_risk(client: Client, cast: Cast) -> None:
    member = MemberFactory(employment="volunteer", staff_code="")
    answer = client.post(
        f"/staff/{member.pk}/posts/new/",
        {"role": "practitioner", "place": f"team-{cast.team.pk}", **day("from_date", date(2026, 1, 5))},
    )
    assert "Volunteers cannot be probation practitioner" in text_of(answer)
    assert not Post.objects.filter(member=member).exists()


def test_nobody_opens_cases_to_themselves(client: Client, cast: Cast) -> None:
    own = Member.objects.get(user=cast.administrator)
    typed = {"role": "senior", "place": f"team-{cast.team.pk}", **day("from_date", date(2026, 1, 5))}
    answer = client.post(f"/staff/{own.pk}/posts/new/", typed)
    assert "Nobody gives a post to themselves" in text_of(answer)
    assert not Post.objects.filter(member=own, role="senior").exists()


@pytest.mark.parametrize("role", RoleCode)
def test_volunteers_hold_family_and_engagement_roles_alone(role: RoleCode) -> None:
    if role in (RoleCode.FAMILY_WORKER, RoleCode.ENGAGEMENT_WORKER):
        refuse_post(role=role, volunteer=True)
    else:
        with pytest.raises(PostError):
            refuse_post(role=role, volunteer=True)


def test_a_place_is_looked_after_by_its_team(client: Client, cast: Cast) -> None:
    page = f"/staff/teams/{cast.team.pk}/patches/new/"
    wrong = client.post(page, {"place": "Bangor", "postcode_district": "Bangor", **day("from_date", date(2026, 1, 5))})
    assert "first half of a postcode" in text_of(wrong)
    typed = {"place": "Bangor", "postcode_district": "ll57", "member": str(cast.owner_member.pk)}
    client.post(page, {**typed, **day("from_date", date(2026, 1, 5))})
    assert [patch.member for patch in looks_after("LL57")] == [cast.owner_member]
    patch = Patch.objects.get()
    client.post(f"/staff/patches/{patch.pk}/end/", day("last_day", date(2026, 2, 1)))
    assert not looks_after("LL57").exists()


@pytest.mark.parametrize(("typed", "kept"), [("ll57", "LL57"), (" m4 ", "M4"), ("ec1a", "EC1A"), ("", "")])
def test_postcode_districts_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert postcode_district(typed) == kept


def test_the_list_costs_the_same_however_many_there_are(client: Client, django_assert_max_num_queries) -> None:
    for _ in range(30):
        MemberFactory(staff_code="")
    with django_assert_max_num_queries(10):
        client.get("/staff/")
