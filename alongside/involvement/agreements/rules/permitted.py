"""What is agreed and the person does not permit: an agreement is no permission (invariant 2)."""

from collections.abc import Collection

from alongside.involvement.agreements.rules.terms import CHANNEL_WORDS, Participation, Terms


def beyond_permission(terms: Terms, *, ways: Collection[str], may_join: bool) -> tuple[str, ...]:
    """Each thing in the terms that no live permission carries, in words.

    `ways` are the channels by which the person permits anything; `may_join` says whether they permit talk of their
    plan, face to face, which joining a session takes.
    """
    found = [CHANNEL_WORDS[one.channel] for one in terms.channels if one.channel.value not in ways]
    if terms.participation.rank >= Participation.END.rank and not may_join:
        found.append("Joining sessions, where they hear what is in the plan")
    return tuple(found)
