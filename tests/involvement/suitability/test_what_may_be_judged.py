"""Hard stops on what may be judged, and who has to approve it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.involvement.suitability.rules import (
    Confidence,
    Level,
    Rating,
    SafetyThen,
    Standing,
    State,
    SuitabilityFacts,
    Summary,
    last_review_day,
    tightened,
)
from alongside.involvement.suitability.rules.concordance import (
    AccountFacts,
    agreed_ratings,
    differing_items,
    is_young_adult,
)
from alongside.involvement.suitability.rules.judging import (
    SAFETY_STOPS,
    Grounds,
    Proposal,
    faults_of,
    quick_faults,
    reasons_for_approval,
)
from alongside.involvement.suitability.safety import weigh
from alongside.safety.flags.rules import CaseSafety, Certainty, LiveFlag, Matter, Scope, facts_about
from alongside.safety.orders.rules import OrderFacts
from tests.involvement.suitability.test_standing import ON, judged

CLEAR = SafetyThen()
ANSWERED = {"One is afraid": Rating.NOT_PRESENT, "One was hurt": Rating.NOT_PRESENT}


def proposal(level: int = 4, summary: Summary = Summary.ASSET, **values: object) -> Proposal:
    facts: dict[str, object] = {
        "summary": summary,
        "level": Level(level),
        "level_cap": Level(level),
        "confidence": Confidence.HIGH,
        "review_on": ON + timedelta(days=30),
    }
    return Proposal(**(facts | values))


def grounds(**values: object) -> Grounds:
    return Grounds(**({"safety_findings": ANSWERED, "spoke_alone": True, "safety": CLEAR} | values))


def fields(proposed: Proposal, on: Grounds) -> list[str]:
    return [fault.field for fault in faults_of(proposed, on, on=ON)]


def test_what_was_asked_and_answered_may_be_judged() -> None:
    assert fields(proposal(), grounds()) == []


def test_something_unsafe_makes_the_involvement_unsafe() -> None:
    hurt = grounds(safety_findings=ANSWERED | {"One was hurt": Rating.PRESENT})
    for summary in Summary:
        level = 0 if summary is Summary.UNSAFE else 2
        found = fields(proposal(level, summary, conditions=("Never alone",)), hurt)
        assert ("summary" in found) == (summary is not Summary.UNSAFE)


def test_unsafe_leaves_no_level_and_not_at_present_no_more_than_information() -> None:
    assert fields(proposal(1, Summary.UNSAFE), grounds()) == ["level_cap"]
    assert fields(proposal(0, Summary.UNSAFE), grounds()) == []
    assert fields(proposal(3, Summary.NOT_AT_PRESENT), grounds()) == ["level_cap"]
    assert fields(proposal(2, Summary.NOT_AT_PRESENT), grounds()) == []


def test_a_closed_gate_leaves_no_level_and_says_the_same_whatever_the_cause() -> None:
    for matters in ({"abuse_between": 1}, {"abuse_between": 2}, {}):
        closed = grounds(safety=SafetyThen(matters, gate_closed=True))
        (fault,) = faults_of(proposal(2, Summary.NEUTRAL), closed, on=ON)
        assert fault.words == SAFETY_STOPS


@pytest.mark.parametrize("missing", [None, Rating.NOT_KNOWN])
def test_not_known_is_not_safe_enough_for_sharing(missing: Rating | None) -> None:
    open_item = grounds(safety_findings=ANSWERED | {"One is afraid": missing})
    assert fields(proposal(4), open_item) == ["level_cap"]
    assert fields(proposal(3), open_item) == []


def test_sharing_waits_for_checks_and_for_the_person_alone_and_for_how_far_they_go_along() -> None:
    assert fields(proposal(4), grounds(safety=SafetyThen(unchecked=("children",)))) == ["level_cap"]
    assert fields(proposal(4, Summary.NEUTRAL), grounds(spoke_alone=False)) == ["level_cap"]
    assert fields(proposal(4), grounds(knows_aims=False)) == ["level_cap"]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("summary", list(Summary))
def test_nobody_is_called_an_asset_before_the_person_was_asked_alone(summary: Summary, level: int) -> None:
    proposed = proposal(level, summary, conditions=("By day",))
    protective = summary in (Summary.ASSET, Summary.ASSET_WITH_CONDITIONS)
    assert ("summary" in fields(proposed, grounds(spoke_alone=False))) == protective
    assert "summary" not in fields(proposed, grounds(spoke_alone=True))


def test_conditions_that_are_promised_are_named() -> None:
    assert fields(proposal(4, Summary.ASSET_WITH_CONDITIONS), grounds()) == ["conditions"]
    assert fields(proposal(4, Summary.ASSET_WITH_CONDITIONS, conditions=("By day",)), grounds()) == []


def test_the_level_to_begin_with_lies_within_the_most() -> None:
    assert fields(proposal(4, level_cap=Level.PRACTICAL), grounds()) == ["level"]


@pytest.mark.parametrize("level", list(Level))
def test_the_review_is_soon_enough_for_the_level(level: Level) -> None:
    summary = Summary.UNSAFE if level is Level.NONE else Summary.ASSET
    last = last_review_day(level, on=ON)
    assert fields(proposal(level, summary, review_on=last), grounds()) == []
    assert fields(proposal(level, summary, review_on=last + timedelta(days=1)), grounds()) == ["review_on"]
    assert fields(proposal(level, summary, review_on=ON), grounds()) == ["review_on"]


def test_more_involvement_is_looked_at_no_later() -> None:
    days = [last_review_day(level, on=ON) for level in Level]
    assert days == sorted(days, reverse=True)


def why(proposed: Proposal, on: Grounds | None = None, before: list[object] | None = None) -> tuple[str, ...]:
    return reasons_for_approval(proposed, on or grounds(), before=before or [])


def test_little_and_sure_and_clear_needs_nobody() -> None:
    assert why(proposal(3)) == ()


@pytest.mark.parametrize(
    ("proposed", "on"),
    [
        (proposal(4), grounds()),
        (proposal(2, level_cap=Level.SHARING), grounds()),
        (proposal(2, confidence=Confidence.LOW), grounds()),
        (proposal(2), grounds(safety=SafetyThen({"child_concern": 1}))),
        (proposal(2), grounds(safety_findings=ANSWERED | {"One is afraid": Rating.PARTLY})),
        (proposal(2), grounds(safety_findings=ANSWERED | {"One is afraid": Rating.NOT_KNOWN})),
        (proposal(0, Summary.UNSAFE), grounds(safety_findings=ANSWERED | {"One is afraid": Rating.PRESENT})),
    ],
)
def test_much_or_doubtful_or_unsafe_needs_someone_else(proposed: Proposal, on: Grounds) -> None:
    assert why(proposed, on)


def test_going_beyond_a_no_needs_someone_else() -> None:
    no = judged(1, 0, summary=Summary.UNSAFE)
    assert why(proposal(2), before=[no])
    assert not why(proposal(0, Summary.UNSAFE), before=[no])


def quick(level: Level = Level.PRACTICAL, *, standing: Standing | None = None, safety: SafetyThen = CLEAR) -> list[str]:
    stands = standing or Standing(SuitabilityFacts())
    return [
        fault.field for fault in quick_faults(level, ON + timedelta(days=90), standing=stands, safety=safety, on=ON)
    ]


def test_the_quick_form_is_for_levels_two_and_three_alone() -> None:
    assert [level for level in Level if not quick(level)] == [Level.INFORMATION, Level.PRACTICAL]


def test_the_quick_form_is_shut_by_any_sign_about_safety_but_not_by_what_is_unchecked() -> None:
    assert quick(safety=SafetyThen({"exploitation": 1})) == ["level"]
    assert quick(safety=SafetyThen(gate_closed=True)) == ["level"]
    assert quick(safety=SafetyThen(unchecked=("domestic abuse",))) == []


def test_an_order_about_someone_else_calls_for_no_approval_and_one_between_these_two_does() -> None:
    assert quick(safety=SafetyThen({"orders": 2})) == []
    assert quick(safety=SafetyThen({"orders": 2, "forbids_contact": 1})) == ["level"]


def test_a_suspected_order_calls_for_an_approval_and_a_review_whatever_conditions_are_known() -> None:
    """Nearly every licence has conditions: a marker of them must not hide what somebody suspects besides."""
    member = uuid4()
    suspected = LiveFlag(
        effects=frozenset(),
        scope=Scope.MEMBER,
        since=ON,
        matter=Matter.ORDERS,
        member_id=member,
        certainty=Certainty.SUSPECTED,
    )

    def weighed(*flags: LiveFlag) -> SafetyThen:
        case = CaseSafety(flags=flags, conditions_stand=True)
        known = facts_about(case, member, on=ON, fresh_for=dict.fromkeys(Matter, 91))
        return weigh(known, OrderFacts())

    of_another = replace(suspected, member_id=uuid4())
    assert quick(safety=weighed(of_another)) == []
    assert quick(safety=weighed(suspected)) == ["level"]
    assert why(proposal(2), grounds(safety=weighed(suspected)))
    assert tightened(weighed(), weighed(suspected))


def test_the_quick_form_cannot_lift_a_full_judgement_or_a_pause() -> None:
    no = judged(1, 2, summary=Summary.NOT_AT_PRESENT)
    assert quick(standing=Standing(SuitabilityFacts(), in_force=no)) == ["level"]
    assert quick(standing=Standing(SuitabilityFacts(), pending=(no,))) == ["level"]
    assert quick(Level.INFORMATION, standing=Standing(SuitabilityFacts(), in_force=no)) == []
    assert quick(standing=Standing(SuitabilityFacts(state=State.PAUSED))) == ["level"]


ratings = st.one_of(st.none(), st.sampled_from(Rating))
safeties = st.builds(
    SafetyThen,
    st.dictionaries(st.sampled_from(["children", "abuse_near"]), st.integers(0, 2)),
    st.booleans(),
    st.sampled_from([(), ("children",)]),
)
proposals = st.builds(
    Proposal,
    st.sampled_from(Summary),
    st.sampled_from(Level),
    st.sampled_from(Level),
    st.sampled_from(Confidence),
    st.integers(-5, 400).map(lambda days: ON + timedelta(days=days)),
    st.sampled_from([(), ("By day",)]),
)
all_grounds = st.builds(
    Grounds, st.dictionaries(st.sampled_from(["a", "b", "c"]), ratings), st.booleans(), safeties, st.booleans()
)


@given(proposals, all_grounds)
def test_whatever_passes_keeps_what_is_always_true(proposed: Proposal, on: Grounds) -> None:
    if faults_of(proposed, on, on=ON):
        return
    found = on.safety_findings.values()
    if Rating.PRESENT in found:
        assert proposed.summary is Summary.UNSAFE
    if proposed.summary in (Summary.ASSET, Summary.ASSET_WITH_CONDITIONS):
        assert on.spoke_alone
    if proposed.summary is Summary.UNSAFE or on.safety.gate_closed:
        assert proposed.level_cap is Level.NONE
    if proposed.level_cap >= Level.SHARING:
        assert None not in found
        assert Rating.NOT_KNOWN not in found
        assert on.spoke_alone
        assert not on.safety.unchecked
        assert why(proposed, on)
    assert proposed.level <= proposed.level_cap
    assert ON < proposed.review_on <= last_review_day(proposed.level, on=ON)


def account(item: str, source: str, rating: Rating) -> AccountFacts:
    return AccountFacts(item, source, rating)


def test_accounts_differ_where_one_says_yes_and_another_no() -> None:
    said = [
        account("honest", "person", Rating.NOT_PRESENT),
        account("honest", "member", Rating.PRESENT),
        account("calms", "person", Rating.PARTLY),
        account("calms", "member", Rating.PRESENT),
        account("steady", "person", Rating.NOT_KNOWN),
        account("steady", "member", Rating.PRESENT),
    ]
    assert differing_items(said) == ("honest",)
    assert agreed_ratings(said) == {"steady": Rating.PRESENT}


@pytest.mark.parametrize(("age", "young"), [(17, False), (18, True), (25, True), (26, False)])
def test_young_adults_are_eighteen_to_twenty_five(age: int, young: bool) -> None:
    assert is_young_adult(age) is young
