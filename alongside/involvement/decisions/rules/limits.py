"""Limits: the rules that read the policy. A policy may tighten them, and loosen them no further than its floors."""

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    FREE,
    INVOLVING,
    Act,
    Agreement,
    Facts,
    Judged,
    Question,
    Summary,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule

AGREEMENT_LIVE = Agreement.LIVE

SUMMARY_NOT_AT_PRESENT = Summary.NOT_AT_PRESENT
INFORMATION = 2

WITHOUT = frozenset({Agreement.NONE, Agreement.DRAFT, Agreement.ENDED})
STANDS = frozenset({Judged.APPROVED, Judged.REVIEW_DUE})


def ceiling(facts: Facts, policy: Policy) -> int:
    """The highest level that anything may reach: what was judged and stands, or else what needs no judgement."""
    level = policy.light_level
    if facts.judged in STANDS:
        level = facts.level
        if facts.level_cap is not None and facts.level_cap < level:
            level = facts.level_cap
    if facts.summary == SUMMARY_NOT_AT_PRESENT and level > INFORMATION:
        level = INFORMATION
    if facts.young_cap is not None and facts.young_cap < level:
        level = facts.young_cap
    return level


@rule(
    "role.remit",
    kind=Kind.LIMIT,
    outcome=Outcome.REFUSE,
    title="Each role does what is in its remit.",
    because="This is not in the remit of your role. The officer of the case can do it, or can ask for you.",
    source="R001-R016",
    acts=INVOLVING | {Act.HOME_CHECK},
    instead=(Instead.SUPERVISOR,),
)
def outside_remit(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.act not in policy.remits.get(question.role, FREE)


@rule(
    "level.cap",
    kind=Kind.LIMIT,
    outcome=Outcome.REFUSE,
    title="The level of involvement caps everything. Up to level 3 takes no judgement; more takes one, approved.",
    because="This takes a higher level of involvement than this family member has.",
    source="R039; invariant 12",
    instead=(Instead.JUDGE,),
    seen=Seen.CONDITIONS,
)
def over_cap(question: Question, facts: Facts, policy: Policy) -> bool:
    return policy.need(question.act, question.topic) > ceiling(facts, policy)


@rule(
    "agreement.needed",
    kind=Kind.LIMIT,
    outcome=Outcome.REFUSE,
    title="No agreement, no level 4 or above.",
    because="This takes a working agreement between the person, this family member and us, and there is none.",
    source="R361",
    instead=(Instead.AGREE,),
    seen=Seen.AGREEMENTS,
)
def agreement_needed(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.agreement in WITHOUT and policy.need(question.act, question.topic) >= policy.agreement_from


@rule(
    "agreement.channel",
    kind=Kind.LIMIT,
    outcome=Outcome.ASK,
    title="Sharing both ways keeps to the channels that were agreed.",
    because="The working agreement does not name this channel.",
    source="R144",
    ask=Asked.CONTACT,
    instead=(Instead.OTHER_WAY, Instead.AGREE),
    seen=Seen.AGREEMENTS,
)
def channel_not_agreed(question: Question, facts: Facts, policy: Policy) -> bool:
    return (
        facts.agreement == AGREEMENT_LIVE
        and question.way not in facts.agreed_ways
        and policy.need(question.act, question.topic) >= policy.agreement_from
    )


@rule(
    "budget.spent",
    kind=Kind.LIMIT,
    outcome=Outcome.ASK,
    title="More contact than was agreed is asked about first.",
    because="As much contact as was agreed has been had by this channel.",
    source="R146",
    ask=Asked.CONTACT,
    instead=(Instead.OTHER_WAY,),
    seen=Seen.AGREEMENTS,
)
def budget_spent(question: Question, facts: Facts, policy: Policy) -> bool:
    return policy.spent_budget_asks and question.way in facts.spent_ways


@rule(
    "budget.spent_known",
    kind=Kind.LIMIT,
    outcome=Outcome.CONDITIONS,
    title="More contact than was agreed is named as such.",
    because="As much contact as was agreed has been had by this channel.",
    source="R146",
    condition="Note why this goes beyond what was agreed.",
    seen=Seen.AGREEMENTS,
)
def budget_spent_known(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.way in facts.spent_ways and not policy.spent_budget_asks


@rule(
    "time.hours",
    kind=Kind.LIMIT,
    outcome=Outcome.REFUSE,
    title="Calls and visits keep to the hours in the policy.",
    because="It is too early or too late in the day to call or visit anyone.",
    source="R073, R358",
    acts=(Act.CALL, Act.VISIT),
    instead=(Instead.OTHER_TIME,),
)
def outside_hours(question: Question, facts: Facts, policy: Policy) -> bool:
    return not policy.call_from <= question.hour < policy.call_until


@rule(
    "topic.careful",
    kind=Kind.LIMIT,
    outcome=Outcome.CONDITIONS,
    title="On some topics only what the person agreed word for word is said.",
    because="This topic is one of those on which a word too many does harm.",
    source="R071, R159",
    acts=(Act.SHARE,),
    condition="Say only what the person agreed word for word.",
)
def careful_topic(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.topic in policy.careful_topics
