"""Asking for one user: their role, the moment, the answer, and the answer as it may be shown to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.calendar.rules import LONDON
from alongside.involvement.decisions.queries.gathering import May
from alongside.involvement.decisions.queries.kept import approvals_behind
from alongside.involvement.decisions.rules import (
    Act,
    Answer,
    Asked,
    Facts,
    Finding,
    Identity,
    Instead,
    Outcome,
    Policy,
    Question,
    Way,
    carried,
    decide,
    seen_by,
)
from alongside.involvement.decisions.rules.changing import what_would_change
from alongside.involvement.decisions.rules.deciding import DISCLOSED
from alongside.involvement.decisions.rules.knowing import proves_nothing
from alongside.involvement.decisions.rules.storing import as_stored, digest_of
from alongside.involvement.decisions.words import (
    HEADLINES,
    INSTEAD,
    Script,
    asked_words,
    not_this_way,
    scope_words,
    script_for,
    way_words,
)
from alongside.people.allocations.looking import Sight
from alongside.people.families.models import FamilyMember

NO_PURPOSE = "purpose.none"
SET_BY_JUDGEMENT = "suitability.conditions"
TONES = {
    Outcome.ALLOW: "yes",
    Outcome.CONDITIONS: "if",
    Outcome.ASK: "ask",
    Outcome.REFUSE: "no",
}


def role_in(holding: Holding, policy: Policy) -> str:
    """The role in which someone asks: of those that may ask, the one with the widest remit."""
    asking = [role for role in sorted(holding.roles) if Right.ASK_MAY_I in ROLES[role].rights]
    return max(asking, key=lambda role: len(policy.remits.get(role, ())), default=RoleCode.RECEPTION)


def role_of(user: object, policy: Policy) -> str:
    """The same, of a user."""
    return role_in(holding_of(user), policy)


def hour_of(at: datetime) -> int:
    """The hour in London."""
    return at.astimezone(LONDON).hour


def token_of(may: May) -> str:
    """What tells one answer from another: the question, the facts and the policy that it rests on."""
    steady = replace(may.question, hour=0)  # that an hour has struck matters only where a rule speaks otherwise
    return f"{may.policy.version}.{digest_of(as_stored(steady, may.facts) + ' '.join(may.answer.rules).encode())}"


OTHERWISE = (
    (Way.PHONE, Identity.CALLED_BACK),
    (Way.TEXT, Identity.ON_RECORD),
    (Way.FACE, Identity.KNOWN),
    (Way.EMAIL, Identity.ON_RECORD),
    (Way.LETTER, Identity.ON_RECORD),
)
"""Other ways of telling somebody, with how they are known then."""


def other_ways(question: Question, facts: Facts, policy: Policy) -> tuple[Way, ...]:
    """By which other ways they may be told or asked the same now; none where we do not know for sure who this is."""
    if question.act not in (Act.SHARE, Act.ASK) or proves_nothing(question, facts):
        return ()
    return tuple(
        way
        for way, how in OTHERWISE
        if way != question.way
        and decide(replace(question, way=way, identity=how), facts, policy).outcome <= Outcome.CONDITIONS
    )


def only_purpose_is_missing(answer: Answer) -> bool:
    """Whether nothing stops it but that nobody has said yet what it is for. Only then is a busy officer asked."""
    return {finding.rule for finding in answer.findings if finding.outcome is Outcome.REFUSE} == {NO_PURPOSE}


@dataclass(frozen=True)
class Other:
    """Something that may be done instead, with the page for it where there is one."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Lawful:
    """The disclosure decision that an answer rests on: who approved it, its last day, where to open it. No content."""

    approver: str
    until: date | None
    link: str


@dataclass(frozen=True)
class Shown:
    """An answer as one user may be told it."""

    outcome: Outcome
    headline: str
    tone: str
    what: str
    reasons: tuple[Finding, ...]
    conditions: tuple[str, ...]
    script: Script
    others: tuple[Other, ...]
    asks: tuple[str, ...]
    to_queue: bool
    changes: tuple[tuple[str, ...], ...]
    closing: str
    missing: tuple[str, ...]
    lawful: Lawful | None = None


def show(may: May, *, sight: Sight, member: FamilyMember) -> Shown:
    """Cut an answer to the rights that the user has on this very case."""
    rights = frozenset(right.name for right in sight.rights)
    answer = seen_by(may.answer, rights)
    changes = (
        what_would_change(may.question, may.facts, may.policy, rights=rights) if answer.outcome >= Outcome.ASK else ()
    )
    told = answer.outcome is Outcome.REFUSE and sight.may(Right.SEE_PERMISSIONS)
    ways = other_ways(may.question, may.facts, may.policy) if told else ()
    asks = tuple(_role_words(may.policy.approvers.get(asked, "")) for asked in answer.asked)
    return Shown(
        outcome=answer.outcome,
        headline=HEADLINES[answer.outcome],
        tone=TONES[answer.outcome],
        what=asked_words(may.question, member=member.name, person=sight.person.called),
        reasons=tuple(_exactly(finding, may) for finding in answer.findings),
        conditions=answer.conditions
        + _set_by_judgement(may.facts, answer, sight)
        + _set_by_approval(may, answer, sight, member),
        script=not_this_way(may.question, ways)
        if ways
        else script_for(may.question, answer, person=sight.person.called),
        others=(*_otherwise(ways), *_others(answer, sight, member)),
        asks=tuple(dict.fromkeys(asks)),
        to_queue=any(asked is not Asked.VICTIMS for asked in answer.asked),
        changes=changes,
        closing=answer.closing,
        missing=tuple(dict.fromkeys(finding.fact for finding in answer.findings if finding.fact)),
        lawful=_lawful(may, answer, sight),
    )


def _otherwise(ways: tuple[Way, ...]) -> tuple[Other, ...]:
    return (Other(f"Do it {way_words(ways)}: ask again with that."),) if ways else ()


def _exactly(finding: Finding, may: May) -> Finding:
    """The finding with the fact that it turns on. What is hidden from the viewer has another name, and stays so."""
    if finding.rule == "handling.speak_first" and may.facts.speak_first_to:
        to_whom = may.facts.speak_first_to  # the role that an instruction names; never why
        return replace(finding, reason=f"There is an instruction to speak to {to_whom} before doing this.")
    if finding.rule == "permission.scope":
        return replace(finding, reason=scope_words(may.question, may.facts) or finding.reason)
    return finding


def _set_by_judgement(facts: Facts, answer: Answer, sight: Sight) -> tuple[str, ...]:
    """The very conditions that were set when an involvement was approved, for whoever may read them."""
    shown = SET_BY_JUDGEMENT in answer.rules and sight.may(Right.SEE_CONDITIONS)
    return tuple(f"“{condition}”" for condition in facts.conditions) if shown else ()


def _set_by_approval(may: May, answer: Answer, sight: Sight, member: FamilyMember) -> tuple[str, ...]:
    """What was written by whoever was asked first and said yes: the answer says to keep to it."""
    rests_on_it = any(finding.rule in may.facts.approved for finding in answer.findings)
    if not rests_on_it or not sight.may(Right.SEE_SAFETY):
        return ()
    rows = approvals_behind(member.pk, act=may.question.act, topic=may.question.topic, at=now())
    return tuple(dict.fromkeys(f"“{row.reason}”" for row in rows if row.reason))


def _lawful(may: May, answer: Answer, sight: Sight) -> Lawful | None:
    disclosure = carried(may.question, may.facts)
    if disclosure is None or DISCLOSED.rule not in answer.rules:
        return None
    return Lawful(
        approver=_role_words(disclosure.approver),
        until=date.fromisoformat(disclosure.until) if disclosure.until else None,
        link=reverse("protected:page", args=[sight.person.pk]) if sight.may(Right.SEE_PROTECTED) else "",
    )


def _role_words(role: str) -> str:
    return ROLES[RoleCode(role)].label if role else ""


def _others(answer: Answer, sight: Sight, member: FamilyMember) -> tuple[Other, ...]:
    """What may be done instead; danger has its own place in the header and is not repeated here."""
    unwanted = {Instead.DANGER}
    if any(finding.rule == "refusal.named" for finding in answer.findings):
        unwanted |= {Instead.TAKE_PERMISSION, Instead.ASK_ALONE}  # nobody is pressed to take a refusal back
    return tuple(
        Other(INSTEAD[instead], _link_of(instead, sight, member))
        for instead in answer.instead
        if instead not in unwanted
    )


LINKS: dict[Instead, tuple[tuple[str, ...], Right]] = {
    Instead.TAKE_PERMISSION: (("permissions:take", "permissions:member"), Right.EDIT_PERMISSIONS),
    Instead.ASK_ALONE: (("permissions:member",), Right.EDIT_PERMISSIONS),
    Instead.CHECK_SAFETY: (("flags:member", "flags:safety"), Right.EDIT_SAFETY),
    Instead.READ_ORDERS: (("orders:orders",), Right.EDIT_SAFETY),
    Instead.JUDGE: (("suitability:involvement", "suitability:member"), Right.JUDGE_SUITABILITY),
    Instead.AGREE: (("agreements:agreement", "agreements:member"), Right.EDIT_AGREEMENTS),
    Instead.LISTEN: (("protected:listen",), Right.RECORD_PROTECTED),
    Instead.VERIFY: (("casework:family_member",), Right.SEE_FAMILY),
    Instead.MEET: (("casework:family_member",), Right.SEE_FAMILY),
    Instead.OTHER_WAY: (("casework:family_member",), Right.SEE_FAMILY),
}


def _link_of(instead: Instead, sight: Sight, member: FamilyMember) -> str:
    names, right = LINKS.get(instead, ((), Right.ASK_MAY_I))
    if not sight.may(right):
        return ""
    ways: tuple[list[UUID], ...] = ([member.person_id, member.pk], [member.person_id], [])
    for name in names:
        for args in ways:
            address = _address(name, args)
            if address:
                return address
    return ""


def _address(name: str, args: Sequence[UUID]) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def now() -> datetime:
    """The moment; one place, so that tests can set it."""
    return timezone.now()


__all__ = ["Other", "Question", "Shown", "hour_of", "now", "role_in", "role_of", "show", "token_of"]
