"""What flags and checks mean for one family member, and that nothing that tightens ever opens."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.reference.sources import read_lists
from alongside.safety.flags.rules import (
    CLOSE_PAIRS,
    CaseSafety,
    Certainty,
    CheckState,
    Direction,
    Effect,
    FlagFacts,
    Kin,
    LiveFlag,
    Look,
    Matter,
    Scope,
    facts_about,
    near_each_other,
)

ON = date(2026, 11, 22)
LONG_AGO = ON - timedelta(days=400)
FRESH = dict.fromkeys(Matter, 91)
PARTNER, MOTHER, FRIEND = UUID(int=1), UUID(int=2), UUID(int=3)
KIN = {
    PARTNER: Kin("partner", "yes", LONG_AGO),
    MOTHER: Kin("parent", "no", LONG_AGO),
    FRIEND: Kin("friend", "no", LONG_AGO),
}
LOOKED = tuple(Look(matter, ON - timedelta(days=3)) for matter in Matter)
SAFE = CaseSafety(looks=LOOKED, kin=KIN)
ABUSE = frozenset({Effect.ABUSE})
KINDS = sorted({value.attributes["kin"] for one in read_lists() if one.name == "relationship" for value in one.values})


def about(case: CaseSafety, member: UUID = PARTNER, *, linked: bool = False) -> FlagFacts:
    return facts_about(case, member, on=ON, fresh_for=FRESH, linked_stop=linked)


def between(direction: Direction, member: UUID = PARTNER, certainty: Certainty = Certainty.KNOWN) -> LiveFlag:
    return LiveFlag(
        effects=ABUSE,
        scope=Scope.RELATIONSHIP,
        since=ON,
        matter=Matter.DOMESTIC_ABUSE,
        member_id=member,
        certainty=certainty,
        direction=direction,
    )


def of_person(*effects: Effect) -> LiveFlag:
    return LiveFlag(effects=frozenset(effects), scope=Scope.PERSON, since=ON, matter=Matter.DOMESTIC_ABUSE)


def test_a_caseload_that_has_just_arrived_is_not_a_safe_one() -> None:
    facts = about(CaseSafety(kin=KIN))
    assert set(facts.checks.values()) == {CheckState.NOT_CHECKED}
    assert facts.abuse_between is CheckState.NOT_CHECKED


def test_checked_and_none_found() -> None:
    assert set(about(SAFE).checks.values()) == {CheckState.NONE_FOUND}
    assert about(SAFE).abuse_between is CheckState.NONE_FOUND


@pytest.mark.parametrize(("days", "state"), [(91, CheckState.NONE_FOUND), (92, CheckState.STALE)])
def test_a_check_goes_stale(days: int, state: CheckState) -> None:
    looks = tuple(Look(matter, ON - timedelta(days=days)) for matter in Matter)
    assert about(CaseSafety(looks=looks, kin=KIN)).checks[Matter.CHILDREN] is state


def test_nobody_could_ask_about_someone_before_they_were_named() -> None:
    named_today = {PARTNER: replace(KIN[PARTNER], named_on=ON)}
    facts = about(replace(SAFE, kin=named_today))
    assert facts.checks[Matter.DOMESTIC_ABUSE] is CheckState.STALE
    assert facts.checks[Matter.CHILDREN] is CheckState.NONE_FOUND
    asked = replace(SAFE, kin=named_today, looks=(*LOOKED, Look(Matter.DOMESTIC_ABUSE, ON, PARTNER)))
    assert about(asked).checks[Matter.DOMESTIC_ABUSE] is CheckState.NONE_FOUND


def test_a_check_from_before_a_flag_was_removed_counts_no_more() -> None:
    removed = {(Matter.CHILDREN, None): ON}
    assert about(replace(SAFE, removed=removed)).checks[Matter.CHILDREN] is CheckState.STALE
    again = replace(SAFE, removed=removed, looks=(*LOOKED, Look(Matter.CHILDREN, ON)))
    assert about(again).checks[Matter.CHILDREN] is CheckState.NONE_FOUND


def test_an_entry_that_nobody_can_read_leaves_it_to_a_person_to_look() -> None:
    imported = tuple(replace(look, imported=True) for look in LOOKED)
    unread = replace(SAFE, looks=imported, unread_since=ON - timedelta(days=9))
    assert about(unread).checks[Matter.DOMESTIC_ABUSE] is CheckState.STALE
    assert about(unread).checks[Matter.LIMITED_ACCESS] is CheckState.NONE_FOUND
    assert about(replace(unread, looks=LOOKED)).checks[Matter.DOMESTIC_ABUSE] is CheckState.NONE_FOUND


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    ("certainty", "state"), [(Certainty.KNOWN, CheckState.KNOWN), (Certainty.SUSPECTED, CheckState.SUSPECTED)]
)
def test_abuse_between_two_stops_both_ways(direction: Direction, certainty: Certainty, state: CheckState) -> None:
    assert about(replace(SAFE, flags=(between(direction, certainty=certainty),))).abuse_between is state


@pytest.mark.parametrize(
    ("direction", "victim"),
    [
        (Direction.FROM_PERSON, False),
        (Direction.FROM_MEMBER, True),
        (Direction.BOTH, True),
        (Direction.NOT_KNOWN, True),
    ],
)
def test_the_person_as_victim_is_held_apart(direction: Direction, victim: bool) -> None:
    assert about(replace(SAFE, flags=(between(direction),))).person_is_victim is victim


def test_sharing_near_the_one_who_causes_harm_is_near() -> None:
    harmed_by_partner = replace(SAFE, flags=(between(Direction.FROM_MEMBER),))
    assert not about(harmed_by_partner, MOTHER).abuse_near, "her own mother, who lives elsewhere, is no kin of his"
    moved_in = {**KIN, MOTHER: replace(KIN[MOTHER], lives_with_person="yes")}
    assert about(replace(harmed_by_partner, kin=moved_in), MOTHER).abuse_near
    not_asked = {**KIN, MOTHER: replace(KIN[MOTHER], lives_with_person="unknown")}
    assert about(replace(harmed_by_partner, kin=not_asked), MOTHER).abuse_near
    harms_partner = replace(SAFE, flags=(between(Direction.FROM_PERSON),))
    assert about(harms_partner, MOTHER).abuse_near
    assert not about(harms_partner, FRIEND).abuse_near


def test_abuse_by_or_of_somebody_unnamed_leaves_each_relationship_to_be_asked_about() -> None:
    for effect in (Effect.CAUSES_ABUSE, Effect.SUFFERS_ABUSE):
        case = replace(SAFE, flags=(of_person(effect),))
        assert about(case).abuse_between is CheckState.NOT_CHECKED
        asked = replace(case, looks=(*LOOKED, Look(Matter.DOMESTIC_ABUSE, ON, PARTNER)))
        assert about(asked).abuse_between is CheckState.NONE_FOUND
        assert about(asked, MOTHER).abuse_between is CheckState.NOT_CHECKED


def test_a_flag_between_two_says_nothing_of_a_third() -> None:
    facts = about(replace(SAFE, flags=(between(Direction.FROM_MEMBER),)), FRIEND)
    assert facts.abuse_between is CheckState.NONE_FOUND
    assert facts.checks[Matter.DOMESTIC_ABUSE] is CheckState.NONE_FOUND


def test_closeness_is_the_same_from_either_side() -> None:
    for one, other in product(KINDS, KINDS):
        assert (other in CLOSE_PAIRS.get(one, ())) == (one in CLOSE_PAIRS.get(other, ()))
        for home, another_home in product(("yes", "no", "unknown"), repeat=2):
            first, second = Kin(one, home, ON), Kin(other, another_home, ON)
            assert near_each_other(first, second) == near_each_other(second, first)


days = st.integers(0, 500).map(lambda back: ON - timedelta(days=back))
members = st.sampled_from([PARTNER, MOTHER, FRIEND])


@st.composite
def flags(draw: st.DrawFn) -> LiveFlag:
    scope = draw(st.sampled_from(Scope))
    return LiveFlag(
        effects=draw(st.frozensets(st.sampled_from(Effect))),
        scope=scope,
        since=draw(days),
        matter=draw(st.none() | st.sampled_from(Matter)),
        member_id=None if scope is Scope.PERSON else draw(members),
        certainty=draw(st.sampled_from(Certainty)),
        direction=draw(st.sampled_from(Direction)) if scope is Scope.RELATIONSHIP else None,
        awaiting_review=draw(st.booleans()),
    )


kin = st.builds(Kin, st.sampled_from(KINDS), st.sampled_from(["yes", "no", "unknown"]), days)
looks = st.builds(Look, st.sampled_from(Matter), days, st.none() | members, st.booleans())
cases = st.builds(
    CaseSafety,
    flags=st.lists(flags(), max_size=4).map(tuple),
    looks=st.lists(looks, max_size=8).map(tuple),
    kin=st.dictionaries(members, kin, max_size=3),
    removed=st.dictionaries(st.tuples(st.sampled_from(Matter), st.none() | members), days, max_size=2),
    unread_since=st.none() | days,
    access_limited=st.booleans(),
    conditions_stand=st.booleans(),
)
in_its_time = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
SWITCHES = [name for name, value in vars(about(SAFE)).items() if isinstance(value, bool)]


def is_no_looser(before: FlagFacts, after: FlagFacts) -> bool:
    """Whether every stop that held still holds, and nothing became less tight than it was."""
    return (
        all(getattr(after, name) or not getattr(before, name) for name in SWITCHES)
        and after.abuse_between.severity >= before.abuse_between.severity
        and all(after.checks[matter].severity >= before.checks[matter].severity for matter in Matter)
    )


@in_its_time
@given(case=cases, member=members, added=flags())
def test_a_further_flag_never_loosens_anything(case: CaseSafety, member: UUID, added: LiveFlag) -> None:
    assert is_no_looser(about(case, member), about(replace(case, flags=(*case.flags, added)), member))


@in_its_time
@given(case=cases, member=members, day=days, matter=st.sampled_from(Matter))
def test_doubt_never_loosens_anything(case: CaseSafety, member: UUID, day: date, matter: Matter) -> None:
    before = about(case, member)
    later = max(day, case.unread_since or day)
    removed = {**case.removed, (matter, member): max(day, case.removed.get((matter, member), day))}
    for doubted in (
        replace(case, unread_since=later),
        replace(case, removed=removed),
        replace(case, access_limited=True),
        replace(case, conditions_stand=True),
    ):
        assert is_no_looser(before, about(doubted, member))
    assert is_no_looser(before, about(case, member, linked=True))


@in_its_time
@given(case=cases, member=members, raised=st.integers(0, 3))
def test_a_suspicion_that_becomes_known_never_loosens_anything(case: CaseSafety, member: UUID, raised: int) -> None:
    changed = tuple(
        replace(flag, certainty=Certainty.KNOWN) if number == raised else flag for number, flag in enumerate(case.flags)
    )
    before = replace(about(case, member), order_suspected=False)
    assert is_no_looser(before, about(replace(case, flags=changed), member)), "it is no longer a suspicion, but known"
