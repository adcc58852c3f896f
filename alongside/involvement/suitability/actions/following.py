"""What follows a judgement: pausing, stepping down, resuming, signs of trouble, second looks, joined sessions."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.involvement.suitability.actions.trail import (
    DOUBT,
    IN_THE_WAY,
    SECOND_LOOK,
    record,
    refresh_cards,
    say,
)
from alongside.involvement.suitability.models import (
    JoinedSession,
    Judgement,
    LookEnd,
    LookKind,
    Marker,
    SecondLook,
    SecondLookAnswer,
    Step,
    Verdict,
)
from alongside.involvement.suitability.queries import standing_now
from alongside.involvement.suitability.rules import Level, Standing, State, StepKind, markers_form_a_pattern
from alongside.involvement.suitability.rules.signs import MARKERS_IN_DAYS
from alongside.people.allocations.models import Cover
from alongside.people.allocations.queries import current_allocations, days_closed_for, visible_to
from alongside.people.families.models import FamilyMember
from alongside.people.staff.models import Member
from alongside.people.staff.queries import holders_of

LOOK_WITHIN_WORKING_DAYS = {LookKind.SECOND_LOOK: 10, LookKind.COMPLAINT: 15}
LOOK_AGAIN_WITHIN_WORKING_DAYS = 5


class NotNowError(ValueError):
    """What somebody wants to do does not fit how involvement stands; the words say why."""


class HadAHandError(ValueError):
    """Whoever had a hand in a judgement cannot answer a second look at it."""


@action
def pause(*, by: User, member: FamilyMember, reason: str, told: str) -> Step:
    """Stop involvement for now. It holds at once, also where nobody has judged: practical help takes no judgement.

    Raises NotNowError where it is paused already.
    """
    if standing_now(member.pk, on=today()).facts.state is State.PAUSED:
        raise NotNowError("It is paused already.")
    step = _step(by, member, StepKind.PAUSED, reason=reason, told=told)
    say(by=by, member=member, kind="step.paused", title=f"Involvement of {member.name} paused", subject_id=member.pk)
    return step


@action
def resume(*, by: User, member: FamilyMember, reason: str) -> Step:
    """Go on as last judged. Raises NotNowError where it is not paused, or where it has to be judged anew first."""
    standing = standing_now(member.pk, on=today())
    if standing.facts.state is not State.PAUSED:
        raise NotNowError("It is not paused.")
    if standing.triggers or standing.gate_closed:
        raise NotNowError("Something has changed since this was judged, so it has to be judged anew before it goes on.")
    step = _step(by, member, StepKind.RESUMED, reason=reason)
    say(by=by, member=member, kind="step.resumed", title=f"Involvement of {member.name} resumed", subject_id=member.pk)
    return step


@action
def step_down(*, by: User, member: FamilyMember, level: Level, reason: str, told: str) -> Step:
    """Allow less than was judged, at once. To allow more again takes a new judgement. Raises NotNowError."""
    standing = standing_now(member.pk, on=today())
    if level >= standing.facts.level:
        raise NotNowError(f"Choose less than “{Level(standing.facts.level).words}”, which is how it stands.")
    step = _step(by, member, StepKind.STEPPED_DOWN, reason=reason, told=told, level=level)
    say(
        by=by,
        member=member,
        kind="step.stepped_down",
        title=f"Involvement of {member.name} stepped down to {level.words.lower()}",
        subject_id=member.pk,
    )
    return step


@action
def note_discussion(*, by: User, member: FamilyMember, judgement: Judgement, note: str) -> Step:
    """Note that a doubt was talked through, and what came of it (R066)."""
    step = _step(by, member, StepKind.DISCUSSED, reason=note)
    close_to_do(by=by, case_id=member.person_id, kind=DOUBT, subject_id=judgement.pk)
    say(
        by=by,
        member=member,
        kind="step.discussed",
        title=f"Doubts about involving {member.name} talked through",
        subject_id=member.pk,
    )
    return step


def _step(
    by: User, member: FamilyMember, kind: StepKind, *, reason: str, told: str = "", level: Level | None = None
) -> Step:
    FamilyMember.objects.select_for_update().get(pk=member.pk)
    step = Step.objects.create(
        case=member.person_id,
        family_member=member.pk,
        kind=kind,
        level=level,
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        told=told,
        reason=reason,
    )
    record(
        by=by, member=member, name=f"step.{kind}", subject=step, after={"level": level, "told": told, "reason": reason}
    )
    refresh_cards(member)
    return step


@action
def mark_in_the_way(
    *, by: User, member: FamilyMember, on: date, said_by: str, pattern: str = "", note: str = ""
) -> Marker:
    """Note that involvement is getting in the way (R050). The second within 28 days calls for a review."""
    values: dict[str, Any] = {"on": on, "said_by": said_by, "pattern": pattern, "note": note}
    marker = Marker.objects.create(**_of(member), at=timezone.now(), by=by.pk, **values)
    record(by=by, member=member, name="marker.made", subject=marker, kind=EventKind.COLLECTION, after=values)
    say(
        by=by,
        member=member,
        kind="marker.made",
        title=f"Involvement of {member.name} is getting in the way",
        subject_id=member.pk,
    )
    days = Marker.objects.filter(family_member=member.pk, on__gt=today() - MARKERS_IN_DAYS).values_list("on", flat=True)
    if markers_form_a_pattern(days, on=today()):
        _look_again(member, title=f"Look again at involving {member.name}: twice said to be getting in the way")
    return marker


@action
def record_joined_session(
    *, by: User, member: FamilyMember, on: date, minutes: int, minutes_alone: int, changed: str, note: str = ""
) -> JoinedSession:
    """Note a session that a relative joined, and the part that the person had alone (R059)."""
    values: dict[str, Any] = {
        "on": on,
        "minutes": minutes,
        "minutes_alone": minutes_alone,
        "changed": changed,
        "note": note,
    }
    session = JoinedSession.objects.create(**_of(member), at=timezone.now(), by=by.pk, **values)
    record(by=by, member=member, name="session.joined", subject=session, kind=EventKind.COLLECTION, after=values)
    say(
        by=by,
        member=member,
        kind="session.joined",
        title=f"{member.name} joined a session; {minutes_alone} of {minutes} minutes alone",
        subject_id=member.pk,
    )
    standing = standing_now(member.pk, on=today())
    if standing.too_little_alone:
        _look_again(member, title=f"Too little time alone: look again at how {member.name} joins sessions")
    return session


@action
def ask_for_second_look(
    *,
    by: User,
    member: FamilyMember,
    judgement: Judgement | None,
    kind: str,
    asked_by: str,
    asked_on: date,
    how: str,
    words: str,
) -> SecondLook:
    """Note that the person or the relative asks someone else to look again, or complains. A senior answers.

    Raises NotNowError for a second look where nobody has judged: a complaint needs no judgement.
    """
    if judgement is None and kind != LookKind.COMPLAINT:
        raise NotNowError("Nobody has judged yet, so there is nothing to look at again. Put it down as a complaint.")
    due = add_working_days(
        asked_on, LOOK_WITHIN_WORKING_DAYS[LookKind(kind)], closures=days_closed_for(member.person_id)
    )
    values: dict[str, Any] = {"kind": kind, "asked_by": asked_by, "asked_on": asked_on, "how": how, "words": words}
    look = SecondLook.objects.create(
        **_of(member), judgement=judgement, due_on=due, recorded_by=by.pk, at=timezone.now(), **values
    )
    record(by=by, member=member, name="second_look.asked", subject=look, kind=EventKind.COLLECTION, after=values)
    say(by=by, member=member, kind="second_look.asked", title=_look_title(look, member), subject_id=look.pk)
    answerer = next(iter(who_may_answer(look)), None)
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=SECOND_LOOK,
            subject_id=look.pk,
            title=f"Answer: {_look_title(look, member)}",
            due_on=due,
            right=Right.APPROVE,
            for_user_id=answerer.user_id if answerer else None,
            for_role=None if answerer else RoleCode.SENIOR,
            family_member_id=member.pk,
        ),
    )
    return look


def who_may_answer(look: SecondLook) -> list[Member]:
    """Who leads, sees the case and may answer a second look or complaint: seniors first, and whoever is away last."""
    team = current_allocations(today()).filter(person=look.case).values_list("team", flat=True).first()
    roles = (RoleCode.SENIOR, RoleCode.SAFEGUARDING_LEAD)
    seniors = list(dict.fromkeys(one for role in roles for one in holders_of(role, team))) if team else []
    away = set(
        Cover.objects.filter(
            absent__in=[one.pk for one in seniors], from_date__lte=today(), until_date__gte=today()
        ).values_list("absent", flat=True)
    )
    able = [
        one
        for one in seniors
        if one.user.is_active
        and not may_not_answer(look, one.user)
        and visible_to(one.user, Right.APPROVE).filter(pk=look.case).exists()
    ]
    return sorted(able, key=lambda one: one.pk in away)


def may_not_answer(look: SecondLook, user: User) -> str:
    """Why someone may not answer a second look or complaint, as a sentence; empty where they may.

    Where nobody judged, whoever put the complaint down is the one it is likely to be about.
    """
    if look.judgement is None:
        own = look.recorded_by == user.pk
        return "You put this complaint down. Someone else has to answer it." if own else ""
    if had_a_hand_in(look.judgement, user):
        return "You had a hand in this judgement. Someone who had none has to answer."
    return ""


def had_a_hand_in(judgement: Judgement, user: User) -> bool:
    """Whether someone wrote part of a judgement, or decided on it."""
    decided = Verdict.objects.filter(judgement=judgement, by=user.pk)
    return str(user.pk) in judgement.contributors or decided.exists()


def may_answer(user: User, _case_id: UUID | None, look_id: UUID) -> bool:
    """Whether a second look is for this user to answer: nobody answers for what they had a hand in."""
    look = SecondLook.objects.select_related("judgement").filter(pk=look_id).first()
    return look is not None and not may_not_answer(look, user)


def promised_by(look_id: UUID) -> date | None:
    """The day by which whoever asked for a second look was promised an answer: nobody puts it off beyond that."""
    return SecondLook.objects.filter(pk=look_id).values_list("due_on", flat=True).first()


@action
def answer_second_look(
    *, by: User, member: FamilyMember, look: SecondLook, outcome: str, answer: str
) -> SecondLookAnswer:
    """Answer a second look. Raises HadAHandError for anyone who had a hand in the judgement, or decided on it."""
    if may_not_answer(look, by):
        raise HadAHandError(may_not_answer(look, by))
    if SecondLookAnswer.objects.filter(second_look=look).exists():
        raise NotNowError("Somebody has answered this already. Read what they said.")
    row = SecondLookAnswer.objects.create(
        **_of(member),
        second_look=look,
        outcome=outcome,
        answered_on=today(),
        by=by.pk,
        by_name=by.name,
        answer=answer,
    )
    record(by=by, member=member, name="second_look.answered", subject=row, after={"outcome": outcome, "answer": answer})
    close_to_do(by=by, case_id=member.person_id, kind=SECOND_LOOK, subject_id=look.pk)
    say(
        by=by,
        member=member,
        kind="second_look.answered",
        title=f"Answered: {_look_title(look, member)}",
        subject_id=look.pk,
    )
    if outcome == LookEnd.AGAIN:
        _look_again(member, title=f"A second look asks for the involvement of {member.name} to be judged again")
    return row


def judgement_of(standing: Standing) -> Judgement | None:
    """The version that holds, or else the newest that waits: what somebody may disagree with."""
    found = standing.in_force or (standing.pending[-1] if standing.pending else None)
    return Judgement.objects.filter(pk=found.id).first() if found else None


def _look_again(member: FamilyMember, *, title: str) -> None:
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=IN_THE_WAY,
            subject_id=member.pk,
            title=title,
            due_on=add_working_days(today(), LOOK_AGAIN_WITHIN_WORKING_DAYS),
            right=Right.JUDGE_SUITABILITY,
            family_member_id=member.pk,
        ),
    )


def _look_title(look: SecondLook, member: FamilyMember) -> str:
    what = "a second look" if look.kind == LookKind.SECOND_LOOK else "a complaint"
    return (
        f"{what} at how {member.name} is involved" if "look" in what else f"{what} about how {member.name} is involved"
    )


def _of(member: FamilyMember) -> dict[str, Any]:
    return {"case": member.person_id, "family_member": member.pk}
