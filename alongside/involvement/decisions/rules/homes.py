"""Checks of a home (HDC, ROTL, bail, residence): a lawful route of its own, in which the householder must be told.

The person's permission does not carry it, since the law does; what carries it is the householder, seen alone.
"""

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import Act, Check, Facts, Question
from alongside.involvement.decisions.rules.knowing import proves_nothing
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.safety import OPEN
from alongside.involvement.decisions.rules.stops import HARM

CHECK_NONE_FOUND = Check.NONE_FOUND

HOME = (Act.HOME_CHECK,)


@rule(
    "home.identity",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody is told of an offence before we know that they are the householder.",
    because="We do not know for sure who this is.",
    source="Invariant 7; B4.11",
    acts=HOME,
    fact="who you are speaking to",
    instead=(Instead.VERIFY,),
)
def identity(question: Question, facts: Facts, policy: Policy) -> bool:
    return proves_nothing(question, facts)


@rule(
    "home.adult",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A householder is an adult.",
    because="Whoever gives the home must be an adult, and this is not known or not so.",
    source="B4.11",
    acts=HOME,
    fact="whether the householder is an adult",
    instead=(Instead.HOUSEHOLDER,),
)
def adult(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.home.householder_adult is not True


@rule(
    "home.abuse_between",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="Nobody is sent to live with somebody whom they harm, or who harms them.",
    because="Domestic abuse between the two is known or suspected.",
    source="R088; B4.11",
    acts=HOME,
    instead=(Instead.ELSEWHERE, Instead.SUPERVISOR),
    seen=Seen.SAFETY,
)
def abuse_between(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_between in HARM


@rule(
    "home.household_harm",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A home in which abuse is known or suspected is not used.",
    because="The household check found domestic abuse or harm to children, known or suspected.",
    source="B4.11",
    acts=HOME,
    instead=(Instead.ELSEWHERE, Instead.SUPERVISOR),
    seen=Seen.SAFETY,
)
def household_harm(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.home.household_abuse in HARM or facts.home.household_children in HARM


@rule(
    "home.children_forbidden",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A condition about children is held against the home.",
    because="A condition forbids contact with children, and the home is not known to be without.",
    source="R098; B4.11",
    acts=HOME,
    instead=(Instead.ELSEWHERE,),
    seen=Seen.SAFETY,
)
def children_forbidden(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children_forbidden and facts.home.household_children != CHECK_NONE_FOUND


@rule(
    "home.withdrawn",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A householder may take their agreement back, at any time.",
    because="The householder has said no, or has taken their agreement back.",
    source="B4.11; R082",
    acts=HOME,
    instead=(Instead.ELSEWHERE,),
)
def withdrawn(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.home.withdrawn or facts.home.agreed is False


@rule(
    "home.under_review",
    kind=Kind.STOP,
    outcome=Outcome.REFUSE,
    title="A new or changed flag stops a check of a home too.",
    because="Something new about safety has not been reviewed yet.",
    source="Invariant 3",
    acts=HOME,
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def under_review(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.under_review


@rule(
    "home.refused_by_person",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="A person who wants no contact with someone is not housed with them unasked.",
    because="The person has said no to contact with this family member, and the home is theirs.",
    source="R070; invariant 2",
    acts=HOME,
    ask=Asked.SAFETY,
    fact="whether the person wants this home",
    instead=(Instead.ASK_ALONE,),
    seen=Seen.PERMISSIONS,
)
def refused(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.refused


@rule(
    "home.checks",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Both household checks are made before the home is used.",
    because="The household checks for domestic abuse and for children are not both made, or are out of date.",
    source="B4.11; invariant 4",
    acts=HOME,
    ask=Asked.SAFETY,
    fact="the household checks",
    instead=(Instead.CHECK_SAFETY,),
)
def checks(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.home.household_abuse in OPEN or facts.home.household_children in OPEN


@rule(
    "home.between",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Abuse between the two is asked about before they share a home.",
    because="Nobody has checked for domestic abuse between these two, or the check is out of date.",
    source="Invariant 4; B4.11",
    acts=HOME,
    ask=Asked.SAFETY,
    fact="domestic abuse between the two",
    instead=(Instead.CHECK_SAFETY,),
    seen=Seen.SAFETY,
)
def between(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_between in OPEN


@rule(
    "home.near",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Harm near the home is weighed first.",
    because="Somebody in this household or close family is known or suspected to cause harm.",
    source="Invariant 3; B4.11",
    acts=HOME,
    ask=Asked.SAFETY,
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def near(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_near


@rule(
    "home.alone",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="The householder is seen alone.",
    because="An agreement given in front of others is not free.",
    source="B4.11; R060",
    acts=HOME,
    condition="See the householder alone, and ask everyone grown up in the home.",
)
def alone(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.home.seen_alone


@rule(
    "home.told",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="The householder is told what they agree to, the offence included, and that they may take it back.",
    because="Nobody can agree to what they do not know.",
    source="B4.11; invariant 2",
    acts=HOME,
    condition="Tell them the offence, the conditions and the dates, that they may say no, and how to take a yes back.",
)
def told(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.home.told


@rule(
    "home.afterwards",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="What opened for a check is closed after it, or becomes an agreement.",
    because="A channel that the law opened for one purpose does not stay open for others.",
    source="Scenario 21; R150",
    acts=HOME,
    condition="Speak of the home alone, and close the contact afterwards or turn it into an agreement.",
)
def afterwards(question: Question, facts: Facts, policy: Policy) -> bool:
    return True
