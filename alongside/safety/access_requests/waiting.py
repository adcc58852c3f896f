"""Open requests by the day on which they are due, each with what is next: on the start page and in the list."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Greatest
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.people.casework.registry import WaitingLine
from alongside.people.casework.rules import Urgency, urgency_of
from alongside.safety.access_requests.gathering import marking_edition
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.queries import RequestLine, lines_of, open_requests_for
from alongside.safety.access_requests.rules import ClockState, Done, Verdict, due_words, how_pressing, next_step


def waiting_requests(user: object, most: int) -> tuple[list[WaitingLine], int]:
    """The most pressing open requests of a user as their start page shows them, and how many there are."""
    lines = pressing_first(user, on=today())
    return [_line(line, step, on=today()) for line, step in with_next_steps(lines[:most])], len(lines)


def pressing_first(user: object, *, on: date) -> list[RequestLine]:
    """All open requests of a user, those due soonest first; then those whose clock does not run, the oldest first."""
    return sorted(
        lines_of(list(open_requests_for(user)), on=on),
        key=lambda line: how_pressing(line.deadline, line.request.received_on),
    )


def with_next_steps(lines: list[RequestLine]) -> list[tuple[RequestLine, str]]:
    """Requests with what is next on each. One query."""
    done = _done([line.request for line in lines])
    return [(line, next_step(line.deadline.state, done[line.request.pk])) for line in lines]


def _done(requests: list[AccessRequest]) -> dict[UUID, Done]:
    rows = (
        Item.objects.filter(request__in=requests)
        .values("request")
        .annotate(
            undecided=Count("pk", filter=Q(verdict=Verdict.OPEN.value)),
            unchecked=Count("pk", filter=Q(checked_by__isnull=True)),
            last=Greatest(Max("decided_at"), Max("checked_at")),
        )
    )
    counts, edition = {row["request"]: row for row in rows}, marking_edition()
    done = {}
    for request in requests:
        row, made = counts.get(request.pk), request.package_made_at if request.package else None
        done[request.pk] = Done(
            gathered=row is not None,
            up_to_date=request.marked_under == edition,
            undecided=row["undecided"] if row else 0,
            unchecked=row["unchecked"] if row else 0,
            packed=made is not None and not (row and row["last"] and row["last"] > made),
        )
    return done


def _line(line: RequestLine, step: str, *, on: date) -> WaitingLine:
    due = line.deadline.due_on
    pressing = urgency_of(due, today=on) if due else Urgency.LATER
    words = due_words(line.deadline, extended=line.request.extended_on is not None)
    return WaitingLine(
        title=f"{line.request.asker}: {step}",
        link=reverse("access_requests:request", args=[line.request.pk]),
        person=line.request.person.crn,
        due=words
        if line.deadline.state is ClockState.RUNNING
        else f"{words}, came {line.request.received_on:%-d %B %Y}",
        urgency=pressing.value,
    )
