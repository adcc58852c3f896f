"""What an agreement holds, as one frozen value, and how it is kept as JSON from version to version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

MOST_RESPONSIBILITIES = 12
FIRST_REVIEW = timedelta(weeks=8)
"""When a new agreement is looked at again, unless another day is chosen."""


class Channel(StrEnum):
    """A way to be in touch, face to face first (R152)."""

    FACE = "face"
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Period(StrEnum):
    """Over what a number of contacts is counted."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


class Participation(StrEnum):
    """How far a family member joins supervision sessions, from not at all to the whole (R137)."""

    NOT_AT_ALL = "not_at_all"
    RECEPTION = "reception"
    END = "end_of_session"
    PART = "part"
    WHOLE = "whole"

    @property
    def rank(self) -> int:
        """How far this goes, beside the others."""
        return list(Participation).index(self)


class Who(StrEnum):
    """Who does something that was agreed."""

    PERSON = "person"
    FAMILY_MEMBER = "family_member"
    PRACTITIONER = "practitioner"
    TOGETHER = "together"


@dataclass(frozen=True)
class ChannelTerms:
    """How often one channel is used at most: `times` in each `per`."""

    channel: Channel
    times: int
    per: Period


@dataclass(frozen=True)
class Responsibility:
    """Who does what, when and where (R145). `key` stays the same from version to version, so that ticks hold."""

    key: str
    who: Who
    what: str
    when: str = ""
    where: str = ""


@dataclass(frozen=True)
class Rhythm:
    """Which sessions the family member is invited to: the first, every n-th, the last (R134).

    `from_every` and `to_every` are the same for "every fourth", and 4 and 5 for "every fourth or fifth".
    """

    first: bool = False
    from_every: int = 0
    to_every: int = 0
    last: bool = False
    weeks_between: int = 2
    begins_on: date | None = None
    ends_on: date | None = None

    @property
    def invites(self) -> bool:
        """Whether it invites to anything at all."""
        return self.first or self.last or self.from_every > 0


@dataclass(frozen=True)
class Terms:
    """Everything that is agreed. What is left empty is not agreed."""

    channels: tuple[ChannelTerms, ...] = ()
    answer_within: int = 2
    not_then: str = ""
    meeting_place: str = ""
    meeting_minutes: int = 0
    participation: Participation = Participation.NOT_AT_ALL
    person_wishes: Participation | None = None
    member_wishes: Participation | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    responsibilities: tuple[Responsibility, ...] = ()
    boundaries: tuple[str, ...] = ()
    own_boundary: str = ""
    review_on: date | None = None
    ends_on: date | None = None
    discretion: str = ""

    def channel(self, channel: Channel) -> ChannelTerms | None:
        """What is agreed for one channel; None where nothing is."""
        return next((one for one in self.channels if one.channel is channel), None)


POLICY_ANSWER_WITHIN = 2
"""Working days in which a family member hears back, unless the agreement says otherwise and why (R151)."""

POLICY_MOST = {
    Channel.FACE: (1, Period.FORTNIGHT),
    Channel.PHONE: (2, Period.WEEK),
    Channel.TEXT: (3, Period.WEEK),
    Channel.EMAIL: (2, Period.WEEK),
    Channel.LETTER: (2, Period.MONTH),
}
"""What a practitioner agrees to without saying why. More is allowed, with the reason beside it (R146, R151)."""

DAYS = {Period.WEEK: 7, Period.FORTNIGHT: 14, Period.MONTH: 30}
READY_LINES = ("times", "remembering", "reading", "coming_along")
"""What families do most, in governed words to begin a line with: one to ask about times and places, prompts for
somebody who forgets, help with letters, company on the way (R164-R167)."""

STANDARD_BOUNDARIES = ("not_friend", "not_counsellor", "not_go_between", "person_decides", "always_tell_us")


def terms_to_begin_with(*, review_on: date, ends_on: date | None) -> Terms:
    """What an agreement begins as: a call a fortnight, the standard boundaries, a day to look at it again."""
    return Terms(
        channels=(ChannelTerms(Channel.PHONE, 1, Period.FORTNIGHT),),
        answer_within=POLICY_ANSWER_WITHIN,
        boundaries=STANDARD_BOUNDARIES,
        review_on=review_on,
        ends_on=ends_on,
    )


def departures(terms: Terms) -> tuple[str, ...]:
    """Where the terms go beyond what everyone is offered, in words; each wants the practitioner's reason (R151)."""
    found = []
    for one in terms.channels:
        most, per = POLICY_MOST[one.channel]
        if one.times * DAYS[per] > most * DAYS[one.per]:
            found.append(f"{CHANNEL_WORDS[one.channel]}: more than {most} {PER_WORDS[per]}")
    if terms.answer_within > POLICY_ANSWER_WITHIN:
        found.append(f"An answer later than {POLICY_ANSWER_WITHIN} working days")
    return tuple(found)


CHANNEL_WORDS = {
    Channel.FACE: "Face to face",
    Channel.PHONE: "By phone",
    Channel.TEXT: "By text",
    Channel.EMAIL: "By email",
    Channel.LETTER: "By letter",
}
PER_WORDS = {Period.WEEK: "a week", Period.FORTNIGHT: "a fortnight", Period.MONTH: "a month"}
PARTICIPATION_WORDS = {
    Participation.NOT_AT_ALL: "Does not come",
    Participation.RECEPTION: "Comes along and waits in reception",
    Participation.END: "Joins for a few minutes at the end",
    Participation.PART: "Joins part of the session",
    Participation.WHOLE: "Joins the whole session",
}
WHO_WORDS = {
    Who.PERSON: "The person",
    Who.FAMILY_MEMBER: "The family member",
    Who.PRACTITIONER: "The practitioner",
    Who.TOGETHER: "Together",
}


def to_data(terms: Terms) -> dict[str, Any]:
    """The terms as JSON keeps them."""
    rhythm = terms.rhythm
    return {
        "channels": [[one.channel.value, one.times, one.per.value] for one in terms.channels],
        "answer_within": terms.answer_within,
        "not_then": terms.not_then,
        "meeting_place": terms.meeting_place,
        "meeting_minutes": terms.meeting_minutes,
        "participation": terms.participation.value,
        "person_wishes": terms.person_wishes.value if terms.person_wishes else "",
        "member_wishes": terms.member_wishes.value if terms.member_wishes else "",
        "rhythm": {
            "first": rhythm.first,
            "from_every": rhythm.from_every,
            "to_every": rhythm.to_every,
            "last": rhythm.last,
            "weeks_between": rhythm.weeks_between,
            "begins_on": _day(rhythm.begins_on),
            "ends_on": _day(rhythm.ends_on),
        },
        "responsibilities": [[one.key, one.who.value, one.what, one.when, one.where] for one in terms.responsibilities],
        "boundaries": list(terms.boundaries),
        "own_boundary": terms.own_boundary,
        "review_on": _day(terms.review_on),
        "ends_on": _day(terms.ends_on),
        "discretion": terms.discretion,
    }


def from_data(data: Mapping[str, Any] | None) -> Terms:
    """The terms that JSON keeps; empty terms where erasure has emptied them."""
    if not data:
        return Terms()
    rhythm = data["rhythm"]
    return Terms(
        channels=tuple(
            ChannelTerms(Channel(channel), int(times), Period(per)) for channel, times, per in data["channels"]
        ),
        answer_within=int(data["answer_within"]),
        not_then=data["not_then"],
        meeting_place=data["meeting_place"],
        meeting_minutes=int(data["meeting_minutes"]),
        participation=Participation(data["participation"]),
        person_wishes=Participation(data["person_wishes"]) if data["person_wishes"] else None,
        member_wishes=Participation(data["member_wishes"]) if data["member_wishes"] else None,
        rhythm=Rhythm(
            first=rhythm["first"],
            from_every=int(rhythm["from_every"]),
            to_every=int(rhythm["to_every"]),
            last=rhythm["last"],
            weeks_between=int(rhythm["weeks_between"]),
            begins_on=_read_day(rhythm["begins_on"]),
            ends_on=_read_day(rhythm["ends_on"]),
        ),
        responsibilities=tuple(
            Responsibility(key, Who(who), what, when, where) for key, who, what, when, where in data["responsibilities"]
        ),
        boundaries=tuple(data["boundaries"]),
        own_boundary=data["own_boundary"],
        review_on=_read_day(data["review_on"]),
        ends_on=_read_day(data["ends_on"]),
        discretion=data["discretion"],
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
