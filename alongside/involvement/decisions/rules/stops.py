"""Hard stops. None reads the policy; nothing but a lawful disclosure decision passes them."""

from alongside.involvement.decisions.rules.answers import Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    INVOLVING,
    Act,
    Agreement,
    Agrees,
    Check,
    Clash,
    Facts,
    Identity,
    Judged,
    Leave,
    Place,
    Purpose,
    Question,
    Summary,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule

ACT_ASK = Act.ASK
ACT_HOME_CHECK = Act.HOME_CHECK
ACT_VISIT = Act.VISIT
AGREEMENT_PAUSED = Agreement.PAUSED
CLASH_CONFIRMED = Clash.CONFIRMED
IDENTITY_CODE_WORD = Identity.CODE_WORD
IDENTITY_UNVERIFIED = Identity.UNVERIFIED
JUDGED_PAUSED = Judged.PAUSED
PLACE_HOME = Place.HOME
PURPOSE_NONE = Purpose.NONE
SUMMARY_UNSAFE = Summary.UNSAFE

HARM = frozenset({Check.SUSPECTED, Check.KNOWN})
NO = frozenset({Agrees.DECLINED, Agrees.WITHDRAWN})
REACHING = frozenset({Act.CALL, Act.TEXT, Act.WRITE})
IMPLIED_TOPIC = {Act.INVITE: "appointments", Act.JOIN: "plan_tasks"}
"""What an invitation gives away by itself."""


def covers(leave: Leave, question: Question) -> bool:
    """Whether one permission covers a question: its direction, its topic and its channel."""
    if question.way not in leave.ways or not (leave.from_them if question.act == ACT_ASK else leave.to_them):
        return False
    topic = question.topic or IMPLIED_TOPIC.get(question.act, "")
    return not topic or topic in leave.topics


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
    title="A code word proves nothing where none was agreed.",
    because="No code word is on record for this family member, so a code word cannot show who they are.",
    source="R358",
    fact="the code word",
    instead=(Instead.VERIFY,),
)
def no_code_word(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.identity == IDENTITY_CODE_WORD and not facts.code_word_set


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
    title="A handling instruction not to ring is followed.",
    because="There is an instruction not to ring.",
    source="Invariant 8; R358",
    acts=(Act.CALL,),
    instead=(Instead.OTHER_WAY, Instead.SUPERVISOR),
    seen=Seen.SAFETY,
)
def no_calls(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.no_calls


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


@rule(
    "member.not_named",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Involvement ends where the person no longer names someone.",
    because="The person no longer names them among the people in their life.",
    source="R068",
    acts=INVOLVING,
)
def not_named(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.named


@rule(
    "member.died",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody writes to or asks after someone who has died.",
    because="This family member has died.",
    source="R083",
    acts=INVOLVING | {Act.HOME_CHECK},
)
def member_died(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.member_died


@rule(
    "purpose.none",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="No contact without why this person, why now, and what they will do.",
    because="Nobody has said yet why this person, why now, and what they will do.",
    source="R046, R047; invariant 12",
    fact="the purpose",
    instead=(Instead.SAY_WHY,),
)
def no_purpose(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.purpose == PURPOSE_NONE


@rule(
    "topic.none",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Telling and asking need a topic.",
    because="It is not said what this is about, so no permission can be held against it.",
    source="R071",
    acts=(Act.SHARE, Act.ASK),
    fact="the topic",
)
def no_topic(question: Question, facts: Facts, policy: Policy) -> bool:
    return not question.topic


@rule(
    "suitability.unsafe",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="What was judged unsafe does not go on.",
    because="This involvement was judged unsafe.",
    source="R040, R065",
    instead=(Instead.JUDGE,),
    seen=Seen.CONDITIONS,
)
def judged_against(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.summary == SUMMARY_UNSAFE


@rule(
    "suitability.paused",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="What is paused stays paused until somebody has looked again.",
    because="This involvement is paused.",
    source="R051",
    instead=(Instead.JUDGE,),
    seen=Seen.CONDITIONS,
)
def paused(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.judged == JUDGED_PAUSED


@rule(
    "agreement.paused",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="While the working agreement is paused, nothing goes on under it.",
    because="The working agreement is paused.",
    source="R150",
    instead=(Instead.AGREE,),
    seen=Seen.AGREEMENTS,
)
def agreement_paused(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.agreement == AGREEMENT_PAUSED


@rule(
    "contact.ended",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Where contact was ended by procedure, only listening is left, by the route that was named.",
    because="Contact with this family member was ended. They were told by which route they may still reach us.",
    source="R150",
    instead=(Instead.AGREE,),
    seen=Seen.AGREEMENTS,
)
def contact_ended(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.contact_ended


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
    acts=REACHING,
    instead=(Instead.OTHER_WAY,),
)
def unsafe_way(question: Question, facts: Facts, policy: Policy) -> bool:
    way = question.way
    return way in facts.unsafe_ways and way not in facts.safe_ways and way not in facts.unasked_ways


@rule(
    "channel.nothing_on_record",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="We reach people only by what is on record.",
    because="No number or address for this is on record.",
    source="R358",
    acts=REACHING,
    fact="the number or address",
    instead=(Instead.OTHER_WAY,),
)
def nothing_on_record(question: Question, facts: Facts, policy: Policy) -> bool:
    way = question.way
    return way not in facts.safe_ways and way not in facts.unasked_ways and way not in facts.unsafe_ways


@rule(
    "time.unsafe",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody is rung or visited outside the times that they called safe.",
    because="This is outside the times at which they said that it is safe.",
    source="R358",
    acts=(Act.CALL, Act.VISIT),
    instead=(Instead.OTHER_TIME, Instead.OTHER_WAY),
)
def unsafe_time(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.safe_now is False
