"""What a decision is taken on: the question, and everything known that bears on it. Names nobody.

Each fact begins at the value that permits least, so that what was forgotten can only tighten.
"""

from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """A word out of a closed list. Hashes as the text that it is, which Python's own enumerations do slowly."""

    __hash__ = str.__hash__


class Act(Word):
    """What someone wants to do."""

    LISTEN = "listen"
    GENERAL = "general"
    SHARE = "share"
    ASK = "ask"
    CALL = "call"
    TEXT = "text"
    WRITE = "write"
    INVITE = "invite"
    JOIN = "join"
    VISIT = "visit"
    CHILDREN = "children"
    HOME_CHECK = "home_check"


class Identity(Word):
    """How we know whom we are speaking or writing to."""

    UNVERIFIED = "unverified"
    CALLED_BACK = "called_back"
    CODE_WORD = "code_word"
    KNOWN = "known"
    ON_RECORD = "on_record"


class Way(Word):
    """The channel, by the codes of the list `contact_channel`."""

    FACE = "face"
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Place(Word):
    """Where it would happen."""

    NOWHERE = "nowhere"
    OFFICE = "office"
    HOME = "home"
    VENUE = "venue"


class Purpose(Word):
    """Whether anyone has said why this person, why now, and what they will do."""

    NONE = "none"
    GOAL = "goal"
    OTHER = "other"


class Check(Word):
    """What is known of one safety matter. Not checked is not safe."""

    NOT_CHECKED = "not_checked"
    STALE = "stale"
    NONE_FOUND = "none_found"
    SUSPECTED = "suspected"
    KNOWN = "known"


class Agrees(Word):
    """Whether the family member wants to be involved."""

    AGREED = "agreed"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Judged(Word):
    """Where the judgement of this involvement stands."""

    NONE = "none"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REVIEW_DUE = "review_due"
    PAUSED = "paused"


class Summary(Word):
    """What was judged, in a word."""

    NONE = "none"
    ASSET = "asset"
    ASSET_WITH_CONDITIONS = "asset_with_conditions"
    NEUTRAL = "neutral"
    NOT_AT_PRESENT = "not_at_present"
    UNSAFE = "unsafe"


class Agreement(Word):
    """Where the working agreement stands."""

    NONE = "none"
    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Age(Word):
    """Whether the family member is under eighteen."""

    NOT_KNOWN = "not_known"
    CHILD = "child"
    ADULT = "adult"


class Clash(Word):
    """Whether the family member may be a victim whom another unit looks after."""

    NONE = "none"
    OPEN = "open"
    CONFIRMED = "confirmed"


class Ground(Word):
    """The lawful grounds on which something is disclosed without permission (R075)."""

    SAFEGUARDING = "safeguarding"
    MAPPA = "mappa"
    COURT_ORDER = "court_order"
    VITAL_INTEREST = "vital_interest"


TOLD = frozenset({Act.SHARE})
ASKED = frozenset({Act.ASK})
FREE = frozenset({Act.LISTEN, Act.GENERAL})
INVOLVING = frozenset(Act) - FREE - {Act.HOME_CHECK}
WAY_OF_ACT = {
    Act.CALL: Way.PHONE,
    Act.TEXT: Way.TEXT,
    Act.JOIN: Way.FACE,
    Act.VISIT: Way.FACE,
    Act.CHILDREN: Way.FACE,
}
TOPICS = (
    "attendance",
    "appointments",
    "whereabouts",
    "good_news",
    "plan_tasks",
    "progress",
    "wellbeing",
    "health",
    "offence",
)
"""The codes of the list `permission_topic` that the rules know. Another code needs a level in the policy first."""


@dataclass(frozen=True, slots=True)
class Question:
    """What someone asks. `hour` is the hour in London at which it would happen; `role` is the role that they act in."""

    act: Act
    role: str
    identity: Identity = Identity.UNVERIFIED
    way: Way = Way.PHONE
    topic: str = ""
    purpose: Purpose = Purpose.NONE
    place: Place = Place.NOWHERE
    hour: int = 12


@dataclass(frozen=True, slots=True)
class Leave:
    """One live permission, taken with the person alone: topics, directions and channels."""

    topics: frozenset[str]
    to_them: bool
    from_them: bool
    ways: frozenset[str]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A lawful decision to disclose: topics, ground, whether it was approved, by which role, and its last day.

    `until` is an ISO date, to be shown: one that has ended is no longer among the facts.
    """

    topics: frozenset[str]
    ground: str
    approved: bool
    approver: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """What a check of a home has come to (HDC, ROTL, bail, residence)."""

    householder_adult: bool | None = None
    seen_alone: bool = False
    told: bool = False
    agreed: bool | None = None
    withdrawn: bool = False
    household_abuse: Check = Check.NOT_CHECKED
    household_children: Check = Check.NOT_CHECKED


NO_HOME = Home()
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known about one family member and the person that bears on an answer, with full sight."""

    # From the family member's own record.
    named: bool = False
    member_died: bool = False
    person_died: bool = False
    supervised: bool = False
    told_of_record: bool = False
    safe_ways: frozenset[str] = NOTHING
    unasked_ways: frozenset[str] = NOTHING
    unsafe_ways: frozenset[str] = NOTHING
    age: Age = Age.NOT_KNOWN
    # From flags.
    abuse: Check = Check.NOT_CHECKED
    children: Check = Check.NOT_CHECKED
    orders: Check = Check.NOT_CHECKED
    access: Check = Check.NOT_CHECKED
    abuse_between: Check = Check.NOT_CHECKED
    abuse_near: bool = False
    person_is_victim: bool = False
    staff_safety: bool = False
    seated_apart: bool = False
    child_concern: bool = False
    adult_concern: bool = False
    exploitation: bool = False
    control: bool = False
    linked_stop: bool = False
    under_review: bool = False
    # From orders.
    contact_forbidden: bool = False
    home_forbidden: bool = False
    children_forbidden: bool = False
    conditions_unread: bool = False
    # From permissions, and what the family member wants.
    refused: bool = False
    leaves: tuple[Leave, ...] = ()
    pending_alone: bool = False
    permission_suspended: bool = False
    withdrawn: bool = False
    expired: bool = False
    contingent: bool = False
    agrees: Agrees = Agrees.NOT_ASKED
    private_topics: frozenset[str] = NOTHING
    never_ways: frozenset[str] = NOTHING
    cooling_off: bool = False
    safe_now: bool | None = None
    no_voicemail: bool = False
    code_word_set: bool = False
    # From young supporters.
    heard_alone: bool = False
    parent_consulted: bool = False
    exception_approved: bool = False
    young_cap: int | None = None
    # From protected and advocacy.
    not_alone: bool = False
    not_at_home: bool = False
    no_calls: bool = False
    speak_first: bool = False
    speak_first_to: str = ""
    clash: Clash = Clash.NONE
    victim: bool = False
    disclosures: tuple[Disclosure, ...] = ()
    # From suitability and agreements.
    judged: Judged = Judged.NONE
    summary: Summary = Summary.NONE
    level: int = 0
    level_cap: int | None = None
    conditions: tuple[str, ...] = ()
    enquiries_open: int = 0
    agreement: Agreement = Agreement.NONE
    agreed_ways: frozenset[str] = NOTHING
    spent_ways: frozenset[str] = NOTHING
    contact_ended: bool = False
    quiet_today: bool = False
    # From this room: what was asked first and approved, and a check of a home.
    approved: frozenset[str] = NOTHING
    home: Home = NO_HOME

    @property
    def abuse_indicated(self) -> bool:
        """Whether anything of this case speaks of abuse round them, so that the guidance on it is shown (R097)."""
        found = (Check.SUSPECTED, Check.KNOWN)
        return (
            self.abuse in found
            or self.abuse_between in found
            or self.abuse_near
            or self.person_is_victim
            or self.control
        )
