"""What follows from what is recorded: how to act, what is owed whatever someone wishes, who may learn what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class HandlingFacts:
    """How to act towards a family member, or on their case, without why. Nothing set means nothing said."""

    not_alone: bool = False
    not_at_home: bool = False
    no_calls_home: bool = False
    speak_first_to: str | None = None
    instructions: tuple[str, ...] = field(default=())


NO_INSTRUCTIONS = HandlingFacts()


def handling_of(instructions: Iterable[tuple[str, Mapping[str, Any]]]) -> HandlingFacts:
    """What live instructions amount to: each its words and the attributes of its code.

    Of several people to speak to first, the one whose code stands first is named.
    """
    words, speak_to = list[str](), list[str]()
    marks = set[str]()
    for text, attributes in instructions:
        words.append(text)
        marks |= {mark for mark in ("not_alone", "not_at_home", "no_calls_home") if attributes.get(mark)}
        if first := attributes.get("speak_first_to"):
            speak_to.append(str(first))
    return HandlingFacts(
        not_alone="not_alone" in marks,
        not_at_home="not_at_home" in marks,
        no_calls_home="no_calls_home" in marks,
        speak_first_to=speak_to[0] if speak_to else None,
        instructions=tuple(dict.fromkeys(words)),
    )


@dataclass(frozen=True)
class DisclosureFact:
    """That telling a family member was decided and approved: topics, ground, last day and the approver's role.

    `topics` are codes of `permission_topic`, `ground` is a code of `disclosure_ground`. It has no content.
    """

    topics: frozenset[str]
    ground: str
    until: date
    approver: str


@dataclass(frozen=True)
class Owed:
    """Something that is owed by duty, whatever whoever told us wishes (R078)."""

    code: str
    label: str
    what_to_do: str
    refers: str = ""


RANK_OF_PROTECTED = 0


def is_looser(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether one way of handling a source lets the person learn more than another, by their codes' attributes."""
    return int(new.get("rank", RANK_OF_PROTECTED)) > int(old.get("rank", RANK_OF_PROTECTED))


@dataclass(frozen=True)
class DecisionStanding:
    """Where a decision to disclose stands."""

    urgent: bool
    approved: bool | None
    lapsed: bool = False
    ended: bool = False

    @property
    def may_tell(self) -> bool:
        """Whether what was decided may be said now. The minimum in danger needs nobody's word beforehand, once."""
        return self.approved is True and not self.lapsed and not self.ended

    @property
    def may_end(self) -> bool:
        """Whether it still opens something that could be closed early."""
        return not self.urgent and self.approved is not False and not self.lapsed and not self.ended

    @property
    def words(self) -> str:
        """The state as a page says it."""
        if self.approved is None and not self.ended:
            return "Shared in danger, to be looked back on" if self.urgent else "Waits for approval"
        if self.urgent:
            return "Looked back on: right to share" if self.approved else "Looked back on: should not have been shared"
        if self.ended:
            return "Ended early"
        if self.lapsed:
            return "No longer holds"
        return "Approved" if self.approved else "Not approved"
