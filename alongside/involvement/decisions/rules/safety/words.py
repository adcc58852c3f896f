"""What the rules that ask first share."""

from collections.abc import Callable

from alongside.involvement.decisions.rules.answers import Asked, Instead, Kind, Outcome, Seen, Test
from alongside.involvement.decisions.rules.facts import (
    INVOLVING,
    Act,
    Check,
)
from alongside.involvement.decisions.rules.registry import rule

OPEN = frozenset({Check.NOT_CHECKED, Check.STALE})
BOTH = INVOLVING | {Act.HOME_CHECK}
FULL_JUDGEMENT_FROM = 4


def not_checked(matter: str, words: str) -> Callable[[Test], Test]:
    """A rule for one of the four safety matters: not checked is not safe."""
    return rule(
        f"check.{matter}",
        kind=Kind.SAFETY,
        outcome=Outcome.ASK,
        title=f"Not checked is not safe: {words}.",
        because=f"Nobody has checked {words}, or the check is out of date.",
        source="Invariant 4",
        ask=Asked.SAFETY,
        fact=words,
        instead=(Instead.CHECK_SAFETY,),
        seen=Seen.SAFETY,
    )


def sign(name: str, words: str, source: str) -> Callable[[Test], Test]:
    """A rule for a sign of danger: it takes a full judgement of this involvement."""
    return rule(
        f"sign.{name}",
        kind=Kind.SAFETY,
        outcome=Outcome.ASK,
        title=f"{words[0].upper()}{words[1:]}: a full judgement first.",
        because=f"There is a sign of danger ({words}), and no judgement of this involvement stands.",
        source=source,
        ask=Asked.SAFETY,
        instead=(Instead.JUDGE,),
        seen=Seen.SAFETY,
    )
