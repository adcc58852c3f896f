"""Writing down what is expected of a visit, and what was seen. Each call is one version; none is ever altered."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import insert_once
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import add_to_timeline, close_to_do
from alongside.people.maps.models import Observation
from alongside.people.maps.observations.queries import Observed, as_written, observed
from alongside.people.maps.observations.rules import (
    ExpectationStandsError,
    NothingSeenError,
    Outcome,
    is_overdue,
    may_word_expectation,
)
from alongside.people.persons.models import Person

OPINIONS = Right.SEE_SENSITIVE
"""Who may see how people get on may see this."""

SAY_TO_DO = "maps.observation.say"


class WrittenMeanwhileError(Exception):
    """Someone else wrote a version after this editor opened it. `current` is what stands now."""

    def __init__(self, current: Observed) -> None:
        super().__init__("Someone else changed this while you were writing. Check what they wrote, then save again.")
        self.current = current


@dataclass(frozen=True)
class VisitFacts:
    """Where and when, and who is there: ids of family members, and the person's own."""

    setting_id: str
    happens_on: date
    place: str = ""
    present: tuple[UUID, ...] = ()


@action
def expect(
    *,
    by: User,
    person: Person,
    visit: VisitFacts,
    expected: str,
    key: UUID | None = None,
    seen_number: int = 0,
    once: UUID | None = None,
) -> Observation:
    """Write what is expected before a visit; with `key`, word it anew, or put the visit off.

    `once` is the id that the version gets: sent twice, it counts once. Raises ExpectationStandsError where other words
    come too late, and WrittenMeanwhileError.
    """
    standing = _standing(person, key)
    if standing:
        was = standing.latest.expected or ""
        if expected != was and not may_word_expectation(standing.written, on=today()):
            raise ExpectationStandsError
    row, is_new = _add(by, person, standing, visit, once, seen_number, expected=expected)
    if is_new:
        _record(by, row, "maps.observation.expected")
        _close_unless_overdue(by, row)
    return row


@action
def say_seen(
    *,
    by: User,
    person: Person,
    visit: VisitFacts,
    seen: str,
    outcome: str,
    meaning: str = "",
    expected: str = "",
    reason: str = "",
    key: UUID | None = None,
    seen_number: int = 0,
    once: UUID | None = None,
) -> Observation:
    """Write what was seen; with `key`, beside what was expected then, or as a correction with its `reason`.

    What was expected stands as it was written. `once` is the id that the version gets. Raises NothingSeenError,
    ExpectationStandsError and WrittenMeanwhileError.
    """
    standing = _standing(person, key)
    if not seen.strip() and outcome != Outcome.NOT_HELD:
        raise NothingSeenError
    if standing and (was := standing.latest.expected or "") and expected not in ("", was):
        raise ExpectationStandsError
    if standing and standing.latest.expected:
        expected = standing.latest.expected
    words = {"expected": expected, "seen": seen, "outcome": outcome, "meaning": meaning, "reason": reason}
    row, is_new = _add(by, person, standing, visit, once, seen_number, **words)
    if is_new:
        _record(by, row, "maps.observation.corrected" if reason else "maps.observation.written")
        close_to_do(by=by, case_id=person.pk, kind=SAY_TO_DO, subject_id=row.key)
        add_to_timeline(
            by=by,
            case_id=person.pk,
            kind="maps.observation",
            title=f"{'Observation corrected' if reason else 'Observation written down'}: {heading_of(row)}",
            right=OPINIONS,
            subject_id=row.key,
        )
    return row


def heading_of(row: Observation) -> str:
    """What kind of visit, and when, within a sentence."""
    setting = label_of(row.setting_id, "en")
    return f"{setting[:1].lower()}{setting[1:]} on {row.happens_on:%-d %B %Y}"


def _standing(person: Person, key: UUID | None) -> Observed | None:
    """What stands, with the case locked, so that two who write at once follow each other."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if key is None:
        return None
    found = observed(person, key)
    if found is None:
        raise Observation.DoesNotExist
    return found


def _add(
    by: User,
    person: Person,
    standing: Observed | None,
    visit: VisitFacts,
    once: UUID | None,
    seen_number: int,
    **words: Any,
) -> tuple[Observation, bool]:
    pk = once or uuid4()
    if standing and (sent := next((row for row in standing.versions if row.pk == pk and row.by == by.pk), None)):
        return sent, False
    if standing and standing.latest.number != seen_number:
        raise WrittenMeanwhileError(standing)
    row = Observation(
        pk=pk,
        key=standing.latest.key if standing else pk,
        case=person.pk,
        number=standing.latest.number + 1 if standing else 1,
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        setting_id=visit.setting_id,
        happens_on=visit.happens_on,
        place=visit.place,
        present=list(visit.present),
        **{"expected": "", "seen": "", "outcome": "", "meaning": "", "reason": "", **words},
    )
    return insert_once(row, case=person.pk, by=by.pk)


def _record(by: User, row: Observation, name: str) -> None:
    """The trail says that something was written, and when; the words are in the row alone, and go with it."""
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name=name,
        subject=row,
        case_id=row.case,
        after={"number": row.number, "happens_on": row.happens_on, "outcome": row.outcome},
    )


def _close_unless_overdue(by: User, row: Observation) -> None:
    """A visit that was put off is asked about after its new day."""
    if not is_overdue(as_written(row), on=today()):
        close_to_do(by=by, case_id=row.case, kind=SAY_TO_DO, subject_id=row.key)
