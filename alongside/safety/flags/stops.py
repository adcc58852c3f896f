"""What else stops with a family member, beside flags: told by rooms above, so that the safety pages name it too.

This room knows neither orders nor instructions nor refusals. Whoever answers "may I?" knows them all, and registers
here what of it one viewer may be told.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.access.rights import Right


@dataclass(frozen=True)
class Stop:
    """One stop in a few words; `refuses` where it closes the way, and else somebody is asked first."""

    words: str
    refuses: bool


StopSource = Callable[[Collection[UUID], Collection[Right]], Mapping[UUID, tuple[Stop, ...]]]
"""Answers, for family members of one case and someone with these rights on it, what stops, the hardest first: a fixed
number of queries, however many they are."""

_sources: list[StopSource] = []


def register_stops(source: StopSource) -> None:
    """Tell what else stops. The last one to register answers alone."""
    _sources[:] = [source]


def other_stops(member_ids: Collection[UUID], rights: Collection[Right]) -> Mapping[UUID, tuple[Stop, ...]]:
    """What else stops with each of these family members, as far as someone with these rights may be told."""
    return _sources[0](member_ids, rights) if _sources and member_ids else {}
