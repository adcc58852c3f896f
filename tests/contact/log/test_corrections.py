"""A correction reaches all that rests on a note: with whom it was, what was shared, budget, to-dos and cards."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.actions import correct_contact
from alongside.contact.log.models import Contact, Direction, EarlierContact, Party
from alongside.contact.log.telling import NEXT, UNPERMITTED
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.involvement.agreements.models import ContactDraw
from alongside.people.families.models import FamilyMember
from tests.cast import Cast, assemble
from tests.contact.log.test_pages import call, mother_of, written
from tests.factories import FamilyMemberFactory
from tests.involvement.decisions.family import trusted_father
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


def correct(cast: Cast, contact: Contact, member: FamilyMember | None, **more: Any) -> Any:
    data = call(member) | {"reason": "The wrong one", "version": contact.version} | more
    return signed_in(cast.owner).post(reverse("log:correct", args=[cast.person.pk, contact.pk]), data)


def test_a_note_under_the_wrong_relative_goes_to_the_right_one_and_leaves_nothing_with_the_other() -> None:
    cast = assemble()
    mother, aunt = mother_of(cast), FamilyMemberFactory(person=cast.person, given_name="Efua")
    contact = written(cast, aunt, next_step="Ring again", next_on=today(), direction=Direction.TO_THEM)
    assert correct(cast, contact, mother, next_step="Ring again", direction="to_them").status_code == 302
    contact.refresh_from_db()
    assert contact.family_member == mother
    assert EarlierContact.objects.get().family_member == aunt.pk, "what was said before goes when she goes"
    cards = Card.objects.filter(key="log.members")
    assert list(cards.values_list("family_member", flat=True)) == [mother.pk]
    assert list(ContactDraw.objects.values_list("family_member", flat=True)) == [mother.pk]
    assert ToDo.objects.get(kind=NEXT).family_member == mother.pk
    assert TimelineEntry.objects.get(title__startswith="Corrected: ").family_member == mother.pk
    client = signed_in(cast.owner)
    hers = client.get(reverse("log:member_contacts", args=[cast.person.pk, aunt.pk])).content.decode()
    assert "worried about the rent" not in hers
    page = client.get(reverse("log:contact", args=[cast.person.pk, contact.pk])).content.decode()
    assert "<strong>With:</strong> Efua" in page


def test_it_was_the_person_or_an_agency_after_all() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast))
    refused = correct(cast, contact, None, who="agency").content.decode()
    assert "Enter which agency" in refused
    correct(cast, contact, None, who="agency", agency="Housing, Mr Lee")
    contact.refresh_from_db()
    assert (contact.party, contact.agency, contact.family_member) == (Party.AGENCY, "Housing, Mr Lee", None)
    assert not ContactDraw.objects.exists()
    assert not Card.objects.filter(key="log.members").exists()


def test_what_was_shared_with_somebody_else_is_asked_about_anew() -> None:
    cast = assemble()
    aunt = FamilyMemberFactory(person=cast.person, given_name="Efua")
    father = trusted_father(cast.person, cast.owner)
    contact = written(cast, aunt)
    shared = {"topics": ["attendance"], "shared": "When he can move in"}
    assert "Select how you knew" in correct(cast, contact, father, **shared).content.decode()
    known = shared | {"identity": "called_back"}
    assert "Nothing that is recorded permits" in correct(cast, contact, aunt, **known).content.decode()
    assert correct(cast, contact, father, **known).status_code == 302
    contact.refresh_from_db()
    assert (contact.topics, len(contact.decisions), contact.unpermitted) == (["attendance"], 1, False)
    assert Event.objects.filter(name="log.contact.shared").count() == 1
    assert correct(cast, contact, aunt, **known, said_anyway="on").status_code == 302
    contact.refresh_from_db()
    assert (contact.decisions, contact.unpermitted) == ([], True), "the answer about him permits nothing to her"
    assert ToDo.objects.filter(kind=UNPERMITTED, done_at=None).count() == 1
    correct(cast, contact, aunt)
    contact.refresh_from_db()
    assert contact.unpermitted, "a correction does not take back that it was looked at by nobody"


def test_a_call_that_was_not_answered_after_all_counts_against_nothing_agreed() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast), direction=Direction.TO_THEM)
    assert ContactDraw.objects.count() == 1
    ours = {"direction": "to_them"}
    for how, counted in ((ours | {"outcome": "contact_outcome.NOANSWER"}, 0), (ours, 1), ({}, 0), (ours, 1)):
        assert correct(cast, contact, contact.family_member, **how).status_code == 302
        contact.refresh_from_db()
        assert ContactDraw.objects.count() == counted


def test_an_old_note_is_corrected_without_promising_anything_anew() -> None:
    cast = assemble()
    long_ago = today() - timedelta(days=30)
    contact = written(
        cast, mother_of(cast), next_step="Ring again", next_on=long_ago, at=timezone.now() - timedelta(30)
    )
    ToDo.objects.filter(kind=NEXT).update(done_at=timezone.now(), done_by=cast.owner.pk)
    local = timezone.localtime(contact.at)
    day = {f"on-{part}": getattr(local, part) for part in ("day", "month", "year")} | {"clock": f"{local:%H:%M}"}
    day |= {f"next_on-{part}": getattr(long_ago, part) for part in ("day", "month", "year")}
    before = Event.objects.filter(name__startswith="agreements.budget").count()
    answer = correct(cast, contact, contact.family_member, heard="It was the gas.", next_step="Ring again", **day)
    assert answer.status_code == 302, answer.content.decode()
    assert not ToDo.objects.filter(kind=NEXT, done_at=None).exists()
    assert Contact.objects.get().at == contact.at
    assert Event.objects.filter(name__startswith="agreements.budget").count() == before
    now = Contact.objects.get()
    correct_contact(by=cast.owner, contact=now, seen_version=now.version, reason="More", next_step="Write to her")
    assert ToDo.objects.get(kind=NEXT, done_at=None).title == "Write to her"
