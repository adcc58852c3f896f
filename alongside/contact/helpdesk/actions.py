"""What the help desk writes down. Each leaves codes in the trail, never what somebody typed about whom to ring."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.contact.helpdesk.models import Conflict, Decision, Enquiry, HandedOn, Outcome, Result, Slip
from alongside.contact.helpdesk.rules import SLIP_KEPT, Answer
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, next_working_day, start_of, today
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.people.staff.models import Team
from alongside.people.staff.queries import days_closed_in

HANDED_ON = "helpdesk.handed_on"
DECIDE, ANSWER_BACK, WORDING = "helpdesk.conflict.decide", "helpdesk.conflict.answer", "helpdesk.conflict.wording"
DAYS_FOR_WORDING = 10


class SettledAlreadyError(ValueError):
    """Somebody else was first. The message says so."""


class OwnFlagError(ValueError):
    """Someone tried to decide on what they flagged themselves."""


@dataclass(frozen=True)
class Asked:
    """A question in codes: what about, what kind of person, how, and how many minutes it took. `key` is its id."""

    topic_id: str
    asker_id: str
    channel_id: str
    minutes: int
    key: UUID


@dataclass(frozen=True)
class ToRing:
    """Whom to ring back, as they said it."""

    reach: str
    name: str = ""
    when: str = ""
    about: str = ""


@action
def log_answer(*, by: User, team: Team, asked: Asked, answer: Answer) -> Enquiry:
    """Note which approved answer was given (R161). Told twice under one key, it counts once; so do the next two."""
    return _log(by, team, asked, outcome=Outcome.ANSWERED, version_id=answer.version_id)[0]


@action
def log_sent_on(*, by: User, team: Team, asked: Asked, entry: Answer, remit_id: str) -> Enquiry:
    """Note that somebody was sent on, and with which entry of the directory (R149)."""
    return _log(by, team, asked, outcome=Outcome.SENT_ON, version_id=entry.version_id, remit_id=remit_id)[0]


@action
def hand_on(*, by: User, team: Team, to: Team, asked: Asked, question: str, ring: ToRing) -> HandedOn:
    """Hand a question on to the practitioners of a team, due the next working day. Nothing is looked up for it."""
    enquiry, is_new = _log(by, team, asked, outcome=Outcome.HANDED_ON)
    if not is_new:
        return HandedOn.objects.get(enquiry=enquiry)
    due = next_working_day(today(), closures=days_closed_in(to.delivery_unit_id))
    row = HandedOn.objects.create(enquiry=enquiry, team=to, asked=question, due_on=due)
    Slip.objects.create(handed_on=row, reach=ring.reach, name=ring.name, when=ring.when, about=ring.about)
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="helpdesk.question.handed_on",
        subject=row,
        after={"team": str(to.pk), "due_on": row.due_on.isoformat()},
    )
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=HANDED_ON,
            title=f"Ring back: a question about {label_of(asked.topic_id).lower()}",
            due_on=row.due_on,
            right=Right.LOG_CONTACTS,
            subject_id=row.pk,
            for_role=RoleCode.PRACTITIONER,
            for_team_id=to.pk,
        ),
    )
    return row


@action
def settle(*, by: User, handed_on: HandedOn, result: Result) -> None:
    """Say what came of a question, and tear up the slip. Raises SettledAlreadyError where somebody was first."""
    changed = HandedOn.objects.filter(pk=handed_on.pk, settled_at=None).update(
        version=F("version") + 1, settled_at=timezone.now(), settled_by=by.pk, result=result
    )
    if not changed:
        raise SettledAlreadyError("A colleague has settled this already.")
    Slip.objects.filter(handed_on=handed_on.pk).delete()
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="helpdesk.question.settled",
        subject=handed_on,
        after={"result": result.value, "slip": "torn up"},
    )
    close_to_do(by=by, case_id=None, kind=HANDED_ON, subject_id=handed_on.pk)


@action
def tear_up_old_slips(*, on: date | None = None) -> int:
    """Tear up slips that nobody needed for a fortnight; the question stays to be settled. Answers how many."""
    old = Slip.objects.filter(handed_on__enquiry__at__lt=start_of((on or today()) - SLIP_KEPT)).select_related(
        "handed_on"
    )
    rows = list(old)
    for slip in rows:
        record_change(
            by=None,
            kind=EventKind.ERASURE,
            name="helpdesk.slip.torn_up",
            subject=slip.handed_on,
            after={"slip": "torn up"},
        )
    Slip.objects.filter(pk__in=[slip.pk for slip in rows]).delete()
    return len(rows)


@dataclass(frozen=True)
class Told:
    """Two pieces of advice: what was said, and where."""

    topic_id: str
    said: str
    said_where_id: str
    other: str
    other_where_id: str
    key: UUID


@action
def flag_conflict(*, by: User, team: Team, told: Told) -> Conflict:
    """Put advice that does not agree before the team's senior (R162). Told twice under one key, it counts once."""
    row, is_new = Conflict.objects.get_or_create(
        pk=told.key,
        defaults={
            "delivery_unit_id": team.delivery_unit_id,
            "team": team,
            "topic_id": told.topic_id,
            "said": told.said,
            "said_where_id": told.said_where_id,
            "other": told.other,
            "other_where_id": told.other_where_id,
            "flagged_at": timezone.now(),
            "flagged_by": by.pk,
        },
    )
    if not is_new:
        return row
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="helpdesk.conflict.flagged",
        subject=row,
        after={"topic": told.topic_id, "said_where": told.said_where_id, "other_where": told.other_where_id},
    )
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=DECIDE,
            title=f"Decide which advice stands: {label_of(told.topic_id).lower()}",
            due_on=add_working_days(today(), 5, closures=days_closed_in(team.delivery_unit_id)),
            right=Right.APPROVE,
            subject_id=row.pk,
            for_role=RoleCode.SENIOR,
            for_team_id=team.pk,
        ),
    )
    return row


@action
def decide_conflict(*, by: User, conflict: Conflict, decision: Decision, wording: Answer | None, words: str) -> None:
    """Decide which answer stands, or that wording has to change, and answer whoever flagged it.

    Raises OwnFlagError for one's own flag, SettledAlreadyError where somebody decided first, and ValueError where an
    answer is to stand and none is named.
    """
    if conflict.flagged_by == by.pk:
        raise OwnFlagError("You flagged this yourself, so another senior decides.")
    if decision is Decision.STANDS and wording is None:
        raise ValueError("Select the answer that stands.")
    if decision is Decision.DEPENDS:
        wording = None
    changed = Conflict.objects.filter(pk=conflict.pk, decided_at=None).update(
        version=F("version") + 1,
        decision=decision,
        answer_key=wording.key if wording else "",
        content_version=wording.version_id if wording else None,
        words=words,
        decided_at=timezone.now(),
        decided_by=by.pk,
    )
    if not changed:
        raise SettledAlreadyError("Another senior has decided this already.")
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="helpdesk.conflict.decided",
        subject=conflict,
        after={"decision": decision.value, "wording": wording.key if wording else ""},
    )
    close_to_do(by=by, case_id=None, kind=DECIDE, subject_id=conflict.pk)
    _answer_back(conflict)
    if decision is Decision.CHANGE:
        _ask_editors(conflict, wording)


def _answer_back(conflict: Conflict) -> None:
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=ANSWER_BACK,
            title=f"Decided: the conflicting advice on {label_of(str(conflict.topic_id)).lower()} that you flagged",
            due_on=next_working_day(today(), closures=days_closed_in(conflict.delivery_unit_id)),
            right=Right.ANSWER_QUESTIONS,
            subject_id=conflict.pk,
            for_user_id=conflict.flagged_by,
            by_hand=True,
        ),
    )


def _ask_editors(conflict: Conflict, wording: Answer | None) -> None:
    about = f"change “{wording.title}”" if wording else f"an answer on {label_of(str(conflict.topic_id)).lower()}"
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=WORDING,
            title=f"Wording for the help desk: {about}",
            due_on=add_working_days(today(), DAYS_FOR_WORDING),
            right=Right.MANAGE_CONTENT,
            subject_id=conflict.pk,
            for_role=RoleCode.CONTENT_EDITOR,
            by_hand=True,
        ),
    )


def _log(
    by: User,
    team: Team,
    asked: Asked,
    *,
    outcome: Outcome,
    version_id: UUID | None = None,
    remit_id: str | None = None,
) -> tuple[Enquiry, bool]:
    """The question, and whether it is new; one that was logged meanwhile under its key stands as it is."""
    row, is_new = Enquiry.objects.get_or_create(
        pk=asked.key,
        defaults={
            "at": timezone.now(),
            "by": by.pk,
            "delivery_unit_id": team.delivery_unit_id,
            "topic_id": asked.topic_id,
            "asker_id": asked.asker_id,
            "channel_id": asked.channel_id,
            "minutes": asked.minutes,
            "outcome": outcome,
            "content_version_id": version_id,
            "remit_id": remit_id,
        },
    )
    if not is_new:
        return row, False
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name=f"helpdesk.question.{outcome}" if outcome is not Outcome.HANDED_ON else "helpdesk.question.asked",
        subject=row,
        after={
            "topic": asked.topic_id,
            "asker": asked.asker_id,
            "channel": asked.channel_id,
            "minutes": asked.minutes,
            "version": str(version_id or ""),
            "remit": remit_id or "",
        },
    )
    return row, True
