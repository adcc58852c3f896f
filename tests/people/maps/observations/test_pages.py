"""Expecting something of a visit, saying what was seen, correcting it, and who never sees any of it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.foundation.audit.erasure import Subject, erase
from alongside.foundation.audit.models import Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import TimelineEntry, ToDo
from alongside.people.casework.queries.to_dos import to_dos_for
from alongside.people.families.models import FamilyMember
from alongside.people.maps.models import Observation
from alongside.people.maps.observations.actions import SAY_TO_DO, VisitFacts, expect, say_seen
from alongside.people.maps.observations.prompts import ask_on_day
from alongside.people.maps.observations.rules import ExpectationStandsError, NothingSeenError
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.people.casework.asking import counted
from tests.people.maps.test_pages import Desk as MapDesk

pytestmark = pytest.mark.django_db

EXPECTED, SEEN, MEANING = "She answers for him xq", "He spoke first xq", "It was the office that silenced him xq"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def nan(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Grace", phrase="Nan")


class Desk:
    def __init__(self, cast: Cast, user: object | None = None) -> None:
        self.cast, self.client = cast, Client()
        self.client.force_login(user or cast.owner)

    def url(self, name: str, *args: object) -> str:
        return reverse(f"observations:{name}", args=[self.cast.person.pk, *args])

    def get(self, name: str = "overview", *args: object) -> str:
        answer = self.client.get(self.url(name, *args))
        assert answer.status_code == 200
        return answer.content.decode()

    def post(self, page: str, /, *args: object, day: date | None = None, **data: object):
        day = day or today()
        boxes = {"happens_on-day": day.day, "happens_on-month": day.month, "happens_on-year": day.year}
        return self.client.post(self.url(page, *args), {"setting": "observation_setting.HOME"} | boxes | data)

    def expects(self, day: date | None = None, **data: object) -> Observation:
        assert self.post("expect", day=day, expected=EXPECTED, **data).status_code == 302
        return Observation.objects.order_by("-at").first()

    def says(self, *args: object, **data: object) -> Observation:
        answer = self.post("say" if args else "say_new", *args, seen=SEEN, meaning=MEANING, **data)
        assert answer.status_code == 302, re.findall(r'class="govuk-error.*', answer.content.decode())
        return Observation.objects.order_by("-at").first()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def pass_days(days: int, monkeypatch: pytest.MonkeyPatch) -> date:
    """Read the pages so many days from now; answers with that day."""
    later = today() + timedelta(days=days)
    for module in ("actions", "views"):
        monkeypatch.setattr(f"alongside.people.maps.observations.{module}.today", lambda: later)
    return later


def asked(user: object) -> list[ToDo]:
    return [row for row in to_dos_for(user) if row.kind == SAY_TO_DO]


def test_an_expectation_is_written_first_and_answered_after_the_visit(desk: Desk, nan: FamilyMember) -> None:
    row = desk.expects(present=[str(desk.cast.person.pk), str(nan.pk)], place="Her kitchen")
    page = desk.get()
    assert EXPECTED in page
    assert "With Daniel, Nan" in page
    assert "Home visit, " in page
    page = desk.get("say", row.key)
    assert EXPECTED in page
    assert "Her kitchen" in page
    desk.says(row.key, outcome="not_borne_out", version=1, place="Her kitchen", present=[str(nan.pk)])
    page = desk.get()
    for words in (SEEN, MEANING, "Not borne out", "Written beforehand by Olwen Owner", "1 expectation was written"):
        assert words in page, words
    assert [r.number for r in Observation.objects.filter(key=row.key).order_by("number")] == [1, 2]


def test_what_was_expected_is_not_worded_anew_once_something_was_seen(desk: Desk, cast: Cast) -> None:
    row = desk.expects()
    desk.says(row.key, outcome="borne_out", version=1)
    visit = VisitFacts("observation_setting.HOME", today())
    with pytest.raises(ExpectationStandsError):
        expect(by=cast.owner, person=cast.person, visit=visit, expected="Other", key=row.key, seen_number=2)
    facts = {"by": cast.owner, "person": cast.person, "visit": visit, "key": row.key, "seen_number": 2}
    with pytest.raises(ExpectationStandsError):
        say_seen(**facts, seen="x", outcome="borne_out", expected="Other")
    with pytest.raises(NothingSeenError):
        say_seen(**facts, seen=" ", outcome="borne_out")
    desk.post("say", row.key, seen="y", outcome="borne_out", expected="Other", reason="Typing", version=2)
    assert Observation.objects.get(key=row.key, number=3).expected == EXPECTED


def test_after_its_day_the_words_stand_and_the_visit_may_be_put_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.expects()
    now = pass_days(2, monkeypatch)
    assert 'name="expected"' not in desk.get("change_expectation", row.key)
    later = now + timedelta(days=3)
    desk.post("change_expectation", row.key, day=later, expected="Something easier", version=1)
    newest = Observation.objects.get(key=row.key, number=2)
    assert (newest.expected, newest.happens_on) == (EXPECTED, later)


def test_a_visit_that_passed_is_asked_about_until_somebody_says(desk: Desk, cast: Cast) -> None:
    row = desk.expects()
    assert ask_on_day() == 0
    tomorrow = today() + timedelta(days=1)
    assert ask_on_day(on=tomorrow) == 1
    assert ask_on_day(on=tomorrow) == 0
    [to_do] = asked(cast.owner)
    assert to_do.title == f"Say what you saw: home visit on {today():%-d %B %Y}"
    assert EXPECTED not in to_do.title
    assert to_do.address == desk.url("say", row.key)
    for name in ("outsider", "excluded", "family_worker", "reception", "adviser"):
        assert asked(cast.named(name)) == [], name
    desk.says(row.key, outcome="cannot_tell", version=1)
    assert asked(cast.owner) == []
    assert ask_on_day(on=tomorrow) == 0


@pytest.mark.parametrize("way", ["put_off", "not_held"])
def test_a_visit_that_was_put_off_or_never_was_is_asked_about_no_longer(desk: Desk, cast: Cast, way: str) -> None:
    row = desk.expects()
    ask_on_day(on=today() + timedelta(days=1))
    if way == "put_off":
        desk.post("change_expectation", row.key, day=today() + timedelta(days=9), expected=EXPECTED, version=1)
    else:
        assert desk.post("say", row.key, outcome="not_held", version=1).status_code == 302
        assert "It did not take place" in desk.get()
    assert asked(cast.owner) == []
    assert ask_on_day(on=today() + timedelta(days=1)) == 0


def test_what_was_expected_only_afterwards_is_not_counted(desk: Desk) -> None:
    desk.says(expected=EXPECTED, outcome="borne_out")
    page = desk.get()
    assert "Written only afterwards: not counted" in page
    assert "borne out." not in page


def test_a_correction_is_a_version_with_its_reason(desk: Desk) -> None:
    row = desk.says()
    refused = desk.post("say", row.key, seen="Other", version=1)
    assert "There is a problem" in refused.content.decode()
    desk.post("say", row.key, seen="They both spoke", reason="I mixed up two visits", version=1)
    page = desk.get()
    for words in ("They both spoke", "I mixed up two visits", "What it said before", SEEN):
        assert words in page, words
    assert TimelineEntry.objects.filter(kind="maps.observation").count() == 2


def test_whoever_writes_second_sees_what_the_first_wrote_and_keeps_their_own(desk: Desk, cast: Cast) -> None:
    row = desk.expects()
    Desk(cast, cast.colleague).says(row.key, outcome="borne_out", version=1)
    answer = desk.post("say", row.key, seen="I saw nothing new", outcome="cannot_tell", version=1)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert SEEN in page
    assert "I saw nothing new" in page
    assert Observation.objects.filter(key=row.key).count() == 2


def test_sent_twice_it_counts_once(desk: Desk) -> None:
    once = "6f1b5f0e-7d0a-4c6e-9a3e-0a7c7c1f5a10"
    again = "6f1b5f0e-7d0a-4c6e-9a3e-0a7c7c1f5a11"
    for _time in range(2):
        row = desk.expects(once=once)
    for _time in range(2):
        desk.says(row.key, outcome="borne_out", version=1, once=again)
    assert Observation.objects.count() == 2
    assert TimelineEntry.objects.filter(kind="maps.observation").count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"seen": ""}, "Write down what you saw"),
        ({"seen": "x", "outcome": "borne_out"}, "Write down what you had expected"),
        ({"seen": "x", "expected": "y"}, "Select whether what you expected was borne out"),
        ({"seen": "x", "setting": "observation_setting.MOON"}, "There is a problem"),
        ({"seen": "x", "present": ["6f1b5f0e-7d0a-4c6e-9a3e-0a7c7c1f5a10"]}, "There is a problem"),
        ({"seen": "x" * 5000}, "There is a problem"),
        ({"seen": "x\x00"}, "There is a problem"),
        ({"seen": "x", "day": date(2099, 1, 1)}, "The day must be today or in the past"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(desk: Desk, typed: dict[str, object], words: str) -> None:
    answer = desk.post("say_new", **typed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Observation.objects.exists()


def test_a_family_member_of_another_case_is_not_offered_nor_taken(desk: Desk) -> None:
    other = FamilyMemberFactory(given_name="Zenobia")
    assert "Zenobia" not in desk.get("say_new")
    assert "There is a problem" in desk.post("say_new", seen="x", present=[str(other.pk)]).content.decode()


def test_another_cases_observation_is_not_found(desk: Desk) -> None:
    row = desk.expects()
    elsewhere = assemble_another(desk.cast)
    for name in ("say", "change_expectation"):
        url = reverse(f"observations:{name}", args=[elsewhere, row.key])
        assert desk.client.get(url).status_code == 404


def assemble_another(cast: Cast) -> object:
    from tests.factories import AllocationFactory, PersonFactory

    person = PersonFactory(crn="X100077")
    AllocationFactory(person=person, team=cast.team, member=cast.owner_member)
    return person.pk


def test_only_those_who_may_see_opinions_are_led_there_and_let_in(desk: Desk, cast: Cast) -> None:
    MapDesk(cast).begin()
    row = desk.says()
    map_page = MapDesk(cast).get()
    assert desk.url("overview") in map_page
    assert SEEN not in map_page
    worker = MapDesk(cast, cast.family_worker)
    assert desk.url("overview") not in worker.get()
    for name in ("family_worker", "inspector", "excluded", "outsider", "adviser", "reception", "data_protection"):
        client = Desk(cast, cast.named(name)).client
        for url in (desk.url("overview"), desk.url("say", row.key), desk.url("expect")):
            assert client.get(url).status_code == 404, name
        assert client.post(desk.url("say_new"), {"seen": "x"}).status_code in (403, 404), name
        for page in (f"/cases/{cast.person.pk}/", f"/cases/{cast.person.pk}/timeline/"):
            assert b"Observation" not in client.get(page).content, (name, page)


def test_nothing_of_it_is_on_the_turned_screen_on_paper_or_in_a_file(desk: Desk, cast: Cast) -> None:
    together = MapDesk(cast)
    together.begin()
    row = desk.expects()
    desk.says(row.key, outcome="borne_out", version=1)
    ask_on_day(on=today() + timedelta(days=1))
    copies = [together.get("paper"), together.get("export", "7.0"), together.get("export", "5.5.1"), together.get()]
    together.post("turn")
    names = ("overview", "community", "closeness", "life", "supporters", "value", "new_event", "place_buttons")
    shown = [together.get("together", opinions="yes"), together.get("leaving")]
    shown += [
        together.client.get(reverse(f"exercises:{name}", args=[cast.person.pk])).content.decode() for name in names
    ]
    for page in (*copies, *shown):
        for word in (EXPECTED, SEEN, MEANING, "Say what you saw"):
            assert word not in page, word
    for page in shown:
        assert "observations" not in page
        assert "What we saw" not in page
    for name, args in (("overview", []), ("expect", []), ("say_new", []), ("say", [row.key])):
        for ask in (together.client.get, together.client.post):
            assert ask(desk.url(name, *args))["Location"] == together.url("leaving"), name


def test_rows_are_never_altered(desk: Desk) -> None:
    row = desk.expects()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE people_maps_observation SET outcome = 'borne_out'")


def test_the_trail_holds_no_word_of_it(desk: Desk) -> None:
    row = desk.expects()
    desk.says(row.key, outcome="borne_out", version=1)
    assert not [p for p in Payload.objects.all() if "xq" in str(p.content)]


def test_words_go_with_a_family_member_who_was_there(desk: Desk, nan: FamilyMember, cast: Cast) -> None:
    kept = desk.says()
    row = desk.expects(present=[str(nan.pk)])
    desk.says(row.key, outcome="borne_out", version=1)
    erase(by=cast.owner, subject=Subject(cast.person.pk, nan.pk), rule="family_member", ground="They asked")
    for gone in Observation.objects.filter(key=row.key):
        assert (gone.expected, gone.seen, gone.meaning, gone.place, gone.reason) == (None,) * 5
    assert Observation.objects.get(key=kept.key).seen == SEEN
    assert "went when somebody who was there was erased" in desk.get()
    assert desk.client.get(desk.url("say", row.key)).status_code == 404
    assert ask_on_day(on=today() + timedelta(days=9)) == 0


def test_many_observations_take_no_more_statements_than_few(desk: Desk, nan: FamilyMember, cast: Cast) -> None:
    visit = VisitFacts("observation_setting.CALL", today(), present=(nan.pk,))
    for number in range(14):
        say_seen(by=cast.owner, person=cast.person, visit=visit, seen=f"Seen {number}", outcome="")
    desk.get()
    with counted() as statements:
        desk.get()
    assert len(statements) <= 10
    assert "Showing 1 to 10 of 14" in desk.get()
