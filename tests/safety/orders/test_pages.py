"""Pages of orders: bad input answered where it belongs, two officers, masked addresses, papers that lie."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.people.persons.models import SourceMarker
from alongside.safety.orders.actions import OrderSaid, PlaceSaid, add_place, correct_order, record_order
from alongside.safety.orders.models import AddressLook, ConditionReading, OrderPlace, ProtectiveOrder
from alongside.safety.orders.queries import order_facts
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.people.casework.asking import counted, signed_in, steady
from tests.safety.orders.rows import paper

pytestmark = pytest.mark.django_db
ADDRESS = "4 Hidden Row"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def nia(cast: Cast):
    return FamilyMemberFactory(person=cast.person, given_name="Nia", family_name="Roberts")


@pytest.fixture
def order(cast: Cast, nia) -> ProtectiveOrder:
    said = OrderSaid(
        "protective_order_type.RO_CONV",
        today() - timedelta(30),
        members=frozenset({nia.pk}),
        forbids_contact=True,
        forbids_places=True,
    )
    return record_order(by=cast.owner, person=cast.person, said=said)


@pytest.fixture
def place(cast: Cast, order: ProtectiveOrder, nia) -> OrderPlace:
    said = PlaceSaid("order_place_kind.HOME", ADDRESS, masked=True, family_member_id=nia.pk)
    return add_place(by=cast.owner, order=order, seen_version=order.version, said=said)


def day(name: str, on: Any) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def typed(nia: Any, **changes: Any) -> dict[str, Any]:
    facts = {
        "type": "protective_order_type.RO_CONV",
        "binds": "person",
        "forbids": ["contact"],
        "protects": [str(nia.pk)],
        "names": "",
        **day("from_date", today() - timedelta(30)),
        "made_by": "Newport",
        "reference": "",
        "words": "Not to contact her",
    }
    return facts | changes


def words_of(answer: HttpResponse) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def address(name: str, *ids: Any) -> str:
    return reverse(f"orders:{name}", args=[getattr(one, "pk", one) for one in ids])


def test_recording_leads_to_the_order_and_says_what_comes_next(cast: Cast, nia) -> None:
    client = signed_in(cast.owner)
    page = client.get(f"{address('record', cast.person)}?member={nia.pk}")
    assert re.search(rf'value="{nia.pk}"[^>]*checked', page.content.decode())
    answer = client.post(address("record", cast.person), typed(nia), follow=True)
    assert "In force" in words_of(answer)
    assert "Attach the paper" in words_of(answer)
    assert order_facts([nia.pk], on=today())[nia.pk].forbids_contact


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"type": ""}, "Select what it is"),
        ({"type": "relationship.MOT"}, "no longer offered"),
        ({"forbids": []}, "Select what it forbids"),
        ({"forbids": ["contact", "nothing"]}, "not both"),
        ({"protects": []}, "Select whom it protects, or write their name below"),
        ({"protects": ["person"]}, "cannot protect the person whom it binds"),
        ({"protects": [str(uuid4())]}, "Choose one of the answers that are offered"),
        ({"binds": "member"}, "Select which family member it binds"),
        ({"names": "\n".join(f"Name {n}" for n in range(11))}, "10 names at most"),
        ({"names": "x" * 130}, "one name a line"),
        ({"words": "x" * 2001}, "must be 2000 characters or fewer"),
        (day("until_date", today() - timedelta(60)), "Its last day must be the same as or after its first"),
        ({"from_date-day": "31", "from_date-month": "2"}, "real date"),
        (day("from_date", today().replace(year=2001, month=1, day=5)), "No such order could be made on that day"),
        ({"type": "protective_order_type.DVPO", **day("until_date", today() + timedelta(9))}, "28 days at most"),
    ],
)
def test_wrong_input_is_answered_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, nia, changes: dict[str, Any], fault: str
) -> None:
    answer = signed_in(cast.owner).post(address("record", cast.person), typed(nia, made_by="Bangor Court") | changes)
    assert answer.status_code == 200
    words = words_of(answer)
    assert "There is a problem" in words
    assert fault in words
    assert "Bangor Court" in answer.content.decode()
    assert not ProtectiveOrder.objects.exists()


def test_markup_in_what_is_typed_is_shown_as_text(cast: Cast, nia) -> None:
    said = typed(nia, words="<script>alert(1)</script>", names='<img src=x onerror="a()">')
    answer = signed_in(cast.owner).post(address("record", cast.person), said, follow=True)
    assert b"<script>alert" not in answer.content
    assert b"<img src=x" not in answer.content


def test_the_second_officer_sees_what_the_first_changed_and_keeps_what_they_typed(cast: Cast, order, nia) -> None:
    client = signed_in(cast.colleague)
    page = client.get(address("correct", cast.person, order)).content.decode()
    seen = re.search(r'name="version-seen" value="([^"]*)"', page)
    said = OrderSaid(
        str(order.type_id),
        order.from_date,
        members=frozenset({nia.pk}),
        forbids_contact=True,
        forbids_places=True,
        made_by="Caernarfon",
    )
    correct_order(by=cast.owner, order=order, seen_version=1, said=said, why="Its paper came")
    mine = typed(nia, made_by="Bangor", forbids=["contact", "places"], why="I was there", version="1")
    mine["version-seen"] = unescape(seen.group(1)) if seen else ""
    answer = client.post(address("correct", cast.person, order), mine)
    words = words_of(answer)
    assert "Olwen Owner" in words
    assert "Caernarfon" in words
    assert "Bangor" in answer.content.decode()
    assert "I was there" in answer.content.decode()
    assert ProtectiveOrder.objects.get().made_by == "Caernarfon"
    again = client.post(address("correct", cast.person, order), mine | {"version": "2"}, follow=True)
    assert "Corrected" in words_of(again)
    assert ProtectiveOrder.objects.get().made_by == "Bangor"


def test_ending_is_confirmed_with_a_reason_and_can_be_taken_back(cast: Cast, order, nia) -> None:
    client = signed_in(cast.owner)
    where = address("end", cast.person, order)
    answer = client.post(where, {"version": "1", **day("ended_on", order.from_date - timedelta(1))})
    assert "Select why it no longer holds" in words_of(answer)
    said = {"version": "1", "reason": "protective_order_end.DISCHARGED", "note": "The court's letter"}
    answer = client.post(where, said | day("ended_on", order.from_date - timedelta(1)))
    assert "cannot end before its first day" in words_of(answer)
    client.post(where, said | day("ended_on", today()))
    second = client.post(where, said | {"note": "The police said so"} | day("ended_on", today()))
    assert "The police said so" in second.content.decode(), "who comes second loses nothing that they typed"
    assert not order_facts([nia.pk], on=today())[nia.pk].forbids_contact
    order.refresh_from_db()
    client.post(where, {"version": str(order.version), "why": "The letter was about someone else"})
    assert order_facts([nia.pk], on=today())[nia.pk].forbids_contact


def every_get(client: Client, cast: Cast, order: ProtectiveOrder, nia: Any) -> Iterator[bytes]:
    for name in ("orders", "order", "correct", "end", "attach", "add_place"):
        yield client.get(address(name, cast.person, *([] if name == "orders" else [order]))).content
    yield client.get(address("member_orders", cast.person, nia)).content
    for name in ("case", "timeline", "case_to_dos"):
        yield client.get(reverse(f"casework:{name}", args=[cast.person.pk])).content
    yield client.get(reverse("casework:family_member", args=[cast.person.pk, nia.pk])).content


@pytest.mark.parametrize("who", ["owner", "senior", "inspector", "safeguarding"])
def test_a_masked_address_is_on_no_page(cast: Cast, order, place, nia, who: str) -> None:
    for content in every_get(signed_in(cast.named(who)), cast, order, nia):
        assert ADDRESS.encode() not in content


def test_an_address_that_stands_in_the_open_elsewhere_is_pointed_out_without_being_said(
    cast: Cast, order, place, nia
) -> None:
    client = signed_in(cast.owner)
    assert "Take it away there" not in words_of(client.get(address("order", cast.person, order)))
    ContactPointFactory(family_member=nia, kind="address", value=ADDRESS)
    answer = client.get(address("order", cast.person, order))
    assert "Take it away there" in words_of(answer)
    assert ADDRESS.encode() not in answer.content


def test_unmasking_needs_the_right_and_a_reason_and_shows_once(cast: Cast, order, place) -> None:
    where = address("unmask", cast.person, order, place)
    reason = {"reason": "The police ask where to send someone", "ask": str(uuid4())}
    assert signed_in(cast.owner).post(where, reason).status_code == 404
    client = signed_in(cast.senior)
    for lacking in ({"reason": "", "ask": str(uuid4())}, {"reason": "x", "ask": str(uuid4())}, {"reason": "y" * 30}):
        answer = client.post(where, lacking)
        assert ADDRESS.encode() not in answer.content
        assert "There is a problem" in words_of(answer)
    assert not AddressLook.objects.exists()
    answer = client.post(where, reason)
    assert ADDRESS in words_of(answer)
    assert "no-store" in answer["Cache-Control"]
    again = client.post(where, reason)
    assert ADDRESS.encode() not in again.content
    assert "shown once" in words_of(again)
    assert AddressLook.objects.get().by_name == "Sunita Senior"
    assert "The police ask" in words_of(client.get(address("order", cast.person, order)))
    assert "The police ask" not in words_of(signed_in(cast.owner).get(address("order", cast.person, order)))


def test_a_paper_that_may_show_a_masked_address_is_as_closed_as_the_address(cast: Cast, order, place) -> None:
    owner = signed_in(cast.owner)
    owner.post(address("attach", cast.person, order), {"paper": paper(), "version": str(order.version)})
    where = address("paper", cast.person, order)
    assert owner.get(where).status_code == 403
    senior = signed_in(cast.senior)
    assert senior.get(where)["Content-Type"].startswith("text/html")
    given = senior.post(where, {"reason": "To read the exact words", "ask": str(uuid4())})
    assert b"".join(given).startswith(b"%PDF")
    assert AddressLook.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("order.pdf", b"MZ\x90\x00\x03 this is a program", "Send a PDF"),
        ("order.csv", b"a,b\n1,2\n", "Send a PDF"),
        ("order.pdf", b"", "empty"),
    ],
)
def test_a_file_that_lies_is_refused_with_what_to_send(
    cast: Cast, order, name: str, content: bytes, fault: str
) -> None:
    where = address("attach", cast.person, order)
    answer = signed_in(cast.owner).post(where, {"paper": paper(name, content), "version": "1"})
    assert answer.status_code == 200
    words = words_of(answer)
    assert "There is a problem" in words
    assert fault in words or "PDF" in words
    assert ProtectiveOrder.objects.get().document is None


def test_an_imported_condition_is_read_in_one_of_two_ways(cast: Cast, nia) -> None:
    facts = {"person": cast.person, "matter": "licence_conditions", "from_date": today()}
    named = SourceMarker.objects.create(code="NOCONTACT_NAMED", label="No contact with a named person", **facts)
    home = SourceMarker.objects.create(code="RESIDE", label="To live at an approved address", **facts)
    client = signed_in(cast.owner)
    assert "To read" in words_of(client.get(address("orders", cast.person)))
    where = address("condition", cast.person, home)
    assert "Read what the condition itself says" in words_of(client.post(where, {"note": "His own home"}))
    client.post(where, {"note": "His own home", "sure": "on"})
    assert "already" in words_of(client.post(where, {"note": "Again", "sure": "on"}, follow=True))
    record = f"{address('record', cast.person)}?condition={named.pk}"
    page = client.get(record).content.decode()
    assert re.search(r'value="protective_order_type.LIC_NOCONTACT" selected', page)
    client.post(record, typed(nia, type="protective_order_type.LIC_NOCONTACT"))
    assert ConditionReading.objects.count() == 2
    facts_now = order_facts([nia.pk], on=today())[nia.pk]
    assert (facts_now.forbids_contact, facts_now.unread_conditions) == (True, False)


def test_a_condition_or_member_of_another_case_is_ignored_and_never_shown(cast: Cast, nia) -> None:
    stranger = FamilyMemberFactory(given_name="Zebedee")
    other = SourceMarker.objects.create(
        person=stranger.person, matter="licence_conditions", code="OTHER", label="Secret words", from_date=today()
    )
    client = signed_in(cast.owner)
    for query in (f"member={stranger.pk}", f"condition={other.pk}", "member=x", "condition=%00"):
        answer = client.get(f"{address('record', cast.person)}?{query}")
        assert answer.status_code == 200
        assert b"Zebedee" not in answer.content
        assert b"Secret words" not in answer.content
    assert client.get(address("condition", cast.person, other)).status_code == 404
    assert client.get(address("member_orders", cast.person, stranger)).status_code == 404


def test_an_order_of_another_case_is_hidden(cast: Cast, order) -> None:
    other = assemble_other()
    assert signed_in(cast.owner).get(address("order", other, order)).status_code == 404


def assemble_other() -> Any:
    return FamilyMemberFactory().person


def test_each_page_costs_ten_queries_at_most_however_many_orders(cast: Cast, order, place, nia) -> None:
    for _ in range(12):
        said = OrderSaid(str(order.type_id), order.from_date, members=frozenset({nia.pk}), forbids_contact=True)
        record_order(by=cast.owner, person=cast.person, said=said)
    client = signed_in(cast.senior)
    for where in (
        address("orders", cast.person),
        address("order", cast.person, order),
        address("member_orders", cast.person, nia),
        address("correct", cast.person, order),
        address("unmask", cast.person, order, place),
    ):
        client.get(where)
        with counted() as statements:
            assert client.get(where).status_code == 200
        assert len(statements) <= 10, (where, len(statements))


@pytest.mark.parametrize("who", ["family_worker", "engagement_worker", "reception"])
def test_narrow_roles_see_the_same_with_and_without_an_order(cast: Cast, nia, who: str) -> None:
    client = signed_in(cast.named(who))

    def world() -> list[tuple[int, str]]:
        pages = [reverse(f"casework:{name}", args=[cast.person.pk]) for name in ("case", "timeline", "case_to_dos")]
        pages += [reverse("casework:family_member", args=[cast.person.pk, nia.pk]), reverse("casework:today")]
        pages += [address("orders", cast.person), address("member_orders", cast.person, nia)]
        answers = [client.get(where) for where in pages]
        return [(answer.status_code, steady(answer.content)) for answer in answers]

    before = world()
    said = OrderSaid(
        "protective_order_type.RO_CONV",
        today(),
        until_date=today() + timedelta(5),
        members=frozenset({nia.pk}),
        forbids_contact=True,
        forbids_places=True,
    )
    order = record_order(by=cast.owner, person=cast.person, said=said, upload=paper())
    home = PlaceSaid("order_place_kind.HOME", ADDRESS, masked=True, family_member_id=nia.pk)
    add_place(by=cast.owner, order=order, seen_version=order.version, said=home)
    assert world() == before
