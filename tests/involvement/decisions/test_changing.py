"""What would have to change: the least that would do, and nothing that the viewer may not see."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.involvement.decisions.rules import (
    DEFAULT,
    Act,
    Agrees,
    Check,
    Clash,
    Disclosure,
    Facts,
    Outcome,
    Question,
    Summary,
    decide,
)
from alongside.involvement.decisions.rules.changing import CHANGES, MOST_CHANGES, as_seen, what_would_change
from alongside.involvement.decisions.rules.facts import Ground
from tests.involvement.decisions.random_cases import a_case
from tests.involvement.decisions.space import CALM, concrete

WORKER, OFFICER = (
    frozenset(right.name for right in ROLES[code].rights) for code in (RoleCode.FAMILY_WORKER, RoleCode.PRACTITIONER)
)
BY_LAW = Disclosure(frozenset({"whereabouts"}), Ground.SAFEGUARDING, approved=True, approver="senior")
FROM_EVERYONE: list[dict[str, Any]] = [{"linked_stop": True}]
FROM_A_WORKER: list[dict[str, Any]] = [
    {"disclosures": (BY_LAW,)},
    *({name: Check.KNOWN} for name in ("abuse", "children", "orders", "abuse_between")),
    *({name: Check.NOT_CHECKED} for name in ("abuse", "children", "orders", "abuse_between")),
    *({name: True} for name in ("abuse_near", "person_is_victim", "control", "exploitation", "under_review")),
    *({name: True} for name in ("contact_forbidden", "home_forbidden", "children_forbidden", "conditions_unread")),
    *({name: True} for name in ("permission_suspended", "not_at_home", "no_calls", "speak_first", "child_concern")),
]


def cases(count: int, role: RoleCode) -> list[tuple[Question, Facts]]:
    chance = Random(20261123)
    return [
        (replace(question, role=role), facts) for question, facts, _policy in (a_case(chance) for _ in range(count))
    ]


@pytest.mark.parametrize(
    ("role", "rights", "hidden"),
    [
        (RoleCode.FAMILY_WORKER, WORKER, [*FROM_EVERYONE, *FROM_A_WORKER]),
        (RoleCode.PRACTITIONER, OFFICER, FROM_EVERYONE),
    ],
)
def test_it_says_the_same_whatever_is_hidden(
    role: RoleCode, rights: frozenset[str], hidden: list[dict[str, Any]]
) -> None:
    calm: dict[str, Any] = dict.fromkeys(("abuse", "children", "orders", "abuse_between"), Check.NONE_FOUND)
    for number, (question, facts) in enumerate(cases(2 * len(hidden), role)):
        fact = hidden[number % len(hidden)]
        without = replace(facts, **{name: calm.get(name, () if name == "disclosures" else False) for name in fact})
        said = what_would_change(question, without, DEFAULT, rights=rights)
        assert what_would_change(question, replace(facts, **fact), DEFAULT, rights=rights) == said, fact


def test_a_worker_is_not_told_that_the_law_lets_an_officer_tell() -> None:
    """Nor to send the officer: that would say that there is a decision to disclose."""
    question, facts, policy = concrete(CALM | {"act": Act.SHARE, "topic": "whereabouts"})
    asked, refused = replace(question, role=RoleCode.FAMILY_WORKER), replace(facts, refused=True)
    without = what_would_change(asked, refused, policy, rights=WORKER)
    assert what_would_change(asked, replace(refused, disclosures=(BY_LAW,)), policy, rights=WORKER) == without == ()


def test_what_is_named_would_do_and_nothing_less_would() -> None:
    by_words = {change.words: change for change in CHANGES}
    named = 0
    for question, facts in cases(80, RoleCode.PRACTITIONER):
        seen = as_seen(question, facts, OFFICER)
        for words in what_would_change(question, facts, DEFAULT, rights=OFFICER):
            assert 1 <= len(words) <= MOST_CHANGES
            named += 1
            for left_out in (None, *words):
                asked, known = question, seen
                for one in words:
                    if one != left_out:
                        asked, known = by_words[one].make(asked, known, DEFAULT)
                enough = decide(asked, known, DEFAULT).outcome <= Outcome.CONDITIONS
                assert enough is (left_out is None), (words, left_out)
    assert named > 10


@pytest.mark.parametrize(
    "fact",
    [
        {"refused": True},
        {"agrees": Agrees.DECLINED},
        {"victim": True},
        {"clash": Clash.CONFIRMED},
        {"abuse_between": Check.KNOWN},
        {"contact_forbidden": True},
        {"summary": Summary.UNSAFE},
        {"member_died": True},
        {"contact_ended": True},
    ],
)
def test_nobody_is_told_how_to_undo_a_no_or_what_keeps_people_apart(fact: dict[str, Any]) -> None:
    question, facts, policy = concrete(CALM | {"act": Act.CALL})
    assert decide(question, replace(facts, **fact), policy).outcome is Outcome.REFUSE
    assert what_would_change(question, replace(facts, **fact), policy, rights=OFFICER) == ()
