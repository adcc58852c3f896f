"""Who asked what is held about them, and how far the answer is."""

from datetime import timedelta
from typing import Any

from alongside.foundation.records.identity import identity
from alongside.safety.access_requests.actions.deciding import release_of_kind
from alongside.safety.access_requests.actions.gathering import gather
from alongside.safety.access_requests.actions.noting import ask_to_clarify, note_request, prove_identity
from alongside.safety.access_requests.models import AccessRequest
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Each request as far as it has come."""
    officer = telling.user("data_protection")
    told: dict[str, Any] = told_by("access_requests").get(telling.story.number, {})
    for facts in told.get("requests", ()):
        with identity(officer.pk):
            _request(telling, facts)


def _request(telling: Telling, facts: dict[str, Any]) -> None:
    by, today = telling.user("data_protection"), telling.today
    member = telling.member(facts["member"]) if "member" in facts else None
    received = today - timedelta(days=facts["days_ago"])
    request: AccessRequest = note_request(
        by=by,
        person=telling.person,
        member=member,
        asker=member.name if member else telling.person.name,
        regime_id="processing_regime.PART3",
        received_on=received,
        asks_for=facts.get("asks_for", ""),
    )
    if how := facts.get("proved"):
        prove_identity(by=by, request=request, seen_version=1, on=received + timedelta(days=1), how=how)
    if facts.get("gathered"):
        gather(by=by, request=request)
        for kind in facts.get("released", ()):
            release_of_kind(by=by, request=request, kind=kind)
    if question := facts.get("question"):
        ask_to_clarify(by=by, request=request, on=today - timedelta(days=3), question=question)
