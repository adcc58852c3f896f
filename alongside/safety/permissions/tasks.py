"""What a worker does for permissions: saying anew what changed with time, or with who is named."""

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.foundation.jobs.models import OutboxEvent

LOOKING_BACK = timedelta(days=2)
"""Further than a night, so that a worker who was away for one misses nothing."""


def member_ended_or_back(event: OutboxEvent) -> None:
    """Bring cards and to-dos up to date where a family member died, is no longer named, or is named again."""
    from alongside.people.families.models import FamilyMember
    from alongside.safety.permissions.actions.keeping_up import keep_up

    member = FamilyMember.objects.filter(pk=event.subject).first()
    if member is not None:
        keep_up(by=None, member=member)


@app.periodic(cron="11 0 * * *")
@app.task(name="permissions.keep_up_with_time", queueing_lock="permissions.keep_up_with_time", pass_context=False)
async def keep_up_with_time(timestamp: int) -> None:
    """Say anew, after midnight, what has begun or run out."""
    await sync_to_async(say_anew_what_changed)()


def say_anew_what_changed() -> int:
    """Cards and to-dos of everyone about whom something began or ran out lately; answers how many."""
    from django.db.models import Q

    from alongside.people.families.models import FamilyMember
    from alongside.safety.permissions.actions.keeping_up import keep_up
    from alongside.safety.permissions.models import Permission

    now = timezone.now()
    lately = (now - LOOKING_BACK, now)
    concerned = Permission.objects.filter(Q(until__range=lately) | Q(starts_at__range=lately)).values("family_member")
    members = list(FamilyMember.objects.filter(pk__in=concerned))
    for member in members:
        with transaction.atomic():
            keep_up(by=None, member=member)
    return len(members)
