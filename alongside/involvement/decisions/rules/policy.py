"""The part of the rules that is data: limits, levels of topics, what each role may do, and who approves.

A policy is a version with a date. Hard stops read none of it, and `faults_of` holds every version to floors that are
code, so that no data can loosen what keeps people safe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.involvement.decisions.rules.answers import Asked
from alongside.involvement.decisions.rules.facts import FREE, INVOLVING, TOPICS, Act

FULL = frozenset(Act)
HIGHEST_LEVEL = 6
ABOVE_ALL = HIGHEST_LEVEL + 1
LIGHT_AT_MOST = 3
AGREEMENT_AT_LATEST = 4
WAKING = (7, 22)

ACT_FLOORS: Mapping[str, int] = MappingProxyType(
    {
        Act.SHARE: 2,
        Act.ASK: 3,
        Act.CALL: 2,
        Act.TEXT: 2,
        Act.WRITE: 2,
        Act.INVITE: 3,
        Act.JOIN: 5,
        Act.VISIT: 3,
        Act.CHILDREN: 4,
    }
)
TOPIC_FLOORS: Mapping[str, int] = MappingProxyType(
    {"progress": 4, "wellbeing": 4, "health": 4, "offence": 4, "whereabouts": 3, "attendance": 3, "plan_tasks": 3}
)
LOWEST_FLOOR = 2
_PRACTISE = frozenset({RoleCode.PRACTITIONER, RoleCode.RESETTLEMENT, RoleCode.SENIOR, RoleCode.SAFEGUARDING_LEAD})
REMIT_LIMITS: Mapping[str, frozenset[Act]] = MappingProxyType(
    dict.fromkeys(_PRACTISE, FULL)
    | {RoleCode.FAMILY_WORKER.value: FULL - {Act.HOME_CHECK, Act.CHILDREN, Act.VISIT}, RoleCode.RECEPTION.value: FREE}
)
APPROVERS_ALLOWED = frozenset(
    role for role, facts in ROLES.items() if Right.APPROVE in facts.rights and Right.SEE_SAFETY in facts.rights
)
DISCLOSING = frozenset(role for role, facts in ROLES.items() if Right.RECORD_PROTECTED in facts.rights)
"""Roles that may tell someone under a disclosure decision: those that may stand behind the wall and read it."""

DISCLOSURE_APPROVERS = frozenset(role for role in APPROVERS_ALLOWED if Right.SEE_PROTECTED in ROLES[role].rights)
FIXED_APPROVERS: Mapping[str, str] = MappingProxyType(
    {Asked.SAFEGUARDING: RoleCode.SAFEGUARDING_LEAD, Asked.VICTIMS: RoleCode.VICTIM_LIAISON}
)


def _levels_of_acts() -> Mapping[str, int]:
    return MappingProxyType(dict(ACT_FLOORS) | {Act.VISIT: 4, Act.CHILDREN: 5})


def _levels_of_topics() -> Mapping[str, int]:
    return MappingProxyType(dict.fromkeys(TOPICS, 3) | {"appointments": 2, "good_news": 2} | dict(TOPIC_FLOORS))


def _remits() -> Mapping[str, frozenset[str]]:
    mine = FULL - {Act.HOME_CHECK}
    return MappingProxyType(
        {
            RoleCode.PRACTITIONER: FULL,
            RoleCode.RESETTLEMENT: FULL,
            RoleCode.SENIOR: FULL,
            RoleCode.SAFEGUARDING_LEAD: FULL,
            RoleCode.FAMILY_WORKER: mine - {Act.VISIT, Act.CHILDREN},
            RoleCode.RECEPTION: FREE,
        }
    )


def _approvers() -> Mapping[str, str]:
    return MappingProxyType(
        {
            Asked.SAFETY: RoleCode.SENIOR,
            Asked.SAFEGUARDING: RoleCode.SAFEGUARDING_LEAD,
            Asked.YOUNG: RoleCode.SENIOR,
            Asked.CONTACT: RoleCode.SENIOR,
            Asked.FACTS: RoleCode.SENIOR,
            Asked.VICTIMS: RoleCode.VICTIM_LIAISON,
        }
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the data. `need` answers quickly what level an act on a topic takes."""

    version: int = 1
    act_levels: Mapping[str, int] = field(default_factory=_levels_of_acts)
    topic_levels: Mapping[str, int] = field(default_factory=_levels_of_topics)
    remits: Mapping[str, frozenset[str]] = field(default_factory=_remits)
    approvers: Mapping[str, str] = field(default_factory=_approvers)
    light_level: int = LIGHT_AT_MOST
    agreement_from: int = AGREEMENT_AT_LATEST
    call_from: int = 8
    call_until: int = 20
    careful_topics: frozenset[str] = frozenset({"health", "offence"})
    spent_budget_asks: bool = False
    needs: Mapping[tuple[str, str], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        levels = {(act, ""): level for act, level in self.act_levels.items()} | {
            (act, topic): max(level, least)
            for act, level in self.act_levels.items()
            for topic, least in self.topic_levels.items()
        }
        object.__setattr__(self, "needs", levels)

    def need(self, act: str, topic: str) -> int:
        """The level that an act takes; on a topic that the policy does not know, more than there is."""
        return self.needs.get((act, topic), ABOVE_ALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a draft cannot become policy: the rule that it offends, the reason, and what would happen."""

    rule: str
    reason: str
    example: str


def faults_of(policy: Policy) -> tuple[Fault, ...]:
    """Every way in which a draft would loosen a stop, leave a gap or contradict itself; empty where it is sound."""
    return (
        *_faulty_levels(policy),
        *_faulty_topics(policy),
        *_faulty_remits(policy),
        *_faulty_approvers(policy),
        *_faulty_limits(policy),
    )


def _faulty_levels(policy: Policy) -> Iterator[Fault]:
    for act in sorted(INVOLVING):
        level = policy.act_levels.get(act)
        if level is None:
            yield Fault("level.cap", f"There is no level for “{act}”.", f"Nobody could ever be allowed to {act}.")
        elif not ACT_FLOORS[act] <= level <= HIGHEST_LEVEL:
            yield Fault(
                "level.cap",
                f"“{act}” takes at least level {ACT_FLOORS[act]} and at most {HIGHEST_LEVEL}; the draft says {level}.",
                f"Someone at level {level} could be involved in “{act}” with no more than that behind it.",
            )
    for strange in sorted(set(policy.act_levels) - set(INVOLVING)):
        yield Fault(
            "level.cap", f"“{strange}” is not something that takes a level.", "Listening would depend on a level."
        )


def _faulty_topics(policy: Policy) -> Iterator[Fault]:
    for topic in TOPICS:
        level, floor = policy.topic_levels.get(topic), TOPIC_FLOORS.get(topic, LOWEST_FLOOR)
        if level is None:
            yield Fault("level.cap", f"There is no level for the topic “{topic}”.", f"“{topic}” could never be shared.")
        elif not floor <= level <= HIGHEST_LEVEL:
            yield Fault(
                "level.cap",
                f"“{topic}” takes at least level {floor} and at most {HIGHEST_LEVEL}; the draft says {level}.",
                f"A relative at level {level} could be told about “{topic}” without the judgement that it takes.",
            )
    for topic in sorted(policy.careful_topics - set(policy.topic_levels)):
        yield Fault("topic.careful", f"“{topic}” is to be handled with care but has no level.", "It is never shared.")


def _faulty_remits(policy: Policy) -> Iterator[Fault]:
    for role, acts in sorted(policy.remits.items()):
        most = REMIT_LIMITS.get(role)
        if most is None:
            yield Fault(
                "role.remit",
                f"“{role}” may not be given a remit here.",
                f"Someone who is only “{role}” could speak with families for the service.",
            )
            continue
        for beyond in sorted(acts - most):
            yield Fault("role.remit", f"“{beyond}” is beyond “{role}”.", f"“{role}” would {beyond} with a family.")
        if not acts >= FREE:
            yield Fault(
                "listen", f"“{role}” must be able to listen.", "A mother would ring, and nobody might hear her."
            )
    for role in sorted(_PRACTISE - set(policy.remits)):
        yield Fault("role.remit", f"“{role}” has no remit.", f"“{role}” would be refused everything.")


def _faulty_approvers(policy: Policy) -> Iterator[Fault]:
    for asked in Asked:
        role = policy.approvers.get(asked)
        fixed = FIXED_APPROVERS.get(asked)
        if fixed is not None and role != fixed:
            yield Fault(
                f"ask.{asked}",
                f"Matters of {asked} go to “{fixed}”, which data cannot change; the draft says “{role or 'nobody'}”.",
                "A link with someone else under supervision would be weighed by somebody who may not know of it.",
            )
        elif fixed is None and role not in APPROVERS_ALLOWED:
            yield Fault(
                f"ask.{asked}",
                f"Matters of {asked} need an approver who sees safety; the draft says “{role or 'nobody'}”.",
                "An officer would be told to ask first, and nobody could answer.",
            )


def _faulty_limits(policy: Policy) -> Iterator[Fault]:
    if not 0 <= policy.light_level <= LIGHT_AT_MOST:
        yield Fault(
            "level.cap",
            f"Without a full judgement nothing above level {LIGHT_AT_MOST} is possible; the draft says"
            f" {policy.light_level}.",
            "A father would be told of progress after three minutes, with nobody’s approval.",  # noqa: RUF001
        )
    if not 0 <= policy.agreement_from <= AGREEMENT_AT_LATEST:
        yield Fault(
            "agreement.needed",
            f"A working agreement is needed from level {AGREEMENT_AT_LATEST} at the latest; the draft says"
            f" {policy.agreement_from}.",
            "Someone would share both ways, and nobody would have agreed how it ends.",
        )
    first, last = WAKING
    if not first <= policy.call_from < policy.call_until <= last:
        yield Fault(
            "time.hours",
            f"Calls lie between {first}:00 and {last}:00, the first hour before the last; the draft says"
            f" {policy.call_from}:00 to {policy.call_until}:00.",
            "A grandmother’s telephone would ring at night, or never.",  # noqa: RUF001
        )
    if policy.light_level >= policy.agreement_from:
        yield Fault(
            "agreement.needed",
            "The level that needs no judgement reaches the level that needs an agreement.",
            "A level would need an agreement and no judgement to make it on.",
        )


def as_data(policy: Policy) -> dict[str, Any]:
    """A policy as it is stored, without its version."""
    return {
        "act_levels": dict(sorted(policy.act_levels.items())),
        "topic_levels": dict(sorted(policy.topic_levels.items())),
        "remits": {role: sorted(acts) for role, acts in sorted(policy.remits.items())},
        "approvers": dict(sorted(policy.approvers.items())),
        "light_level": policy.light_level,
        "agreement_from": policy.agreement_from,
        "call_from": policy.call_from,
        "call_until": policy.call_until,
        "careful_topics": sorted(policy.careful_topics),
        "spent_budget_asks": policy.spent_budget_asks,
    }


class UnknownKeyError(ValueError):
    """Stored or drafted data say something that no rule reads, such as switching a hard stop off."""


def from_data(data: Mapping[str, Any], *, version: int) -> Policy:
    """A policy from what is stored. Raises UnknownKeyError for a key that is not a limit."""
    strange = set(data) - set(as_data(Policy()))
    if strange:
        raise UnknownKeyError(
            f"No rule reads {', '.join(sorted(strange))}. Hard stops are not data: they cannot be switched off here."
        )
    values = dict(data)
    for name in ("act_levels", "topic_levels", "approvers"):
        if name in values:
            values[name] = MappingProxyType(dict(values[name]))
    if "remits" in values:
        values["remits"] = MappingProxyType({role: frozenset(acts) for role, acts in values["remits"].items()})
    if "careful_topics" in values:
        values["careful_topics"] = frozenset(values["careful_topics"])
    return Policy(version=version, **values)


DEFAULT = Policy()
"""Version 1, as the product ships."""
