"""Conditions: what is met while doing it. What they ask for is plain to everyone; why, to those who may see it."""

from alongside.involvement.decisions.rules.answers import Kind, Outcome, Seen
from alongside.involvement.decisions.rules.facts import INVOLVING, Act, Age, Agrees, Facts, Identity, Judged, Question
from alongside.involvement.decisions.rules.facts import Place as Where
from alongside.involvement.decisions.rules.limits import STANDS
from alongside.involvement.decisions.rules.policy import Policy
from alongside.involvement.decisions.rules.registry import rule

AGE_CHILD = Age.CHILD
AGREES_NOT_ASKED = Agrees.NOT_ASKED
IDENTITY_KNOWN = Identity.KNOWN
JUDGED_APPROVED = Judged.APPROVED
JUDGED_REVIEW_DUE = Judged.REVIEW_DUE
WHERE_OFFICE = Where.OFFICE

TOGETHER = (Act.JOIN, Act.CHILDREN, Act.INVITE)
GOING = (Act.VISIT, Act.HOME_CHECK)


@rule(
    "always.within",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Sharing keeps to its topic.",
    because="A permission covers a topic, and nothing beside it.",
    source="R071; invariant 2",
    acts=(Act.SHARE,),
    condition="Say what was asked about, and no more.",
)
def within(question: Question, facts: Facts, policy: Policy) -> bool:
    return True


@rule(
    "handling.not_alone",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="A handling instruction not to go alone is followed.",
    because="There is an instruction about visiting.",
    source="Invariant 8; R129",
    acts=GOING,
    condition="Do not go alone.",
    seen=Seen.SAFETY,
)
def go_together(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.not_alone or facts.staff_safety


@rule(
    "staff.safety",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Where staff were not safe before, somebody else knows where and when.",
    because="There is a marker about the safety of staff.",
    source="R099",
    acts=TOGETHER,
    condition="Tell a colleague before you begin, and have them near.",
    seen=Seen.SAFETY,
)
def staff_safety(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.staff_safety


@rule(
    "seating.apart",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Where people are to sit and come apart, they do.",
    because="There is a plan for coming and waiting apart.",
    source="R092, R115",
    acts=TOGETHER,
    condition="Plan separate times of arrival and separate places to wait.",
    seen=Seen.SAFETY,
)
def apart(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.seated_apart


@rule(
    "person.alone",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Whoever joins a session, part of it belongs to the person alone.",
    because="The person’s own voice comes first.",  # noqa: RUF001
    source="R059, R060",
    acts=(Act.JOIN,),
    condition="Begin and end with time for the person alone.",
)
def person_alone(question: Question, facts: Facts, policy: Policy) -> bool:
    return True


@rule(
    "judged.signs",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="A judgement made in knowledge of danger is kept in mind.",
    because="There are signs of danger, which were weighed when this involvement was judged.",
    source="R089; invariant 12",
    condition="Read the judgement’s conditions before you begin, and note afterwards whether anything got worse.",  # noqa: RUF001
    seen=Seen.SAFETY,
)
def judged_signs(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.judged == JUDGED_APPROVED and (
        facts.person_is_victim
        or facts.adult_concern
        or facts.child_concern
        or facts.control
        or facts.exploitation
        or facts.abuse in _HARM
        or facts.children in _HARM
    )


_HARM = frozenset({"suspected", "known"})


@rule(
    "orders.stand",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Orders and conditions that were read, and do not stand against this, are kept in mind.",
    because="Orders or conditions stand. As they were read, they do not stand against this.",
    source="R098",
    condition="Say and arrange nothing that would help anyone round an order or condition.",
    seen=Seen.SAFETY,
)
def orders_stand(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.orders in _HARM


@rule(
    "access.limited",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="On a case with limited access nobody is spoken to within hearing of others.",
    because="Access to this case is limited.",
    source="B4.8; invariant 10",
    condition="Make sure that nobody else hears or sees it, colleagues included.",
    acts=INVOLVING | {Act.HOME_CHECK},
)
def access_limited(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.access in _HARM


@rule(
    "suitability.conditions",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="What a judgement made a condition is one.",
    because="This involvement was judged with conditions.",
    source="R040",
    condition="Keep to the conditions that were set when this involvement was judged.",
)
def conditions_set(question: Question, facts: Facts, policy: Policy) -> bool:
    return bool(facts.conditions) and facts.judged in STANDS


@rule(
    "suitability.review_soon",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="An overdue review is named.",
    because="The review of this involvement is overdue.",
    source="R049",
    condition="Review this involvement this week.",
    seen=Seen.CONDITIONS,
)
def review_soon(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.judged == JUDGED_REVIEW_DUE


@rule(
    "member.not_asked",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Nobody is drawn in without being asked.",
    because="This family member has not been asked yet whether they want to be involved.",
    source="R082",
    condition="Ask them first whether they want this; no is an answer, and costs the person nothing.",
)
def ask_them(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.agrees == AGREES_NOT_ASKED


@rule(
    "member.cooling_off",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Whoever said yes has time to think again before much is asked of them.",
    because="They said yes only lately, and have time to think again.",
    source="R082",
    condition="Ask whether they still want this.",
)
def cooling_off(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.cooling_off


@rule(
    "member.not_told",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="At first contact a family member is told what we hold and what stays private.",
    because="They have not been told yet that we hold their details.",
    source="R086",
    condition="Tell them that we hold their details, why, and what we cannot keep private.",
    acts=INVOLVING | {Act.HOME_CHECK},
)
def tell_them(question: Question, facts: Facts, policy: Policy) -> bool:
    return not facts.told_of_record


@rule(
    "identity.voice",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="A voice that one knows is not proof on the telephone.",
    because="You know them in person, and hear only a voice.",
    source="Invariant 7; R358",
    acts=(Act.CALL,),
    condition="Ring a number on record that is safe, and ask one thing that only they would know.",
)
def known_by_voice(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.identity == IDENTITY_KNOWN and question.way == "phone"


@rule(
    "channel.ask_whether_safe",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Where nobody has asked whether a number is safe, that is the first question.",
    because="They have not been asked whether this number is safe, or when.",
    source="R358; invariant 4",
    acts=(Act.CALL,),
    condition="Ask whether it is safe to talk before you say who you are. Leave no message.",
)
def ask_whether_safe(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.safe_now is None or (question.way in facts.unasked_ways and question.way not in facts.safe_ways)


@rule(
    "channel.no_message",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="No voicemail unless they said that it is safe.",
    because="They have not said that we may leave messages.",
    source="R358",
    acts=(Act.CALL,),
    condition="Leave no message.",
)
def no_message(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.no_voicemail


@rule(
    "permission.contingent",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="A permission for a case that may arise is used when it has arisen.",
    because="There is a permission that holds only if something happens.",
    source="R072",
    condition="Where you rely on what was agreed for a missed contact, check first that it has been missed.",
    seen=Seen.PERMISSIONS,
)
def contingent(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.contingent


@rule(
    "person.quiet",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="On the person’s quiet days nobody is prompted through family.",  # noqa: RUF001
    because="The person wants no prompts through family today.",
    source="R175",
    acts=(Act.CALL, Act.TEXT, Act.WRITE),
    condition="Let it wait for another day, unless it cannot.",
)
def quiet_day(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.quiet_today


@rule(
    "young.care",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="With somebody under eighteen, less is said and a grown-up knows.",
    because="They are under 18.",
    source="R118, R125",
    condition="Keep it short and practical, and make sure that an adult whom they trust knows of it.",
)
def young_care(question: Question, facts: Facts, policy: Policy) -> bool:
    return facts.age == AGE_CHILD


@rule(
    "place.office_children",
    kind=Kind.CONDITION,
    outcome=Outcome.CONDITIONS,
    title="Offices are free of children unless a family time is open.",
    because="Offices are free of children unless a family time is open.",
    source="R127, R117",
    acts=(Act.CHILDREN,),
    condition="Use a family time or another place; have someone meet them at the door.",
)
def office_children(question: Question, facts: Facts, policy: Policy) -> bool:
    return question.place == WHERE_OFFICE
