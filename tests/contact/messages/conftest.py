"""A day in working hours, a case, and a carrier that does what the test says."""

from collections.abc import Iterator

import pytest
import time_machine

from alongside.foundation.delivery import sending
from tests.cast import Cast, assemble
from tests.contact.messages.scene import NOON, Carrier


@pytest.fixture
def noon() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    made = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: made)
    return made


@pytest.fixture
def cast() -> Cast:
    return assemble()
