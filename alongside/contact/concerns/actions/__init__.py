"""Taking down what someone tells us, reading and deciding it, and what follows."""

from alongside.contact.concerns.actions.absences import AbsenceFacts, record_absence, record_evidence
from alongside.contact.concerns.actions.deciding import (
    DecidedBeforeError,
    Decision,
    decide_concern,
    do_step,
    mark_read,
    pass_on,
    place_concern,
)
from alongside.contact.concerns.actions.routing import bring_up_unread, route
from alongside.contact.concerns.actions.taking import NoTeamError, TakenFacts, take_down
from alongside.contact.concerns.actions.ways import say_when_read

__all__ = [
    "AbsenceFacts",
    "DecidedBeforeError",
    "Decision",
    "NoTeamError",
    "TakenFacts",
    "bring_up_unread",
    "decide_concern",
    "do_step",
    "mark_read",
    "pass_on",
    "place_concern",
    "record_absence",
    "record_evidence",
    "route",
    "say_when_read",
    "take_down",
]
