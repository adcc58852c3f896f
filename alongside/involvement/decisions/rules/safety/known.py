"""Ask first where something is known that somebody else has to weigh."""

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import (
    Act,
    Age,
    Clash,
    Facts,
    Judged,
    Question,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.safety.words import BOTH, FULL_JUDGEMENT_FROM, sign

ACT_CHILDREN = Act.CHILDREN
AGE_CHILD = Age.CHILD
AGE_NOT_KNOWN = Age.NOT_KNOWN
CLASH_OPEN = Clash.OPEN
JUDGED_APPROVED = Judged.APPROVED
JUDGED_REVIEW_DUE = Judged.REVIEW_DUE


@rule(
    "abuse.near",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Sharing with the household or close kin of someone who causes harm is asked about first.",
    because="Somebody in this household or close family is known or suspected to cause harm.",
    source="Invariant 3; R088",
    ask=Asked.SAFETY,
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def abuse_near(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse_near


@rule(
    "linked.stop",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Where the safeguarding lead has linked two records, they are asked first. The reason is never given.",
    because="Ask the safeguarding lead. The reason is not given here.",
    source="Design: a confirmed link grants nothing; R088",
    ask=Asked.SAFEGUARDING,
    acts=BOTH,
    seen=Seen.NOBODY,
)
def linked_stop(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.linked_stop


@rule(
    "clash.open",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Where a family member may be a victim, the victim liaison unit is asked first.",
    because="Speak to the victim liaison unit.",
    source="B4.7; R095",
    ask=Asked.VICTIMS,
    acts=BOTH,
    instead=(Instead.VICTIM_UNIT,),
)
def clash_open(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.clash == CLASH_OPEN


@rule(
    "handling.speak_first",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="A handling instruction to speak to someone first is followed.",
    because="There is an instruction to speak to someone before doing this.",
    source="Invariant 8",
    ask=Asked.SAFETY,
    acts=BOTH,
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def speak_first(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.speak_first


@rule(
    "order.unread",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Conditions that nobody has read yet may forbid anything.",
    because="Licence conditions or orders have come in that nobody has read into facts yet.",
    source="R098; invariant 4",
    ask=Asked.SAFETY,
    acts=BOTH,
    fact="the conditions of the licence or order",
    instead=(Instead.READ_ORDERS,),
    seen=Seen.SAFETY,
)
def unread(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.conditions_unread


@sign("person_is_victim", "the person has been harmed by someone", "R090; invariant 12")
def person_harmed(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.person_is_victim and facts.judged != JUDGED_APPROVED


@sign("adult", "concern for an adult", "R101; invariant 12")
def adult_at_risk(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.adult_concern and facts.judged != JUDGED_APPROVED


@sign("control", "control by someone who comes along", "R091; invariant 12")
def controlled(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.control and facts.judged != JUDGED_APPROVED


@sign("exploitation", "exploitation", "R102, R115; invariant 12")
def exploited(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.exploitation and facts.judged != JUDGED_APPROVED


@rule(
    "sign.child",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Concern for a child is weighed before anything else happens, judged or not, where children would be there.",
    because="There is concern for a child.",
    source="R101, R124",
    ask=Asked.SAFETY,
    instead=(Instead.SUPERVISOR,),
    seen=Seen.SAFETY,
)
def child_concern(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.child_concern and (question.act == ACT_CHILDREN or facts.judged != JUDGED_APPROVED)


@rule(
    "young.age",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Whether somebody is under eighteen is asked, not guessed.",
    because="It is not known whether this family member is under 18.",
    source="R118; invariant 4",
    ask=Asked.YOUNG,
    fact="their age",
)
def age_not_known(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.age == AGE_NOT_KNOWN


@rule(
    "young.alone",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Somebody under eighteen is heard alone, and a parent consulted unless that is unsafe.",
    because="They are under 18, and were not heard alone or no parent was consulted.",
    source="R118",
    ask=Asked.YOUNG,
    fact="what they said alone, and what a parent said",
)
def young_not_heard(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.age == AGE_CHILD and not (facts.heard_alone and (facts.parent_consulted or facts.exception_approved))


@rule(
    "young.place",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Somebody under eighteen comes in by an approved exception.",
    because="They are under 18, and no exception for coming in is approved.",
    source="R118",
    ask=Asked.YOUNG,
    acts=(Act.INVITE, Act.JOIN),
)
def young_place(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.age == AGE_CHILD and not facts.exception_approved


@rule(
    "channel.not_asked",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Not asked whether a number or address is safe is not safe to write to.",
    because="Nobody has asked them whether it is safe to write to this number or address.",
    source="R358; invariant 4",
    ask=Asked.CONTACT,
    acts=(Act.TEXT, Act.WRITE),
    fact="whether the number or address is safe",
    instead=(Instead.OTHER_WAY,),
)
def way_not_asked(question: Question, facts: Facts, policy: Policy) -> bool:
    way = question.way
    return way in facts.unasked_ways and way not in facts.safe_ways


@rule(
    "suitability.enquiries",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Open enquiries are answered before sharing both ways.",
    because="Enquiries about this involvement are still open.",
    source="B2; R040",
    ask=Asked.SAFETY,
    fact="the open enquiries",
    instead=(Instead.JUDGE,),
    seen=Seen.CONDITIONS,
)
def enquiries(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.enquiries_open > 0 and policy.need(question.act, question.topic) >= FULL_JUDGEMENT_FROM


@rule(
    "suitability.review",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Where the review is overdue, sharing both ways is asked about first.",
    because="The review of this involvement is overdue.",
    source="R049",
    ask=Asked.SAFETY,
    fact="the review",
    instead=(Instead.JUDGE,),
    seen=Seen.CONDITIONS,
)
def review_overdue(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.judged == JUDGED_REVIEW_DUE and policy.need(question.act, question.topic) >= FULL_JUDGEMENT_FROM
