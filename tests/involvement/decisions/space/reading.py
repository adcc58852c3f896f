"""What a rule reads, and every combination of the classes of that."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from alongside.involvement.decisions.rules import (
    Rule,
    Way,
)
from alongside.involvement.decisions.rules.stops import IMPLIED_TOPIC
from tests.involvement.decisions.space.aspects import ASPECTS, OF_ATTRIBUTE, Case, Values


class Reads:
    """Stands in for a question, facts or a policy, and notes what a rule reads of it."""

    def __init__(self, name: str, real: Any, seen: set[str]) -> None:
        self._name, self._real, self._seen = name, real, seen

    def __getattr__(self, attribute: str) -> Any:
        self._seen.add(f"{self._name}.{attribute}")
        return getattr(self._real, attribute)

    def need(self, act: str, topic: str) -> int:
        """What `Policy.need` reads, noted."""
        self._seen.add(f"{self._name}.needs")
        return self._real.need(act, topic)


def read_by(rule: Rule, cases: list[Case]) -> set[str]:
    """The attributes that a rule reads in any of these cases."""
    seen: set[str] = set()
    for question, facts, policy in cases:
        rule.applies(
            Reads("question", question, seen),  # type: ignore[arg-type]
            Reads("facts", facts, seen),  # type: ignore[arg-type]
            Reads("policy", policy, seen),  # type: ignore[arg-type]
        )
    return seen


def aspects_of(attributes: set[str]) -> tuple[str, ...]:
    """The aspects that stand for attributes. The act chooses the rules; it counts where a rule reads it besides."""
    return tuple(sorted({aspect for attribute in attributes for aspect in OF_ATTRIBUTE[attribute]}))


def combinations(aspects: tuple[str, ...], rule: Rule | None = None) -> Iterator[Values]:
    """Every combination of the classes of some aspects that can be, of the acts to which a rule speaks."""
    choices = [
        tuple(act for act in ASPECTS["act"] if rule is None or act in rule.acts) if name == "act" else ASPECTS[name]
        for name in aspects
    ]
    for chosen in product(*choices):
        values = dict(zip(aspects, chosen, strict=True))
        if possible(values):
            yield values


def possible(values: Values) -> bool:
    """Whether classes can stand together: a phone that may be rung is the same phone whichever way is asked about."""
    if values.get("way") == Way.PHONE and "point" in values and "phone" in values:
        return bool((values["point"] in ("safe", "unasked")) == values["phone"])
    if "leave" in values and values["leave"] == "other_topic":
        return bool(values.get("topic") or values.get("act") in IMPLIED_TOPIC)
    return True
