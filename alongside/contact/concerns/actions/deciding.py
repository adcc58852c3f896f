"""Reading what was told, placing it on its case, passing it on, and deciding: by name, and once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from alongside.contact.concerns.actions.routing import (
    ask_to_decide,
    close_all,
    close_own_reading,
    close_reading,
    route,
)
from alongside.contact.concerns.actions.taking import TakenFacts, place_words
from alongside.contact.concerns.models import PASSED, Concern, Decided, Step, Taken
from alongside.contact.concerns.queries import is_passed_on, team_holding
from alongside.contact.concerns.rules import Rung
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.records.walls import erase_behind_wall
from alongside.foundation.reference.queries import coded, label_of
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.people.staff.queries import days_closed_in
from alongside.safety.protected.actions import decide_handling, make_referral
from alongside.safety.protected.actions.told import newest_handling
from alongside.safety.protected.models import Handling, Told
from alongside.safety.protected.queries.pages import stands_behind_wall

CHASE = "concerns.chase"
CHASE_AFTER = 3
"""Working days until someone asks what came of a referral that stands with no case."""

EMPTIED: dict[str, Any] = dict.fromkeys(("about", "seen", "reported", "opinion", "wishes", "expects"), "")
HELD = {
    "concern_outcome.NOCHANGE": "held_status.NOTNOW",
    "concern_outcome.ASSESSMENT": "held_status.ACT",
    "concern_outcome.ENFORCE": "held_status.ACT",
    "concern_outcome.ANSWERED": "held_status.ACT",
    "concern_outcome.FOUND": "held_status.ACT",
}
"""What an outcome says of the thing told that stands with its case (R079). A referral says so itself."""


class DecidedBeforeError(ValueError):
    """Somebody else decided it first."""


class NotPlacedError(ValueError):
    """It stands with no case yet, or with one already."""


@dataclass(frozen=True)
class Decision:
    """What is decided, and why. `referral` are the values of a safeguarding referral, where it is referred."""

    outcome_id: str
    why: str = ""
    discussed_with: str = ""
    receipt: str = ""
    referral: dict[str, Any] | None = None


@action
def mark_read(*, by: User, concern: Concern) -> bool:
    """The first to say so is its reader, and has it until it is decided; answers whether that was now."""
    read = Concern.objects.filter(pk=concern.pk, read_at=None).update(
        read_at=timezone.now(), read_by=by.pk, read_by_name=by.name, rung=Rung.FIRST, version=F("version") + 1
    )
    if not read:
        close_own_reading(by=by, concern=concern)
        return False
    concern.refresh_from_db()
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="concerns.concern.read",
        subject=concern,
        case_id=concern.person_id,
        after={"read_by": str(by.pk)},
    )
    close_reading(by=by, concern=concern)
    if concern.decided_at is None:
        ask_to_decide(reader=by, concern=concern)
    return True


@action
def place_concern(
    *, by: User, concern: Concern, taken: Taken, person: Person, member: FamilyMember | None = None
) -> Concern:
    """Say whose case it is. Its words then stand there, or go to the team that holds the case.

    Answers with what stands now. Raises NotPlacedError where it stands with a case already.
    """
    _hold(concern, taken)
    if not stands_behind_wall(person.pk):
        return pass_on(by=by, concern=concern, taken=taken, team=team_holding(person.pk) or concern.team, person=person)
    mark_read(by=by, concern=concern)
    told_id = place_words(by=by, person=person, member=member, facts=_facts_of(concern, taken))
    change_record(
        taken,
        seen_version=taken.version,
        case=person.pk,
        family_member=member.pk if member else None,
        told=told_id,
        moved_by=by.pk,
        **EMPTIED,
    )
    close_all(by=by, concern=concern)
    Concern.objects.filter(pk=concern.pk).update(
        person=person,
        team=team_holding(person.pk) or concern.team,
        rung=Rung.FIRST,
        version=F("version") + 1,
    )
    concern.refresh_from_db()
    _move_steps(by=by, concern=concern)
    record_change(
        by=by, kind=EventKind.CHANGE, name="concerns.concern.placed", subject=concern, case_id=person.pk, after={}
    )
    ask_to_decide(reader=by, concern=concern)
    return concern


@action
def pass_on(*, by: User, concern: Concern, taken: Taken, team: Team, person: Person | None = None) -> Concern:
    """Give it to the team that it belongs to, which is asked to read it as if it had just been told.

    What was done already because someone has not come home goes with it, as part of what was reported.
    Who told us goes with it, by name where it is no longer their own case. What whoever passes it on may read of it
    afterwards: that it was passed. Raises NotPlacedError where it is placed.
    """
    _hold(concern, taken)
    teller = FamilyMember.objects.filter(pk=taken.family_member).first() if taken.family_member else None
    theirs = teller is not None and person is not None and teller.person_id == person.pk
    moved = Concern.objects.create(
        person=person,
        team=team,
        kind_id=concern.kind_id,
        channel_id=concern.channel_id,
        urgent=concern.urgent,
        taken_at=concern.taken_at,
        taken_by=concern.taken_by,
        taken_by_name=concern.taken_by_name,
        passed_by=by.pk,
    )
    words = {name: getattr(taken, name) or "" for name in EMPTIED}
    words["reported"] = "\n\n".join(part for part in (words["reported"], _take_steps(concern)) if part)
    Taken.objects.create(
        pk=uuid4(),
        concern=moved.pk,
        case=person.pk if person else None,
        family_member=taken.family_member if theirs else None,
        team=team.pk,
        taken_by=by.pk,
        moved_by=by.pk,
        told_by_id=taken.told_by_id,
        told_by_name=taken.told_by_name or (teller.name if teller is not None and not theirs else ""),
        identity=taken.identity,
        reach=taken.reach,
        limits_said=taken.limits_said,
        duties=taken.duties,
        context=taken.context,
        **words,
    )
    record_change(
        by=by, kind=EventKind.CHANGE, name="concerns.concern.passed_on", subject=moved, case_id=moved.person_id
    )
    change_record(taken, seen_version=taken.version, moved_by=by.pk, told_by_name="", reach="", context=[], **EMPTIED)
    mark_read(by=by, concern=concern)
    _decide(by=by, concern=concern, taken=taken, decision=Decision(PASSED, why=f"To {team.name}"), referral_id=None)
    route(concern=moved)
    return moved


@action
def decide_concern(*, by: User, concern: Concern, taken: Taken, decision: Decision) -> Decided:
    """Decide what is done. A referral is written with its case and chased there; without a case it is chased here.

    Raises DecidedBeforeError where somebody else was first.
    """
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    if locked.decided_at is not None:
        raise DecidedBeforeError(f"{locked.decided_by_name} decided this before you. Read what they decided.")
    mark_read(by=by, concern=concern)
    told = Told.objects.filter(pk=taken.told).first() if taken.told else None
    referral_id: UUID | None = None
    if decision.referral is not None and concern.person is not None:
        referral_id = make_referral(by=by, person=concern.person, values=decision.referral, told=told).pk
    elif told is not None and (status := HELD.get(decision.outcome_id)):
        standing = newest_handling(told.pk)
        decide_handling(
            by=by,
            told=told,
            seen=Handling.objects.filter(told=told).count(),
            may_know_id=str(standing.may_know_id),
            may_know_from=standing.may_know_from,
            status_id=status,
            reason=decision.why,
            discussed_with=decision.discussed_with,
        )
    decided = _decide(by=by, concern=concern, taken=taken, decision=decision, referral_id=referral_id)
    if coded(decision.outcome_id).attributes.get("agency") and referral_id is None:
        open_to_do(
            case_id=None,
            to_do=ToDoFacts(
                kind=CHASE,
                title="Ask what came of something that you referred",
                due_on=add_working_days(today(), CHASE_AFTER, closures=days_closed_in(concern.team.delivery_unit_id)),
                right=Right.TRIAGE_CONCERNS,
                subject_id=concern.pk,
                for_user_id=by.pk,
                by_hand=True,
            ),
        )
    return decided


def _hold(concern: Concern, taken: Taken) -> None:
    """Hold what waits until the transaction ends, as it stands now. Raises NotPlacedError where it waits no more."""
    Concern.objects.select_for_update().get(pk=concern.pk)
    concern.refresh_from_db()
    taken.refresh_from_db()
    if taken.told is not None or concern.decided_at is not None:
        raise NotPlacedError("This stands with a case already, or is decided.")


@action
def do_step(*, by: User, concern: Concern, step_id: str, note: str) -> Step:
    """Write down that something was done because someone has not come home, also once it was decided: they are looked
    for still, and whoever rang is rung back.

    Raises DecidedBeforeError where it was passed on meanwhile.
    """
    Concern.objects.select_for_update().get(pk=concern.pk)
    concern.refresh_from_db()
    if is_passed_on(concern.pk):
        raise DecidedBeforeError(f"{concern.decided_by_name} passed this on before you. Read what they decided.")
    mark_read(by=by, concern=concern)
    return _write_step(
        by=by, concern=concern, step=Step(step_id=step_id, note=note, by=by.pk, by_name=by.name), name="step"
    )


def _write_step(*, by: User, concern: Concern, step: Step, name: str) -> Step:
    step.concern, step.case, step.team = concern.pk, concern.person_id, concern.team_id
    step.family_member = Taken.objects.values_list("family_member", flat=True).get(concern=concern.pk)
    step.save(force_insert=True)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"concerns.missing.{name}",
        subject=step,
        case_id=concern.person_id,
        after={"step": str(step.step_id)},
    )
    return step


def _steps_so_far(concern: Concern) -> list[Step]:
    """What was done, and emptied of its notes where it stood."""
    rows = list(Step.objects.filter(concern=concern.pk, note__isnull=False).order_by("at", "pk"))
    erase_behind_wall(Step, path="concern", value=concern.pk)
    return rows


def _move_steps(*, by: User, concern: Concern) -> None:
    """Write what was done anew with its case, so that it goes with it, and keep who did it and when."""
    for done in _steps_so_far(concern):
        anew = Step(step_id=done.step_id, note=done.note, at=done.at, by=done.by, by_name=done.by_name, moved_by=by.pk)
        _write_step(by=by, concern=concern, step=anew, name="step_moved")


def _take_steps(concern: Concern) -> str:
    """What was done, as one text."""
    lines = [
        f"{label_of(str(done.step_id))} ({done.by_name}, {timezone.localtime(done.at):%-d %B, %H:%M})"
        + (f": {done.note}" if done.note else "")
        for done in _steps_so_far(concern)
    ]
    return "\n".join(["Done before this was passed on:", *lines]) if lines else ""


def _decide(*, by: User, concern: Concern, taken: Taken, decision: Decision, referral_id: UUID | None) -> Decided:
    try:
        with transaction.atomic():
            decided = Decided.objects.create(
                concern=concern.pk,
                case=taken.case,
                family_member=taken.family_member,
                team=taken.team,
                outcome_id=decision.outcome_id,
                why=decision.why,
                receipt=decision.receipt,
                referral=referral_id,
                by=by.pk,
                by_name=by.name,
            )
    except IntegrityError as error:
        raise DecidedBeforeError("Somebody else decided this before you. Read what they decided.") from error
    Concern.objects.filter(pk=concern.pk).update(
        decided_at=timezone.now(), decided_by=by.pk, decided_by_name=by.name, version=F("version") + 1
    )
    concern.refresh_from_db()
    record_change(
        by=by, kind=EventKind.CHANGE, name="concerns.concern.decided", subject=decided, case_id=concern.person_id
    )
    close_all(by=by, concern=concern)
    return decided


def _facts_of(concern: Concern, taken: Taken) -> TakenFacts:
    about = f"About: {taken.about}\n" if taken.about else ""
    return TakenFacts(
        kind_id=str(concern.kind_id),
        channel_id=str(concern.channel_id),
        told_by_id=str(taken.told_by_id),
        limits_said=taken.limits_said,
        identity=taken.identity,
        told_by_name=taken.told_by_name or "",
        reach=taken.reach or "",
        seen=about + taken.seen if taken.seen else "",
        reported=(taken.reported or "") if taken.seen else about + (taken.reported or ""),
        opinion=taken.opinion or "",
        wishes=taken.wishes or "",
        expects=taken.expects or "",
        duties=tuple(taken.duties),
        context=tuple(taken.context),
        at=concern.taken_at,
    )
