"""The card that a person may take home: only what they chose, line by line, and never a no or anything private."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.queries import Wording, content, wording_for_sending
from alongside.foundation.documents.rendering import long_date, render_pdf
from alongside.foundation.documents.shapes import Certificate, Language, Points
from alongside.people.persons.models import Person
from alongside.safety.permissions.rules import Direction, PermissionFacts, Permitted
from alongside.safety.permissions.words import last_day, topic_words

CHANGE, CALL = "change", "call"
KEY = "permissions.card"
KEYS = {Direction.TO_THEM: "to_them", Direction.FROM_THEM: "from_them", Direction.BOTH: "both"}


@dataclass(frozen=True)
class Named:
    """Someone whom a line may be about: what the person calls them, and what stands."""

    id: UUID
    called: str
    facts: PermissionFacts


@dataclass(frozen=True)
class Office:
    """Whom the person may ring; without a telephone number no line offers it."""

    officer: str
    telephone: str


@dataclass(frozen=True)
class Line:
    """A line that the person may choose: its key in the form, and its words."""

    key: str
    words: str


class NothingChosenError(ValueError):
    """A card without a line."""


def card_lines(members: Collection[Named], office: Office, *, language: Language, final: bool = False) -> list[Line]:
    """Every line that may be chosen. What is refused, private, paused, waiting or for today alone is never offered.

    `final` takes approved wording only, and raises NotApprovedError where there is none.
    """
    lines = [
        Line(str(permitted.id), _permitted(member, permitted, language, final))
        for member in members
        if not (member.facts.refused or member.facts.suspended or member.facts.closed)
        for permitted in (*member.facts.live, *member.facts.contingent)
        if not permitted.today_only
    ]
    lines.append(Line(CHANGE, _wording(f"{KEY}.change", language, final).filled()))
    if office.telephone:
        call = _wording(f"{KEY}.call", language, final)
        lines.append(Line(CALL, call.filled(officer=office.officer, telephone=office.telephone)))
    return lines


@action
def make_card(
    *,
    by: User | None,
    person: Person,
    members: Collection[Named],
    office: Office,
    chosen: Collection[str],
    language: Language,
    day: date,
) -> bytes:
    """The card as PDF/UA, for the person to hold. Raises NotApprovedError, NothingChosenError, UnprintableTextError."""
    lines = [line for line in card_lines(members, office, language=language, final=True) if line.key in chosen]
    if not lines:
        raise NothingChosenError("Choose at least one line with them.")
    card = Certificate(
        title=_wording(KEY, language, final=True).filled(),
        author="Alongside",
        language=language,
        statement=_wording(f"{KEY}.intro", language, final=True).filled(),
        facts=(),
        body=(Points(tuple(line.words for line in lines)),),
        day=long_date(day, language),
        signed_by=(person.called,),
    )
    pdf = render_pdf(card)
    record_change(
        by=by,
        kind=EventKind.DISCLOSURE,
        name="permissions.card.made",
        subject=person,
        case_id=person.pk,
        after={"lines": sorted(line.key for line in lines), "language": language},
    )
    return pdf


def _permitted(member: Named, permitted: Permitted, language: Language, final: bool) -> str:
    day = long_date(last_day(permitted.until), language) if permitted.until else ""
    if permitted.contingent_on:
        words = permitted.contingent_on.words.strip()
        words = words if words.endswith((".", "!", "?")) else f"{words}."
        missed = _wording(f"{KEY}.missed", language, final)
        return missed.filled(name=member.called, days=permitted.contingent_on.missed_days, words=words, day=day)
    topics = ", ".join(word[:1].lower() + word[1:] for word in topic_words(permitted.topics, language))
    line = _wording(f"{KEY}.{KEYS[permitted.direction]}", language, final)
    return line.filled(name=member.called, topics=topics, day=day)


def _wording(key: str, language: Language, final: bool) -> Wording:
    return wording_for_sending(key, language) if final else content(key, language)
