"""Pages ask the database no more often for a large family with a long history than for one without."""

import pytest
from django.urls import reverse

from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.suitability.rows import involvement_of
from tests.pages import World
from tests.pages.suitability import PAGES, furnish
from tests.people.casework.asking import counted, signed_in

pytestmark = pytest.mark.django_db
MOST = 10
SHOW_HOW_IT_STANDS = {"overview", "member", "step_down", "ask_second_look", "quick", "judge"}
"""These gather facts of flags, orders, permissions and agreements, each in its own few queries."""
MOST_WITH_FACTS = 15


def test_no_page_asks_more_often_than_it_says() -> None:
    world = World(assemble())
    furnish(world)
    for _ in range(12):
        member = FamilyMemberFactory(person=world.person)
        involvement_of(world.person, member, world.cast.owner, "Words")
    client = signed_in(world.cast.senior)
    asked = {}
    for page in PAGES:
        if page.method != "get" or page.answer != 200 or "senior" not in page.seen_by:
            continue
        address = reverse(page.name, args=page.args(world)) + page.query
        client.get(address)
        with counted() as statements:
            assert client.get(address).status_code == 200, page.name
        asked[page.name + page.query] = len(statements)
    assert {name: times for name, times in asked.items() if times > limit_of(name)} == {}


def limit_of(name: str) -> int:
    page = name.removeprefix("suitability:").partition("?")[0]
    return MOST_WITH_FACTS if page in SHOW_HOW_IT_STANDS else MOST
