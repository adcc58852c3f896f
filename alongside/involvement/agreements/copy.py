"""The copy of an agreement that everyone keeps, in English or Welsh: governed words round what was agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.foundation.content.queries import content
from alongside.foundation.documents.rendering import long_date
from alongside.foundation.documents.shapes import (
    Block,
    Column,
    Facts,
    Heading,
    Language,
    Letter,
    Paragraph,
    Points,
    Table,
)
from alongside.involvement.agreements.models import How
from alongside.involvement.agreements.rules import READY_LINES, Party, Rhythm, Said, Terms, Who
from alongside.involvement.agreements.rules.states import last_words
from alongside.involvement.agreements.rules.terms import Participation

BOUNDARIES = (
    "not_friend",
    "not_counsellor",
    "not_go_between",
    "person_decides",
    "always_tell_us",
    "support_only",
    "respect",
    "appointments",
    "work_numbers",
    "decisions",
)
"""The library of boundaries, in the order in which people read them; the words are governed wording (R148)."""


@dataclass(frozen=True)
class Names:
    """How the three are named on paper, and whose service it is."""

    person: str
    member: str
    officer: str
    service: str
    telephone: str


@dataclass(frozen=True)
class ReadyLine:
    """Governed words that a line of the table may begin with, under a title for staff."""

    key: str
    title: str
    words: str


def ready_lines(language: str = "en") -> tuple[ReadyLine, ...]:
    """What families do most, in the language of whoever reads the agreement."""
    found = ((key, content(f"agreements.line.{key}", language)) for key in READY_LINES)
    return tuple(ReadyLine(key, wording.title, wording.filled()) for key, wording in found)


def boundary_words(key: str, language: str = "en") -> str:
    """One boundary in plain words."""
    return content(f"agreements.boundary.{key}", language).filled()


class _Words:
    """The governed words of one copy in one language, and whether any of them is still a draft."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.draft = False

    def __call__(self, key: str, **values: object) -> str:
        wording = content(f"agreements.{key}", self.language)
        self.draft = self.draft or wording.is_draft
        return wording.filled(**values)

    def day(self, day: date) -> str:
        """A day as letters give it."""
        return long_date(day, self.language)


def copy_of(*, terms: Terms, said: Iterable[Said], number: int, names: Names, language: Language, day: date) -> Letter:
    """A version as a document: what was agreed, and who agreed when and how, or a line to sign on.

    On privacy it says one general sentence, never a list: a list of what is private would give it away.
    """
    words = _Words(language)
    trio = {"person": names.person, "member": names.member, "officer": names.officer}
    body: list[Block] = [
        Paragraph(words("sheet.intro", **trio)),
        Paragraph(words("sheet.role", **trio)),
        *_contact(terms, words),
        *_sessions(terms, names, words),
        *_duties(terms, names, words),
        *_boundaries(terms, words),
        Paragraph(words("sheet.privacy", person=names.person)),
        *_ends(terms, names, words),
        *_agreed(said, names, words),
    ]
    return Letter(
        title=words("sheet.title"),
        author=names.service,
        language=language,
        draft=words.draft,
        sender=tuple(filter(None, (names.service, names.telephone))),
        recipient=(names.person, names.member),
        day=words.day(day),
        reference=words("sheet.version", number=number),
        greeting=words("sheet.greeting", person=names.person, member=names.member),
        body=tuple(body),
        closing=words("sheet.closing"),
        signed_by=(names.officer, words("sheet.practitioner")),
    )


def _contact(terms: Terms, words: _Words) -> list[Block]:
    rows = [
        (words(f"channel.{one.channel.value}"), words(f"often.{one.per.value}", times=one.times))
        for one in terms.channels
    ]
    if terms.meeting_place:
        rows.append((words("sheet.place"), terms.meeting_place))
    if terms.meeting_minutes:
        rows.append((words("sheet.minutes"), words("sheet.minutes_value", minutes=terms.meeting_minutes)))
    blocks: list[Block] = [Heading(words("sheet.contact"))]
    if rows:
        blocks.append(Facts(tuple(rows)))
    blocks.append(Paragraph(words("sheet.answer_within", days=terms.answer_within)))
    if terms.not_then:
        blocks.append(Paragraph(words("sheet.not_then", times=terms.not_then)))
    return blocks


def _sessions(terms: Terms, names: Names, words: _Words) -> list[Block]:
    values = {"member": names.member}
    if terms.participation in (Participation.PART, Participation.WHOLE):
        values["person"] = names.person
    blocks: list[Block] = [
        Heading(words("sheet.sessions")),
        Paragraph(words(f"taking_part.{terms.participation.value}", **values)),
    ]
    if which := _which(terms.rhythm, words):
        blocks.append(Paragraph(words("sheet.invited", member=names.member, which=which)))
    blocks.append(Paragraph(words("sheet.may_stay_out")))
    return blocks


def _which(rhythm: Rhythm, words: _Words) -> str:
    parts = []
    if rhythm.first:
        parts.append(words("sheet.rhythm_first"))
    if rhythm.from_every and rhythm.to_every > rhythm.from_every:
        parts.append(words("sheet.rhythm_between", times=rhythm.from_every, more=rhythm.to_every))
    elif rhythm.from_every:
        parts.append(words("sheet.rhythm_every", times=rhythm.from_every))
    if rhythm.last:
        parts.append(words("sheet.rhythm_last"))
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {words('sheet.and')} {parts[-1]}"


def _duties(terms: Terms, names: Names, words: _Words) -> list[Block]:
    if not terms.responsibilities:
        return []
    who = {
        Who.PERSON: names.person,
        Who.FAMILY_MEMBER: names.member,
        Who.PRACTITIONER: names.officer,
        Who.TOGETHER: words("sheet.who_together"),
    }
    columns = (
        Column(words("sheet.who")),
        Column(words("sheet.what"), 2),
        Column(words("sheet.when"), 1.2),
        Column(words("sheet.where"), 1.2),
    )
    rows = tuple((who[one.who], one.what, one.when, one.where) for one in terms.responsibilities)
    return [Table(words("sheet.duties"), columns, rows)]


def _boundaries(terms: Terms, words: _Words) -> list[Block]:
    points = [words(f"boundary.{key}") for key in terms.boundaries if key in BOUNDARIES]
    if terms.own_boundary:
        points.append(terms.own_boundary)
    return [Heading(words("sheet.boundaries")), Points(tuple(points))] if points else []


def _ends(terms: Terms, names: Names, words: _Words) -> list[Block]:
    blocks: list[Block] = [
        Heading(words("sheet.ends")),
        Paragraph(words("sheet.ends_any_day", person=names.person)),
    ]
    if terms.review_on:
        blocks.append(Paragraph(words("sheet.review_on", day=words.day(terms.review_on))))
    if terms.ends_on:
        blocks.append(Paragraph(words("sheet.ends_on", day=words.day(terms.ends_on))))
    return blocks


def _agreed(said: Iterable[Said], names: Names, words: _Words) -> list[Block]:
    answers = last_words(said)
    who = {Party.PERSON: names.person, Party.FAMILY_MEMBER: names.member, Party.PRACTITIONER: names.officer}
    rows = []
    for party, name in who.items():
        answer = answers.get(party)
        if answer is None or not answer.agrees:
            rows.append((name, words("sheet.not_yet")))
            continue
        how = words(f"sheet.how_{How(answer.how).value}")
        rows.append((name, words("sheet.agreed_how", how=how, day=words.day(answer.on))))
    columns = (Column(words("sheet.who")), Column(words("sheet.answer"), 2))
    return [Table(words("sheet.agreed"), columns, tuple(rows))]
