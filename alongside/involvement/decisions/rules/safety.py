"""Ask first: what is not checked, what is a sign of danger without a judgement, and facts at odds with each other."""

from collections.abc import Callable

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen, Test
from alongside.involvement.decisions.rules.facts import (
    INVOLVING,
    Act,
    Age,
    Agreement,
    Check,
    Clash,
    Facts,
    Identity,
    Judged,
    Question,
)
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule
from alongside.involvement.decisions.rules.stops import HARM, NO

ACT_CHILDREN = Act.CHILDREN
AGE_CHILD = Age.CHILD
AGE_NOT_KNOWN = Age.NOT_KNOWN
AGREEMENT_LIVE = Agreement.LIVE
CHECK_NONE_FOUND = Check.NONE_FOUND
CLASH_OPEN = Clash.OPEN
IDENTITY_CALLED_BACK = Identity.CALLED_BACK
JUDGED_APPROVED = Judged.APPROVED
JUDGED_REVIEW_DUE = Judged.REVIEW_DUE

OPEN = frozenset({Check.NOT_CHECKED, Check.STALE})
BOTH = INVOLVING | {Act.HOME_CHECK}
FULL_JUDGEMENT_FROM = 4


def _not_checked(matter: str, words: str) -> Callable[[Test], Test]:
    """A rule for one of the four safety matters: not checked is not safe."""
    return rule(
        f"check.{matter}",
        kind=Kind.SAFETY,
        outcome=Outcome.ASK,
        title=f"Not checked is not safe: {words}.",
        because=f"Nobody has checked {words}, or the check is out of date.",
        source="Invariant 4",
        ask=Asked.SAFETY,
        fact=words,
        instead=(Instead.CHECK_SAFETY,),
        seen=Seen.SAFETY,
    )


def _sign(name: str, words: str, source: str) -> Callable[[Test], Test]:
    """A rule for a sign of danger: it takes a full judgement of this involvement."""
    return rule(
        f"sign.{name}",
        kind=Kind.SAFETY,
        outcome=Outcome.ASK,
        title=f"{words[0].upper()}{words[1:]}: a full judgement first.",
        because=f"There is a sign of danger ({words}), and no judgement of this involvement stands.",
        source=source,
        ask=Asked.SAFETY,
        instead=(Instead.JUDGE,),
        seen=Seen.SAFETY,
    )


@_not_checked("abuse", "domestic abuse")
def abuse_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse in OPEN


@_sign("abuse", "domestic abuse known or suspected", "R088; invariant 12")
def abuse_sign(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.abuse in HARM and facts.judged != JUDGED_APPROVED


@_not_checked("children", "harm to children")
def children_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children in OPEN


@_sign("children", "harm to children known or suspected", "R101; invariant 12")
def children_sign(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.children in HARM and facts.judged != JUDGED_APPROVED


@_not_checked("orders", "orders and conditions")
def orders_not_checked(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.orders in OPEN


@_not_checked("access", "limited access to the case")
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


@_sign("person_is_victim", "the person has been harmed by someone", "R090; invariant 12")
def person_harmed(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.person_is_victim and facts.judged != JUDGED_APPROVED


@_sign("adult", "concern for an adult", "R101; invariant 12")
def adult_at_risk(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.adult_concern and facts.judged != JUDGED_APPROVED


@_sign("control", "control by someone who comes along", "R091; invariant 12")
def controlled(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.control and facts.judged != JUDGED_APPROVED


@_sign("exploitation", "exploitation", "R102, R115; invariant 12")
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


@rule(
    "facts.number",
    kind=Kind.SAFETY,
    outcome=Outcome.ASK,
    title="Nobody can have rung back a number that is not on record.",
    because="You say that you rang the number on record, and no telephone number is on record.",
    source="Invariant 7",
    ask=Asked.FACTS,
    fact="the number on record",
    instead=(Instead.VERIFY,),
)
def number_contradicts(question: Question, facts: Facts, policy: Policy) -> bool:
    if question.identity != IDENTITY_CALLED_BACK:
        return False
    return "phone" not in facts.safe_ways and "phone" not in facts.unasked_ways and "phone" not in facts.unsafe_ways
