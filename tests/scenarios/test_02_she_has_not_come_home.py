"""Vignette 2, one night later: her father rings that she has not come home. Who calls whom is written down as it is
done, duty is asked at once, and he is told no more than she permits (R169). And vignettes 16 and 20, as they ring.
"""

import pytest
from django.urls import reverse

from alongside.contact.concerns.models import Concern
from alongside.contact.log.models import Contact
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.involvement.decisions.family import checked, trusted_father
from tests.people.casework.asking import signed_in
from tests.safety.permissions.people import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_her_father_rings_and_everyone_knows_what_to_do() -> None:
    cast = assemble()
    father = trusted_father(cast.person, cast.owner)
    cover = signed_in(cast.cover)
    found = cover.get(reverse("concerns:call"), {"q": "07700 900111", "identity": "called_back"}, follow=True)
    screen = words_of(found)
    assert "What you may tell them" in screen
    assert "Where they are" in screen[: screen.index("On anything else, say")]
    assert "I can talk about what was agreed" in screen
    assert "I cannot say whether we know" not in screen
    assert "Someone has not come home" in screen
    address = f"{reverse('concerns:tell_on_case', args=[cast.person.pk])}?member={father.pk}&kind=MISSING"
    asked = words_of(cover.get(address))
    assert "You can report someone missing to the police yourself" in asked
    gap = words_of(cover.post(address, {"channel": "told_channel.PHONE"}))
    assert "Enter when and where they were last seen" in gap
    written = words_of(
        cover.post(
            address,
            {
                "limits_said": "yes",
                "channel": "told_channel.PHONE",
                "told_by": "told_by.FAMILY",
                "family_member": str(father.pk),
                "last_seen": "Ten last night, at the bus station",
                "danger": "She said that she was tired of it all",
                "health": "Her tablets are still on the table",
            },
            follow=True,
        )
    )
    assert "I cannot say whether we know anyone" in written
    concern = Concern.objects.get()
    assert (concern.urgent, concern.person_id) == (True, cast.person.pk)

    shown = words_of(cover.get(reverse("concerns:concern", args=[concern.pk])))
    assert "Who does what now" in shown
    assert "What worries them most: She said that she was tired of it all" in shown
    step = reverse("concerns:step", args=[concern.pk])
    police = {"step": "missing_step.POLICE", "note": "Log 0212, PC Hale"}
    done = words_of(cover.post(step, police, follow=True))
    assert "Cora Cover" in done
    assert "Log 0212, PC Hale" in done
    again = words_of(signed_in(cast.owner).post(step, police, follow=True))
    assert "Cora Cover has done this already" in again

    found_her = f"{reverse('concerns:decide', args=[concern.pk])}?outcome=concern_outcome.FOUND"
    ended = words_of(cover.post(found_her, {"why": "At a friend's. Spoken with, alone."}, follow=True))
    assert "Found, and spoken with" in ended
    assert "missing" not in words_of(cover.get(reverse("casework:today")))


def test_what_needs_asking_first_is_not_promised_once_a_purpose_is_said() -> None:
    cast = assemble()
    checked_so_far = ("DOMESTIC_ABUSE", "ORDERS", "LIMITED_ACCESS")
    father = trusted_father(cast.person, cast.owner, matters=checked_so_far, purpose=False)
    call, promised = reverse("concerns:member_call", args=[cast.person.pk, father.pk]), "As soon as you have said what"
    officer = signed_in(cast.owner)
    screen = words_of(officer.get(call, {"identity": "called_back"}))
    assert promised not in screen
    assert "What somebody has to be asked about first" in screen
    checked(cast.person, "CHILDREN")
    assert promised in words_of(officer.get(call, {"identity": "called_back"}))


def test_a_couple_rings_their_officer_and_each_call_has_its_place() -> None:
    cast = assemble()
    paige = FamilyMemberFactory(person=cast.person, given_name="Paige", family_name="Holt")
    officer = signed_in(cast.owner)
    screen = reverse("concerns:member_call", args=[cast.person.pk, paige.pk])
    for how in ("code_word", "called_back"):
        words = words_of(officer.get(screen, {"identity": how}))
        assert "Then only listen." in words
        assert "I cannot say whether we know anyone of that name" in words
        assert "Offer to ring back" not in words
    assert "no telephone number is on record" in words
    assert "none is recorded that only they give" in words
    in_front = words_of(officer.get(screen, {"identity": "known"}))
    assert "Nothing about Daniel." in in_front
    assert "I cannot say whether we know anyone of that name" in in_front

    relay = reverse("log:add", args=[cast.person.pk])
    begun = officer.get(relay, {"with": paige.pk, "how": "phone", "direction": "from_them", "about": "RELAY"})
    assert begun.context["form"].initial["purpose"] == "contact_purpose.RELAY"

    complaint = {
        "limits_said": "yes",
        "kind": "concern_kind.COMPLAINT",
        "channel": "told_channel.PHONE",
        "told_by": "told_by.FAMILY",
        "family_member": str(paige.pk),
        "seen": "That her officer takes his side",
        "can_wait": "yes",
    }
    tell = f"{reverse('concerns:tell_on_case', args=[cast.person.pk])}?member={paige.pk}&kind=COMPLAINT"
    officer.post(tell, complaint)
    assert "Read what someone told us" in words_of(signed_in(cast.senior).get(reverse("casework:today")))
    assert officer.get(reverse("concerns:concern", args=[Concern.objects.get().pk])).status_code == 404

    lucy = FamilyMemberFactory(person=cast.person, given_name="Lucy", family_name="Hammond")
    absence = reverse("concerns:add_absence", args=[cast.person.pk, lucy.pk])
    day = {"from_date-day": "4", "from_date-month": "3", "from_date-year": "2026"}
    said = {"limits_said": "yes", "said": "A migraine", "person_knows": "yes"}
    noted = words_of(officer.post(absence, day | said, follow=True))
    assert "It is a notification, not evidence" in noted
    assert "does not count as your evidence" in noted
    assert Contact.objects.get().purpose_id == "contact_purpose.ABSENCE"
