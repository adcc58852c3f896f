"""Who may be taken for whom: what proves nothing opens nothing, and nobody is reached outside their safe times."""

from dataclasses import replace
from typing import Any

import pytest

from alongside.involvement.decisions.forms import KNOWING
from alongside.involvement.decisions.identifying import NEVER_RING, NO_NUMBER, NO_WORD, NOT_NOW, UNSAFE_NUMBER, offered
from alongside.involvement.decisions.rules import (
    DEFAULT,
    Act,
    Answer,
    Disclosure,
    Facts,
    Identity,
    Outcome,
    Question,
    Way,
    decide,
)
from alongside.involvement.decisions.rules.facts import Ground
from tests.involvement.decisions.space import concrete

PHONE = frozenset({Way.PHONE})
NONE: frozenset[str] = frozenset()


def case(act: Act = Act.SHARE, how: Identity = Identity.CALLED_BACK, way: Way = Way.PHONE) -> tuple[Question, Facts]:
    """A case in which nothing speaks against anything."""
    topic = "appointments" if act in (Act.SHARE, Act.ASK) else ""
    question, facts, _ = concrete({"act": act, "identity": how, "way": way, "topic": topic})
    return question, facts


def answer(question: Question, facts: Facts, **known: Any) -> Answer:
    return decide(question, replace(facts, **known), DEFAULT)


@pytest.mark.parametrize("act", [Act.SHARE, Act.ASK, Act.INVITE, Act.HOME_CHECK])
@pytest.mark.parametrize(("unsafe", "safe"), [(PHONE, NONE), (NONE, NONE)])
def test_ringing_back_an_unsafe_or_absent_number_proves_nothing(act: Act, unsafe: Any, safe: Any) -> None:
    question, facts = case(act)
    assert answer(question, facts).outcome <= Outcome.CONDITIONS
    said = answer(question, facts, safe_ways=safe, unsafe_ways=unsafe)
    assert said.outcome is Outcome.REFUSE
    assert {"identity.no_number", "home.identity"} & set(said.rules)


def test_no_approval_and_no_disclosure_makes_an_unsafe_number_proof() -> None:
    question, facts = case()
    lawful = Disclosure(frozenset({"appointments"}), Ground.SAFEGUARDING, approved=True, approver="senior")
    for known in ({"approved": frozenset({"facts.number", "identity.no_number"})}, {"disclosures": (lawful,)}):
        assert answer(question, facts, **known).outcome <= Outcome.CONDITIONS
        assert answer(question, facts, safe_ways=NONE, unsafe_ways=PHONE, **known).outcome is Outcome.REFUSE


@pytest.mark.parametrize("act", [Act.SHARE, Act.ASK, Act.INVITE])
@pytest.mark.parametrize(
    ("how", "way"),
    [
        (Identity.KNOWN, Way.PHONE),
        (Identity.KNOWN, Way.TEXT),
        (Identity.ON_RECORD, Way.PHONE),
        (Identity.ON_RECORD, Way.FACE),
    ],
)
def test_a_voice_or_a_number_on_a_screen_is_no_identity(act: Act, how: Identity, way: Way) -> None:
    said = answer(*case(act, how, way))
    assert (said.outcome, "identity.by_voice" in said.rules) == (Outcome.REFUSE, True)


def test_somebody_known_and_in_front_of_the_officer_is_known() -> None:
    assert answer(*case(how=Identity.KNOWN, way=Way.FACE)).outcome <= Outcome.CONDITIONS


@pytest.mark.parametrize(
    ("act", "how", "way", "stopped"),
    [
        (Act.CALL, Identity.ON_RECORD, Way.PHONE, True),
        (Act.TEXT, Identity.ON_RECORD, Way.TEXT, True),
        (Act.WRITE, Identity.ON_RECORD, Way.TEXT, True),
        (Act.VISIT, Identity.KNOWN, Way.FACE, True),
        (Act.SHARE, Identity.CALLED_BACK, Way.PHONE, True),
        (Act.ASK, Identity.CALLED_BACK, Way.PHONE, True),
        (Act.INVITE, Identity.CALLED_BACK, Way.PHONE, True),
        (Act.SHARE, Identity.ON_RECORD, Way.TEXT, True),
        (Act.WRITE, Identity.ON_RECORD, Way.LETTER, False),
        (Act.SHARE, Identity.ON_RECORD, Way.LETTER, False),
        (Act.SHARE, Identity.CODE_WORD, Way.PHONE, False),
        (Act.SHARE, Identity.KNOWN, Way.FACE, False),
    ],
)
def test_safe_times_bind_every_way_of_reaching_out_and_no_answering(
    act: Act, how: Identity, way: Way, stopped: bool
) -> None:
    question, facts = case(act, how, way)
    assert answer(question, facts).outcome <= Outcome.CONDITIONS
    assert ("time.unsafe" in answer(question, facts, safe_now=False).rules) is stopped
    assert answer(replace(question, act=Act.LISTEN), facts, safe_now=False).outcome is Outcome.ALLOW


def test_an_instruction_not_to_ring_covers_ringing_back() -> None:
    assert answer(*case(), no_calls=True).outcome is Outcome.REFUSE
    assert answer(*case(how=Identity.KNOWN, way=Way.FACE), no_calls=True).outcome <= Outcome.CONDITIONS


def test_nothing_is_told_in_writing_to_an_address_that_is_not_safe() -> None:
    question, facts = case(how=Identity.ON_RECORD, way=Way.LETTER)
    unsafe = {"safe_ways": NONE, "unsafe_ways": frozenset({Way.LETTER})}
    assert "channel.unsafe" in answer(question, facts, **unsafe).rules


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"safe_ways": NONE, "unsafe_ways": PHONE}, UNSAFE_NUMBER),
        ({"safe_ways": NONE}, NO_NUMBER),
        ({"never_ways": PHONE}, NEVER_RING),
        ({"safe_now": False}, NOT_NOW),
        ({"code_word_set": False}, NO_WORD),
    ],
)
def test_what_proves_nothing_is_not_offered_and_the_page_says_why(known: dict[str, Any], why: str) -> None:
    _, facts = case()
    everything = offered(facts, KNOWING, may_compare=True)
    assert (everything.choices, everything.why_not) == (tuple(KNOWING), ())
    ways = offered(replace(facts, **known), KNOWING, may_compare=True)
    assert ways.why_not == (why,)
    gone = Identity.CODE_WORD if why == NO_WORD else Identity.CALLED_BACK
    assert not ways.has(gone)
    assert len(ways.choices) == len(KNOWING) - 1


def test_a_word_is_offered_to_nobody_who_cannot_compare_it() -> None:
    _, facts = case()
    assert not offered(facts, KNOWING, may_compare=False).has(Identity.CODE_WORD)
