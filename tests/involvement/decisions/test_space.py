"""Every combination of what decisions can depend on. `space` says why looking at rules one by one is enough."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from random import Random

import pytest

from alongside.involvement.decisions.rules import RULES, Act, Check, Facts, Outcome, Rule, decide
from alongside.involvement.decisions.rules.deciding import GIVEN
from alongside.involvement.decisions.rules.facts import INVOLVING
from tests.involvement.decisions.random_cases import a_case
from tests.involvement.decisions.space import (
    ASPECTS,
    CALM,
    Case,
    Values,
    abstract,
    aspects_of,
    combinations,
    concrete,
    read_by,
)

Key = tuple[object, ...]
CASES = 100_000
SMALL = 5000


@cache
def some_cases(count: int = 6000) -> list[Case]:
    chance = Random(20261122)
    return [a_case(chance) for _ in range(count)]


@cache
def aspects(rule_id: str) -> tuple[str, ...]:
    """What a rule reads, found by watching it over thousands of cases."""
    return aspects_of(read_by(RULES[rule_id], some_cases()))


@cache
def table(rule_id: str) -> dict[Key, bool]:
    """Whether a rule speaks, for every combination of what it reads."""
    rule, names = RULES[rule_id], aspects(rule_id)
    return {
        tuple(values[name] for name in names): rule.applies(*concrete(values, rule))
        for values in combinations(names, rule)
    }


def key_of(rule_id: str, values: Values) -> Key:
    return tuple(values[name] for name in aspects(rule_id))


def predicted(values: Values) -> set[str]:
    """The rules that speak, from the tables alone."""
    return {name for name, rule in RULES.items() if values["act"] in rule.acts and table(name)[key_of(name, values)]}


def outcome_of(rules: set[str]) -> Outcome:
    return max((RULES[name].finding.outcome for name in rules), default=Outcome.ALLOW)


def test_every_rule_speaks_somewhere_and_is_silent_somewhere() -> None:
    unconditional = {"always.within", "person.alone", "home.afterwards"}
    for name in RULES:
        said = set(table(name).values())
        assert said == ({True} if name in unconditional else {True, False}), name


@pytest.mark.slow
def test_a_hundred_thousand_cases_decide_as_their_abstraction_does() -> None:
    spoke: Counter[str] = Counter()
    outcomes: Counter[Outcome] = Counter()
    for case in some_cases(CASES):
        answer = decide(*case)
        rules = set(answer.rules) - {GIVEN.rule}
        values = abstract(case)
        assert rules == predicted(values), (case, rules ^ predicted(values))
        assert answer.outcome is outcome_of(rules)
        spoke.update(rules)
        outcomes[answer.outcome] += 1
    assert set(spoke) == set(RULES), f"never spoke: {set(RULES) - set(spoke)}"
    assert all(outcomes[outcome] > 50 for outcome in Outcome), outcomes


def test_millions_of_combinations_stand_behind_the_tables() -> None:
    everything = 1
    for classes in ASPECTS.values():
        everything *= len(classes)
    looked_at = sum(len(table(name)) for name in RULES)
    assert everything > 10**20
    assert looked_at > 100_000


def test_the_loosest_facts_allow_every_act_within_its_own_conditions() -> None:
    for act in ASPECTS["act"]:
        topic = "appointments" if act in (Act.SHARE, Act.ASK) else ""
        answer = decide(*concrete({"act": act, "topic": topic}))
        assert answer.outcome <= Outcome.CONDITIONS, (act, answer.rules)


def stops(rule_id: str, outcome: Outcome, acts: frozenset[Act] = INVOLVING, **classes: object) -> None:
    """A rule speaks at this outcome in every combination in which these classes hold, for these acts."""
    rule = RULES[rule_id]
    assert rule.finding.outcome is outcome
    assert acts <= rule.acts, acts - rule.acts
    names = aspects(rule_id)
    assert set(classes) <= set(names)
    seen = 0
    for key, speaks in table(rule_id).items():
        values = dict(zip(names, key, strict=True))
        if values.get("act", min(acts)) in acts and all(values[name] == value for name, value in classes.items()):
            assert speaks, (rule_id, values)
            seen += 1
    assert seen


def test_refusal_outranks_everything() -> None:
    stops("refusal.named", Outcome.REFUSE, refused=True)


def test_unverified_is_listen_only() -> None:
    stops("identity.unverified", Outcome.REFUSE, identity="unverified")
    stops("home.identity", Outcome.REFUSE, frozenset({Act.HOME_CHECK}), identity="unverified")


@pytest.mark.parametrize("state", [Check.NOT_CHECKED, Check.STALE])
@pytest.mark.parametrize("matter", ["abuse", "children", "orders", "access"])
def test_not_checked_is_never_allow(matter: str, state: Check) -> None:
    stops(f"check.{matter}", Outcome.ASK, **{matter: state})


@pytest.mark.parametrize("state", [Check.NOT_CHECKED, Check.STALE])
def test_abuse_between_two_not_checked_is_never_allow(state: Check) -> None:
    stops("check.between", Outcome.ASK, abuse_between=state)
    stops("home.between", Outcome.ASK, frozenset({Act.HOME_CHECK}), abuse_between=state)


@pytest.mark.parametrize("state", [Check.SUSPECTED, Check.KNOWN])
def test_abuse_between_two_stops_involvement_both_ways(state: Check) -> None:
    stops("abuse.between", Outcome.REFUSE, abuse_between=state)
    stops("home.abuse_between", Outcome.REFUSE, frozenset({Act.HOME_CHECK}), abuse_between=state)


def test_no_permission_taken_alone_is_no_allowance() -> None:
    stops("permission.none", Outcome.REFUSE, leave="none")
    for other in ("other_direction", "other_way"):
        stops("permission.scope", Outcome.REFUSE, leave=other)
    pending = table("permission.not_alone")
    names = aspects("permission.not_alone")
    for key, speaks in pending.items():
        values = dict(zip(names, key, strict=True))
        if values["pending_alone"] and values["leave"] != "covers":
            assert speaks


def test_levels_cap_everything() -> None:
    names = aspects("level.cap")
    for key, speaks in table("level.cap").items():
        values = dict(zip(names, key, strict=True))
        question, facts, policy = concrete(values)
        need = policy.need(question.act, question.topic)
        judged = facts.judged in ("approved", "review_due")
        caps = [facts.level if judged else 3, facts.young_cap, facts.level_cap if judged else None]
        if facts.summary == "not_at_present":
            caps.append(2)
        assert speaks == (need > min(cap for cap in caps if cap is not None)), values


TIGHTER: dict[str, list[tuple[object, object]]] = {
    **{
        name: [(Check.NONE_FOUND, other) for other in Check if other is not Check.NONE_FOUND]
        + [(Check.SUSPECTED, Check.KNOWN), (Check.STALE, Check.NOT_CHECKED)]
        for name in ("abuse", "children", "orders", "access", "abuse_between", "household_abuse", "household_children")
    },
    **{
        name: [(CALM[name], not CALM[name])]
        for name, classes in ASPECTS.items()
        if classes == (False, True) and name not in ("phone", "has_conditions", "enquiries")
    },
    "identity": [(known, "unverified") for known in ASPECTS["identity"] if known != "unverified"],
    "purpose": [("goal", "none"), ("other", "none")],
    "agrees": [("agreed", "not_asked"), ("agreed", "declined"), ("not_asked", "withdrawn"), ("agreed", "withdrawn")],
    "safe_now": [(True, None), (True, False)],
    "leave": [("covers", other) for other in ASPECTS["leave"] if other != "covers"],
    "point": [("safe", "unasked"), ("unasked", "unsafe"), ("safe", "unsafe"), ("safe", "none")],
    "clash": [("none", "open"), ("open", "confirmed"), ("none", "confirmed")],
    "judged": [("approved", "review_due"), ("approved", "paused"), ("review_due", "paused")],
    "summary": [("asset", "not_at_present"), ("asset", "unsafe"), ("not_at_present", "unsafe")],
    "level": [(level, level - 1) for level in range(2, 6)],
    "level_cap": [(None, 5), *((level, level - 1) for level in range(2, 6))],
    "young_cap": [(None, 5), *((level, level - 1) for level in range(2, 6))],
    "agreement": [("live", "draft"), ("live", "none"), ("live", "paused"), ("live", "ended")],
    "age": [("adult", "not_known"), ("adult", "child")],
    "home_agreed": [(True, False), (None, False)],
    "adult_home": [(True, False), (True, None)],
    "hour": [(12, 3), (12, 20)],
    "enquiries": [(False, True)],
    "has_conditions": [(False, True)],
}
"""For each aspect, steps that tighten. That a check finds something, after none was made, is no such step by itself: it
comes with a flag under review, which refuses everything; that step is tested below."""


@pytest.mark.parametrize("aspect", sorted(TIGHTER))
def test_what_tightens_never_moves_an_answer_up(aspect: str) -> None:
    """Where a rule spoke before a step it speaks after, or a rule as grave does whatever else holds."""
    steps = dict.fromkeys(TIGHTER[aspect])
    for name, rule in RULES.items():
        names = aspects(name)
        if aspect not in names:
            continue
        place = names.index(aspect)
        for key, speaks in table(name).items():
            if not speaks:
                continue
            for before, after in steps:
                if key[place] != before:
                    continue
                moved = (*key[:place], after, *key[place + 1 :])
                if table(name).get(moved, True):
                    continue
                values = dict(zip(names, moved, strict=True))
                acts = frozenset({values["act"]} if "act" in values else rule.acts)
                if not always(aspect, after, rule.finding.outcome, acts):
                    assert covered(rule, values, aspect), (name, before, after, values)
    assert any(aspect in aspects(name) for name in RULES)


@cache
def always(aspect: str, value: object, outcome: Outcome, acts: frozenset[Act]) -> bool:
    """Whether some rule that is as grave speaks wherever one aspect has this value, whatever else it reads."""
    for name, other in RULES.items():
        names = aspects(name)
        if other.finding.outcome < outcome or not acts <= other.acts or aspect not in names:
            continue
        place = names.index(aspect)
        said = [
            speaks
            for key, speaks in table(name).items()
            if key[place] == value and ("act" not in names or key[names.index("act")] in acts)
        ]
        if said and all(said):
            return True
    return False


def covered(rule: Rule, values: Values, aspect: str) -> bool:
    """Whether some rule that is as grave speaks in these classes, whatever else it reads."""
    acts = {values["act"]} if "act" in values else rule.acts
    for name, other in RULES.items():
        if other.finding.outcome < rule.finding.outcome or not acts <= other.acts:
            continue
        names = aspects(name)
        if aspect not in names and not (set(names) & set(values) and len(table(name)) < SMALL):
            continue
        said = [
            speaks
            for key, speaks in table(name).items()
            if all(values.get(read, here) == here for read, here in zip(names, key, strict=True))
        ]
        if said and all(said):
            return True
    return False


@pytest.mark.parametrize("matter", ["abuse", "children", "orders", "access"])
@pytest.mark.parametrize("found", [Check.SUSPECTED, Check.KNOWN])
def test_a_check_that_finds_something_comes_with_a_flag_that_refuses(matter: str, found: Check) -> None:
    for act in ASPECTS["act"]:
        answer = decide(*concrete({"act": act, matter: found, "under_review": True, "topic": "appointments"}))
        assert answer.outcome is Outcome.REFUSE


def test_every_fact_is_read_by_some_rule_or_changes_the_route() -> None:
    read = {attribute for name in RULES for attribute in read_by(RULES[name], some_cases())}
    unread = {f"facts.{name}" for name in Facts.__dataclass_fields__} - read
    assert unread == {"facts.approved", "facts.disclosures", "facts.expired", "facts.speak_first_to"}


APPROVED = Path(__file__).with_name("rules_approved.json")
"""What each rule does over all that it reads: outcome, firmness, how many combinations there are, a digest of where it
speaks. Whoever means to change a rule writes it anew: `python -m tests.involvement.decisions.test_space`.
"""


def what_it_does(name: str, said: dict[Key, bool], outcome: Outcome) -> list[object]:
    """A rule's behaviour in a line."""
    spoken = sorted("|".join(str(part) for part in key) for key, speaks in said.items() if speaks)
    digest = blake2b("\n".join(spoken).encode(), digest_size=8).hexdigest()
    return [outcome.name, RULES[name].kind.value, len(said), len(spoken), digest]


@pytest.mark.slow
def test_every_rule_does_what_was_approved() -> None:
    approved = json.loads(APPROVED.read_text())
    assert set(approved) == set(RULES)
    for name, rule in RULES.items():
        assert what_it_does(name, table(name), rule.finding.outcome) == approved[name], name


def mutants(name: str, seed: int) -> Iterator[tuple[str, dict[Key, bool], Outcome]]:
    """A rule broken in each of the ways in which rules break."""
    said, outcome = table(name), RULES[name].finding.outcome
    yield "never speaks", dict.fromkeys(said, False), outcome
    yield "speaks where it was silent", {key: not speaks for key, speaks in said.items()}, outcome
    yield "is milder", said, Outcome(max(outcome - 1, 0))
    forgotten = Random(seed).choice([key for key, speaks in said.items() if speaks])
    yield "forgets one combination", {**said, forgotten: False}, outcome
    silent = [key for key, speaks in said.items() if not speaks]
    if silent:
        yield "speaks once too often", {**said, Random(seed).choice(silent): True}, outcome


@pytest.mark.slow
def test_seeded_mutants_of_every_rule_are_caught() -> None:
    approved = json.loads(APPROVED.read_text())
    for seed, name in enumerate(RULES):
        for what, said, outcome in mutants(name, seed):
            assert what_it_does(name, said, outcome) != approved[name], f"{name} {what}, and nobody noticed"


if __name__ == "__main__":
    found = {name: what_it_does(name, table(name), rule.finding.outcome) for name, rule in sorted(RULES.items())}
    APPROVED.write_text(json.dumps(found, indent=1) + "\n")
