"""What stands at a moment, whatever was said in whatever order."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alongside.safety.permissions.rules import (
    NOTHING_PERMITTED,
    TIGHTENING,
    Contingency,
    Direction,
    Given,
    History,
    PermissionFacts,
    SafeContact,
    Standing,
    StepKind,
    StepTaken,
    Willing,
    facts_of,
    standing_of,
)
from alongside.safety.permissions.using import NotNow, Use, why_not_now, words_to_keep_to

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPICS = ("attendance", "appointments", "progress", "health")
CHANNELS = ("face", "phone", "text")
HOUR = timedelta(hours=1)


def one(number: int = 1, **changed) -> Given:
    values = {
        "id": uuid4(),
        "number": number,
        "topics": frozenset({"attendance"}),
        "direction": Direction.BOTH,
        "channels": frozenset({"phone"}),
        "starts_at": NOW - HOUR,
        "until": NOW + timedelta(days=30),
        "alone": True,
    }
    return Given(**values | changed)


def live_topics(history: History, at: datetime = NOW) -> set[str]:
    return {topic for permitted in facts_of(history, at).live for topic in permitted.topics}


def test_by_itself_nothing_is_permitted_and_nothing_may_be_said() -> None:
    assert facts_of(History(), NOW) == NOTHING_PERMITTED
    use = Use(frozenset({"attendance"}), "phone")
    assert why_not_now(NOTHING_PERMITTED, use, NOW) is NotNow.NOT_PERMITTED


def test_what_was_taken_alone_stands_from_its_start_until_its_end() -> None:
    given_ = one()
    history = History(given=(given_,))
    assert standing_of(given_, history, given_.starts_at - HOUR) is Standing.NOT_YET
    assert standing_of(given_, history, NOW) is Standing.LIVE
    assert standing_of(given_, history, given_.until) is Standing.EXPIRED
    assert facts_of(history, given_.until).expired


@pytest.mark.parametrize("flaw", [{"alone": False}, {"doubt": True}])
def test_what_was_taken_in_company_or_with_a_doubt_waits_until_it_is_confirmed_alone(flaw) -> None:
    given_ = one(**flaw)
    facts = facts_of(History(given=(given_,)), NOW)
    assert (facts.live, facts.pending_alone) == ((), True)
    in_company = StepTaken(2, StepKind.CONFIRMED, given_.id, alone=False)
    assert not live_topics(History(given=(given_,), steps=(in_company,)))
    alone = StepTaken(3, StepKind.CONFIRMED, given_.id, alone=True)
    assert live_topics(History(given=(given_,), steps=(in_company, alone))) == {"attendance"}


def test_a_refusal_ends_everything_and_lifting_it_brings_nothing_back() -> None:
    given_ = one()
    refused = History(given=(given_,), steps=(StepTaken(2, StepKind.REFUSED),))
    assert facts_of(refused, NOW).refused
    lifted = History(given=(given_,), steps=(*refused.steps, StepTaken(3, StepKind.LIFTED, alone=True)))
    assert not facts_of(lifted, NOW).refused
    assert not live_topics(lifted)


def test_a_pause_holds_for_what_is_taken_during_it_and_ends_with_the_word_of_the_person() -> None:
    before, during = one(1), one(3, topics=frozenset({"progress"}))
    paused = History(given=(before, during), steps=(StepTaken(2, StepKind.PAUSED),))
    assert facts_of(paused, NOW).suspended
    assert not live_topics(paused)
    resumed = History(given=paused.given, steps=(*paused.steps, StepTaken(4, StepKind.RESUMED, alone=True)))
    assert live_topics(resumed) == {"attendance", "progress"}


def test_a_contingent_permission_holds_only_once_contact_was_missed_for_long_enough() -> None:
    given_ = one(starts_at=NOW - timedelta(days=9), contingency=Contingency(3, "Please ask him to ring me."))
    history = History(given=(given_,))
    assert facts_of(history, NOW).contingent[0].contingent_on == given_.contingency
    missed = StepTaken(2, StepKind.MISSED, given_.id, since=date(2026, 11, 20))
    history = History(given=(given_,), steps=(missed,))
    assert not live_topics(history, datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    assert live_topics(history, datetime(2026, 11, 23, 0, 0, tzinfo=UTC)) == {"attendance"}
    back = History(given=(given_,), steps=(missed, StepTaken(3, StepKind.BACK, given_.id)))
    assert not live_topics(back)


def test_nothing_goes_by_itself_on_a_contingent_permission_and_by_hand_only_the_agreed_words() -> None:
    contingency = Contingency(3, "Please ask him to ring me.")
    given_ = one(contingency=contingency)
    facts = facts_of(
        History(given=(given_,), steps=(StepTaken(2, StepKind.MISSED, given_.id, since=date(2026, 11, 1)),)), NOW
    )
    topics = frozenset({"attendance"})
    assert why_not_now(facts, Use(topics, "phone", by_hand=False), NOW) is NotNow.NOT_PERMITTED
    assert why_not_now(facts, Use(topics, "phone"), NOW) is None
    assert words_to_keep_to(facts, Use(topics, "phone")) == (contingency.words,)


def test_what_is_kept_from_someone_is_not_talked_of_whatever_was_permitted() -> None:
    history = History(given=(one(topics=frozenset({"attendance", "health"})),), private=frozenset({"health"}))
    assert live_topics(history) == {"attendance"}
    assert facts_of(history, NOW).private_topics == {"health"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"closed": True}, NotNow.CLOSED),
        ({"refused": True}, NotNow.REFUSED),
        ({"suspended": True}, NotNow.PAUSED),
        ({"member_agrees": Willing.DECLINED}, NotNow.UNWILLING),
        ({"member_agrees": Willing.WITHDRAWN}, NotNow.UNWILLING),
        ({"cooling_off": True}, NotNow.THINKING),
        ({"safe_contact": SafeContact(never=frozenset({"phone"}))}, NotNow.UNSAFE_WAY),
        ({"safe_contact": SafeContact(from_time=time(18), until_time=time(20))}, NotNow.UNSAFE_TIME),
        ({"safe_contact": SafeContact(days=frozenset({5, 6}))}, NotNow.UNSAFE_TIME),
    ],
)
def test_public_information_needs_no_permission_but_never_passes_what_closes(facts, expected) -> None:
    public = Use(frozenset(), "phone")
    assert why_not_now(PermissionFacts(), public, NOW) is None
    assert why_not_now(PermissionFacts(**facts), public, NOW) is expected


def test_a_direction_and_a_channel_are_part_of_what_was_permitted() -> None:
    history = History(given=(one(direction=Direction.FROM_THEM, channels=frozenset({"face"})),))
    facts, topics = facts_of(history, NOW), frozenset({"attendance"})
    assert why_not_now(facts, Use(topics, "face", Direction.FROM_THEM), NOW) is None
    for use in (Use(topics, "face"), Use(topics, "face", Direction.BOTH), Use(topics, "phone", Direction.FROM_THEM)):
        assert why_not_now(facts, use, NOW) is NotNow.NOT_PERMITTED
    assert facts.topics(Direction.FROM_THEM) == {"attendance"}
    assert facts.topics(Direction.TO_THEM) == frozenset()


HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.integers(0, 6), HOURS, HOURS, HOURS)
def test_a_safe_time_is_a_safe_day_and_an_hour_between(day, begin, end, hour) -> None:
    profile = SafeContact(days=frozenset({day}), from_time=min(begin, end), until_time=max(begin, end))
    at = datetime.combine(date(2026, 11, 23), hour, tzinfo=UTC)
    assert profile.is_safe_at(at) == (day == 0 and min(begin, end) <= hour < max(begin, end))


class Said(RuleBasedStateMachine):
    """Anything that may be said about one family member, in any order."""

    @initialize()
    def begin(self) -> None:
        self.history = History()
        self.number = 0
        self.at = NOW

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _changed(self, **values) -> None:
        self.history = History(**{**vars(self.history), **values})

    @rule(
        topics=st.frozensets(st.sampled_from(TOPICS), min_size=1),
        channels=st.frozensets(st.sampled_from(CHANNELS), min_size=1),
        direction=st.sampled_from(Direction),
        alone=st.booleans(),
        doubt=st.booleans(),
        start=st.integers(-5, 5),
        length=st.integers(1, 20),
        contingency=st.none() | st.builds(Contingency, st.integers(1, 5), st.just("words")),
    )
    def takes(self, topics, channels, direction, alone, doubt, start, length, contingency) -> None:
        starts_at = self.at + timedelta(days=start)
        taken = Given(
            UUID(int=self.number + 1),
            self._next(),
            topics,
            direction,
            channels,
            starts_at,
            starts_at + timedelta(days=length),
            alone,
            doubt,
            contingency=contingency,
        )
        self._changed(given=(*self.history.given, taken))

    @rule(
        kind=st.sampled_from(StepKind),
        which=st.none() | st.integers(0, 30),
        alone=st.booleans(),
        since=st.integers(0, 9),
    )
    def happens(self, kind, which, alone, since) -> None:
        given_ = self.history.given
        permission = given_[which % len(given_)].id if which is not None and given_ else None
        before = facts_of(self.history, self.at)
        day = (self.at - timedelta(days=since)).date()
        step = StepTaken(self._next(), kind, permission, alone, day if kind is StepKind.MISSED else None)
        self._changed(steps=(*self.history.steps, step))
        if kind in TIGHTENING:
            self._no_looser(before)

    @rule(private=st.frozensets(st.sampled_from(TOPICS)))
    def keeps_more_private(self, private) -> None:
        before = facts_of(self.history, self.at)
        self._changed(private=self.history.private | private)
        self._no_looser(before)

    @rule(private=st.frozensets(st.sampled_from(TOPICS)))
    def says_anew_what_is_private(self, private) -> None:
        self._changed(private=private)

    @rule(closed=st.booleans())
    def closes_or_opens(self, closed) -> None:
        before = facts_of(self.history, self.at)
        self._changed(closed=closed)
        if closed:
            self._no_looser(before)

    @rule(willing=st.sampled_from(Willing))
    def answers(self, willing) -> None:
        before = facts_of(self.history, self.at)
        self._changed(willing=willing)
        if willing in (Willing.DECLINED, Willing.WITHDRAWN):
            self._no_looser(before)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours) -> None:
        self.at += timedelta(hours=hours)

    def _no_looser(self, before: PermissionFacts) -> None:
        """Nothing may be talked of, in any direction on any channel, that might not be before."""
        after = facts_of(self.history, self.at)
        for topic in TOPICS:
            for channel in CHANNELS:
                for direction in Direction:
                    use = Use(frozenset({topic}), channel, direction)
                    if why_not_now(before, use, self.at) is not None:
                        assert why_not_now(after, use, self.at) is not None

    @invariant()
    def what_is_live_was_said_alone_and_nothing_stands_against_it(self) -> None:
        facts = facts_of(self.history, self.at)
        steps = self.history.steps
        for permitted in facts.live:
            (taken,) = (one_ for one_ in self.history.given if one_.id == permitted.id)
            later = [step for step in steps if step.number > taken.number]
            confirmed = any(s.kind is StepKind.CONFIRMED and s.alone and s.permission == taken.id for s in later)
            assert (taken.alone and not taken.doubt) or confirmed
            assert not any(s.kind is StepKind.WITHDRAWN and s.permission in (None, taken.id) for s in later)
            assert not any(s.kind is StepKind.REFUSED for s in later)
            assert not self.history.refused
            assert not self.history.paused
            assert not self.history.closed
            assert taken.starts_at <= self.at < taken.until
            assert permitted.topics <= taken.topics - self.history.private
            assert permitted.topics
            assert permitted.channels == taken.channels
            if taken.contingency:
                told = [s for s in later if s.permission == taken.id and s.kind in (StepKind.MISSED, StepKind.BACK)]
                assert told[-1].kind is StepKind.MISSED
                assert (self.at.date() - told[-1].since).days >= taken.contingency.missed_days


TestSaid = Said.TestCase
TestSaid.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
