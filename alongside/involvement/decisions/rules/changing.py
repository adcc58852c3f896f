"""What would have to change? The smallest sets of changes that turn a “no” or an “ask first” into a “yes”.

Computed from facts that the viewer may see alone: whatever is hidden from them is taken as speaking against nothing, so
the answer is the same whether something is hidden or not. A person's refusal and a relative's no are theirs: no change
of them is ever proposed. What keeps people apart is not proposed away either.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from alongside.foundation.access.roles import RoleCode
from alongside.involvement.decisions.rules.answers import Outcome, Seen
from alongside.involvement.decisions.rules.deciding import RULES, decide
from alongside.involvement.decisions.rules.facts import (
    Act,
    Age,
    Agreement,
    Check,
    Clash,
    Facts,
    Identity,
    Judged,
    Leave,
    Purpose,
    Question,
    Summary,
)
from alongside.involvement.decisions.rules.knowing import number_to_ring
from alongside.involvement.decisions.rules.policy import DISCLOSING, HIGHEST_LEVEL, Policy
from alongside.involvement.decisions.rules.safety import OPEN
from alongside.involvement.decisions.rules.stops import IMPLIED_TOPIC

MOST_CHANGES = 4
MOST_SETS = 3
CHECKED = ("abuse", "children", "orders", "access", "abuse_between")

Case = tuple[Question, Facts]
Make = Callable[[Question, Facts, Policy], Case]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that can come about by honest work, what to do for it, and who may be told of it."""

    words: str
    seen: Seen
    make: Make


def _checks_made(question: Question, facts: Facts, policy: Policy) -> Case:
    made: dict[str, Any] = {name: Check.NONE_FOUND for name in CHECKED if getattr(facts, name) in OPEN}
    home = facts.home
    if question.act == Act.HOME_CHECK:
        if home.household_abuse in OPEN:
            home = replace(home, household_abuse=Check.NONE_FOUND)
        if home.household_children in OPEN:
            home = replace(home, household_children=Check.NONE_FOUND)
    return question, replace(facts, home=home, **made)


def _permitted(question: Question, facts: Facts, policy: Policy) -> Case:
    if facts.refused:
        return question, facts
    about = question.topic or IMPLIED_TOPIC.get(question.act, "") or "appointments"
    leave = Leave(frozenset({about}), to_them=True, from_them=True, ways=frozenset({question.way}))
    return question, replace(facts, leaves=(*facts.leaves, leave), pending_alone=False, withdrawn=False)


def _judged(question: Question, facts: Facts, policy: Policy) -> Case:
    if facts.summary == Summary.UNSAFE:
        return question, facts
    return question, replace(
        facts,
        judged=Judged.APPROVED,
        summary=Summary.ASSET,
        level=HIGHEST_LEVEL,
        level_cap=None,
        enquiries_open=0,
    )


def _agreed(question: Question, facts: Facts, policy: Policy) -> Case:
    return question, replace(
        facts,
        agreement=Agreement.LIVE,
        agreed_ways=facts.agreed_ways | {question.way},
        spent_ways=facts.spent_ways - {question.way},
    )


def _way_asked(question: Question, facts: Facts, policy: Policy) -> Case:
    way = question.way
    if way in facts.never_ways or way in facts.unsafe_ways:
        return question, facts
    return question, replace(facts, safe_ways=facts.safe_ways | {way})


def _good_time(question: Question, facts: Facts, policy: Policy) -> Case:
    hour = question.hour if policy.call_from <= question.hour < policy.call_until else policy.call_from
    return replace(question, hour=hour), replace(facts, safe_now=True if facts.safe_now is False else facts.safe_now)


def _of_age_or_heard(question: Question, facts: Facts, policy: Policy) -> Case:
    if facts.age == Age.NOT_KNOWN:
        return question, replace(facts, age=Age.ADULT, young_cap=None)
    return question, replace(facts, heard_alone=True, parent_consulted=True, exception_approved=True)


def _known(question: Question, facts: Facts, policy: Policy) -> Case:
    if not number_to_ring(facts):
        return question, facts
    return replace(question, identity=Identity.CALLED_BACK), facts


def _somebody_else(question: Question, facts: Facts, policy: Policy) -> Case:
    return replace(question, role=RoleCode.PRACTITIONER), facts


def _asked_first(question: Question, facts: Facts, policy: Policy) -> Case:
    asks = frozenset(name for name, rule in RULES.items() if rule.finding.outcome is Outcome.ASK)
    return question, replace(facts, approved=facts.approved | asks)


def _householder(question: Question, facts: Facts, policy: Policy) -> Case:
    home = facts.home
    if question.act != Act.HOME_CHECK or home.withdrawn or home.agreed is False:
        return question, facts
    return question, replace(facts, home=replace(home, householder_adult=True, seen_alone=True, told=True))


CHANGES: tuple[Change, ...] = (
    Change("Find out for sure who this is: ring back a number on record that is safe.", Seen.EVERYONE, _known),
    Change(
        "Say why this person, why now, and what they will do.",
        Seen.EVERYONE,
        lambda question, facts, policy: (replace(question, purpose=Purpose.OTHER), facts),
    ),
    Change("The person, asked alone, permits this.", Seen.PERMISSIONS, _permitted),
    Change("The safety checks that are missing are made, and find nothing.", Seen.SAFETY, _checks_made),
    Change(
        "Somebody reviews what is new about safety, and clears it.",
        Seen.SAFETY,
        lambda question, facts, policy: (question, replace(facts, under_review=False, permission_suspended=False)),
    ),
    Change(
        "Somebody reads the orders and conditions that came in, and finds nothing against this.",
        Seen.SAFETY,
        lambda question, facts, policy: (question, replace(facts, conditions_unread=False)),
    ),
    Change("This involvement is judged, at the level that it takes, and approved.", Seen.CONDITIONS, _judged),
    Change("A working agreement names this, and stands.", Seen.AGREEMENTS, _agreed),
    Change("They say that this number or address is safe.", Seen.EVERYONE, _way_asked),
    Change("It is done at a time that is safe for them and within our hours.", Seen.EVERYONE, _good_time),
    Change(
        "Their age is known; someone under 18 is heard alone, and a parent is consulted.",
        Seen.EVERYONE,
        _of_age_or_heard,
    ),
    Change("The householder is an adult, seen alone and told.", Seen.EVERYONE, _householder),
    Change("Somebody in whose remit it is does it, such as the officer of the case.", Seen.EVERYONE, _somebody_else),
    Change("Whoever is to be asked first says yes.", Seen.EVERYONE, _asked_first),
)

CALM_CHECKS: dict[str, Any] = dict.fromkeys(CHECKED, Check.NONE_FOUND)
_SAFETY_FLAGS = (
    "abuse_near",
    "person_is_victim",
    "staff_safety",
    "seated_apart",
    "child_concern",
    "adult_concern",
    "exploitation",
    "control",
    "under_review",
    "contact_forbidden",
    "home_forbidden",
    "children_forbidden",
    "conditions_unread",
    "permission_suspended",
    "not_alone",
    "not_at_home",
    "no_calls",
    "speak_first",
)


def as_seen(question: Question, facts: Facts, rights: frozenset[str]) -> Facts:
    """The facts as far as someone with these rights may see them; the rest as if it spoke against nothing."""
    facts = replace(facts, linked_stop=False, clash=Clash.NONE if facts.clash == Clash.OPEN else facts.clash)
    if question.role not in DISCLOSING:
        facts = replace(facts, disclosures=())  # that somebody else could tell is not theirs to learn either
    if Seen.SAFETY.value not in rights:
        unflagged: dict[str, Any] = dict.fromkeys(_SAFETY_FLAGS, False)
        facts = replace(facts, **CALM_CHECKS, **unflagged)
        home = replace(facts.home, household_abuse=Check.NONE_FOUND, household_children=Check.NONE_FOUND)
        facts = replace(facts, home=home)
    if Seen.PERMISSIONS.value not in rights:
        hidden = replace(facts, refused=False, withdrawn=False, private_topics=frozenset(), pending_alone=False)
        facts = _permitted(question, hidden, Policy())[1]
    if Seen.CONDITIONS.value not in rights:
        facts = _judged(question, replace(facts, summary=Summary.NONE), Policy())[1]
    if Seen.AGREEMENTS.value not in rights:
        facts = _agreed(question, replace(facts, contact_ended=False), Policy())[1]
    return facts


def what_would_change(
    question: Question, facts: Facts, policy: Policy, *, rights: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of changes that would do, in words; empty where the viewer sees none."""
    seen = as_seen(question, facts, rights)
    if decide(question, seen, policy).outcome <= Outcome.CONDITIONS:
        return ()
    useful = [
        change
        for change in CHANGES
        if (change.seen is Seen.EVERYONE or change.seen.value in rights)
        and change.make(question, seen, policy) != (question, seen)
    ]
    for size in range(1, MOST_CHANGES + 1):
        found = list(_sets(useful, size, question, seen, policy))
        if found:
            return tuple(tuple(change.words for change in changes) for changes in found[:MOST_SETS])
    return ()


def _sets(
    useful: list[Change], size: int, question: Question, facts: Facts, policy: Policy
) -> Iterator[tuple[Change, ...]]:
    for changes in combinations(useful, size):
        asked, known = question, facts
        for change in changes:
            asked, known = change.make(asked, known, policy)
        if decide(asked, known, policy).outcome <= Outcome.CONDITIONS:
            yield changes
