"""What a victim can be found by reaches nobody who should not have it, and covering it tells nobody why (R095, R098).

Every module that reads contact points is named here with its reason: a new one has to be judged before it lands.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.foundation.access.rights import Right
from alongside.foundation.audit.models import Consultation, Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity, set_identity
from alongside.people.casework.points import ASK_THE_OFFICER, PointAsked, covers, shown_points
from alongside.people.families.models import ContactPoint, FamilyMember, MatchState, PointKind, PossibleMatch
from alongside.people.families.queries import contact_points_of
from alongside.safety.access_requests.gathering import held_about
from alongside.safety.flags.actions import agree_plan, end_plan, prepare_plan, tell_plan
from alongside.safety.flags.models import StandDownPlan
from alongside.safety.orders.actions import OrderSaid, PlaceSaid, add_place, record_order
from alongside.safety.orders.rules import comparable, same_place
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory, PersonFactory
from tests.pages import World
from tests.safety.advocacy.support import referred
from tests.safety.flags.scene import plan_values
from tests.worlds import two_worlds

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "alongside"
NUMBER, HOME = "07700 900741", "Flat 2, 17 Rowan Close, Leeds LS99 1ZZ"
SHOWS_THROUGH_COVERS = {
    "people/casework/points.py",
    "people/casework/views/points.py",
    "people/casework/views/family.py",
    "people/oversight/presenting.py",
    "people/oversight/views/rectification.py",
    "contact/concerns/saying.py",
    "contact/messages/preparing.py",
    "contact/messages/seeing.py",
    "contact/messages/stopped.py",
}
READS_NO_VALUE_OUT = {
    "people/casework/forms/family.py": "the form that the view fills, after asking what covers it",
    "people/families": "the room that owns them",
    "involvement/decisions/finding.py": "compares the number of a caller and answers with names",
    "involvement/decisions/queries/gathering.py": "kinds, and whether they are safe",
    "safety/permissions/gate.py": "compares where a message goes, and answers with yes or no",
    "safety/access_requests/gathering.py": "withholds them from everyone but those whose they are",
    "safety/orders/queries.py": "compares addresses, and answers with stops",
    "contact/messages/forms.py": "offers those that preparing lets through",
    "contact/messages/matching.py": "compares the number of a reply, and shows nothing of what it finds",
    "contact/messages/actions/writing.py": "hands the address to whoever carries the message",
    "synthetic": "invents and writes them",
}
PAGES = (
    "casework:case",
    "casework:family",
    "casework:family_member",
    "casework:timeline",
    "casework:change_family_member",
    "casework:add_contact_point",
    "casework:change_contact_point",
    "casework:remove_contact_point",
    "casework:show_contact_point",
    "decisions:start",
    "log:add",
)
CLOSED_BY_IT = {
    "casework:case",
    "casework:family",
    "casework:family_member",
    "casework:change_contact_point",
    "casework:remove_contact_point",
}
"""Where someone narrow may notice that contact goes through the officer now, in the words of any stand-down."""


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    set_identity(None)
    return made


@pytest.fixture
def member(cast: Cast) -> FamilyMember:
    nia = FamilyMemberFactory(person=cast.person, given_name="Nia", family_name="Roberts")
    ContactPointFactory(family_member=nia, kind="mobile", value=NUMBER, safety="safe", when="Mornings zqwhen")
    ContactPointFactory(family_member=nia, kind="address", value=HOME)
    return nia


def mask_home(cast: Cast, member: FamilyMember, address: str = HOME, whose: FamilyMember | None = None) -> None:
    said = OrderSaid("protective_order_type.RO_CONV", today(), forbids_contact=True, members=frozenset({member.pk}))
    order = record_order(by=cast.owner, person=member.person, said=said)
    place = PlaceSaid("order_place_kind.HOME", address, masked=True, family_member_id=whose.pk if whose else None)
    add_place(by=cast.owner, order=order, seen_version=order.version, said=place)


def stand_down(cast: Cast, member: FamilyMember) -> None:
    """As for leave: prepared by one, agreed by another, told."""
    StandDownPlan.objects.filter(family_member=member).delete()
    plan = prepare_plan(by=cast.owner, member=member, values=plan_values(occasion="leave"))
    agree_plan(by=cast.senior, plan=plan, seen_version=1)
    plan.refresh_from_db()
    tell_plan(by=cast.owner, plan=plan, seen_version=plan.version, told_on=today())


def page(user: object, name: str, *args: object, **data: str) -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    address = reverse(name, args=args)
    answer = client.post(address, data) if data else client.get(address)
    return answer.status_code, answer.content.decode()


def every_page(cast: Cast, user: object, member: FamilyMember) -> Iterator[str]:
    person, points = member.person, list(contact_points_of(member.pk))
    for name in ("casework:case", "casework:family", "casework:timeline"):
        yield page(user, name, person.pk)[1]
    yield page(user, "casework:family_member", person.pk, member.pk)[1]
    for point in points:
        for name in ("change_contact_point", "remove_contact_point", "show_contact_point"):
            yield page(user, f"casework:{name}", person.pk, member.pk, point.pk)[1]


def test_every_module_that_reads_contact_points_is_known_and_why() -> None:
    reads = re.compile(r"\bContactPoint\b|\bcontact_points_of\b|\bpoints_of\b")
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and reads.search(path.read_text())
    }
    known = SHOWS_THROUGH_COVERS | set(READS_NO_VALUE_OUT)
    unknown = {name for name in found if name not in known and not name.startswith(("people/families/", "synthetic/"))}
    assert unknown == set(), "show contact points through people.casework.points, then name the module here"
    assert {
        name
        for name in SHOWS_THROUGH_COVERS
        if "covers" not in (text := (SOURCE / name).read_text()) and "shown_point" not in text
    } == set()


@pytest.mark.parametrize("role", ["owner", "colleague", "senior", "family_worker", "inspector", "engagement_worker"])
def test_a_victims_number_stands_on_no_page(cast: Cast, member: FamilyMember, role: str) -> None:
    referred(cast, member=member)
    for content in every_page(cast, cast.named(role), member):
        assert NUMBER not in content
        assert "zqwhen" not in content


def test_before_that_it_stood_there(cast: Cast, member: FamilyMember) -> None:
    """So that the test above could fail."""
    for role in ("owner", "family_worker"):
        assert NUMBER in page(cast.named(role), "casework:family_member", cast.person.pk, member.pk)[1]


def test_officers_learn_the_safe_way_and_others_nothing(cast: Cast, member: FamilyMember) -> None:
    referred(cast, member=member)
    officer = page(cast.owner, "casework:family_member", cast.person.pk, member.pk)[1]
    assert "Any contact goes through the adviser or victim liaison" in officer
    narrow = page(cast.family_worker, "casework:family_member", cast.person.pk, member.pk)[1]
    assert ASK_THE_OFFICER in narrow
    assert "dviser" not in narrow
    assert "ictim" not in narrow


def test_the_adviser_can_still_reach_them(cast: Cast, member: FamilyMember) -> None:
    referred(cast, member=member)
    rights = {Right.SEE_FAMILY, Right.SEE_SAFETY, Right.KEEP_ADVOCACY}
    shown = shown_points(cast.person.pk, rights, contact_points_of(member.pk))
    assert NUMBER in [point.text for point in shown]


def test_whoever_corrects_records_replaces_a_covered_value_and_never_reads_or_tries_it(
    cast: Cast, member: FamilyMember
) -> None:
    point = ContactPoint.objects.get(family_member=member, kind="mobile")
    one = (cast.person.pk, "people_families.contactpoint", point.pk)
    whole = (("oversight:correct_case", cast.person.pk), ("oversight:correct_record", *one))
    assert all(NUMBER in page(cast.data_protection, *where)[1] for where in whole), "so that the next lines could fail"
    referred(cast, member=member)
    for where in whole:
        content = page(cast.data_protection, *where)[1]
        assert NUMBER not in content
        assert "zqwhen" not in content
        assert ASK_THE_OFFICER in content
    ground = {"ground": "She told us", "forget": "no"}
    assert "Nothing was changed" in page(cast.data_protection, "oversight:correct_record", *one, **ground)[1]
    for value in (NUMBER, "07700 900742"):
        assert page(cast.data_protection, "oversight:correct_record", *one, value=value, **ground)[0] == 302
    point.refresh_from_db()
    assert (point.value, point.when) == ("07700 900742", "Mornings zqwhen")
    same, other = Event.objects.filter(name="audit.record.rectified", subject=point.pk).order_by("pk")
    assert (same.fields, point.version) == (other.fields, 3)
    ContactPointFactory(family_member=member, kind="mobile", value=NUMBER)
    page(cast.data_protection, "oversight:correct_record", *one, value=NUMBER, **ground)
    assert Consultation.objects.filter(what="oversight.correct_record", refused=True).count() == 1


def test_danger_opens_it_once_for_a_reason_that_is_kept(cast: Cast, member: FamilyMember) -> None:
    referred(cast, member=member)
    point = ContactPoint.objects.get(family_member=member, kind="mobile")
    args = (cast.person.pk, member.pk, point.pk)
    assert NUMBER not in page(cast.owner, "casework:show_contact_point", *args, reason="no")[1]
    status, content = page(
        cast.owner, "casework:show_contact_point", *args, reason="He is on his way to her, the police need it"
    )
    assert (status, NUMBER in content) == (200, True)
    event = Event.objects.get(name="families.contact_point.shown")
    assert event.actor == cast.owner.pk
    assert "on his way" in str(Payload.objects.get(event=event).content)
    assert NUMBER not in str(Payload.objects.get(event=event).content)
    assert Consultation.objects.filter(what="families.contact_point", case=cast.person.pk).exists()
    assert page(cast.family_worker, "casework:show_contact_point", *args, reason="I should like to have it")[0] == 404


def test_an_address_that_an_order_masks_opens_by_the_order_alone(cast: Cast, member: FamilyMember) -> None:
    mask_home(cast, member)
    referred(cast, member=member)
    point = ContactPoint.objects.get(family_member=member, kind="address")
    for role in ("owner", "senior", "inspector", "family_worker"):
        for content in every_page(cast, cast.named(role), member):
            assert HOME not in content
    asked = page(
        cast.senior, "casework:show_contact_point", cast.person.pk, member.pk, point.pk, reason="The police need it now"
    )
    assert asked[0] == 404


def test_it_is_masked_wherever_else_it_stands_however_it_is_written(cast: Cast, member: FamilyMember) -> None:
    child = FamilyMemberFactory(person=cast.person, given_name="Ellis")
    ContactPointFactory(family_member=child, kind="address", value="17 rowan close\nLEEDS ls991zz (flat 2)")
    mask_home(cast, member)
    assert "rowan close" not in page(cast.owner, "casework:family_member", cast.person.pk, child.pk)[1]


def test_another_network_that_names_the_same_human_shows_no_masked_address(cast: Cast, member: FamilyMember) -> None:
    elsewhere = FamilyMemberFactory(person=PersonFactory())
    herself = PersonFactory()
    for one in (member, elsewhere):
        PossibleMatch.objects.create(
            family_member=one,
            matched_person=herself,
            basis="Same name",
            state=MatchState.CONFIRMED,
            decided_by=cast.safeguarding.pk,
            decided_at="2026-01-01T10:00Z",
        )
    mask_home(cast, elsewhere, address="Somewhere written quite differently", whose=elsewhere)
    assert HOME not in page(cast.owner, "casework:family_member", cast.person.pk, member.pk)[1]


def test_someone_who_edits_cannot_try_a_covered_value_out(cast: Cast, member: FamilyMember) -> None:
    referred(cast, member=member)
    answers = set()
    for value in (NUMBER, "07700 900999"):
        form = {"kind": "mobile", "value": value, "safety": "safe"}
        status, content = page(cast.family_worker, "casework:add_contact_point", cast.person.pk, member.pk, **form)
        answers.add((status, "recorded for them already" in content))
    assert answers == {(302, False)}
    assert ContactPoint.objects.filter(family_member=member, value=NUMBER).count() == 1


def test_what_is_covered_is_neither_changed_nor_called_safe(cast: Cast, member: FamilyMember) -> None:
    referred(cast, member=member)
    point = ContactPoint.objects.get(family_member=member, kind="mobile")
    args = (cast.person.pk, member.pk, point.pk)
    form = {"kind": "mobile", "value": "07700 900999", "safety": "safe", "version": "1"}
    assert page(cast.owner, "casework:change_contact_point", *args, **form)[0] == 403
    assert page(cast.family_worker, "casework:contact_point_safety", *args, safety="unsafe", version="1")[0] == 403
    assert page(cast.family_worker, "casework:remove_contact_point", *args, confirm="yes")[0] == 403
    point.refresh_from_db()
    assert (point.value, point.safety) == (NUMBER, "safe")


def test_the_person_who_asks_what_is_held_gets_no_relatives_number_unless_two_people_decide(
    cast: Cast, member: FamilyMember
) -> None:
    points = [one for one in held_about(cast.person.pk, None) if one.model == "people_families.ContactPoint"]
    assert [one.withheld for one in points] == [True, True]
    theirs = [one for one in held_about(cast.person.pk, member.pk) if one.model == "people_families.ContactPoint"]
    assert [one.withheld for one in theirs] == [False, False]


def test_covers_cost_the_same_for_one_as_for_many(cast: Cast, member: FamilyMember, django_assert_num_queries) -> None:
    mask_home(cast, member)
    referred(cast, member=member)
    for _ in range(12):
        other = FamilyMemberFactory(person=cast.person)
        ContactPointFactory(family_member=other, kind="address")
        ContactPointFactory(family_member=other)
    points = [
        PointAsked(row.pk, row.family_member_id, PointKind(row.kind), row.value)
        for row in ContactPoint.objects.filter(family_member__person=cast.person)
    ]
    for rights, cost in (({Right.SEE_SAFETY, Right.REFER_TO_ADVISER}, 2), ({Right.SEE_FAMILY}, 2)):
        for asked in (points, points[:2]):
            with django_assert_num_queries(cost):
                covers(cast.person.pk, rights, asked)


def covered_world(world: World) -> None:
    with identity(world.cast.owner.pk):
        referred(world.cast, member=world.more["member"])


@pytest.mark.slow
def test_nobody_narrow_can_tell_a_referral_from_a_colleagues_leave() -> None:
    with two_worlds(pages=PAGES, askers=("family_worker", "facilitator")) as worlds:
        ContactPointFactory(family_member=worlds.world.more["member"], kind="address", value=HOME)
        stand_down(worlds.world.cast, worlds.world.more["member"])
        worlds.change(lambda: covered_world(worlds.world))
        assert worlds.differences() == []


@pytest.mark.slow
def test_where_nobody_is_stood_down_only_the_words_of_a_stand_down_are_new() -> None:
    with two_worlds(pages=PAGES, askers=("family_worker",)) as worlds:
        worlds.change(lambda: covered_world(worlds.world))
        changed = worlds.differences()
        assert {one.page for one in changed} <= CLOSED_BY_IT
        assert {one.page for one in changed} >= {"casework:family_member"}
        with_leave = page(
            worlds.world.cast.family_worker,
            "casework:family_member",
            worlds.world.person.pk,
            worlds.world.more["member"].pk,
        )[1]
        assert ASK_THE_OFFICER in with_leave


@pytest.mark.slow
def test_nobody_narrow_can_tell_whether_an_address_is_masked() -> None:
    with two_worlds(pages=PAGES, askers=("family_worker", "facilitator", "reception")) as worlds:
        member = worlds.world.more["member"]
        ContactPointFactory(family_member=member, kind="address", value=HOME)
        worlds.change(lambda: mask_home(worlds.world.cast, member))
        assert worlds.differences() == []


PART = st.text(alphabet="abcdefgh 0123456789,", min_size=9, max_size=30).filter(lambda text: len(comparable(text)) > 7)


@given(PART, st.sampled_from([str.upper, str.title, lambda text: text.replace(",", "\n"), lambda t: f"  {t} "]))
@example("1 High Street", str.upper)
def test_an_address_is_known_however_it_is_written(address, written) -> None:
    assert same_place(address, written(address))
    assert same_place(f"Flat 4, {address}, Leeds", written(address))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("17 Rowan Close, LS99 1ZZ", "Nia's mother's, ls991zz", True),
        ("17 Rowan Close", "18 Rowan Close", False),
        ("Leeds", "17 Rowan Close, Leeds", False),
        ("", "17 Rowan Close", False),
    ],
)
def test_a_doubt_covers_and_a_town_alone_does_not(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same


def test_a_stand_down_ends_and_so_does_the_cover(cast: Cast, member: FamilyMember) -> None:
    stand_down(cast, member)
    assert NUMBER not in page(cast.family_worker, "casework:family_member", cast.person.pk, member.pk)[1]
    assert NUMBER in page(cast.owner, "casework:family_member", cast.person.pk, member.pk)[1]
    assert "Do not ring" in page(cast.owner, "casework:family_member", cast.person.pk, member.pk)[1]
    assert "Do not ring" in page(cast.owner, "casework:family", cast.person.pk)[1]
    plan = StandDownPlan.objects.get()
    end_plan(by=cast.owner, plan=plan, seen_version=plan.version, note="Back from leave")
    assert "Do not ring" not in page(cast.owner, "casework:family_member", cast.person.pk, member.pk)[1]
    assert NUMBER in page(cast.family_worker, "casework:family_member", cast.person.pk, member.pk)[1]
