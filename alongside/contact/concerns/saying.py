"""What may be said to one family member on the telephone or at the desk, as far as whoever answers may be told."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from alongside.contact.concerns.queries import Read
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.reference.queries import coded_list
from alongside.involvement.decisions.asking import hour_of, only_purpose_is_missing, other_ways, role_of
from alongside.involvement.decisions.queries.gathering import Known
from alongside.involvement.decisions.queries.kept import live_purpose_of
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import (
    Act,
    Identity,
    Outcome,
    Policy,
    Purpose,
    Question,
    Way,
    decide,
    seen_by,
)
from alongside.involvement.decisions.words import BESIDE, Script, not_this_way, refusing, way_words
from alongside.people.allocations.looking import Sight
from alongside.people.casework.points import ShownPoint, shown_points
from alongside.people.families.models import NUMBERS, FamilyMember, PointSafety
from alongside.people.families.queries import contact_points_of


def when_read(way: Read, *, urgent: bool, read: bool = False) -> str:
    """When what was told is read, in words for whoever told it: never a time at which nobody is there.

    `read`: whoever took it down is its reader. Nobody else is waited for, and that they know anyone is not said.
    """
    if read:
        return "I have read it myself, and it waits for nobody else to"
    if urgent:
        return "at once. A duty senior has been asked to"
    by = way.next_by.astimezone(LONDON)
    return f"{way.when}, and if nobody has by {by:%A %-d %B at %H:%M}, a duty senior is asked to"


WAYS = {Identity.KNOWN: Way.FACE}


@dataclass(frozen=True)
class Topic:
    """One topic: what it is called, and the question that leads to the whole answer."""

    label: str
    link: str
    with_conditions: bool = False
    ways: str = ""


@dataclass(frozen=True)
class Sayable:
    """What may be said now, what somebody has to be asked about first. Anything else is not said."""

    may: tuple[Topic, ...]
    ask_first: tuple[Topic, ...]
    once_said: tuple[Topic, ...]
    """What may be said as soon as somebody says what it is for."""
    not_this_way: tuple[Topic, ...]
    """What may be said, though not in this way: each with the ways in which it may."""
    why_not: tuple[str, ...]
    """What stops all the rest, as far as this user may be told."""
    words: Script
    """What to say to whatever else they ask."""


def numbers_of(sight: Sight, member: FamilyMember) -> list[ShownPoint]:
    """The telephone numbers that may be rung back, as far as the user may see them; a covered one says what to do."""
    points = contact_points_of(member.pk).filter(kind__in=NUMBERS)
    shown = shown_points(sight.person.pk, sight.rights, points)
    return [point for point in shown if point.cover is not None or point.safety is not PointSafety.UNSAFE]


def verified(identity: str) -> bool:
    """Whether we know who it is; a number on a screen, a voice or a claim is not knowing."""
    return identity in {Identity.CALLED_BACK, Identity.CODE_WORD, Identity.KNOWN}


def sayable(*, user: User, sight: Sight, member: FamilyMember, known: Known, identity: str, at: datetime) -> Sayable:
    """Ask May I? about every topic at once, with the facts as they are `at` now. Keeps nothing: its page does that."""
    rights = frozenset(right.name for right in sight.rights)
    policy = policy_on(at.astimezone(LONDON).date())
    purpose = live_purpose_of(member.pk, on=at.astimezone(LONDON).date())
    who = Identity(identity)
    may, first, once_said = list[Topic](), list[Topic](), list[Topic]()
    stops: list[list[str]] = []
    elsewhere, open_ways, told = list[Topic](), dict[Way, None](), sight.may(Right.SEE_PERMISSIONS)
    for value in coded_list("permission_topic"):
        question = Question(
            act=Act.SHARE,
            role=role_of(user, policy),
            identity=who,
            way=WAYS.get(who, Way.PHONE),
            topic=value.code,
            purpose=Purpose.NONE if purpose is None else Purpose.GOAL if purpose.goal else Purpose.OTHER,
            hour=hour_of(at),
        )
        answer = decide(question, known.for_question(question), policy)
        outcome = answer.outcome
        topic = Topic(
            value.label(),
            question_link(member.person_id, member.pk, identity, value.code),
            outcome == Outcome.CONDITIONS,
        )
        if outcome <= Outcome.CONDITIONS:
            may.append(topic)
        elif outcome == Outcome.ASK:
            first.append(topic)
        elif only_purpose_is_missing(answer):
            then = decide(replace(question, purpose=Purpose.OTHER), known.for_question(question), policy).outcome
            (once_said if then <= Outcome.CONDITIONS else first).append(topic)
        elif told and (ways := _other_ways(question, known, policy)):
            elsewhere.append(replace(topic, ways=way_words(ways)))
            open_ways |= dict.fromkeys(ways)
        else:
            seen = seen_by(answer, rights)
            stops.append([finding.reason for finding in seen.findings if finding.outcome is Outcome.REFUSE])
    words = BESIDE if may else not_this_way(question, list(open_ways)) if elsewhere else refusing()
    return Sayable(tuple(may), tuple(first), tuple(once_said), tuple(elsewhere), _of_all(stops), words)


def _other_ways(question: Question, known: Known, policy: Policy) -> tuple[Way, ...]:
    """By which other ways the same may be said, once somebody says what it is for."""
    return other_ways(replace(question, purpose=Purpose.OTHER), known.for_question(question), policy)


def _of_all(stops: list[list[str]]) -> tuple[str, ...]:
    """What stops each of the topics, gravest first; nothing where they are stopped by different things."""
    return tuple(reason for reason in stops[0] if all(reason in other for other in stops)) if stops else ()


def question_link(person_id: UUID, member_id: UUID, identity: str, topic: str = "") -> str:
    """May I? with what is known already."""
    address = reverse("decisions:ask", args=[person_id, member_id])
    about = f"&act=share&tell_topic={topic}" if topic else ""
    return f"{address}?identity={identity}{about}"
