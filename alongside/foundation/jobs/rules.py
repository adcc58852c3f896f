"""The states of long work. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """How far a piece of long work has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Happening(StrEnum):
    """What may happen to long work. `stop` is what its worker does once someone has asked for it to be cancelled."""

    BEGIN = "begin"
    FINISH = "finish"
    FAIL = "fail"
    STOP = "stop"


# Work whose worker was killed, or which failed and is tried again, begins anew.
TRANSITIONS: Mapping[State, Mapping[Happening, State]] = {
    State.QUEUED: {
        Happening.BEGIN: State.RUNNING,
        Happening.STOP: State.CANCELLED,
        Happening.FAIL: State.FAILED,
    },
    State.RUNNING: {
        Happening.BEGIN: State.RUNNING,
        Happening.FINISH: State.DONE,
        Happening.FAIL: State.FAILED,
        Happening.STOP: State.CANCELLED,
    },
    State.FAILED: {Happening.BEGIN: State.RUNNING, Happening.FAIL: State.FAILED},
    State.DONE: {},
    State.CANCELLED: {},
}
OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})

_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){2}")


class ImpossibleHappeningError(ValueError):
    """The work is in a state in which this cannot happen."""


def after(state: State, happening: Happening) -> State:
    """The state that follows. Raises ImpossibleHappeningError."""
    try:
        return TRANSITIONS[state][happening]
    except KeyError:
        raise ImpossibleHappeningError(f"Work that is {state} cannot {happening}.") from None


def states_that_allow(happening: Happening) -> tuple[State, ...]:
    """Every state from which this can happen."""
    return tuple(state for state, table in TRANSITIONS.items() if happening in table)


def share_done(done: int, total: int) -> int | None:
    """Whole per cent of `total` that are done, never 100 before all are; None where the total is not known."""
    if total <= 0:
        return None
    return 100 if done >= total else max(0, done * 100 // total)


def is_event_name(name: str) -> bool:
    """Whether `name` has the form family.<thing>.<verb>, or the like of another subject."""
    return bool(_EVENT_NAME.fullmatch(name))
