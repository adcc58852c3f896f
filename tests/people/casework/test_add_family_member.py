"""Adding someone: what is asked for says so, and faults stand from top to bottom."""

import pytest
from django.urls import reverse

from alongside.people.casework.forms.family import AddMemberForm
from tests.cast import assemble
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
