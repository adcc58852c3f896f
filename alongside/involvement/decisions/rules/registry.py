"""Where the rules stand. A rule is a small predicate with a name, a reason and a source."""

from collections.abc import Callable, Iterable

from alongside.involvement.decisions.rules.answers import Asked, Finding, Instead, Kind, Outcome, Rule, Seen, Test
from alongside.involvement.decisions.rules.facts import INVOLVING

REGISTERED: dict[str, Rule] = {}
Table = tuple[tuple[Test, Finding], ...]


def rule(
    id: str,  # noqa: A002 - a rule's name is its id
    *,
    kind: Kind,
    outcome: Outcome,
    title: str,
    because: str,
    source: str,
    acts: Iterable[str] = INVOLVING,
    condition: str = "",
    ask: Asked | None = None,
    fact: str = "",
    instead: tuple[Instead, ...] = (),
    seen: Seen = Seen.EVERYONE,
) -> Callable[[Test], Test]:
    """Register a predicate `(question, facts, policy) -> bool`. Raises ValueError for a faulty or doubled rule."""
    if id in REGISTERED:
        raise ValueError(f"Two rules are called {id}.")
    if not because or not source or not title:
        raise ValueError(f"{id} needs a title, a reason and a source.")
    if (outcome is Outcome.ASK) != (ask is not None):
        raise ValueError(f"{id}: whoever is to be asked first is named, and only then.")
    if (outcome is Outcome.CONDITIONS) != bool(condition):
        raise ValueError(f"{id}: a condition says what must be met.")

    finding = Finding(id, outcome, because, source, condition, ask, fact, instead, seen)

    def register(test: Test) -> Test:
        REGISTERED[id] = Rule(id, title, kind, test, finding, frozenset(acts))
        return test

    return register


def table_for(act: str, rules: Iterable[Rule]) -> Table:
    """The tests that bear on one act, the gravest first: what they find then stands in order by itself."""
    bearing = sorted((rule for rule in rules if act in rule.acts), key=lambda rule: -rule.finding.outcome)
    return tuple((rule.applies, rule.finding) for rule in bearing)
