"""What was shared in danger, or refused at the desk, without a case is emptied once its time is over."""

from datetime import timedelta

import pytest

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.safety.protected.actions import log_refusal, share_in_danger
from alongside.safety.protected.models import DisclosureDecision, DisclosureMade, RefusedRequest
from alongside.safety.protected.retention import erase_what_has_no_case
from tests.cast import Cast
from tests.pages.protected import facts_of_disclosure

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=800)
PHONE = "told_channel.PHONE"


def test_it_is_emptied_by_itself_and_what_has_a_case_stays(cast: Cast) -> None:
    by = cast.owner
    with identity(by.pk):
        for person in (None, cast.person):
            share_in_danger(by=by, facts=facts_of_disclosure(), channel_id=PHONE, person=person)
            log_refusal(
                by=by,
                asked_by="A caller",
                asked_for="An address",
                channel_id=PHONE,
                answer_id="refusal_answer.NEITHER",
                person=person,
                would_not_leave=True,
            )
    assert erase_what_has_no_case(on=today() + timedelta(days=300)) == 0
    assert erase_what_has_no_case(on=today() + YEARS) == 2
    assert erase_what_has_no_case(on=today() + YEARS) == 0
    with identity(by.pk):
        kept = {row.case: row.what for row in DisclosureDecision.objects.all()}
        made = {row.case: row.said for row in DisclosureMade.objects.all()}
        refused = {row.case: row.asked_by for row in RefusedRequest.objects.all()}
    assert (kept[None], made.get(None), refused[None]) == (None, None, None)
    assert kept[cast.person.pk]
    assert refused[cast.person.pk] == "A caller"
