"""May I? One pure function over frozen facts.

An answer is the gravest of what the rules say, so a rule that is added can only tighten. Three routes stand beside each
other and never mix: listening, which is always open; involvement, which the person leads; and the checks of a home,
which the law leads. A lawful disclosure decision is a fourth, with its own few rules.
"""

from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from alongside.involvement.decisions.rules import conditions, homes, limits, safety, stops
from alongside.involvement.decisions.rules.answers import Answer, Asked, Finding, Instead, Kind, Outcome, Rule, Seen
from alongside.involvement.decisions.rules.facts import FREE, Act, Disclosure, Facts, Ground, Question
from alongside.involvement.decisions.rules.knowing import proves_nothing
from alongside.involvement.decisions.rules.policy import DISCLOSING, DISCLOSURE_APPROVERS, Policy
from alongside.involvement.decisions.rules.registry import REGISTERED, Table, table_for

ACT_SHARE = Act.SHARE

RULES: Mapping[str, Rule] = MappingProxyType(REGISTERED)
MODULES: Final = (stops, limits, safety, conditions, homes)
TABLES: Mapping[str, Table] = MappingProxyType({act: table_for(act, RULES.values()) for act in Act if act not in FREE})
ALWAYS = (Instead.LISTEN, Instead.GENERAL)
LAWFUL = frozenset(Ground)

CONDITIONS_ONLY = Outcome.CONDITIONS
DANGER = Instead.DANGER
_outcome = attrgetter("outcome")

LISTENING = Finding(
    "listen.always",
    Outcome.ALLOW,
    "Anyone may tell us something. Hearing it confirms nothing, not even that we know the person.",
    "Invariant 7; R076",
)
INFORMING = Finding(
    "general.always",
    Outcome.ALLOW,
    "What is public may be told to anyone: how probation works, where to turn, how to tell us something.",
    "Invariant 7; R074",
)
GIVEN = Finding(
    "allowed.covered",
    Outcome.ALLOW,
    "The person permits this, taken alone, and nothing known speaks against it.",
    "R068, R069, R071; invariant 1",
)
DISCLOSED = Finding(
    "disclosure.lawful",
    Outcome.CONDITIONS,
    "A disclosure decision on a lawful ground, approved, covers this topic for this family member.",
    "R075; invariant 2",
    condition="Open the decision first. Tell them what it says and no more, and write down there that you did. Whoever"
    " cannot open it tells nobody.",
    seen=Seen.SAFETY,
)
DISCLOSURE_UNVERIFIED = Finding(
    "disclosure.identity",
    Outcome.REFUSE,
    "We do not know for sure who this is.",
    "Invariant 7; R075",
    fact="who you are speaking to",
    instead=(Instead.VERIFY,),
)
FREELY = {
    Act.LISTEN: Answer(Outcome.ALLOW, (LISTENING,), instead=(*ALWAYS, Instead.DANGER)),
    Act.GENERAL: Answer(Outcome.ALLOW, (INFORMING,), instead=(*ALWAYS, Instead.DANGER)),
}
_PLAIN = (*ALWAYS, Instead.DANGER)


def decide(question: Question, facts: Facts, policy: Policy) -> Answer:
    """Whether someone may do this: allow, allow with conditions, ask first, or refuse, with every rule that spoke."""
    table = TABLES.get(question.act)
    if table is None:
        return FREELY[question.act]
    if facts.disclosures and carried(question, facts) is not None:
        return _disclose(question, facts, policy)
    findings = [finding for applies, finding in table if applies(question, facts, policy)]
    if not findings:
        return Answer(Outcome.ALLOW, (GIVEN,))
    return _with_approvals(findings, facts)


def carried(question: Question, facts: Facts) -> Disclosure | None:
    """The disclosure decision that a question is answered on; None where the ordinary rules answer it.

    Only telling can rest on one, and only by a role that may read the decision: to anyone else there is none.
    """
    if question.act != ACT_SHARE or question.role not in DISCLOSING:
        return None
    return next((one for one in facts.disclosures if lawful(one, question.topic)), None)


def lawful(disclosure: Disclosure, topic: str) -> bool:
    """Whether a disclosure decision carries this topic: a listed ground, and an approver who may and has said yes."""
    return (
        disclosure.approved
        and disclosure.approver in DISCLOSURE_APPROVERS
        and disclosure.ground in LAWFUL
        and topic in disclosure.topics
    )


def _with_approvals(findings: list[Finding], facts: Facts) -> Answer:
    if facts.approved:
        findings = [as_approved(finding) if finding.rule in facts.approved else finding for finding in findings]
        findings.sort(key=_outcome, reverse=True)
    return answer_of(findings)


def answer_of(findings: list[Finding]) -> Answer:
    """The answer that findings make, given gravest first."""
    outcome = findings[0].outcome
    if outcome is CONDITIONS_ONLY:
        return Answer(outcome, tuple(findings))
    asked: dict[Asked, None] = {}
    instead: dict[Instead, None] = {}
    for finding in findings:
        if finding.outcome is CONDITIONS_ONLY:
            break
        if finding.ask is not None:
            asked[finding.ask] = None
        for other in finding.instead:
            instead[other] = None
    return Answer(outcome, tuple(findings), tuple(asked), (*ALWAYS, *instead, DANGER))


def as_approved(finding: Finding) -> Finding:
    """An “ask first” that was asked and approved, as the condition that it now is. A refusal is never approved away."""
    if finding.outcome is not Outcome.ASK:
        return finding
    return Finding(
        rule=finding.rule,
        outcome=Outcome.CONDITIONS,
        reason=f"{finding.reason} It was asked about first and approved.",
        source=finding.source,
        condition="Keep to what the approval says.",
        seen=finding.seen,
    )


STILL_KEPT = (
    "role.remit",
    "victim.wall",
    "member.died",
    "channel.never",
    "channel.unsafe",
    "linked.stop",
    "clash.open",
    "handling.speak_first",
)
"""Rules that a disclosure decision does not pass: telling must not endanger whoever is told, or anyone walled off."""


def _disclose(question: Question, facts: Facts, policy: Policy) -> Answer:
    """What remains to be kept to under a lawful disclosure decision."""
    if proves_nothing(question, facts):
        return answer_of([DISCLOSURE_UNVERIFIED])
    findings = [RULES[name].finding for name in STILL_KEPT if RULES[name].applies(question, facts, policy)]
    return _with_approvals([*findings, DISCLOSED], facts)


def seen_by(answer: Answer, rights: frozenset[str]) -> Answer:
    """The answer as someone with these rights may be told it: the outcome unchanged, hidden reasons in the same words.

    `rights` are names of rights. What is hidden keeps its condition and whom to ask, since those must be met; its
    reason, its source and its way out do not show, and several hidden findings show as one.
    """
    shown: dict[Finding, None] = {}
    for finding in answer.findings:
        told = finding.seen is Seen.EVERYONE or finding.seen.value in rights
        shown[finding if told else _hidden(finding)] = None
    instead = dict.fromkeys(other for finding in shown for other in finding.instead)
    return Answer(
        answer.outcome, tuple(shown), answer.asked, (*ALWAYS, *instead, Instead.DANGER) if instead else _PLAIN
    )


HIDDEN = "hidden"
HIDDEN_WORDS = {
    Outcome.REFUSE: "Something on record stands against this. It is not shown to you.",
    Outcome.ASK: "Something on record has to be weighed by someone else first. It is not shown to you.",
    Outcome.CONDITIONS: "Something on record asks for care. It is not shown to you.",
}
HIDDEN_SOURCE = "Invariant 5: safety is not explained to everyone"


def _hidden(finding: Finding) -> Finding:
    return Finding(
        rule=HIDDEN,
        outcome=finding.outcome,
        reason=HIDDEN_WORDS[finding.outcome],
        source=HIDDEN_SOURCE,
        condition=finding.condition,
        ask=finding.ask,
        instead=(Instead.SUPERVISOR,),
    )


__all__ = ["MODULES", "RULES", "TABLES", "Kind", "answer_of", "as_approved", "carried", "decide", "lawful", "seen_by"]
