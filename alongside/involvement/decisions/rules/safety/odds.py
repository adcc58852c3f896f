"""Ask first where the records do not fit together, or the person is no longer there."""

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    Agreement,
    Check,
    Facts,
    Question,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.safety.words import BOTH
from alongside.involvement.decisions.rules.stops import HARM, NO

AGREEMENT_LIVE = Agreement.LIVE
CHECK_NONE_FOUND = Check.NONE_FOUND


@rule(
    "person.died",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="After a death, somebody thinks first about who speaks to the family and how.",
    because="The person has died.",
    source="R171",
    ask=Asked.SAFETY,
    acts=BOTH,
)
def person_died(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.person_died


@rule(
    "person.not_supervised",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="When supervision is over, so is what rested on it.",
    because="No supervision is recorded for today, so there may be no ground for contact any more.",
    source="R046; B4.1",
    ask=Asked.FACTS,
    acts=BOTH,
    fact="whether the person is still under supervision",
)
def not_supervised(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.supervised


@rule(
    "facts.permission",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="A permission beside a withdrawal, or beside a refusal, is cleared up first.",
    because="The records contradict each other: a permission stands beside a refusal or a withdrawal.",
    source="Invariant 3",
    ask=Asked.FACTS,
    fact="what the person wants",
    instead=(Instead.ASK_ALONE,),
    seen=Seen.PERMISSIONS,
)
def permission_contradicts(question: Question, facts: Facts, policy: Policy) -> bool:
    return bool(facts.leaves) and (facts.refused or facts.withdrawn)


@rule(
    "facts.abuse",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Abuse known between two people beside “none found” is cleared up first.",
    because="The records contradict each other: abuse between the two is recorded, and the check says none was found.",
    source="Invariant 4",
    ask=Asked.FACTS,
    fact="the domestic abuse check",
    instead=(Instead.CHECK_SAFETY,),
    seen=Seen.SAFETY,
)
def abuse_contradicts(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse == CHECK_NONE_FOUND and facts.abuse_between in HARM


@rule(
    "facts.agreement",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="An agreement that stands without its parties is cleared up first.",
    because="The records contradict each other: the working agreement is live, and the person or the family member"
    " has said no.",
    source="Invariant 3; R150",
    ask=Asked.FACTS,
    fact="the working agreement",
    instead=(Instead.AGREE,),
    seen=Seen.AGREEMENTS,
)
def agreement_contradicts(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.agreement == AGREEMENT_LIVE and (facts.refused or facts.agrees in NO)
