"""Concrete cases at random: half near a clean allowance, half anywhere, so that every rule speaks and is silent."""

from dataclasses import fields, replace
from random import Random
from typing import Any, get_args, get_type_hints

from alongside.foundation.access.roles import RoleCode
from alongside.involvement.decisions.rules import DEFAULT, Act, Check, Facts, Home, Leave, Question, Way
from alongside.involvement.decisions.rules.facts import FREE, TOPICS, Word
from tests.involvement.decisions.space import CALM, TIGHT, Case, concrete

ACTS = [act for act in Act if act not in FREE]
WAYS = [way.value for way in Way]
ROLES = [RoleCode.PRACTITIONER, RoleCode.SENIOR, RoleCode.FAMILY_WORKER, RoleCode.RECEPTION, RoleCode.INSPECTOR]
HINTS = get_type_hints(Facts)
SOME = {"safe_ways": WAYS, "unasked_ways": WAYS, "unsafe_ways": WAYS, "never_ways": WAYS, "agreed_ways": WAYS}
SOME |= {"spent_ways": WAYS, "private_topics": list(TOPICS)}
OUT = {"approved", "disclosures", "speak_first_to"}
"""What changes the route and is tested by itself."""


def a_case(chance: Random) -> Case:
    """One case; about half of them differ from a calm one in a few facts only."""
    few = chance.random() < 0.5
    question, facts, _ = concrete(CALM | {"act": chance.choice(ACTS)})
    names = [field.name for field in fields(Facts) if field.name not in OUT]
    changed = chance.sample(names, chance.randint(0, 3)) if few else names
    facts = replace(facts, **{name: _value(chance, name) for name in changed})
    question = _question(chance, question, few=few)
    if few and chance.random() < 0.7:
        facts = replace(facts, leaves=(*facts.leaves, _leave(chance, question)))
    return question, facts, chance.choice((DEFAULT, TIGHT))


def _question(chance: Random, question: Question, *, few: bool) -> Question:
    values: dict[str, Any] = {
        "act": chance.choice(ACTS),
        "role": chance.choice(ROLES),
        "identity": _word(chance, type(question.identity)),
        "way": chance.choice(list(Way)),
        "topic": chance.choice(["", *TOPICS, "weather"]),
        "purpose": _word(chance, type(question.purpose)),
        "place": _word(chance, type(question.place)),
        "hour": chance.randint(0, 23),
    }
    if few:
        values = {name: values[name] for name in chance.sample(sorted(values), chance.randint(0, 3))}
    return replace(question, **values)


def _leave(chance: Random, question: Question | None = None) -> Leave:
    topics = frozenset(chance.sample(TOPICS, chance.randint(1, 4)))
    if question is not None and question.topic and chance.random() < 0.7:
        topics |= {question.topic}
    ways = frozenset(chance.sample(WAYS, chance.randint(1, 4)))
    return Leave(topics, to_them=chance.random() < 0.8, from_them=chance.random() < 0.6, ways=ways)


def _word(chance: Random, kind: type[Word]) -> Any:
    return chance.choice(list(kind))


def _value(chance: Random, name: str) -> Any:
    if name in SOME:
        return frozenset(chance.sample(SOME[name], chance.randint(0, 3)))
    if name == "leaves":
        return tuple(_leave(chance) for _ in range(chance.randint(0, 2)))
    if name == "home":
        return Home(
            householder_adult=chance.choice((None, False, True)),
            seen_alone=chance.random() < 0.5,
            told=chance.random() < 0.5,
            agreed=chance.choice((None, False, True)),
            withdrawn=chance.random() < 0.3,
            household_abuse=chance.choice(list(Check)),
            household_children=chance.choice(list(Check)),
        )
    if name == "conditions":
        return ("Meet at the library.",) if chance.random() < 0.5 else ()
    if name == "level":
        return chance.randint(0, 6)
    if name in ("level_cap", "young_cap"):
        return chance.choice([None, *range(7)])
    if name == "enquiries_open":
        return chance.randint(0, 2)
    if name == "safe_now":
        return chance.choice((None, False, True))
    kind = HINTS[name]
    if isinstance(kind, type) and issubclass(kind, Word):
        return _word(chance, kind)
    assert kind is bool, (name, kind, get_args(kind))
    return chance.random() < 0.3
