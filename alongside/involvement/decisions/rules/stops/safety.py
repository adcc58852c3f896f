"""Stops that keep someone from harm: abuse, orders, instructions how to act, and the victim's side."""

from alongside.involvement.decisions.rules.answers import Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    INVOLVING,
    Act,
    Clash,
    Facts,
    Identity,
    Place,
    Question,
)
from alongside.involvement.decisions.rules.knowing import SPEAKING
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.stops.words import HARM

ACT_CALL = Act.CALL
ACT_HOME_CHECK = Act.HOME_CHECK
ACT_VISIT = Act.VISIT
CLASH_CONFIRMED = Clash.CONFIRMED
IDENTITY_CALLED_BACK = Identity.CALLED_BACK
PLACE_HOME = Place.HOME


@rule(
    "abuse.between",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Known or suspected domestic abuse between two people stops involvement between them, both ways.",
    because="Domestic abuse between the two is known or suspected.",
    source="R045, R088; invariant 3",
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def abuse_between(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_between in HARM


@rule(
    "flag.new",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A new or changed flag stops staff action until somebody has reviewed it.",
    because="Something new about safety has not been reviewed yet.",
    source="Invariants 3 and 5",
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def under_review(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.under_review


@rule(
    "order.contact",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="No part in contact that an order forbids.",
    because="An order or condition forbids contact between the two.",
    source="R098",
    seen=Seen.SAFETY,
)
def contact_forbidden(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.contact_forbidden


@rule(
    "order.home",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="No visit and no check at a home that an order closes.",
    because="An order or condition keeps the person from this home.",
    source="R098",
    acts=INVOLVING | {Act.HOME_CHECK},
    instead=(Instead.ELSEWHERE,),
    seen=Seen.SAFETY,
)
def home_forbidden(question: Question, facts: Facts, policy: Policy) -> bool:
    if not facts.home_forbidden:
        return False
    return question.act in (ACT_VISIT, ACT_HOME_CHECK) or question.place == PLACE_HOME


@rule(
    "order.children",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="No children where an order or condition keeps them away.",
    because="An order or condition forbids contact with children.",
    source="R098, R102",
    acts=(Act.CHILDREN,),
    seen=Seen.SAFETY,
)
def children_forbidden(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children_forbidden


@rule(
    "order.children_invited",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody under eighteen is drawn in where an order or condition keeps children away.",
    because="An order or condition forbids contact with children, and this family member is or may be one.",
    source="R098, R118",
    seen=Seen.SAFETY,
)
def child_drawn_in(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children_forbidden and facts.age != "adult"


@rule(
    "handling.not_at_home",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A handling instruction not to go to a home is followed.",
    because="There is an instruction not to visit.",
    source="Invariant 8; R129",
    acts=(Act.VISIT, Act.HOME_CHECK),
    instead=(Instead.ELSEWHERE, Instead.SUPERVISOR),
    seen=Seen.SAFETY,
)
def not_at_home(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.not_at_home


@rule(
    "handling.no_calls",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A handling instruction not to ring is followed, ringing back included.",
    because="There is an instruction not to ring.",
    source="Invariant 8; R358",
    acts=SPEAKING | {Act.CALL},
    instead=(Instead.OTHER_WAY, Instead.SUPERVISOR),
    seen=Seen.SAFETY,
)
def no_calls(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.no_calls and (question.act == ACT_CALL or question.identity == IDENTITY_CALLED_BACK)


@rule(
    "victim.wall",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A victim is never reached through the person’s officer.",  # noqa: RUF001
    because="Speak to the victim liaison unit.",
    source="R095; B4.7",
    acts=INVOLVING | {Act.HOME_CHECK},
    instead=(Instead.VICTIM_UNIT,),
)
def victim(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.victim or facts.clash == CLASH_CONFIRMED
