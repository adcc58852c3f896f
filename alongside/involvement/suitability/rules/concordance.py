"""Whether accounts agree (R054), and which prompts the case calls for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.involvement.suitability.rules.scale import Rating

CLEAR = (Rating.PRESENT, Rating.PARTLY, Rating.NOT_PRESENT)
YOUNG = range(18, 26)


@dataclass(frozen=True)
class AccountFacts:
    """What one source says on one item."""

    item: str
    source: str
    rating: Rating


def differing_items(accounts: Iterable[AccountFacts]) -> tuple[str, ...]:
    """Items on which one source says present and another not present, in their order. Not known contradicts nobody."""
    said: dict[str, set[Rating]] = {}
    for account in accounts:
        said.setdefault(account.item, set()).add(account.rating)
    return tuple(item for item, ratings in said.items() if {Rating.PRESENT, Rating.NOT_PRESENT} <= ratings)


def agreed_ratings(accounts: Iterable[AccountFacts]) -> Mapping[str, Rating]:
    """The rating of each item on which everyone who knows says the same."""
    said: dict[str, set[Rating]] = {}
    for account in accounts:
        if account.rating in CLEAR:
            said.setdefault(account.item, set()).add(account.rating)
    return {item: next(iter(ratings)) for item, ratings in said.items() if len(ratings) == 1}


def is_young_adult(age: int) -> bool:
    """Whether the questions for 18 to 25 year olds are asked (R061)."""
    return age in YOUNG
