"""The people of the acceptance scenarios are there by name, made by the product's own actions."""

from pathlib import Path

import pytest
import yaml
from django.test import Client

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import CastMember, User
from alongside.foundation.accounts.queries import demo_refusal
from alongside.foundation.audit.models import Event
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.allocations.looking import Found, look_up_number
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.allocations.queries import visible_to
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.maps.queries import map_at
from alongside.people.persons.models import Person, SourceCheck
from alongside.people.persons.queries import matching_name
from alongside.synthetic.actions import make_caseload
from alongside.synthetic.vignettes import stories as told
from alongside.synthetic.vignettes.stories import Part, Story, StoryError, parts, stories

STORIES = stories()
NUMBERS = pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.number}")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker):
    """A demo that every test of this module looks at and none changes."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        make_caseload(people=20, seed=54)
        yield
        transaction.set_rollback(True)


def case(number: int) -> Person:
    return Person.objects.get(crn=f"V{number:06d}")


def one_of_the_cast(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '.')}@cast.example")


def sees(key: str, number: int) -> bool:
    return visible_to(one_of_the_cast(key)).filter(pk=case(number).pk).exists()


def test_there_are_twenty_five_and_each_says_what_to_try() -> None:
    assert [story.number for story in STORIES] == list(range(1, 26))
    assert len({story.title for story in STORIES}) == 25
    for story in STORIES:
        assert story.story.endswith(".")
        assert story.to_try.endswith(".")
        assert story.family


def test_everyone_in_them_has_a_name_of_their_own() -> None:
    names = [f"{story.person.given} {story.person.family}" for story in STORIES] + [part.name for part in parts()]
    assert len(set(names)) == len(names)


def test_there_is_someone_to_be_in_every_role() -> None:
    assert {part.role for part in parts()} == {role.value for role in RoleCode}
    assert all(len(part.to_try) <= 300 for part in parts())


@pytest.mark.usefixtures("demo")
@NUMBERS
def test_each_can_be_found_by_name_and_misspelt(story: Story) -> None:
    name = f"{story.person.given} {story.person.family}"
    assert case(story.number) in matching_name(Person.objects.all(), name)
    misspelt = f"{story.person.given} {story.person.family[:2]}{story.person.family[3:]}"
    assert case(story.number) in matching_name(Person.objects.all(), misspelt)


@pytest.mark.usefixtures("demo")
@NUMBERS
def test_each_has_what_actions_leave_behind(story: Story) -> None:
    person = case(story.number)
    members = FamilyMember.objects.filter(person=person)
    assert {(row.given_name, row.family_name) for row in members} >= {(one.given, one.family) for one in story.family}
    card = Card.objects.get(case=person.pk, key="families")
    assert card.headline.startswith(str(members.count()))
    said = TimelineEntry.objects.filter(case=person.pk)
    assert said.filter(kind__startswith="families.member").count() == members.count()
    assert Event.objects.filter(chain=person.pk, name="families.member.added").count() == members.count()
    put_off = members.filter(notice_state="deferred")
    assert ToDo.objects.filter(case=person.pk, kind="families.notice.review").count() == put_off.count()


@pytest.mark.usefixtures("demo")
@NUMBERS
def test_everybody_named_is_on_the_family_map(story: Story) -> None:
    person = case(story.number)
    view = map_at(person.pk)
    assert set(view.members.values()) == set(FamilyMember.objects.filter(person=person).values_list("pk", flat=True))
    assert view.network.index is not None


@pytest.mark.usefixtures("demo")
@NUMBERS
def test_what_was_checked_is_written_down_and_the_rest_is_not(story: Story) -> None:
    checked = SourceCheck.objects.filter(person=case(story.number)).values_list("matter", flat=True)
    assert set(checked) == set(story.checked)


@pytest.mark.usefixtures("demo")
def test_the_excluded_colleague_is_told_whom_to_speak_to() -> None:
    assert not sees("colleague", 4)
    assert sees("practitioner", 4)
    answer = look_up_number(one_of_the_cast("colleague"), field="crn", number=case(4).crn)
    assert answer.found is Found.CLOSED
    assert "Priya Nair" in answer.message


@pytest.mark.usefixtures("demo")
def test_the_restricted_case_shows_to_its_readers_alone() -> None:
    seers = {part.key for part in parts() if sees(part.key, 8)}
    assert seers == {"practitioner", "senior", "safeguarding_lead"}


@pytest.mark.usefixtures("demo")
def test_the_unconfirmed_case_shows_to_its_officer_alone() -> None:
    assert UnconfirmedAccess.objects.filter(person=case(22)).exists()
    assert {part.key for part in parts() if sees(part.key, 22)} == {"practitioner"}


@pytest.mark.usefixtures("demo")
def test_cases_are_given_to_those_who_work_by_referral() -> None:
    assert {story.number for story in STORIES if sees("inspector", story.number)} == {13, 25}
    assert {story.number for story in STORIES if sees("quality", story.number)} == {12, 18}
    assert not any(sees("commissioner", story.number) for story in STORIES)


@pytest.mark.usefixtures("demo")
def test_a_friend_who_is_under_supervision_too_is_noticed_in_silence() -> None:
    match = PossibleMatch.objects.get(family_member__person=case(20))
    assert match.matched_person == case(16)
    assert not ToDo.objects.filter(case=case(20).pk, subject=match.pk).exists()


@pytest.mark.usefixtures("demo")
def test_the_demo_stands_and_lists_the_cast() -> None:
    assert demo_refusal() == ""
    assert [row.user.name for row in CastMember.objects.select_related("user")] == [part.name for part in parts()]
    page = Client().get("/demo/").content.decode()
    for part in parts():
        assert part.name in page


@pytest.mark.usefixtures("demo")
def test_a_visitor_can_be_the_practitioner() -> None:
    client = Client()
    member = CastMember.objects.get(user=one_of_the_cast("practitioner"))
    client.post(f"/demo/{member.pk}/")
    assert client.session["_auth_user_id"] == str(one_of_the_cast("practitioner").pk)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"surprise": 1}, "surprise is not known"), ({"title": None}, "title is missing")],
)
def test_a_story_that_cannot_be_told_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], message: str
) -> None:
    entry = {**yaml.safe_load(told.STORIES_FILE.read_text())[0], **change}
    file = tmp_path / "stories.yaml"
    file.write_text(yaml.safe_dump([{key: value for key, value in entry.items() if value is not None}]))
    monkeypatch.setattr(told, "STORIES_FILE", file)
    with pytest.raises(StoryError, match=f"story 1: {message}"):
        told.stories.__wrapped__()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("part", parts(), ids=lambda part: part.key)
def test_everyone_of_the_cast_has_a_start_page(part: Part) -> None:
    client = Client()
    client.force_login(one_of_the_cast(part.key))
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("demo")
@NUMBERS
def test_the_case_page_is_built_round_the_family(story: Story) -> None:
    client = Client()
    client.force_login(one_of_the_cast(story.officer))
    page = client.get(f"/cases/{case(story.number).pk}/").content.decode()
    for member in story.family:
        assert member.given in page
