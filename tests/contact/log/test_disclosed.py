"""What was told under a decision to disclose is written down like any contact, and is there for few."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.models import Contact
from alongside.contact.log.repercussions import CHECK
from alongside.contact.messages.deciding import weigh, worst_of
from alongside.contact.messages.kinds import KINDS
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.involvement.decisions.rules import Outcome
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import record_flag
from alongside.safety.permissions.actions.stopping import refuse
from alongside.safety.protected.actions import ToMember, decide_disclosure
from alongside.safety.protected.actions.disclosures import review_disclosure
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.pages.protected import facts_of_disclosure
from tests.people.casework.asking import signed_in
from tests.safety.flags.scene import flag_values
from tests.worlds import two_worlds

pytestmark = pytest.mark.django_db

SECRET = "zqtold"
TOPIC = "progress"
CONTROL = flag_values("CONTROL", "relationship", signs=("control_sign.ASKSIN",))


def father_with_a_decision(cast: Cast, *topics: str, member: FamilyMember | None = None) -> FamilyMember:
    """He was named and refused; then it was decided that he is told about something all the same."""
    father = member or FamilyMemberFactory(person=cast.person, given_name="Martin", relationship_id="relationship.FA")
    ContactPointFactory(family_member=father, value="07700 900111", safety="safe")
    with identity(cast.owner.pk):
        refuse(by=cast.owner, member=father)
        decision = decide_disclosure(
            by=cast.owner,
            person=cast.person,
            facts=replace(facts_of_disclosure(), recipient_id="disclosure_recipient.ATRISK"),
            to=ToMember(father.pk, topics or (TOPIC,), today() + timedelta(days=7)),
        )
    with identity(cast.senior.pk):
        review_disclosure(by=cast.senior, decision=decision, approved=True, reason="Agreed")
    return father


def tell_him(cast: Cast, father: FamilyMember, **more: Any) -> Contact:
    """The officer rings him on the number on record, tells him, and writes that down."""
    data = {
        "who": str(father.pk),
        "how": "contact_channel.phone",
        "direction": "to_them",
        "purpose": "contact_purpose.WELLBEING",
        "identity": "called_back",
        "topics": [TOPIC],
        "shared": SECRET,
        "next_step": f"Ring him again about {SECRET}",
    }
    response = signed_in(cast.owner).post(reverse("log:add", args=[cast.person.pk]), data | more)
    assert response.status_code == 302, response.content.decode()
    return Contact.objects.get(shared=SECRET)


def test_it_rests_on_the_decision_and_the_officer_reads_it() -> None:
    cast = assemble()
    father = father_with_a_decision(cast)
    record_flag(by=cast.owner, person=cast.person, member=father, values=CONTROL, may_set_named=True)
    contact = tell_him(cast, father)
    assert ToDo.objects.get(kind=CHECK).right == Right.SEE_PROTECTED.name
    assert (contact.by_law, contact.unpermitted, len(contact.decisions)) == (True, False, 1)
    page = signed_in(cast.owner).get(reverse("log:contacts", args=[cast.person.pk])).content.decode()
    assert "Martin" in page
    assert not Card.objects.filter(key="log.members", family_member=contact.family_member_id).exists()
    assert TimelineEntry.objects.get(subject=contact.pk).right == Right.SEE_PROTECTED.name


def text_found(user: User, text: str) -> str:
    page = signed_in(user).get(reverse("log:search"), {"q": text}).content.decode()
    return page.partition("work-timeline")[2]


def test_to_anyone_narrow_it_is_as_if_nobody_had_rung() -> None:
    pages = (
        "log:contacts",
        "log:member_contacts",
        "casework:timeline",
        "casework:case",
        "casework:today",
        "log:search",
        "agreements:agreements",
        "agreements:agreement",
    )
    with two_worlds(
        words=(SECRET, f"{SECRET}view"), pages=(*pages, "search"), askers=("family_worker", "reception", "excluded")
    ) as worlds:
        cast = worlds.world.cast
        agreed = FamilyMember.objects.get(pk=worlds.world.more["with_live"])
        father = father_with_a_decision(cast, member=agreed)
        worlds.change(lambda: tell_him(cast, father, view=f"He thinks {SECRET}view"))
        assert f"{SECRET}view" in text_found(cast.owner, f"{SECRET}view"), "which the officer finds by the view"
        contact = Contact.objects.get(shared=SECRET)
        assert worlds.differences() == []
        narrow = signed_in(cast.family_worker)
        for name in ("log:contact", "log:correct"):
            assert narrow.get(reverse(name, args=[cast.person.pk, contact.pk])).status_code == 404
        assert SECRET not in narrow.get(reverse("log:search"), {"q": SECRET}).content.decode().replace(
            f'"{SECRET}"', ""
        )
        exported = narrow.get(reverse("log:give_back", args=[cast.person.pk]))
        assert exported.status_code == 404 or SECRET not in exported.content.decode()


def test_no_message_rests_on_it() -> None:
    cast = assemble()
    kind = next(kind for kind in KINDS.values() if kind.topic)
    father = father_with_a_decision(cast, kind.topic)
    answers = weigh(user=cast.owner, member_id=father.pk, kind=kind, channel=Channel.TEXT, at=timezone.now())
    assert worst_of(answers).answer.outcome is Outcome.REFUSE
