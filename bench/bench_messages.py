"""Ten thousand messages through a carrier that does everything wrong, with workers killed and permissions withdrawn."""

import random
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from importlib import import_module
from uuid import UUID, uuid4

from django.db import transaction

from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import ContentVersion
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.models import Message
from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.permissions.actions import take_permission, withdraw
from alongside.safety.permissions.drafts import Draft
from alongside.safety.permissions.gate import register_message
from alongside.safety.permissions.rules import Direction
from bench.faulty import CameOf, FaultyCarrier, work_off
from bench.frame import Measure, Setting, benchmark

MESSAGES, MEMBERS, WORKERS = 10_000, 500, 4
PURPOSE = "bench.appointment.sent"


def some_members(count: int) -> list[FamilyMember]:
    """Family members with a safe number each, of whom the person permits that they know of appointments by text."""
    register_message(PURPOSE, tells=["appointments"])
    members = []
    with transaction.atomic():
        for number in range(count):
            person = Person.objects.create(
                crn=f"X{number:06d}", given_names="Ash", family_name="Example", date_of_birth=date(1990, 5, 17)
            )
            member = FamilyMember.objects.create(
                person=person,
                given_name="Sam",
                family_name="Example",
                relationship_id="relationship.MOT",
                notice_state="given",
                notice_on=today(),
            )
            ContactPoint.objects.create(
                family_member=member, kind="mobile", value=f"07700 9{number:05d}", safety="safe"
            )
            draft = Draft(
                topics=frozenset({"appointments"}),
                direction=Direction.TO_THEM,
                channels=frozenset({"text"}),
                starts_on=today(),
                ends_on=today() + timedelta(days=28),
                how_id="permission_taken_how.PERSON",
                alone=True,
                pressed=False,
                understood=True,
            )
            take_permission(by=None, member=member, draft=draft)
            members.append(member)
    return members


def queued_for(members: Sequence[FamilyMember], *, each: int) -> list[UUID]:
    """Messages that wait to be handed over. Their jobs are worked off here, so none is asked for."""
    version = ContentVersion.objects.filter(item__key="messages.call_back", language="en").latest("number")
    rows = []
    for number, member in enumerate(members):
        address = f"+4477009{number:05d}"
        rows += [
            Message(
                channel="text",
                recipient_kind="family_member",
                recipient=member.pk,
                case=member.person_id,
                family_member=member.pk,
                purpose=PURPOSE,
                content_key="messages.call_back",
                content_version=version.pk,
                language="en",
                values={"name": "Sam", "officer": "Olwen", "telephone": "01632 960123"},
                address=address,
                address_digest=digest_of(address),
                reference=uuid4(),
            )
            for _ in range(each)
        ]
    Message.objects.bulk_create(rows)
    return [row.pk for row in rows]


@benchmark("10,000 messages through faults and withdrawals", needs_database=False, by_name_only=True)
def messages(setting: Setting) -> Iterable[Measure]:
    """In a database of its own, since what is sent cannot be taken back."""
    with import_module("tests.support.database").session_database():
        came = _measured()
    yield Measure("messages", came.messages, "")
    yield Measure("taken by the carrier", came.taken, "")
    yield Measure("lost", came.lost, "", aim=0)
    yield Measure("sent twice", came.twice, "", aim=0)
    yield Measure("sent after a withdrawal had committed", came.after_withdrawal, "", aim=0)
    yield Measure("stopped by a withdrawal", came.stopped, "")
    yield Measure("left for a person to decide", came.unknown, "")
    yield Measure("workers killed", came.killed, "")
    yield Measure("messages a second, faults and waits included", came.messages / came.seconds, "/s")


def _measured() -> CameOf:
    members = some_members(MEMBERS)
    ids = queued_for(members, each=MESSAGES // MEMBERS)
    chosen = random.Random(11).sample(members, MEMBERS // 5)

    def meanwhile() -> dict[UUID, float]:
        withdrawn = {}
        for member in chosen:
            time.sleep(0.3)
            with transaction.atomic():
                withdraw(by=None, member=member)
            withdrawn[member.pk] = time.monotonic()
        return withdrawn

    return work_off(FaultyCarrier(seed=11), ids, workers=WORKERS, meanwhile=meanwhile)
