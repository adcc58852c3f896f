"""Vignette 6: her boyfriend asks the desk again and again whether he may come in, and stands where he can hear.

An alert for control in the office, time alone and another way out follow; the desk is told what to do and never why.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.safety.flags.queries import flag_facts
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.safety.flags.asking import date_parts, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_the_officer_sees_control_and_the_desk_sees_only_what_to_do() -> None:
    cast = assemble()
    person = cast.person
    lee = FamilyMemberFactory(person=person, given_name="Lee", relationship_id="relationship.BOF")
    officer, desk = signed_in(cast.owner), signed_in(cast.reception)
    nothing = desk.get(f"{reverse('flags:desk')}?everyone=yes").content.decode()
    assert "Nothing in particular today" in nothing

    recorded = officer.post(
        f"{reverse('flags:add_about', args=[person.pk, lee.pk])}?kind=safety_flag.CONTROL",
        {
            "signs": ["control_sign.ASKSIN", "control_sign.WAITS"],
            "certainty": "suspected",
            "source": "safety_source.SEEN",
            "basis": "fact",
            "words": "Asked four times at the desk whether he may come in; stood by the interview room door.",
        },
    )
    assert recorded.status_code == 302
    facts = flag_facts([lee.pk], on=today())[lee.pk]
    assert facts.control_alert
    assert facts.suspended
    assert desk.get(f"{reverse('flags:desk')}?everyone=yes").content.decode().count("Lee") == nothing.count("Lee")

    for action in ("ALONEIN", "OTHERDOOR"):
        told = officer.post(
            reverse("flags:add_marker", args=[person.pk]),
            {
                "who": "person",
                "action": f"reception_action.{action}",
                **date_parts("from_date", today()),
                **date_parts("until_date", today() + timedelta(days=60)),
            },
        )
        assert told.status_code == 302, told.context["form"].errors
    whole = desk.get(f"{reverse('flags:desk')}?everyone=yes").content.decode()
    page = whole[whole.index("<main") : whole.index("</main>")]
    assert "Let them through on their own; whoever comes with them waits here" in page
    assert "Let them leave by the other door when they ask" in page
    assert "Olwen Owner" in page
    for secret in ("control", "asked four times", "alert", "Lee"):
        assert secret not in page
    for closed in ("flags:safety", "flags:add", "casework:case"):
        assert desk.get(reverse(closed, args=[person.pk])).status_code == 404
