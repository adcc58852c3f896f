"""Making an agreement: writing it, putting it to everyone, recording what each says, resting and ending it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError, change_record
from alongside.involvement.agreements.actions.telling import keep_in_step, record, tell
from alongside.involvement.agreements.models import Agreement, Answer, Version, Visit, VisitState
from alongside.involvement.agreements.queries import open_contact_ends, said_to, standing_agreement, terms_of
from alongside.involvement.agreements.rules import (
    Event,
    Need,
    Party,
    State,
    Terms,
    after,
    everyone_agrees,
    from_data,
    over_the_level,
    terms_to_begin_with,
    to_data,
)
from alongside.involvement.agreements.rules.checks import Gap, gaps
from alongside.involvement.agreements.rules.levels import LEVEL_WORDS
from alongside.involvement.agreements.rules.rhythm import draft_visits
from alongside.involvement.agreements.rules.terms import FIRST_REVIEW, Who
from alongside.involvement.goals.rules import refuse_enforcing
from alongside.involvement.suitability.queries import suitability_facts
from alongside.people.allocations.queries import days_closed_for
from alongside.people.families.models import FamilyMember


class StandsAlreadyError(ValueError):
    """There is an agreement with this family member that has not ended."""

    def __init__(self) -> None:
        super().__init__("There is an agreement with them already. Change that one.")


class NotWithThemError(ValueError):
    """No agreement can be made with this family member. The message says why."""


class NotReadyError(ValueError):
    """Something is missing before the terms can be put to everyone; `gaps` names each."""

    def __init__(self, found: tuple[Gap, ...]) -> None:
        super().__init__(" ".join(gap.words for gap in found))
        self.gaps = found


class OverLevelError(ValueError):
    """The terms promise more than the level of involvement allows; `needs` names what."""

    def __init__(self, level: int, needs: tuple[Need, ...]) -> None:
        what = "; ".join(f"{need.what.lower()} needs level {need.level} ({LEVEL_WORDS[need.level]})" for need in needs)
        super().__init__(
            f"The level of involvement is {level} ({LEVEL_WORDS[level]}), and the agreement promises more: {what}. "
            "Take it out, or have the level looked at first."
        )
        self.level = level
        self.needs = needs


class NotOfferedError(ValueError):
    """An answer to a version that is no longer before anyone."""

    def __init__(self) -> None:
        super().__init__("This version is no longer the one to agree to. Look at the newest, and ask again.")


def level_of(member: FamilyMember, *, on: date) -> int:
    """The level of involvement that stands for a family member on a day: what an agreement may promise."""
    facts = suitability_facts([member.pk], on=on)[member.pk]
    return min(int(facts.level), int(facts.level_cap))


def working_terms(agreement: Agreement) -> Terms:
    """What a writer begins from: the draft, or what is before everyone, or what is in force."""
    if agreement.draft is not None:
        return from_data(agreement.draft)
    return terms_of(agreement.pk, agreement.offered or agreement.live) or Terms()


@action
def begin_agreement(*, by: User | None, member: FamilyMember, on: date) -> Agreement:
    """Begin to write an agreement. Raises StandsAlreadyError or NotWithThemError."""
    FamilyMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.ended_on is not None or member.deceased:
        raise NotWithThemError("The person no longer names them. Name them again first.")
    if open_contact_ends([member.pk]).exists():
        raise NotWithThemError("Contact with them was ended. Take contact up again first, with the senior's word.")
    if standing_agreement(member.pk) is not None:
        raise StandsAlreadyError
    ends_on = member.person.supervision_ends_on
    terms = terms_to_begin_with(review_on=on + FIRST_REVIEW, ends_on=ends_on if ends_on and ends_on > on else None)
    if terms.ends_on and terms.review_on and terms.review_on > terms.ends_on:
        terms = replace(terms, review_on=terms.ends_on)
    agreement = Agreement.objects.create(person=member.person, family_member=member, draft=to_data(terms), begun_on=on)
    record(by=by, member=member, name="agreements.agreement.begun", subject=agreement, kind=EventKind.COLLECTION)
    keep_in_step(agreement, by=by)
    return agreement


@action
def write_terms(*, by: User | None, agreement: Agreement, seen_version: int, **changes: Any) -> Terms:
    """Change what the next version will say. What is in force stays in force; what waits for answers is taken back.

    Raises EnforcingWordsError, ChangedMeanwhileError, and NotNowError where the agreement has ended.
    """
    if agreement.state == State.ENDED:
        after(State.ENDED, Event.AGREED)
    terms = replace(working_terms(agreement), **changes)
    theirs = (Who.FAMILY_MEMBER, Who.TOGETHER)
    refuse_enforcing(*(f"{one.what} {one.when}" for one in terms.responsibilities if one.who in theirs))
    _set(by=by, agreement=agreement, seen_version=seen_version, name="written", draft=to_data(terms), offered=None)
    return terms


@action
def drop_draft(*, by: User | None, agreement: Agreement, seen_version: int) -> None:
    """Keep to what is in force, and forget what was being written or waits for answers."""
    _set(by=by, agreement=agreement, seen_version=seen_version, name="draft_dropped", draft=None, offered=None)


@action
def put_to_everyone(
    *, by: User | None, agreement: Agreement, seen_version: int, what_changed: str, on: date
) -> Version:
    """Make the draft a version that everyone is asked to agree to.

    Raises NotReadyError, OverLevelError, ChangedMeanwhileError.
    """
    terms = working_terms(agreement)
    if missing := gaps(terms, on=on):
        raise NotReadyError(missing)
    _refuse_over_level(agreement.family_member, terms, on=on)
    last = Version.objects.filter(agreement=agreement.pk).aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        agreement=agreement.pk,
        case=agreement.person_id,
        family_member=agreement.family_member_id,
        number=last + 1,
        terms=to_data(terms),
        what_changed=what_changed,
        written_by=by.pk if by else None,
    )
    _set(by=by, agreement=agreement, seen_version=seen_version, name="offered", draft=None, offered=version.number)
    tell(
        by=by,
        member=agreement.family_member,
        kind="agreements.agreement.offered",
        title=f"Agreement with {agreement.family_member.name}, version {version.number}: put to everyone",
    )
    return version


@action
def record_answer(
    *,
    by: User | None,
    agreement: Agreement,
    number: int,
    party: Party,
    agrees: bool,
    how: str,
    on: date,
    words: str = "",
) -> Answer:
    """Record what one party says to the version before everyone. With the last yes it is in force.

    Raises NotOfferedError, NotReadyError where its days have passed, and OverLevelError where the level no longer
    carries it.
    """
    locked = Agreement.objects.select_for_update(of=("self",)).select_related("family_member__person")
    agreement = locked.get(pk=agreement.pk)
    if agreement.offered != number or agreement.state == State.ENDED:
        raise NotOfferedError
    terms = terms_of(agreement.pk, number) or Terms()
    if agrees:
        if late := tuple(gap for gap in gaps(terms, on=max(on, agreement.begun_on)) if gap.part == "boundaries"):
            raise NotReadyError(late)
        _refuse_over_level(agreement.family_member, terms, on=today())
    answer = Answer.objects.create(
        agreement=agreement.pk,
        case=agreement.person_id,
        family_member=agreement.family_member_id,
        number=number,
        party=party.value,
        agrees=agrees,
        how=how,
        on=on,
        words=words,
        recorded_by=by.pk if by else None,
        recorded_by_name=by.name if by else "",
    )
    record(
        by=by,
        member=agreement.family_member,
        name="agreements.answer.recorded",
        subject=answer,
        kind=EventKind.COLLECTION,
        after={"party": party.value, "agrees": agrees, "how": how, "on": on, "words": words, "number": number},
    )
    if everyone_agrees(said_to(agreement.pk, number)):
        _put_in_force(by=by, agreement=agreement, number=number, terms=terms, on=on)
    else:
        keep_in_step(agreement, by=by)
    return answer


@action
def pause_agreement(*, by: User | None, agreement: Agreement, seen_version: int, reason_id: str, on: date) -> None:
    """Let an agreement rest. Only neutral reasons are offered: nothing here says why anyone is kept safe."""
    state = after(State(agreement.state), Event.PAUSE)
    _set(
        by=by,
        agreement=agreement,
        seen_version=seen_version,
        name="paused",
        state=state.value,
        paused_on=on,
        pause_reason_id=reason_id,
    )
    _tell_of(by, agreement, "paused", "paused")


@action
def resume_agreement(*, by: User | None, agreement: Agreement, seen_version: int) -> None:
    """Take an agreement up again. Raises OverLevelError where the level no longer carries it."""
    state = after(State(agreement.state), Event.RESUME)
    _refuse_over_level(agreement.family_member, terms_of(agreement.pk, agreement.live) or Terms(), on=today())
    _set(
        by=by,
        agreement=agreement,
        seen_version=seen_version,
        name="resumed",
        state=state.value,
        paused_on=None,
        pause_reason_id=None,
    )
    _tell_of(by, agreement, "resumed", "taken up again")


@action
def end_agreement(*, by: User | None, agreement: Agreement, seen_version: int, reason_id: str, on: date) -> None:
    """End an agreement. Its versions and answers stay; planned visits are called off."""
    state = after(State(agreement.state), Event.END)
    Visit.objects.filter(agreement=agreement, state=VisitState.PLANNED).update(state=VisitState.OFF)
    _set(
        by=by,
        agreement=agreement,
        seen_version=seen_version,
        name="ended",
        state=state.value,
        ended_on=on,
        end_reason_id=reason_id,
        paused_on=None,
        pause_reason_id=None,
        draft=None,
        offered=None,
    )
    _tell_of(by, agreement, "ended", "ended")


def _put_in_force(*, by: User | None, agreement: Agreement, number: int, terms: Terms, on: date) -> None:
    state = after(State(agreement.state), Event.AGREED)
    since = max(on, agreement.begun_on)
    _set(
        by=by,
        agreement=agreement,
        seen_version=agreement.version,
        name="agreed",
        state=state.value,
        live=number,
        offered=None,
        live_since=since,
        review_on=terms.review_on,
        ends_on=terms.ends_on,
    )
    _draft_visits(agreement, terms, since=since)
    keep_in_step(agreement, by=by)
    _tell_of(by, agreement, "agreed", f"version {number} agreed by everyone")


def _draft_visits(agreement: Agreement, terms: Terms, *, since: date) -> None:
    """Draft the invitations of the new rhythm; those that are past, or that someone has answered, stay as they are."""
    Visit.objects.filter(agreement=agreement, state=VisitState.PLANNED, on__gte=since).update(state=VisitState.OFF)
    taken = set(Visit.objects.filter(agreement=agreement).exclude(state=VisitState.OFF).values_list("on", flat=True))
    Visit.objects.bulk_create(
        Visit(agreement=agreement, on=draft.on, until=draft.until, kind=draft.kind)
        for draft in draft_visits(terms.rhythm, closures=days_closed_for(agreement.family_member.person_id))
        if draft.on >= since and draft.on not in taken
    )


def _refuse_over_level(member: FamilyMember, terms: Terms, *, on: date) -> None:
    level = level_of(member, on=on)
    if needs := over_the_level(terms, level):
        raise OverLevelError(level, needs)


def _set(*, by: User | None, agreement: Agreement, seen_version: int, name: str, **values: Any) -> None:
    change = change_record(agreement, seen_version=seen_version, **values)
    if not change and agreement.version != seen_version:
        raise ChangedMeanwhileError(Agreement.objects.get(pk=agreement.pk))
    if change:
        record(
            by=by,
            member=agreement.family_member,
            name=f"agreements.agreement.{name}",
            subject=agreement,
            before=change.before,
            after=change.after,
        )
    keep_in_step(agreement, by=by)


def _tell_of(by: User | None, agreement: Agreement, event: str, words: str) -> None:
    member = agreement.family_member
    tell(by=by, member=member, kind=f"agreements.agreement.{event}", title=f"Agreement with {member.name}: {words}")
