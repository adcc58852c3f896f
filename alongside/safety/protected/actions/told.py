"""Writing down what someone told us, deciding how it is handled, and passing it on for safeguarding."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.actions import change_record, insert_once
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.people.persons.models import Person
from alongside.safety.protected.models import Handling, Referral, Told

DISCUSS = "protected.told.discuss"
FEEDBACK = "protected.referral.feedback"
PROTECTED, NEW, PASSED = "source_handling.PROTECTED", "held_status.NEW", "held_status.PASSED"


AskAtOnce = Callable[[User, Told], None]
_at_once: list[AskAtOnce] = []


def register_ask_at_once(ask: AskAtOnce) -> None:
    """Say who else is asked, at once, about something told that we must act on. Whoever knows stands a floor above."""
    _at_once[:] = [ask]


class HandledMeanwhileError(Exception):
    """Someone else decided on the handling after this editor opened it. `current` is what they decided."""

    def __init__(self, current: Handling) -> None:
        super().__init__(
            "Someone else decided on this while you were writing. Check what they decided, then save again."
        )
        self.current = current


class CorrectedMeanwhileError(Exception):
    """Someone else corrected this after this editor opened it. `current` is what they wrote."""

    def __init__(self, current: Told) -> None:
        super().__init__(
            "Someone else corrected this while you were writing, so nothing was saved. What you typed is below: go back"
            " to read what stands now, and correct that if yours is still right."
        )
        self.current = current


@dataclass(frozen=True)
class ToldFacts:
    """What someone told us, as it was written down."""

    at: datetime
    told_by_id: str
    channel_id: str
    limits_said: bool
    family_member: UUID | None = None
    about_member: UUID | None = None
    told_by_name: str = ""
    seen: str = ""
    reported: str = ""
    opinion: str = ""
    wishes: str = ""
    expects: str = ""
    duties: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@action
def record_told(*, by: User, person: Person, facts: ToldFacts, key: UUID | None = None, asks: bool = True) -> Told:
    """Write down what someone told us: its source is protected until someone decides otherwise (R077).

    `key` is the id that it gets: sent twice, it counts once. Without `asks` the caller brings it before someone.
    """
    told, is_new = insert_once(_told(by, person.pk, facts, key=key), case=person.pk, recorded_by=by.pk)
    if not is_new:
        return told
    Handling.objects.create(
        told=told,
        case=told.case,
        family_member=told.family_member,
        may_know_id=PROTECTED,
        status_id=NEW,
        decided_by=by.pk,
    )
    record_change(by=by, kind=EventKind.COLLECTION, name="protected.told.recorded", subject=told, case_id=person.pk)
    if asks:
        _ask_to_discuss(told, by=by)
    return told


@action
def correct_told(*, by: User, told: Told, facts: ToldFacts, key: UUID | None = None) -> Told:
    """Write the right words in place of wrong ones; what was written before stays. Its handling goes over.

    `key` is the id that the correction gets: sent twice, it counts once. Raises CorrectedMeanwhileError where it was
    corrected already.
    """
    Person.objects.select_for_update().get(pk=told.case)
    standing = Told.objects.filter(replaces=told.pk).first()
    if standing is not None:
        if standing.pk == key:
            return standing
        raise CorrectedMeanwhileError(standing)
    handling = newest_handling(told.pk)
    corrected = _told(by, told.case, facts, replaces=told.pk, key=key)
    corrected.save(force_insert=True)
    Handling.objects.create(
        told=corrected,
        case=told.case,
        family_member=corrected.family_member,
        may_know_id=handling.may_know_id,
        may_know_from=handling.may_know_from,
        status_id=handling.status_id,
        reason=handling.reason,
        decided_by=by.pk,
    )
    record_change(by=by, kind=EventKind.CHANGE, name="protected.told.corrected", subject=corrected, case_id=told.case)
    newly_owed = bool(corrected.duties) and not told.duties
    if _close_discussion(by=by, told=told) or newly_owed:
        _ask_to_discuss(corrected, by=by)
    return corrected


@action
def decide_handling(
    *,
    by: User,
    told: Told,
    seen: int,
    may_know_id: str,
    may_know_from: date | None,
    status_id: str,
    reason: str,
    discussed_with: str,
) -> Handling:
    """Decide what the person may learn of it and what can be done with it (R077, R079).

    `seen` is how many decisions the editor had before them. Raises HandledMeanwhileError where there are more.
    """
    Person.objects.select_for_update().get(pk=told.case)
    if Handling.objects.filter(told=told).count() != seen:
        raise HandledMeanwhileError(newest_handling(told.pk))
    handling = Handling.objects.create(
        told=told,
        case=told.case,
        family_member=told.family_member,
        may_know_id=may_know_id,
        may_know_from=may_know_from,
        status_id=status_id,
        reason=reason,
        discussed_with=discussed_with,
        decided_by=by.pk,
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="protected.told.handled",
        subject=handling,
        case_id=told.case,
        after=dict.fromkeys(("may_know", "status")),
    )
    if status_id != NEW:
        _close_discussion(by=by, told=told)
    return handling


@action
def make_referral(
    *, by: User, person: Person, values: dict[str, Any], told: Told | None = None, key: UUID | None = None
) -> Referral:
    """Write down that a concern was passed to an agency, and ask in time what came of it.

    `key` is the id that it gets: sent twice, it counts once.
    """
    made = Referral(
        pk=key or uuid4(), person=person, made_by=by.pk, told=told.pk if told else None, outcome_note="", **values
    )
    referral, is_new = insert_once(made, person_id=person.pk, made_by=by.pk)
    if not is_new:
        return referral
    record_change(by=by, kind=EventKind.DISCLOSURE, name="protected.referral.made", subject=referral, case_id=person.pk)
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=FEEDBACK,
            title="Ask what came of a referral",
            due_on=referral.feedback_due_on,
            right=Right.SEE_PROTECTED,
            subject_id=referral.pk,
        ),
    )
    if told is not None:
        standing = newest_handling(told.pk)
        decide_handling(
            by=by,
            told=told,
            seen=Handling.objects.filter(told=told).count(),
            may_know_id=str(standing.may_know_id),
            may_know_from=standing.may_know_from,
            status_id=PASSED,
            reason="Passed on for safeguarding",
            discussed_with="",
        )
    return referral


@action
def record_outcome(
    *, by: User, referral: Referral, seen_version: int, outcome_id: str, outcome_note: str, outcome_on: date
) -> None:
    """Write down what came of a referral. Raises ChangedMeanwhileError where someone else was first."""
    change_record(
        referral,
        seen_version=seen_version,
        outcome_id=outcome_id,
        outcome_note=outcome_note,
        outcome_on=outcome_on,
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="protected.referral.answered",
        subject=referral,
        case_id=referral.person_id,
        after=dict.fromkeys(("outcome", "outcome_note", "outcome_on")),
    )
    close_to_do(by=by, case_id=referral.person_id, kind=FEEDBACK, subject_id=referral.pk)


def newest_handling(told_id: UUID) -> Handling:
    """How something that we were told is handled now."""
    return Handling.objects.filter(told=told_id).order_by("-decided_at", "-pk")[0]


def _told(by: User, case_id: UUID, facts: ToldFacts, *, replaces: UUID | None = None, key: UUID | None = None) -> Told:
    values = vars(facts)
    return Told(
        pk=key or uuid4(),
        case=case_id,
        recorded_by=by.pk,
        replaces=replaces,
        **values | {"duties": list(facts.duties), "context": list(facts.context)},
    )


def _ask_to_discuss(told: Told, *, by: User) -> None:
    """The officer talks it over with their senior by the next working day (R079).

    Where a duty calls they act today, which nothing puts off, and whoever is on duty is asked at once besides.
    """
    open_to_do(case_id=told.case, to_do=discussion_of(told))
    if told.duties:
        for ask in _at_once:
            ask(by, told)


def discussion_of(told: Told, *, reader: User | None = None) -> ToDoFacts:
    """What is to be done about something told, by its officer or by a `reader` who is asked by name.

    It does not name who told us: it stands outside the wall.
    """
    return ToDoFacts(
        kind=f"{DISCUSS}.{reader.pk.hex[:12]}" if reader else DISCUSS,
        title="Act today: something here cannot wait" if told.duties else "Talk this over with your senior",
        due_on=today() if told.duties else next_working_day(timezone.localdate()),
        right=Right.SEE_PROTECTED,
        subject_id=told.pk,
        for_user_id=reader.pk if reader else None,
        urgent=bool(told.duties),
    )


def _close_discussion(*, by: User, told: Told) -> bool:
    """Nobody is asked about it any more; answers whether anyone still was."""
    still = ToDo.objects.filter(case=told.case, subject=told.pk, done_at=None, kind__startswith=DISCUSS)
    kinds = list(still.values_list("kind", flat=True))
    for kind in kinds:
        close_to_do(by=by, case_id=told.case, kind=kind, subject_id=told.pk)
    return bool(kinds)
