"""Vignette 21: the householder is seen alone and told of the offence; when the curfew ends the channel is closed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.links import address_of
from alongside.foundation.work.models import Approval, ToDo
from alongside.involvement.decisions.models import Decision, HomeCheck
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
    told = Decision.objects.get()
    assert (told.act, told.use) == ("home_check", "done"), "she was told, so the answer that let us is kept"
    explained = client.get(reverse("decisions:kept", args=[cast.person.pk, told.pk])).content.decode()
    assert "the same answer for the same reasons" in explained

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
    page = client.get(here).content.decode()
    assert "Open the check" in page
    assert "14 Albion Court" in page, "what she was told and said can still be read"
    assert "The householder took their agreement back" in page


def test_what_has_to_be_asked_first_is_asked_from_the_check_and_comes_back_to_it() -> None:
    cast = assemble()
    mother = FamilyMemberFactory(person=cast.person, given_name="Nasreen", year_of_birth=1969)
    checked(cast.person)
    client, senior = Client(), Client()
    client.force_login(cast.owner)
    senior.force_login(cast.senior)
    args = [cast.person.pk, mother.pk]
    here, householder = reverse("decisions:home", args=args), reverse("decisions:householder", args=args)
    client.post(here, {"kind": "home_check_kind.BAIL", "address": "14 Albion Court"})
    unended = ToDo.objects.get(kind="decisions.home.end", done_at=None)
    assert unended.due_on == today() + timedelta(28), "no check stays open unseen, also where its end is not known"
    assert address_of(kind=unended.kind, case_id=unended.case, subject_id=unended.subject) == here
    mended = {"kind": "home_check_kind.BAIL", "address": "15 Albion Court", "version": 1}
    client.post(reverse("decisions:home_change", args=args), mended | day("review_on", today() + timedelta(9)))
    unended.refresh_from_db()
    assert unended.due_on == today() + timedelta(9)

    said = {"adult": "yes", "told_what": "The offence", "version": 2} | day("told_on", today())
    assert "nobody is told the offence yet" in client.get(householder).content.decode()
    assert "nobody is told the offence yet" in client.post(householder, said).content.decode()
    page = client.get(here)
    seen = page.context["use_form"]["seen"].value()
    use = reverse("decisions:home_use", args=args)
    too_long = client.post(use, {"use": "asked", "seen": seen, "note": "x" * 501}).content.decode()
    assert "x" * 501 in too_long, "nothing typed is lost"
    assert client.post(use, {"use": "done", "seen": seen}).url == here
    assert not Decision.objects.exists()
    kept = client.post(use, {"use": "asked", "seen": seen, "note": "Police answer on Friday"}).url
    approval = Approval.objects.get(subject=Decision.objects.get().pk)
    assert (
        "Police answer on Friday"
        in senior.get(reverse("casework:read_approval", args=[approval.pk]), follow=True).content.decode()
    )
    senior.post(reverse("casework:approval", args=[approval.pk]), {"state": "approved", "reason": "Tell her today."})
    assert f'href="{here}"' in client.get(kept).content.decode(), "asked again where it was asked"
    page = client.get(here).content.decode()
    assert "It was asked about first and approved" in page
    assert "“Tell her today.”" in page, "one keeps to what the approval says, so it stands there"
    client.post(householder, said)
    assert [row.use for row in Decision.objects.order_by("at")] == ["asked", "done"]

    check = HomeCheck.objects.get()
    found = {"abuse": "known", "children": "none_found", "checked_with": "Police", "version": check.version}
    client.post(reverse("decisions:household", args=args), found | day("checked_on", today()))
    page = client.get(here)
    assert page.context["shown"].tone == "no"
    client.post(use, {"use": "held", "seen": page.context["use_form"]["seen"].value()})
    assert Decision.objects.latest("at").use == "held"
