"""Something to do is done, put off with a reason, or handed on to someone who may see the case; nothing else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.contact.concerns.actions import TakenFacts, take_down
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.actions import CannotWaitError, ToDoFacts, open_to_do, put_off
from alongside.foundation.work.models import ToDo
from alongside.people.casework.queries.to_dos import as_due
from alongside.people.casework.rules import Urgency
from alongside.people.staff.actions import add_duty_turn
from alongside.people.staff.models import Member
from tests.cast import Cast, assemble
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


def open_one(cast: Cast, **facts: Any) -> ToDo:
    values = {"kind": "test.ring", "title": "Ring the school", "due_on": today(), "right": Right.SEE_CASE} | facts
    return open_to_do(case_id=cast.person.pk, to_do=ToDoFacts(**values))


def settle(cast: Cast, name: str, to_do: ToDo, **data: Any) -> Any:
    return signed_in(cast.named(name)).post(reverse("casework:to_do", args=[to_do.pk]), data)


def in_days(days: int) -> dict[str, int]:
    day = today() + timedelta(days=days)
    return {"until-day": day.day, "until-month": day.month, "until-year": day.year}


def test_what_was_done_is_ticked_off_and_the_trail_says_by_whom() -> None:
    cast = assemble()
    to_do = open_one(cast, by_hand=True)
    assert settle(cast, "owner", to_do, how="done").status_code == 302
    to_do.refresh_from_db()
    assert to_do.done_by == cast.owner.pk
    assert Event.objects.filter(name="work.to_do.done", actor=cast.owner.pk).exists()


def test_what_its_own_page_closes_cannot_be_ticked_off() -> None:
    cast = assemble()
    to_do = open_one(cast)
    assert settle(cast, "owner", to_do, how="done").status_code == 200
    to_do.refresh_from_db()
    assert to_do.done_at is None


def test_putting_off_needs_a_later_day_and_a_reason_and_keeps_the_first_day() -> None:
    cast = assemble()
    to_do = open_one(cast)
    assert b"Enter why" in settle(cast, "owner", to_do, how="later", **in_days(3)).content
    assert b"must be after today" in settle(cast, "owner", to_do, how="later", reason="On leave", **in_days(0)).content
    assert settle(cast, "owner", to_do, how="later", reason="School is shut", **in_days(3)).status_code == 302
    to_do.refresh_from_db()
    assert (to_do.due_on, to_do.put_off_from) == (today() + timedelta(days=3), today())
    assert b"School is shut" in signed_in(cast.owner).get(reverse("casework:today")).content


def test_what_is_urgent_stands_first_and_cannot_be_put_off() -> None:
    cast = assemble()
    open_one(cast, kind="test.older", title="An older thing", due_on=today() - timedelta(days=5))
    to_do = open_one(cast, title="He has not come home", urgent=True)
    page = signed_in(cast.owner).get(reverse("casework:today")).content.decode()
    assert page.index("He has not come home") < page.index("An older thing")
    settle(cast, "owner", to_do, how="later", reason="Later", **in_days(2))
    to_do.refresh_from_db()
    assert to_do.due_on == today()


def test_it_is_handed_on_to_a_colleague_who_may_see_the_case() -> None:
    cast = assemble()
    to_do = open_one(cast)
    assert (
        settle(cast, "owner", to_do, how="on", colleague=str(cast.colleague.pk), reason="I am out").status_code == 302
    )
    assert b"Ring the school" in signed_in(cast.colleague).get(reverse("casework:today")).content
    assert b"Ring the school" not in signed_in(cast.owner).get(reverse("casework:today")).content


@pytest.mark.parametrize("name", ["excluded", "outsider"])
def test_it_is_never_handed_to_someone_who_may_not_see_the_case(name: str) -> None:
    cast = assemble()
    to_do = open_one(cast)
    answer = settle(cast, "owner", to_do, how="on", colleague=str(cast.named(name).pk), reason="I am out")
    assert answer.status_code == 200
    to_do.refresh_from_db()
    assert to_do.for_user is None


def test_what_was_told_is_handed_only_to_those_beside_the_case_and_offered_to_nobody_else() -> None:
    cast = assemble()
    member = Member.objects.get(user=cast.colleague)
    to_do = open_one(cast, kind="protected.told.discuss", title="Act today", right=Right.SEE_PROTECTED, urgent=True)
    page = signed_in(cast.owner).get(reverse("casework:to_do", args=[to_do.pk])).content.decode()
    assert "Colin Colleague" not in page
    assert "Sunita Senior" in page
    answer = settle(cast, "owner", to_do, how="on", colleague=str(cast.colleague.pk), reason="I am out")
    assert answer.status_code == 200
    to_do.refresh_from_db()
    assert to_do.for_user is None
    add_duty_turn(
        by=cast.senior,
        delivery_unit=cast.team.delivery_unit,
        member=member,
        kind="officer",
        from_date=today(),
        until_date=today(),
    )
    settle(cast, "owner", to_do, how="on", colleague=str(cast.colleague.pk), reason="He is on duty")
    to_do.refresh_from_db()
    assert to_do.for_user == cast.colleague.pk


@pytest.mark.parametrize("placed", [True, False])
def test_a_concern_is_handed_only_to_those_who_can_open_it(placed: bool) -> None:
    cast = assemble()
    facts = TakenFacts("concern_kind.MISSING", "told_channel.PHONE", "told_by.UNKNOWN", limits_said=True, seen="Gone")
    with identity(cast.owner.pk):
        concern = take_down(by=cast.owner, facts=facts, person=cast.person if placed else None, place=placed)
    to_do = ToDo.objects.get(subject=concern.pk, for_user=cast.senior.pk)
    page = signed_in(cast.senior).get(reverse("casework:to_do", args=[to_do.pk])).content.decode()
    assert "Safiya Safeguarding" in page
    assert ("Olwen Owner" in page) is placed
    assert "Colin Colleague" not in page
    for name in ("colleague", "safeguarding"):
        settle(cast, "senior", to_do, how="on", colleague=str(cast.named(name).pk), reason="I am out")
    to_do.refresh_from_db()
    assert to_do.for_user == cast.safeguarding.pk
    address = to_do.address
    assert signed_in(cast.safeguarding).get(address).status_code == 200
    assert signed_in(cast.colleague).get(address).status_code == 404


@pytest.mark.parametrize("name", ["inspector", "reception", "excluded", "outsider", "family_worker"])
def test_who_may_not_change_the_case_settles_nothing(name: str) -> None:
    cast = assemble()
    to_do = open_one(cast, by_hand=True)
    assert settle(cast, name, to_do, how="done").status_code == 404
    to_do.refresh_from_db()
    assert to_do.done_at is None


def test_the_second_of_two_is_told_that_it_is_done() -> None:
    cast = assemble()
    to_do = open_one(cast, by_hand=True)
    settle(cast, "owner", to_do, how="done")
    assert settle(cast, "colleague", to_do, how="done").status_code == 404


def test_nothing_waits_for_more_than_three_months_however_often_it_is_put_off() -> None:
    cast = assemble()
    to_do = open_one(cast)
    refused = settle(cast, "owner", to_do, how="later", reason="Busy", **in_days(93)).content.decode()
    assert "It can wait until" in refused
    assert settle(cast, "owner", to_do, how="later", reason="Busy", **in_days(92)).status_code == 302
    to_do.refresh_from_db()
    with pytest.raises(CannotWaitError, match="no longer"):
        put_off(by=cast.owner, to_do=to_do, until=today() + timedelta(days=93), reason="Busy")


def test_what_only_tells_something_is_never_overdue() -> None:
    cast = assemble()
    yesterday = today() - timedelta(days=1)
    told = open_one(cast, kind="decisions.answered", subject_id=uuid4(), due_on=yesterday)
    asked = open_one(cast, due_on=yesterday)
    words = {due.id: (due.due, due.urgency) for due in as_due([told, asked])}
    assert words[asked.pk] == ("Overdue by 1 day", Urgency.OVERDUE)
    assert words[told.pk][0].startswith("To read since")
    assert words[told.pk][1] is Urgency.TODAY
