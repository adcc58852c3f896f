"""Adding someone: what is asked for says so, and faults stand from top to bottom."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.people.casework.forms.family import AddMemberForm
from alongside.people.families.actions import add_family_member
from alongside.people.families.models import ContactPoint, FamilyMember
from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


def test_faults_stand_in_the_order_of_the_page() -> None:
    assert list(AddMemberForm({}).errors) == ["given_name", "relationship", "age", "notice_state"]


def test_what_a_choice_makes_necessary_is_not_called_optional() -> None:
    cast = assemble()
    page = signed_in(cast.owner).get(reverse("casework:add_family_member", args=[cast.person.pk])).content.decode()
    assert "Why not yet?" in page
    assert "Why not yet? (optional)" not in page
    assert "Age (optional)" not in page
    assert "Telephone number (optional)" in page


def test_a_question_is_worded_as_one() -> None:
    cast = assemble()
    page = signed_in(cast.owner).get(reverse("casework:asked", args=[cast.person.pk, "carer"])).content.decode()
    assert '<h1 class="govuk-heading-l">Do they care for someone?' in page


def test_sent_twice_is_added_once() -> None:
    cast = assemble()
    address = reverse("casework:add_family_member", args=[cast.person.pk])
    client = signed_in(cast.owner)
    data = {
        "given_name": "Grace",
        "relationship": "relationship.MOT",
        "age": "adult",
        "telephone": "07700 900123",
        "safety": "safe",
        "notice_state": "given",
        "once": str(uuid4()),
    }
    first, second = client.post(address, data), client.post(address, data)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert FamilyMember.objects.filter(person=cast.person).count() == 1
    assert ContactPoint.objects.count() == 1


def test_a_key_of_another_case_adds_nothing_to_it() -> None:
    cast = assemble()
    other = FamilyMemberFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_family_member(by=cast.owner, person=cast.person, key=other.pk, given_name="Grace")
    assert FamilyMember.objects.get(pk=other.pk).person_id == other.person_id
