"""Which stops the safety pages name, in a few words: those that "may I?" would name to the same viewer."""

from collections.abc import Collection, Mapping
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import LONDON
from alongside.involvement.decisions.asking import now
from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import Act, Facts, Identity, Outcome, Policy, Purpose, Question
from alongside.involvement.decisions.rules.answers import Seen
from alongside.involvement.decisions.rules.deciding import RULES
from alongside.safety.flags.stops import Stop

WORDS: Mapping[str, str] = {
    "victim.wall": "Stop: speak to the victim liaison unit",
    "order.contact": "Stop: an order forbids contact",
    "refusal.named": "Stop: refused by name",
    "member.said_no": "Stop: does not want to be involved",
    "contact.ended": "Stop: contact has ended",
    "suitability.unsafe": "Stop: judged unsafe",
    "suitability.paused": "Stop: involvement is paused",
    "order.home": "No visit: an order closes the home",
    "handling.not_at_home": "No visit: there is an instruction",
    "handling.no_calls": "No calls: there is an instruction",
    "order.children": "No children: an order forbids it",
    "clash.open": "Speak to the victim liaison unit first",
    "linked.stop": "Ask the safeguarding lead first",
    "handling.speak_first": "Speak to someone first: there is an instruction",
    "order.unread": "Conditions that nobody has read",
}
"""Rules that stand whatever one asks in detail, the hardest first. What flags stop, those pages know themselves."""

UNTOLD = Stop("Ask your senior before you act", refuses=False)
"""Said where something stands of which the viewer may be told nothing."""

PROBES = tuple(
    Question(act, role=RoleCode.PRACTITIONER, identity=Identity.KNOWN, topic="attendance", purpose=Purpose.OTHER)
    for act in (Act.SHARE, Act.CALL, Act.VISIT, Act.CHILDREN)
)


def stops_for(member_ids: Collection[UUID], rights: Collection[Right]) -> dict[UUID, tuple[Stop, ...]]:
    """What stops with each family member, as someone with these rights may be told: four or five queries in all."""
    at = now()
    policy = policy_on(at.astimezone(LONDON).date())
    names = frozenset(right.name for right in rights)
    known = facts_about(member_ids, at=at)
    return {member_id: _stops(one.facts, policy, names) for member_id, one in known.items()}


def _stops(facts: Facts, policy: Policy, rights: frozenset[str]) -> tuple[Stop, ...]:
    found: dict[Stop, None] = {}
    for name, words in WORDS.items():
        rule = RULES[name]
        if not any(rule.applies(probe, facts, policy) for probe in PROBES):
            continue
        told = rule.finding.seen is Seen.EVERYONE or rule.finding.seen.value in rights
        found[Stop(words, refuses=rule.finding.outcome is Outcome.REFUSE) if told else UNTOLD] = None
    return tuple(found)
