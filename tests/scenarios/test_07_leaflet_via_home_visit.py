"""Vignette 7: a support service asks the officer to leave something for a victim on a home visit."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.work.models import TimelineEntry
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.safety.advocacy.support import said_by

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
NEED = "They cannot reach Samantha since March, and want her to have a leaflet"


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.named(name))
    return client


def test_the_request_is_declined_with_the_safe_way_and_the_adviser_takes_it_from_there() -> None:
    cast = assemble()
    wife = FamilyMemberFactory(person=cast.person, given_name="Samantha", family_name="Achebe")
    officer, adviser = signed_in(cast, "owner"), signed_in(cast, "adviser")
    case = reverse("advocacy:case", args=[cast.person.pk])

    declined = officer.post(
        reverse("advocacy:asked", args=[cast.person.pk]),
        {"request": "at_home_visit", "asked_by": "service"},
        follow=True,
    )
    said = said_by(declined.content)
    assert "Do not do this" in said
    assert "The adviser gives it to them by a way that they have said is safe" in said
    assert "Give or leave something for them at a home visit" in said_by(officer.get(case).content)

    refer = reverse("advocacy:refer_member", args=[cast.person.pk, wife.pk])
    form = officer.get(refer).content.decode()
    assert 'value="Samantha Achebe"' in form
    sent = officer.post(refer, {"name": "Samantha Achebe", "request": NEED, "urgent": "no"}, follow=True)
    assert "Not yet acknowledged" in said_by(sent.content)
    assert NEED not in said_by(sent.content)

    waiting = adviser.get(reverse("advocacy:workspace"))
    assert "Samantha Achebe" in said_by(waiting.content)
    support = waiting.context["rows"][0].supported.pk
    page = said_by(adviser.get(reverse("advocacy:support", args=[support])).content)
    assert NEED in page
    assert "Give or leave something for them at a home visit" in page
    adviser.post(reverse("advocacy:acknowledge", args=[support]))
    written = {"kind": "reached", "text": "She is safe at her sister's", "on-day": "", "on-month": "", "on-year": ""}
    refused = adviser.post(reverse("advocacy:support", args=[support]), written)
    assert "Enter the day" in said_by(refused.content)
    assert "She is safe at her sister's" in refused.content.decode().replace("&#x27;", "'").replace("&#39;", "'")

    seen = said_by(officer.get(reverse("advocacy:member", args=[cast.person.pk, wife.pk])).content)
    assert "Acknowledged on" in seen
    assert "Do not contact Samantha Achebe from here" in seen
    for name in ("owner", "senior", "family_worker", "inspector"):
        client = signed_in(cast, name)
        for page_name in ("casework:case", "casework:timeline", "casework:family"):
            assert NEED not in said_by(client.get(reverse(page_name, args=[cast.person.pk])).content)
    assert not TimelineEntry.objects.filter(kind__startswith="advocacy").exists()
    assert officer.get(reverse("advocacy:support", args=[support])).status_code == 403
