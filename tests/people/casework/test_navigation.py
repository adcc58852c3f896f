"""The navigation of a case: its groups, the pages of the open one, and no page that nobody could reach."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.people.casework.registry import CasePage, register_case_page
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


def navigation_at(address: str, user: User) -> str:
    """What of the page at `address` stands in the navigation of a desk."""
    content = signed_in(user).get(address).content.decode()
    return content.partition("case-pages--wide")[2].partition("case-pages--narrow")[0]


def test_the_navigation_shows_groups_and_the_pages_of_the_open_one() -> None:
    cast = assemble()
    person = cast.person
    wide = navigation_at(reverse("orders:orders", args=[person.pk]), cast.owner)
    assert 'aria-current="true">Safety</a>' in wide
    assert 'aria-current="page">Orders</a>' in wide
    assert ">Record</a>" in wide
    assert ">Timeline</a>" not in wide


def test_a_family_members_page_belongs_to_the_family_whichever_room_draws_it() -> None:
    cast = assemble()
    member = FamilyMemberFactory(person=cast.person)
    wide = navigation_at(reverse("flags:member", args=[member.person_id, member.pk]), cast.owner)
    assert 'aria-current="true">Family</a>' in wide
    assert 'aria-current="true">Safety</a>' not in wide


def test_the_page_for_under_eighteens_is_offered_for_whoever_may_be_one() -> None:
    cast = assemble()
    client = signed_in(cast.owner)
    for year, offered in ((1970, False), (2012, True), (None, True)):
        member = FamilyMemberFactory(person=cast.person, year_of_birth=year)
        for name in ("casework:family_member", "orders:member_orders"):
            content = client.get(reverse(name, args=[member.person_id, member.pk])).content.decode()
            assert ("If under 18" in content) is offered


def test_a_page_that_no_group_would_show_is_refused_when_the_product_starts() -> None:
    with pytest.raises(ImproperlyConfigured, match="give its CasePage a group"):
        register_case_page(CasePage("Nowhere", "nowhere:page", Right.SEE_CASE))
