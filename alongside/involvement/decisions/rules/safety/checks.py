"""Ask first where a safety matter is not checked, or where a check found something."""

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    Facts,
    Judged,
    Question,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.safety.words import OPEN, not_checked, sign
from alongside.involvement.decisions.rules.stops import HARM

JUDGED_APPROVED = Judged.APPROVED


@not_checked("abuse", "domestic abuse")
def abuse_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse in OPEN


@sign("abuse", "domestic abuse known or suspected", "R088; invariant 12")
def abuse_sign(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse in HARM and facts.judged != JUDGED_APPROVED


@not_checked("children", "harm to children")
def children_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children in OPEN


@sign("children", "harm to children known or suspected", "R101; invariant 12")
def children_sign(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children in HARM and facts.judged != JUDGED_APPROVED


@not_checked("orders", "orders and conditions")
def orders_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.orders in OPEN


@not_checked("access", "limited access to the case")
def access_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.access in OPEN


@rule(
    "check.between",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Domestic abuse is asked about for each pair, not for a case.",
    because="Nobody has checked for domestic abuse between these two, or the check is out of date.",
    source="Invariants 3 and 4; R045",
    ask=Asked.SAFETY,
    fact="domestic abuse between the two",
    instead=(Instead.CHECK_SAFETY,),
    seen=Seen.SAFETY,
)
def between_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_between in OPEN
