"""What a person's permissions come to at a moment, derived from everything that was said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from alongside.foundation.calendar.rules import LONDON, start_of


class Direction(StrEnum):
    """Who may speak of it: we to them, they to us, or both."""

    TO_THEM = "to_them"
    FROM_THEM = "from_them"
    BOTH = "both"


class Interpreter(StrEnum):
    """Who interpreted. A relative or friend who interprets hears, and chooses the words."""

    NONE = "none"
    PROFESSIONAL = "professional"
    RELATIVE = "relative"


class Advocate(StrEnum):
    """Whether someone independent stood by the person (R062)."""

    NOT_NEEDED = "not_needed"
    DECLINED = "declined"
    PRESENT = "present"
    ASKED_FOR = "asked_for"


class Voicemail(StrEnum):
    """Whether a message may be left. Not asked is no."""

    NOT_ASKED = "not_asked"
    NEVER = "never"
    MAY = "may"


class StepKind(StrEnum):
    """What may happen after a permission was given."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LIFTED = "lifted"
    PAUSED = "paused"
    RESUMED = "resumed"
    MISSED = "missed"
    BACK = "back"


TIGHTENING = frozenset({StepKind.WITHDRAWN, StepKind.REFUSED, StepKind.PAUSED, StepKind.BACK})
"""Steps after which no more may be talked about than before."""


class Willing(StrEnum):
    """What a family member says for themselves."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Where one permission stands at a moment."""

    LIVE = "live"
    WAITING = "waiting"
    NOT_YET = "not_yet"
    TO_CONFIRM = "to_confirm"
    PAUSED = "paused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True)
class Contingency:
    """That a permission holds only once contact was missed for so many days, and the words agreed for then (R072)."""

    missed_days: int
    words: str


@dataclass(frozen=True)
class Given:
    """A permission as it was given. `doubt`: pressed, not understood, or interpreted by a relative or friend."""

    id: UUID
    number: int
    topics: frozenset[str]
    direction: Direction
    channels: frozenset[str]
    starts_at: datetime
    until: datetime
    alone: bool
    doubt: bool = False
    today_only: bool = False
    contingency: Contingency | None = None


@dataclass(frozen=True)
class StepTaken:
    """Something that happened afterwards. Without `permission` it holds for everything about the family member."""

    number: int
    kind: StepKind
    permission: UUID | None = None
    alone: bool = False
    since: date | None = None


@dataclass(frozen=True)
class SafeContact:
    """When and how a family member may safely be reached. `days` are 0 for Monday; none means any day."""

    days: frozenset[int] = frozenset()
    from_time: time | None = None
    until_time: time | None = None
    never: frozenset[str] = frozenset()
    voicemail: Voicemail = Voicemail.NOT_ASKED
    has_their_word: bool = False
    """Whether there is a word that they alone give. The word that we say shows nobody who they are."""
    asked: bool = False

    def is_safe_at(self, at: datetime) -> bool:
        """Whether a call or text at this moment reaches them at a safe time."""
        there = at.astimezone(LONDON)
        if self.days and there.weekday() not in self.days:
            return False
        if self.from_time is None or self.until_time is None:
            return True
        return self.from_time <= there.time() < self.until_time


@dataclass(frozen=True)
class History:
    """All that was said about one family member. `closed`: they or the person died, or are no longer named."""

    given: tuple[Given, ...] = ()
    steps: tuple[StepTaken, ...] = ()
    private: frozenset[str] = frozenset()
    willing: Willing = Willing.NOT_ASKED
    cooling_until: datetime | None = None
    safe_contact: SafeContact = field(default_factory=SafeContact)
    closed: bool = False

    @property
    def refused(self) -> bool:
        """Whether the person has said that this family member is not to be talked to (R070)."""
        return _last(self.steps, StepKind.REFUSED, StepKind.LIFTED) is StepKind.REFUSED

    @property
    def paused(self) -> bool:
        """Whether everything is suspended because the relationship changed (R029)."""
        return _last(self.steps, StepKind.PAUSED, StepKind.RESUMED) is StepKind.PAUSED


@dataclass(frozen=True)
class Permitted:
    """What one permission allows. `until` is the first moment at which it no longer does.

    `contingent_on` is set where it holds only while contact is missed: then nothing but its words may be said.
    """

    id: UUID
    topics: frozenset[str]
    direction: Direction
    channels: frozenset[str]
    until: datetime | None
    contingent_on: Contingency | None = None
    today_only: bool = False

    @property
    def directions(self) -> frozenset[Direction]:
        """Both ways as the two that it is."""
        both = self.direction is Direction.BOTH
        return frozenset({Direction.TO_THEM, Direction.FROM_THEM}) if both else frozenset({self.direction})


@dataclass(frozen=True)
class PermissionFacts:
    """What stands between a person and one family member at a moment. By itself: nothing is permitted.

    `live` may be relied on now. `contingent` holds nothing yet: contact has not been missed for long enough.
    `pending_alone` awaits the person's word alone; `withdrawn` and `expired` say why nothing is live that once was.
    """

    refused: bool = False
    live: tuple[Permitted, ...] = ()
    contingent: tuple[Permitted, ...] = ()
    pending_alone: bool = False
    suspended: bool = False
    withdrawn: bool = False
    expired: bool = False
    member_agrees: Willing = Willing.NOT_ASKED
    cooling_off: bool = False
    private_topics: frozenset[str] = frozenset()
    safe_contact: SafeContact = field(default_factory=SafeContact)
    closed: bool = False

    def topics(self, direction: Direction, *, channel: str = "") -> frozenset[str]:
        """The topics that may be spoken of in this direction now, on this channel or on any."""
        found: set[str] = set()
        for permitted in self.live:
            if direction in permitted.directions and (not channel or channel in permitted.channels):
                found |= permitted.topics
        return frozenset(found)


NOTHING_PERMITTED = PermissionFacts()


@dataclass(frozen=True)
class Stopped:
    """What stopped: the topics that were live before and are not now, and how it stands with messages."""

    topics: frozenset[str]
    messages_stopped: int
    messages_under_way: int
    anything: bool


def standing_of(given: Given, history: History, at: datetime) -> Standing:
    """Where a permission stands at a moment. What closes it is asked before what opens it (R060, R070, R072, R087)."""
    later = [step for step in history.steps if step.number > given.number]
    if history.refused or any(_ends(step, given.id) for step in later):
        return Standing.WITHDRAWN
    if history.closed:
        return Standing.CLOSED
    if not given.topics or not given.channels or at >= given.until:
        return Standing.EXPIRED
    if not _confirmed(given, later):
        return Standing.TO_CONFIRM
    if history.paused:
        return Standing.PAUSED
    if at < given.starts_at:
        return Standing.NOT_YET
    if given.contingency is not None and not _missed(given, later, at):
        return Standing.WAITING
    return Standing.LIVE


def facts_of(history: History, at: datetime) -> PermissionFacts:
    """What stands between a person and one family member at a moment."""
    standings = [(given, standing_of(given, history, at)) for given in history.given]
    found = {standing for _, standing in standings}
    live = _permitted((given for given, standing in standings if standing is Standing.LIVE), history)
    return PermissionFacts(
        refused=history.refused,
        live=live,
        contingent=_permitted((given for given, standing in standings if standing is Standing.WAITING), history),
        pending_alone=Standing.TO_CONFIRM in found,
        suspended=history.paused,
        withdrawn=not live and Standing.WITHDRAWN in found,
        expired=not live and Standing.EXPIRED in found,
        member_agrees=history.willing,
        cooling_off=history.cooling_until is not None and at < history.cooling_until,
        private_topics=history.private,
        safe_contact=history.safe_contact,
        closed=history.closed,
    )


@dataclass(frozen=True)
class AgreedWords:
    """Words that the person agreed may be told while contact is missed: under which permission, and what they tell."""

    permission: UUID
    words: str
    topics: frozenset[str]
    channels: frozenset[str]


def agreed_words_of(history: History, at: datetime) -> tuple[AgreedWords, ...]:
    """The words that may be told now, in one line each; none that touch on what is kept from them (R072, R080)."""
    whole = {given.id: given.topics for given in history.given}
    return tuple(
        AgreedWords(one.id, " ".join(one.contingent_on.words.split()), one.topics, one.channels)
        for one in facts_of(history, at).live
        if one.contingent_on is not None
        and one.contingent_on.words.strip()
        and Direction.TO_THEM in one.directions
        and one.topics == whole[one.id]
    )


def may_be_used_from(since: date, contingency: Contingency) -> date:
    """The day from which a contingent permission holds, where contact has been missed since `since`."""
    return since + timedelta(days=contingency.missed_days)


def _permitted(given: Iterable[Given], history: History) -> tuple[Permitted, ...]:
    """What is kept from someone is not talked of with them, whatever was permitted before or after (R080)."""
    return tuple(
        Permitted(
            id=one.id,
            topics=one.topics - history.private,
            direction=one.direction,
            channels=one.channels,
            until=one.until,
            contingent_on=one.contingency,
            today_only=one.today_only,
        )
        for one in given
        if one.topics - history.private
    )


def _last(steps: Iterable[StepTaken], *kinds: StepKind) -> StepKind | None:
    found = [step for step in steps if step.kind in kinds]
    return max(found, key=lambda step: step.number).kind if found else None


def _ends(step: StepTaken, permission: UUID) -> bool:
    if step.kind is StepKind.REFUSED:
        return True
    return step.kind is StepKind.WITHDRAWN and step.permission in (None, permission)


def _confirmed(given: Given, later: Iterable[StepTaken]) -> bool:
    if given.alone and not given.doubt:
        return True
    return any(step.kind is StepKind.CONFIRMED and step.alone and step.permission == given.id for step in later)


def _missed(given: Given, later: Iterable[StepTaken], at: datetime) -> bool:
    theirs = [step for step in later if step.permission == given.id and step.kind in (StepKind.MISSED, StepKind.BACK)]
    if not theirs or given.contingency is None:
        return False
    last = max(theirs, key=lambda step: step.number)
    if last.kind is StepKind.BACK or last.since is None:
        return False
    return at >= start_of(may_be_used_from(last.since, given.contingency))


def is_missed(history: History) -> bool:
    """Whether contact is noted as missed, and not yet as taken up again."""
    return _last(history.steps, StepKind.MISSED, StepKind.BACK) is StepKind.MISSED
