"""What flags and checks mean for one family member: pure, total, and only ever tighter with each further flag.

Sources: R045, R088 and R090 (domestic abuse, either way, the person as victim held apart), R091 (control), R101
(children and adults), R115 (seating apart), invariants 3 and 4 of the design (tightening, and not checked is not safe).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID


class Matter(StrEnum):
    """A safety matter that has to be checked before anyone is involved. Values are codes of the list safety_matter."""

    DOMESTIC_ABUSE = "DOMESTIC_ABUSE"
    CHILDREN = "CHILDREN"
    ORDERS = "ORDERS"
    LIMITED_ACCESS = "LIMITED_ACCESS"


class CheckState(StrEnum):
    """What is known of a matter. Only NONE_FOUND lets anything through; `severity` orders them."""

    NOT_CHECKED = "not_checked"
    STALE = "stale"
    NONE_FOUND = "none_found"
    SUSPECTED = "suspected"
    KNOWN = "known"

    @property
    def severity(self) -> int:
        """How tight it is: none found, then not checked or stale, then suspected, then known."""
        return {"none_found": 0, "stale": 1, "not_checked": 2, "suspected": 3, "known": 4}[self.value]


class Effect(StrEnum):
    """What a flag does to involvement, as the list safety_flag says."""

    ABUSE = "abuse"
    CAUSES_ABUSE = "causes_abuse"
    SUFFERS_ABUSE = "suffers_abuse"
    CONTROL_ALERT = "control_alert"
    CHILD_CONCERN = "child_concern"
    ADULT_CONCERN = "adult_concern"
    EXPLOITATION = "exploitation"
    SEATED_APART = "seated_apart"
    STAFF_SAFETY = "staff_safety"
    LIMITED_ACCESS = "limited_access"


OF_ABUSE = frozenset({Effect.ABUSE, Effect.CAUSES_ABUSE, Effect.SUFFERS_ABUSE, Effect.CONTROL_ALERT})
"""What speaks of abuse: the guidance on it is shown where such a flag is recorded or changed."""

TRAVELS = frozenset(
    {
        Effect.ABUSE,
        Effect.CAUSES_ABUSE,
        Effect.SUFFERS_ABUSE,
        Effect.CHILD_CONCERN,
        Effect.ADULT_CONCERN,
        Effect.EXPLOITATION,
        Effect.SEATED_APART,
    }
)
"""Stops that follow a human being from one network into another, along a confirmed match."""


class Scope(StrEnum):
    """Whom a flag is about: the person on probation, one family member, or what is between the two."""

    PERSON = "person"
    MEMBER = "member"
    RELATIONSHIP = "relationship"


class Certainty(StrEnum):
    """How sure we are."""

    SUSPECTED = "suspected"
    KNOWN = "known"


class Direction(StrEnum):
    """Who harms whom, between the person and a family member."""

    FROM_PERSON = "from_person"
    FROM_MEMBER = "from_member"
    BOTH = "both"
    NOT_KNOWN = "not_known"

    @property
    def may_come_from_person(self) -> bool:
        """Whether the person may be the one who causes harm: not known counts."""
        return self is not Direction.FROM_MEMBER

    @property
    def may_come_from_member(self) -> bool:
        """Whether the family member may be the one who causes harm: not known counts."""
        return self is not Direction.FROM_PERSON


@dataclass(frozen=True)
class LiveFlag:
    """A flag that stands. `matter` is None where it belongs to none of the four; `since` is its first day."""

    effects: frozenset[Effect]
    scope: Scope
    since: date
    matter: Matter | None = None
    member_id: UUID | None = None
    certainty: Certainty = Certainty.KNOWN
    direction: Direction | None = None
    awaiting_review: bool = False

    def concerns(self, member_id: UUID) -> bool:
        """Whether it is about the person, or about this family member."""
        return self.scope is Scope.PERSON or self.member_id == member_id


@dataclass(frozen=True)
class Look:
    """Someone looked and found nothing: a member of staff, or the system of record with an import (`imported`).

    `member_id` is None where the look was about the person and not about one family member.
    """

    matter: Matter
    on: date
    member_id: UUID | None = None
    imported: bool = False


@dataclass(frozen=True)
class Kin:
    """What closeness needs to know of a family member: kind of kin, home (yes, no, unknown), and since when named."""

    kin: str
    lives_with_person: str
    named_on: date


@dataclass(frozen=True)
class CaseSafety:
    """Everything recorded about the safety of one case, as rules need it.

    `removed` gives the last day on which a flag of a matter was taken away, by family member or None for the person;
    `unread_since` is the first day of the newest imported entry whose code nobody here can read.
    """

    flags: tuple[LiveFlag, ...] = ()
    looks: tuple[Look, ...] = ()
    kin: Mapping[UUID, Kin] = field(default_factory=dict)
    removed: Mapping[tuple[Matter, UUID | None], date] = field(default_factory=dict)
    unread_since: date | None = None
    access_limited: bool = False
    conditions_stand: bool = False


@dataclass(frozen=True)
class FlagFacts:
    """What stops, for one family member; never why, and the same whoever asks.

    `abuse_between` is either direction between the person and this family member. `abuse_near`: one of the two causes,
    or may cause, harm to someone of the same household or close kin. `linked_stop`: a stop travels along a confirmed
    match, so the safeguarding lead is asked first. `suspended`: a new or changed flag that nobody has reviewed yet.
    `order_suspected`: somebody suspects an order or a condition, whatever others of the case are known.
    """

    checks: Mapping[Matter, CheckState]
    abuse_between: CheckState = CheckState.NOT_CHECKED
    abuse_near: bool = False
    person_is_victim: bool = False
    staff_safety: bool = False
    seated_apart: bool = False
    child_concern: bool = False
    adult_concern: bool = False
    exploitation: bool = False
    control_alert: bool = False
    linked_stop: bool = False
    suspended: bool = False
    order_suspected: bool = False

    @property
    def abuse_indicated(self) -> bool:
        """Whether anything of this case speaks of abuse round them, so that the guidance on it is shown (R097)."""
        found = (CheckState.SUSPECTED, CheckState.KNOWN)
        return (
            self.abuse_between in found
            or self.checks[Matter.DOMESTIC_ABUSE] in found
            or self.abuse_near
            or self.person_is_victim
            or self.control_alert
        )


NOTHING_KNOWN = FlagFacts(checks=dict.fromkeys(Matter, CheckState.NOT_CHECKED), linked_stop=False)
"""What holds for an id that belongs to nobody: nothing was checked."""


ELSEWHERE, NOT_ASKED = "no", "unknown"
_OWN = frozenset({"parent", "sibling", "grandparent", "carer", "chosen_family"})
_COUPLE = frozenset({"partner", "ex_partner", "in_law"})
_DOWN = frozenset({"child", "grandchild"})
CLOSE_TO_PERSON = _OWN | _COUPLE | _DOWN | {"cared_for", "housemate"}
"""Kinds of kin that are close to the person, wherever they live."""

CLOSE_PAIRS: Mapping[str, frozenset[str]] = {
    **{kin: _OWN | _DOWN | {"aunt_uncle"} for kin in _OWN},
    **dict.fromkeys(_COUPLE, _COUPLE | _DOWN),
    **dict.fromkeys(_DOWN, _OWN | _COUPLE | _DOWN),
    "aunt_uncle": _OWN | {"aunt_uncle", "cousin"},
    "cousin": frozenset({"aunt_uncle", "cousin"}),
    "niece_nephew": frozenset({"niece_nephew"}),
}
"""Kinds of kin of the person that are close to each other, as far as their relation to the person tells. Symmetric."""


def near_person(kin: Kin) -> bool:
    """Whether a family member is close kin of the person, or shares the home; a home that nobody asked about may be."""
    return kin.kin in CLOSE_TO_PERSON or kin.lives_with_person != ELSEWHERE


def near_each_other(one: Kin, other: Kin) -> bool:
    """Whether two family members are close kin or may share a home; a home that nobody asked about may be shared."""
    if other.kin in CLOSE_PAIRS.get(one.kin, frozenset()):
        return True
    return ELSEWHERE not in {one.lives_with_person, other.lives_with_person} or NOT_ASKED in {
        one.lives_with_person,
        other.lives_with_person,
    }


def facts_about(
    case: CaseSafety, member_id: UUID, *, on: date, fresh_for: Mapping[Matter, int], linked_stop: bool = False
) -> FlagFacts:
    """What stops for one family member. `fresh_for` gives the days that a check of each matter holds."""
    kin = case.kin.get(member_id)
    named_on = kin.named_on if kin else on
    mine = [flag for flag in case.flags if flag.concerns(member_id)]
    effects = frozenset(effect for flag in mine for effect in flag.effects)
    return FlagFacts(
        checks={
            matter: check_state(
                case, matter, on=on, fresh_for=fresh_for[matter], member_id=member_id, named_on=named_on
            )
            for matter in Matter
        },
        abuse_between=_abuse_between(case, member_id, on=on, fresh_for=fresh_for[Matter.DOMESTIC_ABUSE]),
        abuse_near=_abuse_near(case, member_id),
        person_is_victim=person_is_victim(case.flags),
        staff_safety=Effect.STAFF_SAFETY in effects,
        seated_apart=Effect.SEATED_APART in effects,
        child_concern=Effect.CHILD_CONCERN in effects,
        adult_concern=Effect.ADULT_CONCERN in effects,
        exploitation=Effect.EXPLOITATION in effects,
        control_alert=Effect.CONTROL_ALERT in effects,
        linked_stop=linked_stop,
        suspended=any(flag.awaiting_review for flag in mine),
        order_suspected=any(flag.matter is Matter.ORDERS and flag.certainty is Certainty.SUSPECTED for flag in mine),
    )


def check_state(
    case: CaseSafety,
    matter: Matter,
    *,
    on: date,
    fresh_for: int,
    member_id: UUID | None = None,
    named_on: date | None = None,
) -> CheckState:
    """What is known of a matter for a family member, or without one for the person alone.

    A flag that stands outweighs every check. A check of the person counts for a family member; of domestic abuse only
    from the day on which they were named, since nobody could have asked about them before.
    """
    found = [flag for flag in case.flags if flag.matter is matter and _bears_on(flag, member_id)]
    if any(flag.certainty is Certainty.KNOWN for flag in found):
        return CheckState.KNOWN
    if matter is Matter.LIMITED_ACCESS and case.access_limited:
        return CheckState.KNOWN
    if matter is Matter.ORDERS and case.conditions_stand:
        return CheckState.KNOWN
    if found:
        return CheckState.SUSPECTED
    return _looked(case, matter, on=on, fresh_for=fresh_for, member_id=member_id, named_on=named_on)


def _bears_on(flag: LiveFlag, member_id: UUID | None) -> bool:
    """Whether a flag says something of this family member or, without one, of the person: alone or beside anyone."""
    return flag.scope is not Scope.MEMBER if member_id is None else flag.concerns(member_id)


def _looked(
    case: CaseSafety, matter: Matter, *, on: date, fresh_for: int, member_id: UUID | None, named_on: date | None
) -> CheckState:
    """What the looks alone say: none found, stale or not checked."""
    looks = [
        look for look in case.looks if look.matter is matter and look.on <= on and look.member_id in {None, member_id}
    ]
    if not looks:
        return CheckState.NOT_CHECKED
    since = [case.removed[key] for key in ((matter, None), (matter, member_id)) if key in case.removed]
    counting = [
        look
        for look in looks
        if all(look.on >= day for day in since)
        and _has_read(case, matter, look)
        and (
            matter is not Matter.DOMESTIC_ABUSE or look.member_id is not None or named_on is None or look.on >= named_on
        )
    ]
    newest = max((look.on for look in counting), default=None)
    if newest is None or on - newest > timedelta(days=fresh_for):
        return CheckState.STALE
    return CheckState.NONE_FOUND


def _has_read(case: CaseSafety, matter: Matter, look: Look) -> bool:
    """Whether a look was made by someone who could have read what the system of record holds."""
    if case.unread_since is None or matter not in {Matter.DOMESTIC_ABUSE, Matter.CHILDREN}:
        return True
    return not look.imported and look.on >= case.unread_since


def _abuse_between(case: CaseSafety, member_id: UUID, *, on: date, fresh_for: int) -> CheckState:
    """Whether either of the two harms the other, as far as anyone has asked.

    Where the person or the family member causes or suffers abuse without anybody saying by or towards whom, only a
    check of these two since then says that it is not between them.
    """
    between = [
        flag
        for flag in case.flags
        if flag.scope is Scope.RELATIONSHIP and flag.member_id == member_id and Effect.ABUSE in flag.effects
    ]
    if any(flag.certainty is Certainty.KNOWN for flag in between):
        return CheckState.KNOWN
    if between:
        return CheckState.SUSPECTED
    kin = case.kin.get(member_id)
    named_on = kin.named_on if kin else on
    state = _looked(case, Matter.DOMESTIC_ABUSE, on=on, fresh_for=fresh_for, member_id=member_id, named_on=named_on)
    unnamed = [
        flag.since
        for flag in case.flags
        if flag.scope is not Scope.RELATIONSHIP
        and flag.concerns(member_id)
        and flag.effects & {Effect.CAUSES_ABUSE, Effect.SUFFERS_ABUSE}
    ]
    asked_of_these_two = any(
        look.member_id == member_id and look.matter is Matter.DOMESTIC_ABUSE and max(unnamed) <= look.on <= on
        for look in case.looks
        if unnamed
    )
    return CheckState.NOT_CHECKED if unnamed and not asked_of_these_two else state


def _abuse_near(case: CaseSafety, member_id: UUID) -> bool:
    """Whether sharing with this family member comes near someone who causes, or may cause, harm (invariant 3)."""
    me = case.kin.get(member_id)
    for flag in case.flags:
        if flag.scope is Scope.PERSON and Effect.CAUSES_ABUSE in flag.effects and (me is None or near_person(me)):
            return True
        if (
            flag.scope is Scope.MEMBER
            and Effect.CAUSES_ABUSE in flag.effects
            and _near(case, member_id, flag.member_id)
        ):
            return True
        if flag.scope is not Scope.RELATIONSHIP or Effect.ABUSE not in flag.effects or flag.member_id == member_id:
            continue
        direction = flag.direction or Direction.NOT_KNOWN
        if direction.may_come_from_person and (me is None or near_person(me)):
            return True
        if _near(case, member_id, flag.member_id):
            return True
    return False


def _near(case: CaseSafety, member_id: UUID, other_id: UUID | None) -> bool:
    """Whether one family member is another, or near them; somebody of whom nothing is known may be."""
    me, other = case.kin.get(member_id), case.kin.get(other_id) if other_id else None
    return member_id == other_id or me is None or other is None or near_each_other(me, other)


def person_is_victim(flags: tuple[LiveFlag, ...]) -> bool:
    """Whether the person is, or may be, the one who is harmed (R090)."""
    return any(
        (flag.scope is Scope.PERSON and Effect.SUFFERS_ABUSE in flag.effects)
        or (
            flag.scope is Scope.RELATIONSHIP
            and Effect.ABUSE in flag.effects
            and (flag.direction or Direction.NOT_KNOWN).may_come_from_member
        )
        for flag in flags
    )
