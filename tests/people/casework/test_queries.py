"""No page asks the database more than ten times, however long the caseload and however many rooms speak on it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import CardFacts, ToDoFacts, add_to_timeline, open_to_do, put_card
from alongside.foundation.work.links import register_link
from alongside.people.casework.registry import CasePage, register_case_page, unregister_case_page
from tests.cast import Cast
from tests.factories import (
    AllocationFactory,
    ContactPointFactory,
    CoverFactory,
    FamilyMemberFactory,
    MemberFactory,
    OrderFactory,
    PersonFactory,
    PostFactory,
)
from tests.pages import Page, World, all_pages, assemble_world
from tests.pages.casework import PAGES
from tests.people.casework.asking import counted, signed_in

MOST = 10
SEARCHES = ("q=achibi", "whose=team&sort=next", "whose=team&asked=no&due=overdue&order=order_type.CO", "whose=all")

pytestmark = pytest.mark.django_db


def busiest_viewer(page: Page) -> str:
    """One who may see the page; a senior before others, since they see most on it."""
    return next(name for name in ("senior", "safeguarding", *sorted(page.seen_by)) if name in page.seen_by)


def count_all(world: World, pages: list[Page]) -> dict[str, int]:
    """Statements for each page in its steady state: asked for a second time within the minute."""
    counts = {}
    for page in pages:
        client = signed_in(world.cast.named(busiest_viewer(page)))
        address = reverse(page.name, args=page.args(world)) + page.query
        client.get(address)
        with counted() as statements:
            assert client.get(address).status_code == 200, page.name
        counts[page.name + page.query] = len(statements)
    return counts


def read_pages() -> list[Page]:
    searches = [
        Page("casework:caseload", frozenset({"senior"}), query=f"?{query}")
        for query in (
            "q=achibi",
            "whose=team&sort=next",
            "whose=team&asked=no&due=overdue&order=order_type.CO",
            "whose=all",
        )
    ]
    return [page for page in PAGES if page.method == "get" and page.answer == 200] + searches


def grow(cast: Cast) -> None:
    """Forty more cases, a large family, many lines and colleagues."""
    on = today()
    for number in range(40):
        person = PersonFactory(given_names="Daniela", family_name=f"Achebe{number}")
        AllocationFactory(person=person, team=cast.team, member=cast.owner_member, from_date=on - timedelta(1 + number))
        OrderFactory(person=person, type_id="order_type.CO")
        open_to_do(
            case_id=person.pk,
            to_do=ToDoFacts(kind="tests.more", title="Ask", due_on=on - timedelta(1), right=Right.SEE_CASE),
        )
    for _ in range(12):
        ContactPointFactory(family_member=FamilyMemberFactory(person=cast.person))
        OrderFactory(person=cast.person, type_id="order_type.SSO")
        CoverFactory(absent=cast.owner_member, covering=MemberFactory())
        PostFactory(team=cast.team)
        fill(cast, f"kind{_}")


def fill(cast: Cast, kind: str) -> None:
    """A room's line, to-do and card on the case."""
    case_id = cast.person.pk
    add_to_timeline(by=cast.owner, case_id=case_id, kind=f"{kind}.done", title="Done", right=Right.SEE_CASE)
    open_to_do(case_id=case_id, to_do=ToDoFacts(kind=kind, title="To do", due_on=today(), right=Right.SEE_CASE))
    put_card(case_id=case_id, card=CardFacts(key=kind, title=kind, headline="One", order=1, right=Right.SEE_CASE))


def test_every_page_stays_within_ten_and_does_not_grow() -> None:
    world = assemble_world()
    small = count_all(world, read_pages())
    grow(world.cast)
    large = count_all(world, read_pages())
    assert {name: n for name, n in large.items() if n > MOST} == {}
    grown = {name: (small[name], n) for name, n in large.items() if n > small[name] + PAGED}
    assert grown == {}


PAGED = 1
"""A list of more than one page counts how many there are, once; see `foundation.ui.paging`."""


def test_twenty_rooms_more_cost_the_case_page_nothing() -> None:
    world = assemble_world()
    [case_page] = [page for page in all_pages() if page.name == "casework:case"]
    before = count_all(world, [case_page])
    rooms = [f"dummy{number}" for number in range(20)]
    for room in rooms:
        fill(world.cast, room)
        register_link(room, lambda case_id, subject_id: reverse("casework:case", args=[case_id]))
        register_case_page(CasePage(room, "casework:case_to_dos", Right.SEE_CASE, order=200))
    try:
        assert count_all(world, [case_page]) == before
        content = signed_in(world.cast.owner).get(reverse("casework:case", args=[world.person.pk])).content.decode()
        assert all(f">{room}" in content for room in rooms)
    finally:
        unregister_case_page("casework:case_to_dos")
