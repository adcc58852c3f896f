"""Bringing replies that nobody has read or sorted in their time before the next who is there."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.contact.messages.actions.telling import READ, SORT, UNREAD, done
from alongside.contact.messages.duty import who_next
from alongside.contact.messages.models import Reply
from alongside.contact.messages.rules import Asked, asked_by
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.people.staff.queries import days_closed

MOST_AT_ONCE = 200
SOONEST = timedelta(hours=4)
"""Working hours are never shorter than hours, so that nothing younger is looked at."""


@action
def bring_up_unread(*, now: datetime) -> int:
    """Ask the next who can of every reply that lies too long before whoever was asked first; answers how many.

    Its time begins anew when it is sorted or handed on: it then lies before somebody else.
    """
    first = ToDo.objects.filter(subject=OuterRef("pk"), kind__in=[READ, SORT], done_at=None).order_by("-made_at")
    rows = (
        Reply.objects.filter(settled="")
        .annotate(since=Subquery(first.values("made_at")[:1]))
        .filter(since__lte=now - SOONEST)
        .filter(~Exists(_asked(Asked.LEADERS, reply=OuterRef("pk"), since=OuterRef("since"))))
        .select_related("team", "family_member")
        .order_by("since", "id")
    )
    brought, closed = 0, days_closed()
    for reply in rows[:MOST_AT_ONCE]:
        by_now = asked_by(reply.since, now=now, closures=closed.of(reply.team.delivery_unit_id if reply.team else None))
        for asked in (Asked.DUTY, Asked.LEADERS):
            if asked <= by_now and not _asked(asked, reply=reply.pk, since=reply.since).exists():
                _ask(reply, asked)
                brought += 1
    return brought


def _asked(asked: Asked, *, reply: Any, since: Any) -> QuerySet[ToDo]:
    return ToDo.objects.filter(kind=kind_of(asked), subject=reply, made_at__gte=since)


def kind_of(asked: Asked) -> str:
    """The kind of to-do by which somebody is asked."""
    return f"{UNREAD}.{asked.name.lower()}"


def close_unread(*, by: User, reply: Reply) -> None:
    """Somebody has dealt with it: nobody else is asked any more. Call it before it is given to anyone or settled."""
    open_ones = ToDo.objects.filter(subject=reply.pk, done_at=None, kind__startswith=UNREAD)
    for case_id, kind in list(open_ones.values_list("case", "kind")):
        done(by=by, case_id=case_id, kind=kind, subject_id=reply.pk)


def _ask(reply: Reply, asked: Asked) -> None:
    missing, now = ("read", "read") if reply.person_id else ("sorted", "sort")
    open_to_do(
        case_id=reply.person_id,
        to_do=ToDoFacts(
            kind=kind_of(asked),
            title=f"Nobody has {missing} a reply that came in: {now} it now",
            due_on=today(),
            right=Right.LOG_CONTACTS if reply.person_id else Right.TRIAGE_CONCERNS,
            subject_id=reply.pk,
            family_member_id=reply.family_member_id,
            **who_next(reply, asked=asked),
        ),
    )
