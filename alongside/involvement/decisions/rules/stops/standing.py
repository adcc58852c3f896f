"""Stops that lie in how things stand: the family member, the purpose, the judgement and the agreement."""

from alongside.involvement.decisions.rules.answers import Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    INVOLVING,
    Act,
    Agreement,
    Facts,
    Judged,
    Purpose,
    Question,
    Summary,
)
from alongside.involvement.decisions.rules.limits import STANDS
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule

AGREEMENT_PAUSED = Agreement.PAUSED
JUDGED_PAUSED = Judged.PAUSED
PURPOSE_NONE = Purpose.NONE
SUMMARY_UNSAFE = Summary.UNSAFE


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
    title="No contact without why this person, why now, and what they will do. A judgement that stands says so.",
    because="Nobody has said yet why this person, why now, and what they will do.",
    source="R046, R047; invariant 12",
    fact="the purpose",
    instead=(Instead.SAY_WHY,),
)
def no_purpose(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.purpose == PURPOSE_NONE and facts.judged not in STANDS


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
