"""The safety pages name what "may I?" would name to the same viewer, and nothing more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.badges import PROBES, UNTOLD, WORDS, stops_for
from alongside.involvement.decisions.rules.deciding import RULES
from alongside.people.families.models import FamilyMember
from alongside.safety.orders.actions import OrderSaid, record_order
from alongside.safety.permissions.actions.stopping import refuse
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.decisions.family import trusted_father

pytestmark = pytest.mark.django_db
FULL = frozenset({Right.SEE_SAFETY, Right.SEE_PERMISSIONS, Right.SEE_SUITABILITY})


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def father(cast: Cast) -> FamilyMember:
    return trusted_father(cast.person, cast.owner)


def close(cast: Cast, father: FamilyMember) -> None:
    """The person refuses him, and an order forbids contact."""
    refuse(by=cast.owner, member=father)
    said = OrderSaid("protective_order_type.RO_CONV", today(), forbids_contact=True, members=frozenset({father.pk}))
    record_order(by=cast.owner, person=cast.person, said=said)


def test_every_stop_that_has_words_is_a_rule_and_some_question_reaches_it() -> None:
    assert set(WORDS) <= set(RULES)
    for name in WORDS:
        assert not RULES[name].acts or {probe.act for probe in PROBES} & set(RULES[name].acts), name


def test_both_safety_pages_name_an_order_and_a_refusal(cast: Cast, father: FamilyMember) -> None:
    client = Client()
    client.force_login(cast.owner)
    pages = [reverse("flags:safety", args=[cast.person.pk]), reverse("flags:member", args=[cast.person.pk, father.pk])]
    told = (WORDS["order.contact"], WORDS["refusal.named"])
    assert not any(words in client.get(page).content.decode() for page in pages for words in told)
    close(cast, father)
    for page in pages:
        shown = client.get(page).content.decode()
        assert all(words in shown for words in told)
        assert "Checked, nothing found" not in shown


def test_what_the_viewer_may_not_be_told_is_not_named_and_never_reads_as_nothing(
    cast: Cast, father: FamilyMember
) -> None:
    close(cast, father)
    seen = {stop.words for stop in stops_for([father.pk], FULL)[father.pk]}
    assert {WORDS["order.contact"], WORDS["refusal.named"]} <= seen
    assert stops_for([father.pk], frozenset())[father.pk].count(UNTOLD) == 1
    assert WORDS["order.contact"] not in {stop.words for stop in stops_for([father.pk], frozenset())[father.pk]}


def test_a_large_family_costs_as_much_as_a_small_one(cast: Cast, father: FamilyMember) -> None:
    def cost(ids: list[object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            stops_for(ids, FULL)
        return len(queries)

    few = cost([father.pk])
    assert cost([father.pk, *(FamilyMemberFactory(person=cast.person).pk for _ in range(6))]) == few <= 5
