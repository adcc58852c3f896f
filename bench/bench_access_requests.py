"""How long an access request takes where 5,000 things are held: gathering them, reading them, making the package."""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import TimelineEntry
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Post, Service
from alongside.safety.access_requests.actions.gathering import gather
from alongside.safety.access_requests.actions.noting import note_request, prove_identity
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.package import package_of
from alongside.safety.access_requests.queries import progress_of
from bench.frame import Measure, Setting, benchmark

ITEMS = 5_000
WORDS = "Came on time, spoke of the new flat and of work; the bus was late again, and he rang beforehand"


@benchmark("An access request of 5,000 items")
def access_request(setting: Setting) -> Iterable[Measure]:
    """Everything in one transaction that is taken back, so that the people stay as they were."""
    measures: list[Measure] = []
    with transaction.atomic():
        officer = _officer()
        with identity(officer.pk):
            request = _request(officer)
            measures += _measured(officer, request)
        transaction.set_rollback(True)
    return measures


def _measured(officer: User, request: AccessRequest) -> list[Measure]:
    gathering, count = _seconds(lambda: gather(by=officer, request=request).added)
    Item.objects.filter(request=request, verdict="open").update(
        verdict="release", about="asker", decided_by=officer.pk, decided_at=timezone.now(), version=F("version") + 1
    )
    Item.objects.filter(request=request, number__lte=100).update(
        verdict="redact", ground="withholding_ground.OTHERS", reason="Harm", taken_out="flat"
    )
    request.taken_out = "Pritchard\nMoira"
    reading, _ = _seconds(lambda: len(progress_of(request.pk)))
    making, size = _seconds(lambda: len(package_of(request)))
    return [
        Measure("Items", float(count), "items", aim=float(ITEMS), at_least=True),
        Measure("Gathering them", gathering, "s", aim=15),
        Measure("How far the work is", reading * 1000, "ms", aim=100),
        Measure("Making the package", making, "s", aim=60),
        Measure("The package", size / 1e6, "MB", aim=20),
    ]


def _request(officer: User) -> AccessRequest:
    person = Person.objects.order_by("pk")[0]
    now = timezone.now()
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            case=person.pk,
            at=now - timedelta(hours=number),
            kind="bench.thing.done",
            title=f"{number}: {WORDS}",
            right="SEE_CASE",
            actor_name="Siân Prosser",
        )
        for number in range(ITEMS)
    )
    request = note_request(
        by=officer, person=person, asker=person.name, regime_id="processing_regime.PART3", received_on=today()
    )
    prove_identity(by=officer, request=request, seen_version=1, on=today(), how="Passport")
    return request


def _officer() -> User:
    user = User.objects.create(name="Bench Officer", email="bench.officer@alongside.example")
    member = Member.objects.create(user=user)
    Post.objects.create(
        member=member, role=RoleCode.DATA_PROTECTION, service=Service.objects.all()[0], from_date=today()
    )
    return user


def _seconds(work: Callable[[], int]) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer
