"""`alongside synthesise` from the command line, and the demo's caseload for real."""

import pytest
from click.testing import CliRunner
from django.test import Client

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.accounts.models import CastMember
from alongside.people.persons.models import Person
from alongside.synthetic import actions
from alongside.synthetic.commands import synthesise
from alongside.synthetic.demo import load_if_empty
from tests.factories import PersonFactory


@pytest.fixture
def without_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that roll back may not use the owner's connection."""
    monkeypatch.setattr(actions, "gather_statistics", lambda: False)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_owner")
def test_it_says_what_it_made_and_how_far_it_is() -> None:
    options = ["--people", "12", "--seed", "5", "--today", "2026-11-22", "--no-vignettes"]
    answer = CliRunner().invoke(synthesise, options)
    assert answer.exit_code == 0
    assert "12 people with" in answer.stdout
    assert "MB of memory" in answer.stdout
    assert "12 of 12 people" in answer.stderr
    assert "run VACUUM ANALYZE as the owner" in answer.stderr
    assert Person.objects.count() == 12


@pytest.mark.django_db
@pytest.mark.usefixtures("without_owner")
def test_a_refusal_is_a_sentence_and_no_traceback() -> None:
    PersonFactory(synthetic_mark=None)
    answer = CliRunner().invoke(synthesise, ["--people", "12"])
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error: This database holds someone who was not invented")


@pytest.mark.parametrize(
    "wrong", [["--people", "0"], ["--people", "many"], [], ["--people", "5", "--today", "yesterday"]]
)
def test_wrong_options_are_refused_before_anything_happens(wrong: list[str]) -> None:
    assert CliRunner().invoke(synthesise, wrong).exit_code == 2


def test_the_demo_fills_an_empty_database_and_can_be_entered(live_database: DatabaseUrls) -> None:
    said: list[str] = []
    assert load_if_empty(say=said.append, people=30)
    assert not load_if_empty(say=said.append, people=30)
    assert said == ["Inventing 30 people, their families and their officers."]
    assert Person.objects.count() == 55
    client = Client()
    member = CastMember.objects.select_related("user").first()
    assert member is not None
    assert member.user.name in client.get("/demo/").content.decode()
    client.post(f"/demo/{member.pk}/")
    assert client.session["_auth_user_id"] == str(member.user_id)
