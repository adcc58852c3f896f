"""What stands between people and their families, asked for a caseload and for a team: statements and time."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.models import Permission, PrivateTopics
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import NOTHING_PERMITTED, Advocate, Direction, Interpreter
from bench.frame import Measure, Setting, benchmark, counted_queries, timed

CASELOAD, TEAM = 60, 800
TAKEN_FOR = 2
"""Every second family member has something said about them: more than any caseload has."""


@benchmark("Permissions of a caseload and of a team")
def permissions(setting: Setting) -> Iterable[Measure]:
    """One statement for sixty cases and for eight hundred, with permissions and private topics in place."""
    with transaction.atomic():
        for cases, name, aim in ((CASELOAD, "caseload of 60", 100), (TEAM, "team of 800", 1000)):
            members = _members_of(cases)
            _say_something(members)
            ids = [member.pk for member in members]
            yield from _measured(ids, name, aim)
        transaction.set_rollback(True)


def _measured(ids: list[UUID], name: str, aim: int) -> Iterable[Measure]:
    now = timezone.now()
    timing = timed(lambda: permission_facts(ids, at=now), rounds=10)
    with counted_queries() as seen:
        found = permission_facts(ids, at=now)
    live = sum(1 for facts in found.values() if facts.live)
    yield Measure(f"{name}: family members", len(ids), "")
    yield Measure(f"{name}: with a live permission", live, "")
    yield Measure(f"{name}: statements", len(seen), "", aim=1)
    yield Measure(f"{name}, median", timing.median, "ms", aim=aim)
    yield Measure(f"{name}, 95th percentile", timing.p95, "ms")


def _members_of(cases: int) -> list[FamilyMember]:
    people = FamilyMember.objects.order_by("person").values("person").distinct()[:cases]
    return list(FamilyMember.objects.filter(person__in=people, ended_on=None, deceased=False).select_related("person"))


def _say_something(members: list[FamilyMember]) -> None:
    """Rows as the actions would leave them; through the actions it would take minutes."""
    now = timezone.now()
    found = permission_facts([member.pk for member in members], at=now)
    concerned = [member for member in members[::TAKEN_FOR] if found[member.pk] == NOTHING_PERMITTED]
    Permission.objects.bulk_create(
        Permission(
            case=member.person_id,
            family_member=member.pk,
            number=number,
            at=now,
            topics=["appointments", "attendance", "health"],
            direction=Direction.BOTH,
            channels=["phone"],
            starts_at=now,
            until=now + timedelta(days=90),
            how_id="permission_taken_how.PERSON",
            alone=number == 1,
            pressed=False,
            understood=True,
            interpreter=Interpreter.NONE,
            advocate=Advocate.NOT_NEEDED,
        )
        for member in concerned
        for number in (1, 2)
    )
    PrivateTopics.objects.bulk_create(
        PrivateTopics(case=member.person_id, family_member=member.pk, number=3, at=now, topics=["health"])
        for member in concerned
    )
