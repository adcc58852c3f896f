"""Restraining-order parents: the register stops what the order stops, for everyone, and its address leaks nowhere.

That he refuses his parents, and that their call is listened to, is told where permissions and protected sources are.
"""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import TimelineEntry
from alongside.safety.orders.models import ProtectiveOrder
from alongside.safety.orders.queries import order_facts
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in
from tests.safety.orders.rows import paper

pytestmark = [pytest.mark.scenario, pytest.mark.django_db]
HOME = "12 Sandpiper Close"


def words_of(client: Client, address: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode())))


def test_the_register_blocks_for_everyone_until_someone_confirms_that_it_ended() -> None:
    cast = assemble()
    person = cast.person
    parents = [
        FamilyMemberFactory(
            person=person, given_name=name, family_name="Fielding", relationship_id=f"relationship.{code}"
        )
        for name, code in (("Colin", "FA"), ("Janet", "MOT"))
    ]
    megan = FamilyMemberFactory(
        person=person, given_name="Megan", family_name="Rees", relationship_id="relationship.EXPART"
    )
    officer = signed_in(cast.owner)

    # The officer finds the register empty, which is not the same as checked, and records what the paper says.
    register = reverse("orders:orders", args=[person.pk])
    assert "not the same as checked" in words_of(officer, register)
    said = {
        "type": "protective_order_type.RO_CONV",
        "binds": "person",
        "forbids": ["contact", "places"],
        "protects": [str(megan.pk)],
        "names": "",
        "from_date-day": str(today().day),
        "from_date-month": str(today().month),
        "from_date-year": str(today().year),
        "made_by": "Newport Magistrates’ Court",
        "reference": "",
        "words": "No contact, directly or through his parents.",
    }
    officer.post(reverse("orders:record", args=[person.pk]), said)
    order = ProtectiveOrder.objects.get()
    page = reverse("orders:order", args=[person.pk, order.pk])
    assert "Say where, so that nobody is sent there" in words_of(officer, page)
    place = {
        "kind": "order_place_kind.HOME",
        "family_member": str(megan.pk),
        "address": HOME,
        "masked": "yes",
        "version": str(order.version),
    }
    officer.post(reverse("orders:add_place", args=[person.pk, order.pk]), place)
    order.refresh_from_db()
    officer.post(
        reverse("orders:attach", args=[person.pk, order.pk]), {"paper": paper(), "version": str(order.version)}
    )
    officer.post(reverse("orders:in_source", args=[person.pk, order.pk]))

    # From now on it stops contact with her and visits to her, and nothing with his parents.
    facts = order_facts([megan.pk, *(one.pk for one in parents)], on=today())
    assert (facts[megan.pk].forbids_contact, facts[megan.pk].forbids_home) == (True, True)
    assert not any(facts[one.pk].protected_by for one in parents)
    colleague = signed_in(cast.colleague)
    assert "Contact" in words_of(colleague, page)
    her_page = words_of(colleague, reverse("casework:family_member", args=[person.pk, megan.pk]))
    assert "Restraining order on conviction: until further order" in her_page
    assert "Orders and conditions" in words_of(colleague, reverse("casework:case", args=[person.pk]))

    # His parents ring and push. Whoever answers sees the order; reception and the family worker see nothing of it.
    for narrow in (cast.reception, cast.family_worker, cast.engagement_worker, cast.excluded, cast.outsider):
        client = signed_in(narrow)
        assert client.get(register).status_code == 404
        assert client.get(page).status_code == 404
        for shown in (reverse("casework:case", args=[person.pk]), reverse("casework:today")):
            answer = client.get(shown).content.decode()
            assert "Restraining" not in answer
            assert HOME not in answer

    # Where she lives is masked for the officer too. The senior sees it once, with a reason that both logs keep.
    assert HOME not in words_of(officer, page)
    place_id = re.search(r"places/([0-9a-f-]{36})/address", signed_in(cast.senior).get(page).content.decode()).group(1)
    unmask = reverse("orders:unmask", args=[person.pk, order.pk, place_id])
    assert officer.get(unmask).status_code == 404
    ask = {"reason": "The police ask where to send a car", "ask": str(uuid4())}
    senior = signed_in(cast.senior)
    assert HOME in senior.post(unmask, ask).content.decode()
    assert HOME not in senior.post(unmask, ask).content.decode()
    assert Event.objects.filter(name="orders.address.shown", chain=person.pk).count() == 1
    assert not TimelineEntry.objects.filter(title__contains="Sandpiper").exists()

    # The court discharges it. Only then, and with a reason, does it stop nothing more; and all of it is kept.
    order.refresh_from_db()
    end = {
        "version": str(order.version),
        "reason": "protective_order_end.DISCHARGED",
        "ended_on-day": str(today().day),
        "ended_on-month": str(today().month),
        "ended_on-year": str(today().year),
        "note": "Court list of today",
    }
    officer.post(reverse("orders:end", args=[person.pk, order.pk]), end)
    assert not order_facts([megan.pk], on=today())[megan.pk].protected_by
    assert "Court list of today" in words_of(officer, page)
