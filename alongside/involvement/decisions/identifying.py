"""Which ways of knowing whom we speak to can show who one family member is, and why the others cannot. Pure.

A page offers these alone. The rules hold to the same, whatever a page or a link says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.involvement.decisions.rules import Facts, Identity, Way

UNSAFE_NUMBER = "Ringing back is no proof here: the only number on record is marked as not safe to use."
NO_NUMBER = "Ringing back is no proof here: no telephone number is on record."
NEVER_RING = "Do not ring them back: they have asked us never to ring."
TOLD_NOT_TO = "Do not ring them back: ask your senior first."
NOT_NOW = "Do not ring them back now: it is outside the times that are safe for them."
NO_WORD = (
    "A word is no proof here: none is recorded that only they give. The word that we say shows nobody who they are."
)

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """What a page offers, and what it says of the rest."""

    choices: tuple[tuple[str, str], ...]
    why_not: tuple[str, ...]
    may_ring: bool

    def has(self, identity: str) -> bool:
        """Whether this is among what is offered."""
        return identity in dict(self.choices)


def offered(facts: Facts, choices: Choices, *, may_compare: bool) -> Offered:
    """Of `choices`, those that can show who they are. `may_compare`: whether the user may see their word."""
    ringing, word = _against_ringing(facts), "" if facts.code_word_set else NO_WORD
    out = set()
    if ringing:
        out.add(Identity.CALLED_BACK)
    if word or not may_compare:
        out.add(Identity.CODE_WORD)
    why = tuple(reason for reason in (ringing, word if may_compare else "") if reason)
    return Offered(tuple((value, label) for value, label in choices if value not in out), why, may_ring=not ringing)


def _against_ringing(facts: Facts) -> str:
    if Way.PHONE not in facts.safe_ways and Way.PHONE not in facts.unasked_ways:
        return UNSAFE_NUMBER if Way.PHONE in facts.unsafe_ways else NO_NUMBER
    if Way.PHONE in facts.never_ways:
        return NEVER_RING
    if facts.no_calls:
        return TOLD_NOT_TO
    return NOT_NOW if facts.safe_now is False else ""
