"""A reply is a way of telling us something: it does not wait for somebody who is away."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.contact.messages.actions.replies import STILL_UNCLEAR, Arrived, cannot_tell, hand_on, sort, take_in
from alongside.contact.messages.models import Reply
from alongside.contact.messages.rules import Asked, asked_by
from alongside.contact.messages.tasks import bring_up_now
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.work.models import ToDo
from alongside.people.casework.queries.to_dos import to_dos_for
from alongside.people.staff.actions import add_duty_turn
from alongside.people.staff.models import Member
from tests.cast import Cast
from tests.contact.messages.scene import NOON, ready
from tests.factories import TeamFactory
from tests.people.casework.asking import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
HOUR = timedelta(hours=1)


def arrives(sender: str, words: str = "He hit me, please ring") -> Reply:
    return take_in(by=None, arrived=Arrived(Channel.TEXT, sender, words, timezone.now(), f"test:{uuid4()}"))


def asked() -> list[str]:
    rows = ToDo.objects.filter(kind__startswith="messages.unread", done_at=None).order_by("kind")
    return [row.kind.rpartition(".")[2] for row in rows]


def on_duty(cast: Cast, user: User) -> None:
    member = Member.objects.get(user=user)
    last = today() + timedelta(days=7)
    unit = cast.team.delivery_unit
    add_duty_turn(by=cast.owner, delivery_unit=unit, member=member, kind="senior", from_date=today(), until_date=last)


@pytest.mark.parametrize(
    ("hours", "by_now"),
    [(3, Asked.FIRST), (4, Asked.DUTY), (5, Asked.DUTY), (24, Asked.LEADERS), (24 * 30, Asked.LEADERS)],
)
def test_who_is_asked_depends_on_working_hours(hours: int, by_now: Asked) -> None:
    assert asked_by(NOON, now=NOON + hours * HOUR) is by_now
    friday = NOON + timedelta(days=2, hours=5)
    assert asked_by(friday, now=friday + timedelta(days=2)) is Asked.FIRST, "nobody is at work at the weekend"


def test_what_the_officer_does_not_read_goes_to_duty_then_to_all_who_lead_and_stops_when_it_is_read(cast: Cast) -> None:
    ready(cast)
    on_duty(cast, cast.senior)
    reply = arrives("07700 900111")
    with time_machine.travel(NOON + 3 * HOUR, tick=False):
        assert (bring_up_now(), asked()) == (0, [])
    with time_machine.travel(NOON + 5 * HOUR, tick=False):
        assert (bring_up_now(), bring_up_now(), asked()) == (1, 0, ["duty"])
        mine = {row.title: row for row in to_dos_for(cast.senior)}
        row = mine["Nobody has read a reply that came in: read it now"]
        page = signed_in(cast.senior).get(row.address).content.decode()
        assert "He hit me" in page
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        assert (bring_up_now(), bring_up_now(), asked()) == (1, 0, ["duty", "leaders"])
        address = reverse("messages:reply", args=[cast.person.pk, reply.pk])
        signed_in(cast.senior).post(address, {"settled": "written_down"})
        assert (asked(), bring_up_now()) == ([], 0)


def test_what_nobody_sorts_goes_up_and_its_time_begins_anew_with_whoever_gets_it(cast: Cast) -> None:
    father = ready(cast)
    on_duty(cast, cast.senior)
    reply = arrives("07700 900999")
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        assert (bring_up_now(), asked()) == (2, ["duty", "leaders"])
    with time_machine.travel(NOON + 24.1 * HOUR, tick=False):
        hand_on(by=cast.senior, reply_id=reply.pk, team=TeamFactory(delivery_unit=cast.team.delivery_unit))
        assert (bring_up_now(), asked()) == (0, [])
    with time_machine.travel(NOON + 29 * HOUR, tick=False):
        assert (bring_up_now(), asked()) == (1, ["duty"])
    with time_machine.travel(NOON + 29.1 * HOUR, tick=False):
        sort(by=cast.senior, reply_id=reply.pk, member=father)
        assert (bring_up_now(), asked()) == (0, [])
    with time_machine.travel(NOON + 50 * HOUR, tick=False):
        assert (bring_up_now(), asked()) == (1, ["duty"])


def test_what_nobody_can_tell_stays_nobodys_before_duty_then_before_all_who_lead_and_tells_no_case(cast: Cast) -> None:
    ready(cast)
    reply = arrives("07700 900999")
    on_duty(cast, cast.owner)
    client, here = signed_in(cast.senior), reverse("messages:sort", args=[reply.pk])
    before = Event.objects.filter(chain=cast.person.pk).count()
    for whom in ((cast.owner.pk, ""), (None, "senior"), (None, "senior")):
        assert client.post(here, {"whose": "unclear"}).status_code == 302
        row = ToDo.objects.get(subject=reply.pk, done_at=None)
        assert (row.for_user, row.for_role, row.case, row.title) == (*whom, None, STILL_UNCLEAR)
    reply.refresh_from_db()
    assert (reply.person, reply.family_member, reply.settled, reply.words) == (None, None, "", "He hit me, please ring")
    assert Event.objects.filter(chain=cast.person.pk).count() == before
    assert "Nobody can tell yet" in client.get(reverse("messages:to_sort")).content.decode()
    assert "Nobody could tell on" in signed_in(cast.owner).get(here).content.decode(), "duty finds out"
    sort(by=cast.senior, reply_id=reply.pk, member=None)
    assert not ToDo.objects.filter(subject=reply.pk, done_at=None).exists()


def test_whoever_is_on_duty_and_cannot_tell_asks_those_who_lead(cast: Cast) -> None:
    ready(cast)
    on_duty(cast, cast.senior)
    reply = arrives("07700 900999")
    cannot_tell(by=cast.senior, reply_id=reply.pk)
    row = ToDo.objects.get(subject=reply.pk, done_at=None)
    assert (row.for_user, row.for_role) == (None, "senior")


def test_nobody_is_asked_whom_limited_access_keeps_out(cast: Cast) -> None:
    ready(cast)
    on_duty(cast, cast.excluded)
    arrives("07700 900111")
    with time_machine.travel(NOON + 5 * HOUR, tick=False):
        bring_up_now()
        row = ToDo.objects.get(kind="messages.unread.duty")
    assert (row.for_user, row.for_role, row.for_team) == (None, "senior", cast.team.pk)
