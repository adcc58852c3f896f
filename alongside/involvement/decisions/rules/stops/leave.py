"""Stops that lie in who it is and in what the person, or the family member, permits."""

from alongside.involvement.decisions.rules.answers import Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    Act,
    Facts,
    Identity,
    Leave,
    Question,
)
from alongside.involvement.decisions.rules.knowing import SPEAKING, by_voice_alone, number_to_ring
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.stops.words import IMPLIED_TOPIC, NO

ACT_ASK = Act.ASK
IDENTITY_CALLED_BACK = Identity.CALLED_BACK
IDENTITY_CODE_WORD = Identity.CODE_WORD
IDENTITY_UNVERIFIED = Identity.UNVERIFIED


def covers(leave: Leave, question: Question) -> bool:
    """Whether one permission covers a question: its direction, its topic and its channel."""
    if question.way not in leave.ways or not (leave.from_them if question.act == ACT_ASK else leave.to_them):
        return False
    topic = question.topic or IMPLIED_TOPIC.get(question.act, "")
    return not topic or topic in leave.topics


def beyond_scope(question: Question, facts: Facts) -> str:
    """What it is that the permissions do not reach: "topic", "direction" or "way"; empty where one covers it."""
    topic = question.topic or IMPLIED_TOPIC.get(question.act, "")
    on_topic = [leave for leave in facts.leaves if not topic or topic in leave.topics]
    directed = [leave for leave in on_topic if (leave.from_them if question.act == ACT_ASK else leave.to_them)]
    if not on_topic:
        return "topic"
    if not directed:
        return "direction"
    return "" if any(question.way in leave.ways for leave in directed) else "way"


@rule(
    "identity.unverified",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Until we know who is speaking, we only listen.",
    because="We do not know for sure who this is. Listen; say nothing about anyone, not even whether we know them.",
    source="Invariant 7; R074",
    fact="who you are speaking to",
    instead=(Instead.VERIFY,),
)
def unverified(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.identity == IDENTITY_UNVERIFIED


@rule(
    "identity.no_code_word",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A word proves nothing unless it was agreed that they give it, and that we never say it.",
    because="No word that only they give is on record for this family member, so no word can show who they are.",
    source="R358",
    fact="the word that only they give",
    instead=(Instead.VERIFY,),
)
def no_code_word(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.identity == IDENTITY_CODE_WORD and not facts.code_word_set


@rule(
    "identity.no_number",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Ringing back proves nothing where no number is on record, or none that is safe.",
    because="No telephone number that may be rung is on record, so ringing back cannot show who this is.",
    source="R358; invariant 7",
    fact="a number that is safe to ring",
    instead=(Instead.MEET,),
)
def no_number(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.identity == IDENTITY_CALLED_BACK and not number_to_ring(facts)


@rule(
    "identity.by_voice",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A voice that one knows, or a number on a screen, shows nobody to be who they say.",
    because="A voice, or a number on a screen, does not show who this is.",
    source="Invariant 7; R358",
    acts=SPEAKING,
    fact="who you are speaking to",
    instead=(Instead.VERIFY,),
)
def by_voice(question: Question, facts: Facts, policy: Policy) -> bool:
    return by_voice_alone(question)


@rule(
    "refusal.named",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A named refusal is absolute for ordinary work.",
    because="The person has said no to any contact with this family member. Only they can take that back, unprompted.",
    source="R070; invariant 1",
    seen=Seen.PERMISSIONS,
)
def named_refusal(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.refused


@rule(
    "permission.none",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nothing without a live permission, taken with the person alone.",
    because="The person has given no permission that is live today.",
    source="R068, R069; invariant 1",
    fact="the person’s permission",  # noqa: RUF001
    instead=(Instead.TAKE_PERMISSION,),
    seen=Seen.PERMISSIONS,
)
def no_permission(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.leaves


@rule(
    "permission.scope",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A permission reaches as far as its topics, its direction and its channels.",
    because="What the person permits does not cover this topic, in this direction, by this channel.",
    source="R071",
    instead=(Instead.TAKE_PERMISSION, Instead.OTHER_WAY),
    seen=Seen.PERMISSIONS,
)
def outside_scope(question: Question, facts: Facts, policy: Policy) -> bool:
    for leave in facts.leaves:
        if covers(leave, question):
            return False
    return bool(facts.leaves)


@rule(
    "permission.not_alone",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A permission taken with a relative in the room does not count until it is confirmed alone.",
    because="The person said yes with someone else in the room. Ask them again, on their own.",
    source="R060; invariant 1",
    fact="whether the person was asked alone",
    instead=(Instead.ASK_ALONE,),
    seen=Seen.PERMISSIONS,
)
def not_alone(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.pending_alone and not any(covers(leave, question) for leave in facts.leaves)


@rule(
    "permission.suspended",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A suspended permission is no permission.",
    because="The permission is suspended.",
    source="Invariants 3 and 5",
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def suspended(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.permission_suspended


@rule(
    "member.said_no",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A family member may say no, at any time, without a reason.",
    because="This family member does not want to be involved. That is theirs to say, and counts against nobody.",
    source="R082",
)
def member_said_no(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.agrees in NO


@rule(
    "topic.private",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="What the person keeps from a relative stays with them.",
    because="The person has said that this is not for this family member’s ears.",  # noqa: RUF001
    source="R080, R081",
    seen=Seen.PERMISSIONS,
)
def private_topic(question: Question, facts: Facts, policy: Policy) -> bool:
    kept = facts.private_topics
    return bool(kept) and (question.topic or IMPLIED_TOPIC.get(question.act, "")) in kept
