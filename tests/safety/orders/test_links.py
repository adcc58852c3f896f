"""Orders travel along confirmed matches: someone is asked first, and nobody is told of what, whom or where."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.people.families.models import FamilyMember, MatchState, PossibleMatch
from alongside.people.persons.models import Person
from alongside.safety.orders.actions import OrderSaid, PlaceSaid, add_place, end_order, record_order
from alongside.safety.orders.models import ProtectiveOrder
from alongside.safety.orders.queries import order_facts
from alongside.safety.orders.rules import OrderFacts
from tests.cast import assemble
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
ORDER = "protective_order_type.RO_CONV"


class Two:
    """Nia, named beside Gareth, is Nerys, who is under supervision herself and names Owain."""

    def __init__(self, state: str = MatchState.CONFIRMED) -> None:
        self.officer = UserFactory()
        self.gareth, self.nerys = PersonFactory(), PersonFactory()
        self.nia = FamilyMemberFactory(person=self.gareth, given_name="Nia")
        self.colin = FamilyMemberFactory(person=self.gareth, given_name="Colin")
        self.owain = FamilyMemberFactory(person=self.nerys, given_name="Owain")
        self.match(self.nia, self.nerys, state)

    def match(self, member: FamilyMember, person: Person, state: str = MatchState.CONFIRMED) -> None:
        decided = {} if state == MatchState.OPEN else {"decided_by": self.officer.pk, "decided_at": timezone.now()}
        PossibleMatch.objects.create(
            family_member=member, matched_person=person, basis="zqbasis", state=state, **decided
        )

    def record(self, person: Person, **values: object) -> ProtectiveOrder:
        said = OrderSaid(ORDER, **({"from_date": today(), "forbids_contact": True} | values))
        return record_order(by=self.officer, person=person, said=said)


def stops(member: FamilyMember) -> bool:
    return order_facts([member.pk], on=today())[member.pk].linked_stop


def binds_her(two: Two) -> ProtectiveOrder:
    return two.record(two.nerys, members=frozenset({two.owain.pk}))


def protects_her(two: Two) -> ProtectiveOrder:
    return two.record(two.nerys, bound_member_id=two.owain.pk, protects_person=True)


def protects_her_where_another_names_her(two: Two) -> ProtectiveOrder:
    elsewhere = FamilyMemberFactory(person=PersonFactory())
    two.match(elsewhere, two.nerys)
    return two.record(elsewhere.person, members=frozenset({elsewhere.pk}))


def names_her_home_where_another_names_her(two: Two) -> ProtectiveOrder:
    elsewhere = FamilyMemberFactory(person=PersonFactory())
    two.match(elsewhere, two.nerys)
    order = two.record(elsewhere.person, forbids_contact=False, forbids_places=True, protects_person=False)
    place = PlaceSaid("order_place_kind.HOME", "zqplace", masked=True, family_member_id=elsewhere.pk)
    add_place(by=two.officer, order=order, seen_version=order.version, said=place)
    return order


def binds_him_where_another_names_him(two: Two) -> ProtectiveOrder:
    himself = FamilyMemberFactory(person=PersonFactory())
    two.match(himself, two.gareth)
    return two.record(himself.person, bound_member_id=himself.pk, protects_person=True)


@pytest.mark.parametrize(
    "party",
    [
        binds_her,
        protects_her,
        protects_her_where_another_names_her,
        names_her_home_where_another_names_her,
        binds_him_where_another_names_him,
    ],
)
def test_an_order_elsewhere_asks_first_until_its_end_is_confirmed(party: Callable[[Two], ProtectiveOrder]) -> None:
    two = Two()
    assert not stops(two.nia)
    order = party(two)
    assert stops(two.nia)
    assert facts_about([two.nia.pk], at=timezone.now())[two.nia.pk].facts.linked_stop
    assert order_facts([two.nia.pk], on=today())[two.nia.pk] == OrderFacts(linked_stop=True)
    order.refresh_from_db()
    end_order(
        by=two.officer,
        order=order,
        seen_version=order.version,
        ended_on=today(),
        reason_id="protective_order_end.DISCHARGED",
        note="The court",
    )
    assert not stops(two.nia)


@pytest.mark.parametrize("state", [MatchState.OPEN, MatchState.DISMISSED])
def test_a_match_that_nobody_confirmed_carries_nothing(state: str) -> None:
    two = Two(state)
    binds_her(two)
    assert not stops(two.nia)


def test_it_reaches_nobody_else_of_the_network_and_no_order_among_others() -> None:
    two = Two()
    binds_her(two)
    assert not stops(two.colin)
    other = Two()
    stranger = FamilyMemberFactory(person=other.nerys)
    other.record(other.nerys, bound_member_id=stranger.pk, names=("Somebody",))
    assert not stops(other.nia)


def test_one_to_come_and_one_that_stops_nothing_carry_nothing() -> None:
    two = Two()
    two.record(two.nerys, members=frozenset({two.owain.pk}), from_date=today() + timedelta(5))
    assert not stops(two.nia)


def test_the_pages_of_the_other_case_do_not_change_by_it() -> None:
    cast = assemble()
    two = Two()
    member = FamilyMemberFactory(person=cast.person, given_name="Nia")
    two.match(member, two.nerys)
    client = Client()
    client.force_login(cast.owner)
    addresses = [
        reverse("orders:orders", args=[cast.person.pk]),
        reverse("orders:member_orders", args=[cast.person.pk, member.pk]),
        reverse("casework:case", args=[cast.person.pk]),
        reverse("casework:family_member", args=[cast.person.pk, member.pk]),
    ]

    def seen() -> list[str]:
        return [client.get(address).content.decode().split("<main")[1] for address in addresses]

    before = seen()
    two.record(two.nerys, members=frozenset({two.owain.pk}), words="zqwords", made_by="zqcourt")
    assert stops(member)
    assert [("zqwords" in page, "zqcourt" in page, "Owain" in page) for page in seen()] == [(False,) * 3] * 4
    assert [len(page) for page in seen()] == [len(page) for page in before]
