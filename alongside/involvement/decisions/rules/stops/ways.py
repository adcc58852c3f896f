"""Stops that lie in the way of reaching somebody: what they ruled out, what is unsafe, what is not on record."""

from alongside.involvement.decisions.rules.answers import Instead, Kind, Outcome
from alongside.involvement.decisions.rules.facts import (
    Act,
    Facts,
    Question,
)
from alongside.involvement.decisions.rules.knowing import ARRIVING, SPEAKING, arrives_now, sent_to_record
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.stops.words import REACHING


@rule(
    "channel.never",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A channel that a family member ruled out is never used.",
    because="They have asked us never to reach them this way.",
    source="R358",
    instead=(Instead.OTHER_WAY,),
)
def never_this_way(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.way in facts.never_ways


@rule(
    "channel.unsafe",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A number or address marked as not safe is not used.",
    because="The number or address on record is marked as not safe to use.",
    source="R358",
    acts=REACHING | SPEAKING,
    instead=(Instead.OTHER_WAY,),
)
def unsafe_way(question: Question, facts: Facts, policy: Policy) -> bool:
    if question.act not in REACHING and not sent_to_record(question):
        return False
    way = question.way
    return way in facts.unsafe_ways and way not in facts.safe_ways and way not in facts.unasked_ways


@rule(
    "channel.nothing_on_record",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="We reach people only by what is on record.",
    because="No number or address for this is on record.",
    source="R358",
    acts=REACHING | SPEAKING,
    fact="the number or address",
    instead=(Instead.OTHER_WAY,),
)
def nothing_on_record(question: Question, facts: Facts, policy: Policy) -> bool:
    if question.act not in REACHING and not sent_to_record(question):
        return False
    way = question.way
    return way not in facts.safe_ways and way not in facts.unasked_ways and way not in facts.unsafe_ways


@rule(
    "time.unsafe",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody is rung, rung back, sent a text or visited outside the times that they called safe.",
    because="This is outside the times at which they said that it is safe.",
    source="R358",
    acts=ARRIVING | SPEAKING | {Act.WRITE},
    instead=(Instead.OTHER_TIME, Instead.OTHER_WAY),
)
def unsafe_time(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.safe_now is False and arrives_now(question)
