"""Questions and facts as they are stored, so that a decision can be taken again years later. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import orjson

from alongside.involvement.decisions.rules.facts import (
    NO_HOME,
    Act,
    Age,
    Agreement,
    Agrees,
    Check,
    Clash,
    Disclosure,
    Facts,
    Home,
    Identity,
    Judged,
    Leave,
    Place,
    Purpose,
    Question,
    Summary,
    Way,
)

Stored = dict[str, Any]
EMPTY_QUESTION = Question(act=Act.LISTEN, role="")
EMPTY_FACTS = Facts()
_SETS = frozenset(field.name for field in fields(Facts) if isinstance(getattr(EMPTY_FACTS, field.name), frozenset))
_WORDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        name: {word.value: word for word in kind}
        for name, kind in {
            "act": Act,
            "identity": Identity,
            "way": Way,
            "purpose": Purpose,
            "place": Place,
            "age": Age,
            "agrees": Agrees,
            "clash": Clash,
            "judged": Judged,
            "summary": Summary,
            "agreement": Agreement,
            **dict.fromkeys(
                (
                    "abuse",
                    "children",
                    "orders",
                    "access",
                    "abuse_between",
                    "household_abuse",
                    "household_children",
                ),
                Check,
            ),
        }.items()
    }
)
_QUESTION = tuple(field.name for field in fields(Question))
_FACTS = tuple(field.name for field in fields(Facts))
_HOME = tuple(field.name for field in fields(Home))


def as_stored(question: Question, facts: Facts) -> bytes:
    """A question with its facts as JSON: what differs from the empty ones, keys in order, so that equals are equal."""
    return orjson.dumps({"q": _differing(question, EMPTY_QUESTION, _QUESTION), "f": _facts(facts)}, option=_OPTION)


_OPTION = orjson.OPT_SORT_KEYS


def digest_of(stored: bytes) -> str:
    """What tells two stored questions apart."""
    return blake2b(stored, digest_size=16).hexdigest()


def from_stored(stored: bytes | str) -> tuple[Question, Facts]:
    """The question and the facts again. A fact that this version does not know is left out: newer ones stay unsaid."""
    data = orjson.loads(stored)
    question = {name: _word(name, value) for name, value in data["q"].items()}
    question.setdefault("act", Act.LISTEN)
    question.setdefault("role", "")
    return Question(**question), Facts(**{name: _fact(name, value) for name, value in data["f"].items()})


def _differing(row: Any, empty: Any, names: tuple[str, ...]) -> Stored:
    return {name: value for name in names if (value := getattr(row, name)) != getattr(empty, name)}


def _facts(facts: Facts) -> Stored:
    stored = _differing(facts, EMPTY_FACTS, _FACTS)
    for name, value in stored.items():
        if isinstance(value, frozenset):
            stored[name] = sorted(value)
        elif name == "leaves":
            stored[name] = sorted(
                [sorted(leave.topics), leave.to_them, leave.from_them, sorted(leave.ways)] for leave in value
            )
        elif name == "disclosures":
            stored[name] = sorted(
                [sorted(one.topics), one.ground, one.approved, one.approver, one.until] for one in value
            )
        elif name == "home":
            stored[name] = _differing(value, NO_HOME, _HOME)
    return stored


def _word(name: str, value: Any) -> Any:
    words = _WORDS.get(name)
    return value if words is None else words[value]


def _fact(name: str, value: Any) -> Any:
    if name in _SETS:
        return frozenset(value)
    if name == "leaves":
        return tuple(Leave(frozenset(topics), to, fro, frozenset(ways)) for topics, to, fro, ways in value)
    if name == "disclosures":
        return tuple(Disclosure(frozenset(topics), *said) for topics, *said in value)
    if name == "home":
        return Home(**{part: _word(part, said) for part, said in value.items()})
    if name == "conditions":
        return tuple(value)
    return _word(name, value)
