"""A drawn map is gone through again: when, who is asked, what answers it, and who never hears of it (R019)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import Card, ToDo
from alongside.people.casework.queries.to_dos import to_dos_for
from alongside.people.maps.models import MapReview
from alongside.people.maps.reviews import REVIEW_TO_DO, ask_on_day, interval
from tests.cast import assemble
from tests.people.maps.test_pages import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk(assemble())
    desk.begin()
    return desk


def boxes(day: date, **more: object) -> dict[str, object]:
    return {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year, **more}


def review_of(desk: Desk) -> MapReview:
    return MapReview.objects.get(person=desk.person)


def make_due(desk: Desk, days_ago: int = 0) -> None:
    day = today() - timedelta(days=days_ago)
    MapReview.objects.filter(person=desk.person).update(due_on=day, latest_on=day)


def asked(user: object) -> list[ToDo]:
    return [row for row in to_dos_for(user) if row.kind == REVIEW_TO_DO]


def test_drawing_sets_the_day_from_coded_data(desk: Desk) -> None:
    assert interval() == timedelta(weeks=13)
    assert review_of(desk).due_on == today() + interval()
    words = f"{review_of(desk).due_on:%-d %B %Y}"
    assert f"To go through again by {words}." in desk.get()
    assert f"To go through again by {words}" in Card.objects.get(case=desk.person.pk, key="maps").lines
    assert f"To go through again by {words}" in desk.client.get(f"/cases/{desk.person.pk}/").content.decode()


def test_nothing_is_due_for_a_case_without_a_map() -> None:
    desk = Desk(assemble())
    desk.client.post(
        reverse("exercises:new_event", args=[desk.person.pk]), {"label": "Moved", "lane": "home", "begin": "1998"}
    )
    assert not MapReview.objects.exists()
    assert ask_on_day(on=today() + timedelta(days=400)) == 0
    assert desk.client.get(desk.url("review")).status_code == 404
    assert "To go through again" not in desk.get()


def test_taking_everybody_off_takes_the_day_off_too(desk: Desk) -> None:
    make_due(desk)
    ask_on_day()
    desk.post("undo")
    assert not MapReview.objects.exists()
    assert asked(desk.cast.owner) == []


def test_on_its_day_the_allocated_officer_is_asked_once(desk: Desk) -> None:
    assert ask_on_day(on=today() + interval() - timedelta(days=1)) == 0
    make_due(desk, days_ago=3)
    assert ask_on_day() == 1
    assert ask_on_day() == 0
    [row] = asked(desk.cast.owner)
    assert row.title == "Go through the family map with Daniel: is it still right?"
    assert row.address == desk.url("genogram")
    assert row.right == Right.EDIT_FAMILY.name
    for name in ("outsider", "excluded", "reception", "family_worker", "colleague"):
        assert asked(desk.cast.named(name)) == [], name
    assert "Time to go through this map again" in desk.get()


@pytest.mark.parametrize("answer", ["still_right", "add"])
def test_still_right_or_a_change_answers_it_and_the_time_begins_anew(desk: Desk, answer: str) -> None:
    make_due(desk)
    ask_on_day()
    me = next(p.id for p in desk.network.people if p.is_index)
    desk.post(answer, of=me, relation="mother", label="Grace")
    assert asked(desk.cast.owner) == []
    assert ToDo.objects.get(kind=REVIEW_TO_DO).done_by == desk.cast.owner.pk
    assert review_of(desk).due_on == review_of(desk).latest_on == today() + interval()
    assert "Time to go through" not in desk.get()


def test_an_officer_chooses_a_sooner_day_and_none_that_is_later_or_past(desk: Desk) -> None:
    soon = today() + timedelta(days=21)
    assert desk.post("review", **boxes(soon, version=1)).status_code == 302
    assert review_of(desk).due_on == soon
    assert f"To go through again by {soon:%-d %B %Y}." in desk.get()
    for day in (today() + interval() + timedelta(days=1), today() - timedelta(days=1)):
        page = desk.post("review", **boxes(day, version=2))
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()
        assert f'value="{day.year}"' in page.content.decode()
    assert review_of(desk).due_on == soon
    desk.post("review", **boxes(today(), version=2))
    assert len(asked(desk.cast.owner)) == 1
    desk.post("review", **boxes(soon, version=3))
    assert asked(desk.cast.owner) == []


def test_whoever_chooses_second_sees_what_the_first_chose(desk: Desk) -> None:
    first, second = today() + timedelta(days=21), today() + timedelta(days=35)
    desk.post("review", **boxes(first, version=1))
    answer = Desk(desk.cast, desk.cast.colleague).post("review", **boxes(second, version=1))
    assert answer.status_code == 200
    assert review_of(desk).due_on == first
    assert f"{first:%-d %B %Y}" in answer.content.decode()


def test_nobody_is_asked_once_supervision_is_over_or_the_person_died(desk: Desk) -> None:
    make_due(desk)
    for change in ({"supervision_ends_on": today() - timedelta(days=1)}, {"date_of_death": today()}):
        type(desk.person).objects.filter(pk=desk.person.pk).update(**change)
        assert ask_on_day() == 0
        type(desk.person).objects.filter(pk=desk.person.pk).update(supervision_ends_on=None, date_of_death=None)
    assert ask_on_day() == 1


def test_the_database_refuses_a_day_after_the_one_that_stands_by_itself(desk: Desk) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MapReview.objects.filter(person=desk.person).update(due_on=today() + timedelta(days=400))


def test_nothing_of_it_is_on_the_turned_screen(desk: Desk) -> None:
    make_due(desk)
    ask_on_day()
    desk.post("turn")
    pages = [desk.get("together")]
    pages += [
        desk.client.get(reverse(f"exercises:{name}", args=[desk.person.pk])).content.decode()
        for name in ("overview", "community", "closeness", "life", "supporters", "value")
    ]
    for page in pages:
        for word in ("gone through again", "go through again", "Go through", "to go through", "/review/", "map-due"):
            assert word not in page, word
    assert desk.client.get(desk.url("review"))["Location"] == desk.url("leaving")
    desk.post("still_right")
    assert asked(desk.cast.owner) == []
