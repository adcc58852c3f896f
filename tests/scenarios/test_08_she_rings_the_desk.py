"""Vignette 8 again, from the desk: she rings, nobody knows who she is, and nothing is confirmed. A child is protected,
her wish is kept, and whoever took the call learns no more than that somebody read it.
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.contact.concerns.actions import bring_up_unread
from alongside.contact.concerns.models import Concern
from alongside.foundation.records.identity import identity
from alongside.safety.protected.models import Told
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in
from tests.safety.permissions.people import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_from_a_call_to_the_desk_to_a_referral_with_its_receipt() -> None:
    cast = assemble()
    partner = FamilyMemberFactory(person=cast.person, given_name="Kelly-Ann", family_name="Webb")
    desk, senior = signed_in(cast.reception), signed_in(cast.senior)

    start = words_of(desk.get(reverse("casework:today")))
    assert "Take a call" in start
    opened = words_of(desk.get(reverse("concerns:tell"), {"kind": "CONCERN"}))
    assert "I cannot promise to keep it all to myself" in opened
    receipt = words_of(
        desk.post(
            reverse("concerns:tell"),
            {
                "limits_said": "yes",
                "kind": "concern_kind.CONCERN",
                "channel": "told_channel.PHONE",
                "told_by": "told_by.FAMILY",
                "told_by_name": "Kelly-Ann",
                "about": "Dan, who comes to you on Tuesdays",
                "seen": "He hit the door beside her son's head",
                "wishes": "Get him to stop. Do not tell social services.",
                "reach": "Text, in school hours",
                "duties": ["duty_owed.CHILD"],
                "can_wait": "yes",
            },
            follow=True,
        )
    )
    assert "I cannot say whether we know anyone" in receipt
    assert "Not read yet" in receipt
    assert "Achebe" not in receipt

    concern = Concern.objects.get()
    assert concern.urgent, "a child may be hurt, whatever was ticked"
    waiting = words_of(senior.get(reverse("casework:today")))
    assert "Read now: someone told us something urgent" in waiting
    bring_up_unread(now=timezone.now())
    read = words_of(senior.get(reverse("concerns:concern", args=[concern.pk])))
    assert read.index("We must act on this, whatever they wish") < read.index("Do not tell social services")
    assert "Not read yet" in words_of(desk.get(reverse("concerns:received", args=[concern.pk]))), "it was a glance"
    senior.post(reverse("concerns:read", args=[concern.pk]))
    assert "Read" in words_of(desk.get(reverse("concerns:received", args=[concern.pk])))
    assert desk.get(reverse("concerns:concern", args=[concern.pk])).status_code == 403

    found = words_of(senior.get(reverse("concerns:place", args=[concern.pk]), {"q": "achebe"}))
    assert "Daniel Achebe" in found
    placed = words_of(
        senior.post(
            reverse("concerns:place_with", args=[concern.pk, cast.person.pk]),
            {"family_member": str(partner.pk), "sure": "on"},
            follow=True,
        )
    )
    assert "It stands with the case now, and its source is protected" in placed
    decided = words_of(
        senior.post(
            f"{reverse('concerns:decide', args=[concern.pk])}?outcome=concern_outcome.CHILDREN",
            {
                "who": "Her son, 11",
                "agency_name": "Duty desk, Anwen Rees, 0417",
                "concern": "A door was hit beside a child. Keep the source out of it.",
                "consent": "safeguarding_consent.AGAINST",
                "consent_reason": "He may be hurt next time",
            },
            follow=True,
        )
    )
    assert re.search(r"Referred to children’s services , decided by Sunita Senior", decided)
    assert "Duty desk, Anwen Rees, 0417" in decided
    officer = signed_in(cast.owner)
    assert "Ask what came of a referral" in words_of(officer.get(reverse("casework:today")))
    with identity(cast.owner.pk):
        told = Told.objects.get()
    item = words_of(officer.get(reverse("protected:told", args=[cast.person.pk, told.pk])))
    assert "Kelly-Ann Webb" in item
    assert "Nothing: the source is protected" in item
    assert "Passed on to those who act" in item
    for narrow in (cast.colleague, cast.family_worker, cast.outsider, cast.excluded):
        assert signed_in(narrow).get(reverse("concerns:concern", args=[concern.pk])).status_code in (403, 404)
