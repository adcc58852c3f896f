"""Vignette 8: she wants help and not social services. Her wish is heard; a child is protected; her name is not told."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.foundation.records.identity import identity
from alongside.safety.protected.models import Told
from tests.cast import assemble
from tests.factories import FamilyMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_her_wish_is_heard_duty_is_done_and_her_name_stays_out() -> None:
    cast = assemble()
    partner = FamilyMemberFactory(person=cast.person, given_name="Kelly-Ann", family_name="Webb")
    officer, case = as_(cast.owner), [cast.person.pk]
    before = officer.get(f"{reverse('protected:listen', args=case)}?member={partner.pk}").content.decode()
    assert "I cannot promise to keep it all to myself" in before
    written = officer.post(
        reverse("protected:listen", args=case),
        {
            "limits_said": "yes",
            "told_by": "told_by.FAMILY",
            "family_member": str(partner.pk),
            "channel": "told_channel.PHONE",
            "seen": "He hit the door beside her son's head",
            "wishes": "Get him to stop. Do not tell social services.",
            "expects": "That we speak to him this week",
            "duties": ["duty_owed.CHILD"],
        },
    )
    told = officer.get(written.url).content.decode()
    assert told.index("We must act on this, whatever they wish") < told.index("Do not tell social services")
    assert "Nobody’s wish or consent is needed" in told
    assert "Nothing: the source is protected" in told
    with identity(cast.owner.pk):
        item = Told.objects.get()
    referred = officer.post(
        f"{reverse('protected:refer', args=case)}?told={item.pk}",
        {
            "protects": "child",
            "who": "Her son, 11",
            "agency": "safeguarding_agency.CHILDREN",
            "concern": "A door was hit beside a child. Keep the source out of it.",
            "consent": "safeguarding_consent.AGAINST",
            "consent_reason": "He may be hurt next time",
        },
    )
    assert "They did not want it; we refer because of the risk" in officer.get(referred.url).content.decode()
    assert "Passed on to those who act" in officer.get(written.url).content.decode()

    officer.post(
        reverse("protected:add_instruction", args=case),
        {"instruction": "handling_instruction.NOTALONE", "family_member": ""},
    )
    visitor = as_(cast.cover).get(reverse("casework:case", args=case)).content.decode()
    assert "Do not visit alone" in visitor
    assert "door" not in visitor

    for narrow in (cast.colleague, cast.family_worker, cast.reception, cast.adviser):
        assert as_(narrow).get(written.url).status_code == 404
