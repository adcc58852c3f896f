"""The cast, and a mother who tells us things."""

import pytest

from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def mother(cast: Cast):
    return FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")
