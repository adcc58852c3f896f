"""The exercises as a practitioner does them beside someone."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.foundation.audit.erasure import Subject, erase
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.people.maps.actions import undo
from alongside.people.maps.closeness import Token
from alongside.people.maps.exercises.parts import HelpArea, Support, areas_on_one_person, areas_without_help
from alongside.people.maps.exercises.queries import exercises_of
from alongside.people.maps.vocabulary import PartialDate
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.owner)
    return client


@pytest.fixture
def nan(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Grace", phrase="Nan")


@pytest.fixture
def base(cast: Cast) -> str:
    return f"/cases/{cast.person.pk}/exercises/"


def text_of(response) -> str:
    return response.content.decode()


def placed(cast: Cast, typed: dict[str, str]) -> dict[str, str]:
    """The board as the page sends it: p0 is the first person in the list, and every button has a size and a pattern."""
    refs = {f"p{number}": someone.ref for number, someone in enumerate(exercises_of(cast.person).people())}
    named = {f"{refs[name.split('-')[0]]}-{name.split('-')[1]}": value for name, value in typed.items()}
    people = {name.rsplit("-", 1)[0] for name in named}
    plain = {f"{one}-size": "2" for one in people} | {f"{one}-pattern": "plain" for one in people}
    return plain | named


SYSTEM = {"label": "Chapel", "kind": "faith", "strength": "strong", "flow": "to_centre", "stressful": "False"}


def yes_or_no(form_page: str) -> dict[str, str]:
    """How the page words yes and no."""
    value = "no" if 'value="no"' in form_page else "False"
    return {**SYSTEM, "stressful": value}


@pytest.mark.parametrize("page", ["", "community/", "life/", "supporters/", "closeness/", "value/", "worksheets/"])
def test_an_empty_case_says_what_to_do_first(client: Client, base: str, page: str) -> None:
    answer = client.get(base + page)
    assert answer.status_code == 200


def test_a_part_of_life_is_added_changed_and_taken_away(client: Client, cast: Cast, base: str) -> None:
    typed = yes_or_no(text_of(client.get(f"{base}community/new/")))
    saved = client.post(f"{base}community/new/", typed)
    assert saved.status_code == 302, text_of(saved)
    system = exercises_of(cast.person).view.network.systems[0]
    page = text_of(client.get(f"{base}community/"))
    assert "<svg" in page
    assert "Chapel" in page
    client.post(f"{base}community/{system.id}/", {**typed, "label": "Bethel chapel", "version": "1"})
    assert [one.label for one in exercises_of(cast.person).view.network.systems] == ["Bethel chapel"]
    client.post(f"{base}community/{system.id}/take-away/")
    left = exercises_of(cast.person).view.network
    assert (left.systems, left.ties) == ((), ())
    undo(by=cast.owner, person=cast.person)
    assert len(exercises_of(cast.person).view.network.ties) == 1


def test_markup_in_names_stays_words(client: Client, base: str) -> None:
    typed = yes_or_no(text_of(client.get(f"{base}community/new/")))
    client.post(f"{base}community/new/", {**typed, "label": "<script>alert(1)</script>"})
    page = text_of(client.get(f"{base}community/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_someone_quicker_is_noticed_and_nothing_typed_is_lost(client: Client, cast: Cast, base: str) -> None:
    typed = yes_or_no(text_of(client.get(f"{base}community/new/")))
    client.post(f"{base}community/new/", typed)
    system = exercises_of(cast.person).view.network.systems[0]
    client.post(f"{base}community/{system.id}/", {**typed, "label": "First", "version": "1"})
    late = text_of(client.post(f"{base}community/{system.id}/", {**typed, "label": "Second", "version": "1"}))
    assert "Someone else changed this part of the map meanwhile" in late
    assert "Second" in late


def test_an_event_may_be_folded_or_left_off(client: Client, cast: Cast, base: str) -> None:
    client.post(f"{base}life/new/", {"label": "Moved to Barry", "lane": "home", "begin": "about 2004"})
    client.post(
        f"{base}life/new/", {"label": "Lost a son", "lane": "family", "begin": "5 2010", "marks": ["sensitive"]}
    )
    client.post(f"{base}life/new/", {"label": "Kept back", "lane": "health", "begin": "3 6 2012", "marks": ["hidden"]})
    assert [event.begin for event in exercises_of(cast.person).events()] == [
        PartialDate(2004, about=True),
        PartialDate(2010, 5),
        PartialDate(2012, 6, 3),
    ]
    page = text_of(client.get(f"{base}life/"))
    assert "Moved to Barry" in page
    assert "Lost a son" not in page
    assert "Kept back" not in page
    assert "Lost a son" in text_of(client.get(f"{base}life/?folded=open"))
    assert "Kept back" in text_of(client.get(f"{base}life/?copy=own"))


@pytest.mark.parametrize("typed", ["yesterday", "99 2004", "1 2 3 2004", "12", "3004", "-1"])
def test_a_date_that_is_none_is_explained(client: Client, base: str, typed: str) -> None:
    answer = text_of(client.post(f"{base}life/new/", {"label": "Something", "lane": "home", "begin": typed}))
    assert "Enter a year, such as 1998" in answer
    assert "Something" in answer


def test_an_event_does_not_end_before_it_began(client: Client, base: str) -> None:
    answer = client.post(f"{base}life/new/", {"label": "Job", "lane": "work", "begin": "2004", "end": "1999"})
    assert "It cannot end before it began" in text_of(answer)


def test_a_supporter_and_the_next_step(client: Client, cast: Cast, base: str, nan: FamilyMember) -> None:
    typed = {"who": str(nan.pk), "area": "travel", "often": "weekly", "knows": "yes", "agrees": "not_asked"}
    saved = client.post(f"{base}supporters/new/", typed)
    assert saved.status_code == 302, text_of(saved)
    page = text_of(client.get(f"{base}supporters/"))
    assert "Lifts and travel" in page
    assert "Nan" in page
    assert "Letters and forms" in page, "a gap"
    day = today() + timedelta(days=7)
    step = {
        "step": "Ask Nan about Tuesdays",
        "by_when-day": day.day,
        "by_when-month": day.month,
        "by_when-year": day.year,
    }
    client.post(f"{base}supporters/", step)
    assert ToDo.objects.get(kind="maps.step.take").title == "Ask Nan about Tuesdays"


def test_nobody_agrees_to_what_they_do_not_know(client: Client, base: str, nan: FamilyMember) -> None:
    typed = {"who": str(nan.pk), "area": "travel", "often": "weekly", "knows": "no", "agrees": "yes"}
    assert "cannot agree to what they do not know" in text_of(client.post(f"{base}supporters/new/", typed))


def test_gaps_and_loads() -> None:
    supports = tuple(Support(id=str(n), who="nan", label="Nan", area=area) for n, area in enumerate(list(HelpArea)[:3]))
    assert areas_without_help(supports) == tuple(HelpArea)[3:]
    assert areas_on_one_person(supports) == ("Nan",)
    assert areas_on_one_person(supports[:2]) == ()


def test_buttons_are_placed_by_ring_or_where_they_were_dragged(
    client: Client, cast: Cast, base: str, nan: FamilyMember
) -> None:
    FamilyMemberFactory(person=cast.person, given_name="Zed")
    page = f"{base}closeness/place/"
    near = Token("", "", 0.1, -0.05)
    typed = {"p0-ring": str(near.ring), "p0-x": "0.1", "p0-y": "-0.05", "p0-reason": "She raised me", "p1-ring": "out"}
    client.post(page, placed(cast, typed))
    ((key, run),) = exercises_of(cast.person).runs()
    assert [(token.label, token.x, token.y, token.reason) for token in run.tokens] == [
        ("Nan", 0.1, -0.05, "She raised me")
    ]
    client.post(page, placed(cast, {"p0-ring": "4", "p0-x": "0.1", "p0-y": "-0.05", "p1-ring": "0"}))
    runs = exercises_of(cast.person).runs()
    assert len(runs) == 2
    later = next(run for other, run in runs if other != key)
    assert sorted((token.label, token.ring) for token in later.tokens) == [("Nan", 4), ("Zed", 0)]


def test_no_button_at_all_is_not_kept(client: Client, cast: Cast, base: str, nan: FamilyMember) -> None:
    answer = text_of(client.post(f"{base}closeness/place/", placed(cast, {"p0-ring": "out"})))
    assert "Place at least one button" in answer
    assert not exercises_of(cast.person).runs()


def test_a_button_stays_with_whom_it_is_about_when_the_list_changes_meanwhile(
    client: Client, cast: Cast, base: str, nan: FamilyMember
) -> None:
    typed = placed(cast, {"p0-ring": "1", "p0-reason": "She raised me"})
    FamilyMemberFactory(person=cast.person, given_name="Aaron")
    assert client.post(f"{base}closeness/place/", typed).status_code == 200
    assert not exercises_of(cast.person).runs()
    client.post(f"{base}closeness/place/", placed(cast, {"p0-ring": "out"}) | typed)
    ((_key, run),) = exercises_of(cast.person).runs()
    assert [(token.label, token.reason) for token in run.tokens] == [("Nan", "She raised me")]


@pytest.mark.parametrize("spot", ["nan", "inf", "1e9", "", "<b>"])
def test_a_hostile_place_falls_back_to_the_ring(
    client: Client, cast: Cast, base: str, nan: FamilyMember, spot: str
) -> None:
    client.post(f"{base}closeness/place/", placed(cast, {"p0-ring": "2", "p0-x": spot, "p0-y": spot}))
    ((_key, run),) = exercises_of(cast.person).runs()
    assert run.tokens[0].ring == 2


def test_what_family_is_worth_is_never_added_up(client: Client, cast: Cast, base: str) -> None:
    client.post(f"{base}value/ask/", {"reason": "4", "turn_to": "2", "words": "They kept me going"})
    page = text_of(client.get(f"{base}value/"))
    assert "Mostly true" in page
    assert "Left out" in page
    assert "They kept me going" in page
    assert "Answer at least one" in text_of(client.post(f"{base}value/ask/", {"words": "x"}))


def test_erasing_a_relative_takes_their_button_and_leaves_the_others(
    client: Client, cast: Cast, base: str, nan: FamilyMember
) -> None:
    FamilyMemberFactory(person=cast.person, given_name="Zed")
    client.post(f"{base}closeness/place/", placed(cast, {"p0-ring": "1", "p1-ring": "2"}))
    client.post(
        f"{base}supporters/new/",
        {"who": str(nan.pk), "area": "travel", "often": "weekly", "knows": "yes", "agrees": "yes"},
    )
    erase(by=cast.owner, subject=Subject(cast.person.pk, nan.pk), rule="family_member", ground="Due")
    exercises = exercises_of(cast.person)
    assert [token.label for token in exercises.runs()[0][1].tokens] == ["Zed"]
    assert not exercises.supports()


@pytest.mark.parametrize("page", ["", "community/", "life/", "supporters/", "closeness/", "value/", "worksheets/"])
def test_a_page_costs_at_most_ten_statements(
    client: Client, cast: Cast, base: str, nan: FamilyMember, page: str, django_assert_max_num_queries
) -> None:
    client.post(f"{base}closeness/place/", placed(cast, {"p0-ring": "1"}))
    with django_assert_max_num_queries(11):
        client.get(base + page)
