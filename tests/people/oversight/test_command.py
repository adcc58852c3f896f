"""`alongside erase`: what is due, what a hold keeps and whose it is, and a certificate for what went."""

from datetime import date

import pytest
from click.testing import CliRunner

from alongside.foundation.audit.holds import lift_hold, place_hold
from alongside.foundation.audit.models import Certificate
from alongside.people.oversight.commands import erase
from alongside.people.persons.models import Person
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    answer = CliRunner().invoke(erase, list(options))
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_hold_keeps_a_case_and_is_named_until_it_is_lifted() -> None:
    officer = UserFactory(name="Dora Data")
    person = PersonFactory(supervision_ends_on=date(2001, 1, 1))
    hold = place_hold(by=officer, case_id=person.pk, reason="Inquest into a death", review_on=date(2027, 1, 1))
    said = run("--yes", "--rule", "case")
    assert f"case {person.pk}: not erased. A legal hold keeps it, placed by Dora Data" in said
    assert "looked at by 1 January 2027" in said
    assert "Inquest" not in said, "why is told on the page alone"
    assert Person.objects.filter(pk=person.pk).exists()
    lift_hold(by=officer, hold=hold, reason="It is over")
    assert "1 due. Nothing was erased" in run("--rule", "case")
    said = run("--yes", "--rule", "case")
    assert f"certificate {Certificate.objects.get().pk}" in said
    assert not Person.objects.filter(pk=person.pk).exists()
