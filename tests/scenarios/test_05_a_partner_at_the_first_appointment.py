"""Vignette 5: her partner came along and spoke for her; later she says, alone, that he controls what she does.

What staff may do stops at once, earlier notes stay, she is seen alone, and he is never told why. What his messages and
his own pages show is told where those rooms are.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import TimelineEntry
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.models import Flag, StandDownPlan
from alongside.safety.flags.queries import flag_facts, stand_downs
from alongside.safety.flags.rules import CheckState
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.safety.flags.asking import date_parts, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


@pytest.fixture
def cast() -> Cast:
    return assemble()


def record(client: Client, member: FamilyMember, **said: str) -> Flag:
    """Record domestic abuse between the two, through the pages."""
    address = reverse("flags:add_about", args=[member.person_id, member.pk])
    assert "Domestic abuse between" in client.get(address).content.decode()
    answer = client.post(
        f"{address}?kind=safety_flag.DA_BETWEEN",
        {
            "direction": "from_member",
            "certainty": "known",
            "source": "safety_source.SELF",
            "basis": "reported",
            "words": "She said, alone, that he decides whom she sees.",
            **said,
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Flag.objects.get(family_member=member)


def test_what_she_says_alone_stops_staff_and_tells_him_nothing(cast: Cast) -> None:
    craig = FamilyMemberFactory(
        person=cast.person, given_name="Craig", relationship_id="relationship.PART", lives_with_person="yes"
    )
    theresa = FamilyMemberFactory(person=cast.person, given_name="Theresa", relationship_id="relationship.MOT")
    lines_before = set(TimelineEntry.objects.filter(case=cast.person.pk).values_list("pk", flat=True))
    officer, senior, family_worker = signed_in(cast.owner), signed_in(cast.senior), signed_in(cast.family_worker)
    his_page = reverse("casework:family_member", args=[cast.person.pk, craig.pk])
    before = family_worker.get(his_page).content.decode()

    flag = record(officer, craig)
    facts = flag_facts([craig.pk, theresa.pk], on=today())
    assert facts[craig.pk].suspended
    assert facts[craig.pk].abuse_between is CheckState.KNOWN
    assert facts[craig.pk].person_is_victim
    assert facts[theresa.pk].abuse_near, "nobody has asked yet whether her mother lives with him"
    assert lines_before <= set(TimelineEntry.objects.filter(case=cast.person.pk).values_list("pk", flat=True))

    own = officer.get(reverse("flags:flag", args=[cast.person.pk, flag.pk])).content.decode()
    assert "Waits for someone else" in own
    assert officer.get(reverse("flags:review", args=[cast.person.pk, flag.pk])).status_code == 404
    assert (
        "Stop: abuse between them known"
        in officer.get(reverse("flags:member", args=[cast.person.pk, craig.pk])).content.decode()
    )

    reviewed = senior.post(
        reverse("flags:review", args=[cast.person.pk, flag.pk]),
        {
            "note": "Adviser asked. No contact with him; she is seen alone on Thursdays.",
            "version": "1",
            **date_parts("review_on", today() + timedelta(days=14)),
        },
    )
    assert reviewed.status_code == 302
    assert not flag_facts([craig.pk], on=today())[craig.pk].suspended
    assert flag_facts([craig.pk], on=today())[craig.pk].abuse_between is CheckState.KNOWN

    prepared = officer.post(
        reverse("flags:prepare_plan", args=[cast.person.pk, craig.pk]),
        {
            "occasion": "safety",
            "words_key": "stand_down.pause",
            "told_how": "call",
            "cover": "Her sister collects Oscar on Thursdays.",
            "private_contact": "Thursdays at ten, at the women's centre; her work number.",
            **date_parts("tell_on", today() + timedelta(days=9)),
            **date_parts("review_on", today() + timedelta(days=60)),
        },
    )
    assert prepared.status_code == 302
    plan = StandDownPlan.objects.get()
    assert officer.post(reverse("flags:agree_plan", args=[cast.person.pk, plan.pk])).status_code == 404
    agreed = senior.post(reverse("flags:agree_plan", args=[cast.person.pk, plan.pk]), {"version": "1"})
    assert agreed.status_code == 302
    assert stand_downs([craig.pk], on=today())[craig.pk] is None, "nobody has told him yet"
    assert family_worker.get(his_page).content.decode().split("csrf")[0] == before.split("csrf")[0]

    told = officer.post(
        reverse("flags:tell_plan", args=[cast.person.pk, plan.pk]),
        {"version": "2", **date_parts("told_on", today())},
    )
    assert told.status_code == 302
    page = officer.get(reverse("flags:plan", args=[cast.person.pk, plan.pk])).content.decode()
    for_him = page[page.index("What they are told") :]
    assert "we pause our contact with families and friends" in for_him
    assert "rhoi saib" in for_him
    for secret in ("abuse", "safety", "control", "alone", "review of you"):
        assert secret not in for_him.split("</main>")[0].lower().replace("safety/", "")
