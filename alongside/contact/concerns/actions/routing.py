"""Bringing what was told before someone who is there to read it. To-dos say that something is there, never what."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import F

from alongside.contact.concerns.models import Concern
from alongside.contact.concerns.queries import (
    hours_by_way,
    is_held,
    is_missing,
    readers_for,
    team_holding,
    team_of,
    undecided_at,
    unread_before,
)
from alongside.contact.concerns.rules import USUAL_HOURS, Rung, lies_undecided, rung_for
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.reference.queries import coded
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.people.persons.models import Person
from alongside.people.staff.queries import days_closed, days_closed_in
from alongside.safety.protected.actions.told import discussion_of
from alongside.safety.protected.models import Told

READ = "concerns.read"
DECIDE = "concerns.decide"
AT_ONCE = 200
"""How much is brought up in one round: the next comes within minutes."""


@action
def route(*, concern: Concern) -> None:
    """Ask for something to be read: the officer, or the duty senior at once where it is urgent or has no officer."""
    leaders_read = bool(coded(str(concern.kind_id)).attributes.get("leader"))
    held = concern.person_id is not None and is_held(concern.person_id)
    if held and not leaders_read:
        _ask_officer(concern)
    if concern.urgent or not held or leaders_read:
        ask_readers(concern, Rung.DUTY)


@action
def bring_up_unread(*, now: datetime) -> int:
    """Ask the next who can of everything that nobody has read, or decided, in its time; answers how much that was.

    Urgent first, and at most `AT_ONCE` of each: however much can wait, nothing that is due stands behind it.
    """
    due = [*islice(_unread_too_long(now), AT_ONCE), *islice(_undecided_too_long(now), AT_ONCE)]
    for concern, rung in due:
        ask_readers(concern, rung)
    return len(due)


def _unread_too_long(now: datetime) -> Iterator[tuple[Concern, Rung]]:
    hours, closed = hours_by_way(), days_closed()
    for concern in unread_before(now).iterator():
        within = hours.get((concern.team_id, str(concern.channel_id)), USUAL_HOURS)
        rung = rung_for(
            urgent=concern.urgent,
            taken_at=concern.taken_at,
            now=now,
            within_hours=within,
            closures=closed.of(concern.team.delivery_unit_id),
        )
        if rung > concern.rung:
            yield concern, rung


def _undecided_too_long(now: datetime) -> Iterator[tuple[Concern, Rung]]:
    closed = days_closed()
    for concern in undecided_at(now).iterator():
        off = closed.of(concern.team.delivery_unit_id)
        if concern.read_at and lies_undecided(urgent=concern.urgent, read_at=concern.read_at, now=now, closures=off):
            yield concern, Rung.LEADERS


def close_own_reading(*, by: User, concern: Concern) -> None:
    """One of several has read it too. Who is asked because it lies undecided is asked until somebody decides."""
    if concern.rung < Rung.LEADERS:
        kind = f"{READ}.{_short(by.pk)}"
        close_to_do(by=by, case_id=concern.person_id, kind=kind, subject_id=concern.pk)


def close_reading(*, by: User | None, concern: Concern) -> None:
    """Whoever of several was first has read it for all."""
    open_ones = ToDo.objects.filter(subject=concern.pk, done_at=None, kind__startswith=READ)
    for case_id, kind in list(open_ones.values_list("case", "kind")):
        close_to_do(by=by, case_id=case_id, kind=kind, subject_id=concern.pk)


def close_all(*, by: User | None, concern: Concern) -> None:
    """Nothing is left to be done about it here."""
    close_reading(by=by, concern=concern)
    for case_id in list(
        ToDo.objects.filter(subject=concern.pk, done_at=None, kind=DECIDE).values_list("case", flat=True)
    ):
        close_to_do(by=by, case_id=case_id, kind=DECIDE, subject_id=concern.pk)


def ask_to_decide(*, reader: User, concern: Concern) -> None:
    """Whoever has read it has it, until it is decided or handed on."""
    open_to_do(
        case_id=concern.person_id,
        to_do=ToDoFacts(
            kind=DECIDE,
            title=_decide_title(concern),
            due_on=_due(concern),
            right=Right.SEE_PROTECTED,
            subject_id=concern.pk,
            for_user_id=reader.pk,
            urgent=concern.urgent,
        ),
    )


def _ask_officer(concern: Concern) -> None:
    open_to_do(
        case_id=concern.person_id,
        to_do=ToDoFacts(
            kind=READ,
            title=_title(concern),
            due_on=_due(concern),
            right=Right.SEE_PROTECTED,
            subject_id=concern.pk,
            urgent=concern.urgent,
        ),
    )


def ask_duty_about(by: User, told: Told) -> None:
    """Ask the same readers, at once, about something that came in another way and that we must act on."""
    team = team_holding(told.case) or team_of(by)
    person = Person.objects.filter(pk=told.case).first()
    for reader in readers_for(team=team, person=person, rung=Rung.DUTY) if team else []:
        if reader.pk != by.pk:
            open_to_do(case_id=told.case, to_do=discussion_of(told, reader=reader))


def ask_readers(concern: Concern, rung: Rung, *, but: User | None = None) -> None:
    """Ask everyone whom `rung` asks, save whoever wrote it down and has read it so."""
    for reader in readers_for(team=concern.team, person=concern.person, rung=rung):
        if but is not None and reader.pk == but.pk:
            continue
        open_to_do(
            case_id=concern.person_id,
            to_do=ToDoFacts(
                kind=f"{READ}.{_short(reader.pk)}",
                title=_title(concern),
                due_on=today() if concern.rung else _due(concern),
                right=Right.SEE_PROTECTED,
                subject_id=concern.pk,
                for_user_id=reader.pk,
                urgent=concern.urgent,
            ),
        )
    Concern.objects.filter(pk=concern.pk).update(rung=rung, version=F("version") + 1)
    concern.refresh_from_db(fields=["rung", "version"])
    record_change(
        by=None,
        kind=EventKind.CHANGE,
        name="concerns.concern.brought_up",
        subject=concern,
        case_id=concern.person_id,
        after={"rung": int(rung)},
    )


def _due(concern: Concern) -> date:
    if concern.urgent:
        return today()
    return next_working_day(today(), closures=days_closed_in(concern.team.delivery_unit_id))


def _short(user_id: UUID) -> str:
    return user_id.hex[:12]


def _decide_title(concern: Concern) -> str:
    if is_missing(concern):
        return "Someone is said to be missing: take the next step, and decide"
    return "Decide what is done about what someone told us"


def _title(concern: Concern) -> str:
    missing = is_missing(concern)
    if concern.read_at is not None and missing:
        return "Someone is said to be missing, and nobody has decided what is done"
    if concern.read_at is not None:
        return "Nobody has decided what is done about what someone told us"
    if missing:
        return "Read now: someone is said to be missing"
    return "Read now: someone told us something urgent" if concern.urgent else "Read what someone told us"
