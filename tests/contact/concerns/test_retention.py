"""What was never placed with a case goes by itself once it is decided and its time is over; nothing else does."""

from datetime import timedelta

import pytest

from alongside.contact.concerns.actions import Decision, decide_concern
from alongside.contact.concerns.models import Concern, Decided, Taken
from alongside.contact.concerns.queries import taken_or_404
from alongside.contact.concerns.retention import RULE, erase_what_was_never_placed
from alongside.foundation.audit.models import Certificate
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from tests.cast import Cast, assemble
from tests.contact.concerns.test_telling import told

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=800)


def decided(cast: Cast, concern: Concern) -> Concern:
    with identity(cast.senior.pk):
        concern, taken = taken_or_404(concern.pk)
        decide_concern(
            by=cast.senior,
            concern=concern,
            taken=taken,
            decision=Decision("concern_outcome.NOCHANGE", why="Nobody of ours", discussed_with=""),
        )
    return concern


def test_it_goes_when_its_time_is_over_and_only_once() -> None:
    cast = assemble()
    over, waiting, with_a_case = decided(cast, told(cast)), told(cast), told(cast, by="owner")
    assert erase_what_was_never_placed(on=today() + timedelta(days=300)) == 0
    assert erase_what_was_never_placed(on=today() + YEARS) == 1
    assert erase_what_was_never_placed(on=today() + YEARS) == 0
    assert set(Concern.objects.values_list("pk", flat=True)) == {waiting.pk, with_a_case.pk}
    with identity(cast.senior.pk):
        assert Taken.objects.values_list("seen", "about", "reach").get(concern=over.pk) == (None, None, None)
        assert Taken.objects.get(concern=waiting.pk).seen
        assert Decided.objects.filter(concern=over.pk).values_list("why", flat=True).first() is None
    assert Certificate.objects.get(rule=RULE).case == over.pk
