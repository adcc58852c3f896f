"""Which answers fit a question, what may not be typed into a log, and which counts may be shown. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from alongside.foundation.documents.shapes import Block, Heading, Paragraph, Points

ANSWER, DIRECTORY = "helpdesk.answer.", "helpdesk.directory."
FEW = 5
"""A count below this is not shown: it could point at someone. Every other is shown to the nearest five."""

FEWER = "fewer than 5"
TOO_FEW = "too few to show"

SLIP_KEPT = timedelta(days=14)
"""How long a slip stays at the most where nobody settles the question."""

_COMMON_WORDS = (
    "the and for are was what who how can may you your they them their his her about with that this from have has does "
    "did will would should could when where which why not get got out she him our ours any all but had been yn ar yr "
    "am beth sut pam pwy ble mae ydy gan eich"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_ENDINGS = ("ing", "ed", "es", "s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Answer:
    """An approved answer: its text in one language, which version it is, and when it is looked at again."""

    key: str
    topic: str
    title: str
    text: str
    language: str
    number: int
    version_id: UUID
    review_on: date

    def is_stale(self, on: date) -> bool:
        """Whether its review day has passed: it stands until it is changed, and whoever reads it out is told."""
        return self.review_on < on


def words_of(text: str) -> list[str]:
    """The words that tell what a text is about, without those that every text has."""
    return [word for word in _WORD.findall(text.casefold()) if len(word) > 2 and word not in _COMMON]


def fitting(answers: Sequence[Answer], question: str) -> list[Answer]:
    """The answers that share words with a question, the one that shares most first; none for a question of no words.

    A word counts where one of the answer's begins like it, and three times where that is in the title. Each word of the
    question counts once, so that a long answer is not favoured.
    """
    wanted = list(dict.fromkeys(words_of(question)))
    scored = [(_score(answer, wanted), answer) for answer in answers]
    found = [pair for pair in scored if pair[0]]
    return [answer for _, answer in sorted(found, key=lambda pair: (-pair[0], pair[1].title))]


def _score(answer: Answer, wanted: Iterable[str]) -> int:
    title, body = words_of(answer.title), words_of(answer.text)
    return sum(3 if _begins(title, word) else 1 if _begins(body, word) else 0 for word in wanted)


def _begins(words: Iterable[str], wanted: str) -> bool:
    ending = next((end for end in _ENDINGS if wanted.endswith(end) and len(wanted) - len(end) >= 4), "")
    return any(word.startswith(wanted.removesuffix(ending)) for word in words)


_FORBIDDEN = (
    ("a case number", re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\d{6}(?![A-Za-z0-9])")),
    ("a prison number", re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\d{4}[A-Za-z]{2}(?![A-Za-z0-9])")),
    ("a National Insurance number", re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}(?: ?\d\d){3} ?[A-Da-d](?![A-Za-z0-9])")),
    ("a police number", re.compile(r"(?<!\d)(?:\d{2}|\d{4})/\d{4,7}[A-Za-z](?![A-Za-z0-9])")),
    ("an email address", re.compile(r"\S+@\S+\.\S+")),
    ("a date of birth", re.compile(r"(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}(?!\d)")),
    ("a telephone number", re.compile(r"(?<!\d)(?:\+|00)?\d(?:[\s().\-]{0,2}\d){8,14}(?!\d)")),
    ("a postcode", re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}(?![A-Za-z0-9])")),
)
_TITLED = re.compile(r"\b(?:mr|mrs|miss|ms|mx|dr)\b\.?\s+\w+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_](?:[\w\u2019'-]*\w)?")
_WORDS_WITH_CAPITALS = (
    "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Christmas Easter Ramadan Eid Wales Welsh England English Britain British "
    "Probation Service Court Crown Magistrates Police Home Office Citizens Advice Samaritans Shelter Cymru Universal "
    "Credit Help Desk Relate Mind Prison Council GOV"
)
_NOT_NAMES = frozenset(_WORDS_WITH_CAPITALS.split())


def identifying(text: str) -> str:
    """What in a text could say who somebody is, such as "a telephone number"; empty where nothing is found.

    It knows shapes, not people: nothing is looked up.
    """
    return next((called for called, shape in _FORBIDDEN if shape.search(text)), "")


def may_name(text: str) -> str:
    """Words in a text that look like somebody's name; empty where none do. Whoever typed it says whether they are.

    A word with a capital within a sentence may be one, and so may what follows Mr or Mrs; letters that are all capitals
    are taken for an abbreviation, and the first word of a sentence only where another such word follows it.
    """
    if titled := _TITLED.search(text):
        return titled.group()
    begins = True
    held = ""
    end = 0
    for token in _TOKEN.finditer(text):
        begins = begins or bool(re.search(r"[.!?:;\n]", text[end : token.start()]))
        word, end = token.group(), token.end()
        bare = re.sub(r"[\u2019']s$", "", word)
        looks = word[0].isupper() and not (word.isupper() and len(word) > 1) and bare not in _NOT_NAMES
        if looks and not begins:
            return f"{held} {word}".strip()
        held = word if looks else ""
        begins = False
    return ""


_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^\s()]{1,300})\)")


def plain_of(text: str) -> str:
    """A text without its markup, as it is read out or put into a text message: a link stands as words and address."""
    lines = (re.sub(r"^(?:#{1,3}|>) ", "", line).rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    return _LINK.sub(_unlinked, "\n".join(lines))


def _unlinked(match: re.Match[str]) -> str:
    words, address = match.groups()
    if address.startswith(("tel:", "mailto:")):
        return words
    return f"{words} ({address})"


def blocks_of(text: str) -> tuple[Block, ...]:
    """A text below its title as the blocks of a printed page."""
    blocks: list[Block] = []
    for line in text.replace("\r\n", "\n").strip().split("\n"):
        words = plain_of(line).strip()
        if not words or line.startswith("# "):
            continue
        if line.startswith(("## ", "### ")):
            blocks.append(Heading(words))
        elif line.startswith("- "):
            point, last = words.removeprefix("- "), blocks[-1] if blocks else None
            if isinstance(last, Points):
                blocks[-1] = Points((*last.items, point))
            else:
                blocks.append(Points((point,)))
        else:
            blocks.append(Paragraph(words))
    return tuple(blocks)


@dataclass(frozen=True)
class Question:
    """A question as counts need it: when it was asked, about what, by what kind of person, and what came of it."""

    on: date
    topic: str
    asker: str
    minutes: int
    handed_on: bool = False
    remit: str = ""


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown, in words."""

    label: str
    words: str


@dataclass(frozen=True)
class Month:
    """One month of the desk in counts that may be shown."""

    label: str
    asked: str
    handed_on: str
    sent_on: str
    minutes: str


@dataclass(frozen=True)
class Counted:
    """What the desk did in some months: topics, ways out, months, and how soon an officer answered."""

    total: str
    topics: list[Shown]
    remits: list[Shown]
    askers: list[Shown]
    months: list[Month]
    settled: str


def count_up(questions: Sequence[Question], *, months: Sequence[date], settled: Sequence[float]) -> Counted | None:
    """The counts of some months, each given by its first day; None where too little was asked to show anything.

    `settled` are the working days that answers took. No number in it is exact, and no sum says more than its parts.
    """
    of_months = Counter(question.on.replace(day=1) for question in questions)
    counted = Counted(
        total=words_of_count(sum(rounded(of_months[start]) for start in months)),
        topics=shown(Counter(question.topic for question in questions)),
        remits=shown(Counter(question.remit for question in questions if question.remit)),
        askers=shown(Counter(question.asker for question in questions)),
        months=[_month(start, [one for one in questions if one.on.replace(day=1) == start]) for start in months],
        settled=middle(settled, unit="working day"),
    )
    tells = counted.topics or counted.remits or counted.askers or (counted.total, counted.settled) != (FEWER, TOO_FEW)
    return counted if tells else None


def _month(start: date, questions: Sequence[Question]) -> Month:
    return Month(
        label=f"{start:%B %Y}",
        asked=words_of_count(len(questions)),
        handed_on=words_of_count(sum(question.handed_on for question in questions)),
        sent_on=words_of_count(sum(bool(question.remit) for question in questions)),
        minutes=middle([float(question.minutes) for question in questions], unit="minute"),
    )


def rounded(count: int) -> int:
    """A count to the nearest five; none where it is one of few."""
    return (count + 2) // 5 * 5 if count >= FEW else 0


def words_of_count(count: int) -> str:
    """A count as it is shown. None at all and a few read the same."""
    return str(rounded(count)) if count >= FEW else FEWER


def shown(counts: Mapping[str, int]) -> list[Shown]:
    """The counts of one table that are not small, the greatest first; order says no more than the rounded counts do.

    What is small is left out, as if nobody had asked: a page that names it would say that somebody had.
    """
    kept = [(-rounded(count), label) for label, count in counts.items() if count >= FEW]
    return [Shown(label, str(-count)) for count, label in sorted(kept)]


def middle(values: Sequence[float], *, unit: str) -> str:
    """The middle of some times in words; too few say nothing, and no more than none at all."""
    if len(values) < FEW:
        return TOO_FEW
    found = median(values)
    number = f"{found:.0f}" if found >= 1 or found == 0 else f"{found:.1f}"
    return f"{number} {unit if number == '1' else f'{unit}s'}"
