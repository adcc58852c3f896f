"""When a session ends, and what may be kept of a form: over the whole space."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.accounts.rules import (
    KEPT_FORM_SIZE,
    SessionEnd,
    SessionLimits,
    SessionTimes,
    ends_at,
    is_secret_field,
    keepable,
    session_end,
)

LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=10), warning=timedelta(minutes=5))
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SECONDS = st.integers(min_value=0, max_value=40 * 3600)


@given(used_for=SECONDS, idle_for=SECONDS)
def test_session_lives_exactly_until_the_end_that_is_announced(used_for: int, idle_for: int) -> None:
    seen = START + timedelta(seconds=used_for)
    times = SessionTimes(begun_at=START, seen_at=seen)
    now = seen + timedelta(seconds=idle_for)
    assert (session_end(times, limits=LIMITS, now=now) is None) == (now < ends_at(times, LIMITS))


@given(idle_for=SECONDS)
def test_use_never_stretches_a_session_past_its_longest(idle_for: int) -> None:
    times = SessionTimes(begun_at=START, seen_at=START + timedelta(hours=10))
    now = START + timedelta(hours=10, seconds=idle_for)
    assert session_end(times, limits=LIMITS, now=now) is SessionEnd.ABSOLUTE


@pytest.mark.parametrize(
    "times",
    [
        None,
        SessionTimes(begun_at=START + timedelta(hours=1), seen_at=START),
        SessionTimes(begun_at=START, seen_at=START + timedelta(days=1)),
    ],
)
def test_session_that_cannot_be_believed_has_ended(times: SessionTimes | None) -> None:
    assert session_end(times, limits=LIMITS, now=START) is SessionEnd.UNKNOWN


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "new_password",
        "old-password1",
        "form-0-password",
        "csrfmiddlewaretoken",
        "code",
        "api_token",
        "client_secret",
        "credential",
        "PIN",
    ],
)
def test_secrets_are_never_kept(name: str) -> None:
    assert is_secret_field(name)
    assert keepable({name: ["x"], "note": ["kept"]}) == [("note", "kept")]


@pytest.mark.parametrize("name", ["note", "postcode", "relationship_code", "opinion_of_family", "first_name"])
def test_ordinary_fields_are_kept(name: str) -> None:
    assert keepable({name: ["a", "b"]}) == [(name, "a"), (name, "b")]


def test_too_much_is_not_kept_at_all() -> None:
    assert keepable({"note": ["x" * KEPT_FORM_SIZE]}) == []
