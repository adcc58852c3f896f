"""What an agreement may promise, how it stands, how contacts are counted and invitations drafted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.calendar.rules import is_working_day
from alongside.involvement.agreements.rules import (
    EVENTS,
    Channel,
    ChannelTerms,
    Event,
    NotNowError,
    Participation,
    Party,
    Period,
    Responsibility,
    Rhythm,
    Said,
    State,
    Terms,
    Who,
    after,
    budgets_of,
    departures,
    everyone_agrees,
    from_data,
    over_the_level,
    state_on,
    still_to_agree,
    terms_to_begin_with,
    to_data,
)
from alongside.involvement.agreements.rules.budgets import Drawn
from alongside.involvement.agreements.rules.checks import gaps
from alongside.involvement.agreements.rules.levels import level_needed
from alongside.involvement.agreements.rules.patterns import Incident, by_week, is_pattern, lately
from alongside.involvement.agreements.rules.rhythm import MOST_SESSIONS, draft_visits, sessions_of
from alongside.involvement.agreements.rules.wishes import Wishes

DAY = date(2026, 3, 3)  # a Tuesday
days = st.dates(date(2026, 1, 1), date(2029, 12, 31))
channels = st.lists(
    st.builds(ChannelTerms, st.sampled_from(Channel), st.integers(1, 20), st.sampled_from(Period)),
    max_size=5,
    unique_by=lambda one: one.channel,
).map(tuple)
rhythms = st.builds(
    Rhythm,
    first=st.booleans(),
    from_every=st.integers(0, 9),
    to_every=st.integers(0, 9),
    last=st.booleans(),
    weeks_between=st.integers(1, 4),
    begins_on=st.none() | days,
    ends_on=st.none() | days,
)
duties = st.lists(
    st.builds(Responsibility, st.uuids().map(str), st.sampled_from(Who), st.text(max_size=40)), max_size=4
).map(tuple)
all_terms = st.builds(
    Terms,
    channels=channels,
    answer_within=st.integers(1, 15),
    not_then=st.text(max_size=40),
    meeting_place=st.text(max_size=40),
    meeting_minutes=st.integers(0, 180),
    participation=st.sampled_from(Participation),
    person_wishes=st.none() | st.sampled_from(Participation),
    member_wishes=st.none() | st.sampled_from(Participation),
    rhythm=rhythms,
    responsibilities=duties,
    boundaries=st.lists(st.sampled_from(["not_friend", "respect"]), unique=True).map(tuple),
    review_on=st.none() | days,
    ends_on=st.none() | days,
)


@given(all_terms)
def test_terms_are_read_back_as_they_were_written(terms: Terms) -> None:
    assert from_data(to_data(terms)) == terms


def test_terms_that_erasure_emptied_are_empty() -> None:
    assert from_data(None) == Terms()


@given(all_terms, st.integers(0, 6))
def test_terms_keep_to_a_level_exactly_when_they_need_no_more(terms: Terms, level: int) -> None:
    assert bool(over_the_level(terms, level)) == (level_needed(terms) > level)
    assert all(need.level > level for need in over_the_level(terms, level))


@given(all_terms, st.integers(0, 5))
def test_a_lower_level_never_allows_more(terms: Terms, level: int) -> None:
    assert set(over_the_level(terms, level + 1)) <= set(over_the_level(terms, level))


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 0),
        ({"channels": (ChannelTerms(Channel.LETTER, 1, Period.MONTH),)}, 2),
        ({"channels": (ChannelTerms(Channel.PHONE, 1, Period.WEEK),)}, 3),
        ({"participation": Participation.RECEPTION}, 3),
        ({"participation": Participation.END}, 5),
        ({"participation": Participation.PART}, 5),
        ({"participation": Participation.WHOLE}, 5),
        ({"rhythm": Rhythm(first=True)}, 4),
        ({"responsibilities": (Responsibility("a", Who.FAMILY_MEMBER, "Lift"),)}, 3),
        ({"responsibilities": (Responsibility("a", Who.PERSON, "Come"),)}, 0),
        ({"responsibilities": (Responsibility("a", Who.TOGETHER, "Plan the week"),)}, 6),
    ],
)
def test_each_promise_needs_its_level(changes: dict[str, object], level: int) -> None:
    assert level_needed(replace(Terms(), **changes)) == level


def test_the_table_of_states_refuses_what_is_not_in_it_and_says_why() -> None:
    for state in State:
        for event in Event:
            if event in EVENTS[state]:
                assert after(state, event) in State
            else:
                with pytest.raises(NotNowError, match=r"\w+\."):
                    after(state, event)


def test_nothing_leads_back_from_the_end() -> None:
    assert EVENTS[State.ENDED] == {}


@given(st.sampled_from(State), st.none() | days, days)
def test_what_was_agreed_until_a_day_is_over_after_it(state: State, ends_on: date | None, on: date) -> None:
    reads = state_on(state, ends_on=ends_on, on=on)
    assert reads in (state, State.ENDED)
    if state in (State.LIVE, State.PAUSED) and ends_on is not None:
        assert (reads is State.ENDED) == (ends_on < on)


answers = st.lists(st.builds(Said, st.sampled_from(Party), st.booleans(), st.just(DAY)), max_size=8)


@given(answers)
def test_everyone_agrees_only_when_the_last_word_of_each_is_yes(said: list[Said]) -> None:
    last = {one.party: one.agrees for one in said}
    assert everyone_agrees(said) == (set(last) == set(Party) and all(last.values()))
    assert set(still_to_agree(said)) == {party for party in Party if not last.get(party, False)}


@given(channels, st.lists(st.builds(Drawn, st.sampled_from(Channel), days), max_size=20), days)
def test_budgets_count_their_own_channel_within_their_own_days(
    agreed: tuple[ChannelTerms, ...], drawn: list[Drawn], on: date
) -> None:
    budgets = budgets_of(Terms(channels=agreed), drawn, on=on)
    assert set(budgets) == {one.channel.value for one in agreed}
    for name, budget in budgets.items():
        counted = [one for one in drawn if one.channel == name and 0 <= (on - one.on).days < budget.days]
        assert budget.used == len(counted)
        assert budget.left - budget.over == budget.limit - budget.used


def test_a_contact_falls_out_of_a_budget_as_its_days_pass() -> None:
    terms = Terms(channels=(ChannelTerms(Channel.PHONE, 1, Period.WEEK),))
    used = [budgets_of(terms, [Drawn("phone", DAY)], on=DAY + timedelta(days=n))["phone"].used for n in (-1, 0, 6, 7)]
    assert used == [0, 1, 1, 0]


@given(rhythms)
def test_every_rhythm_drafts_working_days_in_order_within_its_time(rhythm: Rhythm) -> None:
    visits = draft_visits(rhythm)
    dates = [visit.on for visit in visits]
    assert dates == sorted(set(dates))
    assert len(sessions_of(rhythm)) <= MOST_SESSIONS
    for visit in visits:
        assert is_working_day(visit.on)
        assert visit.on <= visit.until <= rhythm.ends_on
        assert visit.on >= rhythm.begins_on
    kinds = [visit.kind for visit in visits]
    assert kinds.count("first") <= 1
    assert kinds.count("last") <= 1
    assert visits == () or rhythm.invites


@given(rhythms)
def test_whoever_is_invited_to_the_first_and_the_last_comes_to_the_first_and_the_last(rhythm: Rhythm) -> None:
    sessions, visits = sessions_of(rhythm), draft_visits(rhythm)
    if sessions and rhythm.first:
        assert visits[0].on == sessions[0]
    if sessions and rhythm.last:
        assert visits[-1].on == sessions[-1]


def test_every_fourth_or_fifth_drafts_the_fourth_and_lets_it_be_the_fifth() -> None:
    rhythm = Rhythm(True, 4, 5, True, weeks_between=2, begins_on=DAY, ends_on=DAY + timedelta(weeks=22))
    assert [(visit.kind, visit.on, visit.until) for visit in draft_visits(rhythm)] == [
        ("first", date(2026, 3, 3), date(2026, 3, 3)),
        ("regular", date(2026, 4, 14), date(2026, 4, 28)),
        ("regular", date(2026, 6, 9), date(2026, 6, 23)),
        ("last", date(2026, 8, 4), date(2026, 8, 4)),
    ]


def test_a_session_on_a_bank_holiday_moves_to_the_next_working_day() -> None:
    boxing_day = date(2026, 12, 28)  # the substitute for Boxing Day
    rhythm = Rhythm(first=True, begins_on=boxing_day, ends_on=boxing_day + timedelta(days=30))
    assert draft_visits(rhythm)[0].on == date(2026, 12, 29)


def test_terms_to_begin_with_may_be_put_to_everyone_as_they_are() -> None:
    terms = terms_to_begin_with(review_on=DAY + timedelta(weeks=8), ends_on=None)
    assert gaps(terms, on=DAY) == ()
    assert departures(terms) == ()


READY = terms_to_begin_with(review_on=DAY + timedelta(weeks=8), ends_on=DAY + timedelta(weeks=30))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"channels": ()}, "contact"),
        ({"channels": (ChannelTerms(Channel.PHONE, 5, Period.WEEK),)}, "contact"),
        ({"answer_within": 5}, "contact"),
        ({"participation": Participation.PART, "rhythm": Rhythm(first=True)}, "sessions"),
        (
            {
                "participation": Participation.PART,
                "person_wishes": Participation.END,
                "member_wishes": Participation.PART,
                "rhythm": Rhythm(first=True),
            },
            "sessions",
        ),
        ({"rhythm": Rhythm(last=True)}, "sessions"),
        ({"boundaries": ()}, "boundaries"),
        ({"review_on": None}, "boundaries"),
        ({"review_on": DAY}, "boundaries"),
        ({"ends_on": DAY}, "boundaries"),
        ({"ends_on": DAY + timedelta(weeks=2)}, "boundaries"),
    ],
)
def test_what_is_missing_is_named_with_the_part_that_mends_it(changes: dict[str, object], part: str) -> None:
    found = gaps(replace(READY, **changes), on=DAY)
    assert part in {gap.part for gap in found}
    assert all(gap.words.endswith(".") for gap in found)


def test_more_than_everyone_is_offered_is_fine_with_a_reason() -> None:
    terms = replace(READY, channels=(ChannelTerms(Channel.PHONE, 5, Period.WEEK),))
    assert departures(terms) == ("By phone: more than 2 a week",)
    assert gaps(replace(terms, discretion="He is in hospital"), on=DAY) == ()


@given(st.frozensets(st.integers(0, 6)), st.none() | st.integers(0, 5), st.integers(0, 6), days)
def test_a_quiet_day_lets_no_prompt_through_and_a_cap_holds(
    weekdays: frozenset[int], most: int | None, sent: int, on: date
) -> None:
    wishes = Wishes(quiet_weekdays=weekdays, most_a_week=most)
    allowed = wishes.allows_prompt(on=on, this_week=sent)
    assert allowed == (on.weekday() not in weekdays and (most is None or sent < most))


@pytest.mark.parametrize(("days_in", "quiet"), [(-1, False), (0, True), (5, True), (6, False)])
def test_a_quiet_time_holds_from_its_first_day_to_its_last(days_in: int, quiet: bool) -> None:
    wishes = Wishes(quiet_from=DAY, quiet_until=DAY + timedelta(days=5))
    assert wishes.quiet_on(DAY + timedelta(days=days_in)) is quiet


def test_two_incidents_in_four_weeks_are_a_pattern() -> None:
    one, other = Incident(DAY, ("calls",)), Incident(DAY - timedelta(days=27), ("calls", "demands"))
    assert is_pattern([one, other], on=DAY)
    assert not is_pattern([one, replace(other, on=DAY - timedelta(days=28))], on=DAY)
    assert lately([one, other], on=DAY - timedelta(days=1)) == 1


def test_the_pattern_shows_each_kind_week_by_week_and_adds_nothing_up() -> None:
    rows = by_week([Incident(DAY, ("calls",)), Incident(DAY - timedelta(days=8), ("calls", "demands"))], on=DAY)
    assert [(kind, weeks[-3:]) for kind, weeks in rows] == [("calls", (0, 1, 1)), ("demands", (0, 1, 0))]
    assert by_week([Incident(DAY - timedelta(days=400), ("calls",))], on=DAY) == ()
