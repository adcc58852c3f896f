"""How an agreement stands: a table of states and events, and the answers of the three parties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an agreement stands. `none` is no agreement at all, as other rooms are told."""

    NONE = "none"
    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Event(StrEnum):
    """What may happen to an agreement."""

    AGREED = "agreed"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


EVENTS: dict[State, dict[Event, State]] = {
    State.NONE: {},
    State.DRAFT: {Event.AGREED: State.LIVE, Event.END: State.ENDED},
    State.LIVE: {Event.AGREED: State.LIVE, Event.PAUSE: State.PAUSED, Event.END: State.ENDED},
    State.PAUSED: {Event.AGREED: State.PAUSED, Event.RESUME: State.LIVE, Event.END: State.ENDED},
    State.ENDED: {},
}
"""A new version that everyone agrees to while the agreement is paused stands, and the pause stays."""

_REFUSALS = {
    (State.DRAFT, Event.PAUSE): "It is not agreed yet, so there is nothing to pause.",
    (State.DRAFT, Event.RESUME): "It is not agreed yet, so there is nothing to take up again.",
    (State.LIVE, Event.RESUME): "It is in force already.",
    (State.PAUSED, Event.PAUSE): "It is paused already.",
}


class NotNowError(ValueError):
    """An event that the agreement's state does not allow. The message says why."""


def after(state: State, event: Event) -> State:
    """The state after an event. Raises NotNowError."""
    following = EVENTS[state].get(event)
    if following is None:
        raise NotNowError(_REFUSALS.get((state, event), "This agreement has ended. Begin a new one."))
    return following


class Party(StrEnum):
    """Whose agreement it is."""

    PERSON = "person"
    FAMILY_MEMBER = "family_member"
    PRACTITIONER = "practitioner"


@dataclass(frozen=True)
class Said:
    """What one party answered to one version: the last word of each counts."""

    party: Party
    agrees: bool
    on: date
    how: str = ""
    words: str = ""
    recorded_by: str = ""


def last_words(said: Iterable[Said]) -> dict[Party, Said]:
    """The last answer of each party; `said` is in the order in which it was recorded."""
    return {one.party: one for one in said}


def still_to_agree(said: Iterable[Said]) -> tuple[Party, ...]:
    """Parties who have not agreed, the person first."""
    answers = last_words(said)
    return tuple(party for party in Party if party not in answers or not answers[party].agrees)


def everyone_agrees(said: Iterable[Said]) -> bool:
    """Whether all three agree: nothing is in force before that."""
    return not still_to_agree(said)


def state_on(state: State, *, ends_on: date | None, on: date) -> State:
    """How a recorded state reads on a day: what was agreed until a day is over after it."""
    if state in (State.LIVE, State.PAUSED) and ends_on is not None and ends_on < on:
        return State.ENDED
    return state
