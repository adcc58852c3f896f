"""What is still missing before terms can be put to everyone: each gap is a sentence and the part where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from alongside.involvement.agreements.rules.terms import Participation, Terms, departures


@dataclass(frozen=True)
class Gap:
    """Something missing or contradictory, and the part of the agreement where it is mended."""

    part: str
    words: str


def gaps(terms: Terms, *, on: date) -> tuple[Gap, ...]:
    """Everything that keeps the terms from being put to everyone; nothing where they may be."""
    return (*_of_contact(terms), *_of_sessions(terms), *_of_ends(terms, on))


def _of_contact(terms: Terms) -> Iterator[Gap]:
    if not terms.channels and terms.participation is Participation.NOT_AT_ALL:
        yield Gap("contact", "Say how you keep in touch: choose at least one way.")
    if departures(terms) and not terms.discretion:
        yield Gap("contact", "Say why you go beyond what everyone is offered.")


def _of_sessions(terms: Terms) -> Iterator[Gap]:
    if unasked(terms):
        yield Gap("sessions", "Ask them both how far they would like it to go, and note what each says.")
    if _beyond_wishes(terms):
        yield Gap("sessions", "Nobody joins more of a session than they wish: lower what is agreed.")
    joins = terms.participation.rank >= Participation.END.rank
    if terms.rhythm.invites and not joins:
        yield Gap("sessions", "You invite them to sessions that they do not join: change one of the two.")
    if joins and not terms.rhythm.invites:
        yield Gap("sessions", "Say which sessions they are invited to.")


def _of_ends(terms: Terms, on: date) -> Iterator[Gap]:
    if not terms.boundaries:
        yield Gap("boundaries", "Choose at least one boundary, so that everyone knows what you are not.")
    if terms.review_on is None or terms.review_on <= on:
        yield Gap("boundaries", "Choose a day to look at it again.")
    if terms.ends_on is not None and terms.ends_on <= on:
        yield Gap("boundaries", "It ends before it begins: choose a later last day.")
    if terms.review_on and terms.ends_on and terms.review_on > terms.ends_on:
        yield Gap("boundaries", "Look at it again before its last day.")


def _beyond_wishes(terms: Terms) -> bool:
    wishes = [wish for wish in (terms.person_wishes, terms.member_wishes) if wish is not None]
    return any(terms.participation.rank > wish.rank for wish in wishes)


def unasked(terms: Terms) -> bool:
    """Whether someone joins sessions whose wishes, or whose relative's, nobody has asked."""
    return terms.participation is not Participation.NOT_AT_ALL and None in (terms.person_wishes, terms.member_wishes)
