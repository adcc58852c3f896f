"""Vignette 21: the householder is seen alone and told of the offence; when the curfew ends the channel is closed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.involvement.decisions.models import HomeCheck
from tests.cast import assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.involvement.decisions.family import checked

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_a_home_is_checked_agreed_taken_back_and_closed() -> None:
    cast = assemble()
    mother = FamilyMemberFactory(person=cast.person, given_name="Nasreen", year_of_birth=1969)
    ContactPointFactory(family_member=mother, safety="safe")
    checked(cast.person)
    client = Client()
    client.force_login(cast.owner)
    args = [cast.person.pk, mother.pk]
    here = reverse("decisions:home", args=args)
    opened = {"kind": "home_check_kind.HDC", "address": "14 Albion Court"} | day("review_on", today() + timedelta(30))
    client.post(here, opened)
    page = client.get(here).content.decode()
    assert "The household checks for domestic abuse and for children are not both made" in page

    check = HomeCheck.objects.get()
    found = {"abuse": "none_found", "children": "none_found", "checked_with": "Police and children's services"}
    client.post(reverse("decisions:household", args=args), found | day("checked_on", today()) | {"version": 1})
    check.refresh_from_db()
    in_front_of_others = {"adult": "yes", "agreed": "yes", "version": check.version, "told_what": "The offence"}
    refused = client.post(reverse("decisions:householder", args=args), in_front_of_others).content.decode()
    assert "A yes counts only where they were seen alone" in refused
    alone = in_front_of_others | day("seen_alone_on", today()) | day("told_on", today())
    client.post(reverse("decisions:householder", args=args), alone)
    page = client.get(here).content.decode()
    assert "Yes, if you keep to what is below" in page

    ordinary = client.post(
        reverse("decisions:ask", args=args),
        {"identity": "called_back", "act": "share", "tell_topic": "progress", "goal": "other"}
        | {"why_them": "She is his mother", "why_now": "He is home", "will_do": "Support him"},
    ).content.decode()
    assert '<h2 class="answer__headline" id="answer-title">No</h2>' in ordinary

    check.refresh_from_db()
    client.post(reverse("decisions:home_withdraw", args=args), day("on", today()) | {"version": check.version})
    assert "has taken their agreement back" in client.get(here).content.decode()
    assert ToDo.objects.filter(kind="decisions.home.withdrawn", done_at=None).count() == 1

    check.refresh_from_db()
    client.post(
        reverse("decisions:home_end", args=args), {"end": "closed", "version": check.version} | day("on", today())
    )
    check.refresh_from_db()
    assert check.end == "closed"
    assert not ToDo.objects.filter(kind__startswith="decisions.home", done_at=None).exists()
    assert "Open the check" in client.get(here).content.decode()
