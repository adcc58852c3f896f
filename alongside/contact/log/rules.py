"""What a contact is called, and what shows over several of them. Pure.

A pattern is what happened, in counts and words, and what to talk about; never a mark on anyone (R050, R052, R174).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = timedelta(weeks=4)
LONGEST = 20_000
"""Characters that one note may hold."""

_VERBS = {
    ("phone", "from_them"): "{name} rang",
    ("phone", "to_them"): "Rang {name}",
    ("face", "from_them"): "{name} came to see us",
    ("face", "to_them"): "Met {name}",
    ("text", "from_them"): "{name} sent a text",
    ("text", "to_them"): "Sent {name} a text",
    ("email", "from_them"): "{name} sent an email",
    ("email", "to_them"): "Sent {name} an email",
    ("letter", "from_them"): "{name} wrote",
    ("letter", "to_them"): "Wrote to {name}",
}


def title_of(*, channel: str, direction: str, name: str, purpose: str) -> str:
    """One line for the timeline: who, how, and about what."""
    other = "{name} was in touch" if direction == "from_them" else "Was in touch with {name}"
    return f"{_VERBS.get((channel, direction), other).format(name=name)}: {purpose[:1].lower()}{purpose[1:]}"


@dataclass(frozen=True)
class Happened:
    """One contact as a pattern needs it: on which day, with whom (the key of a family member; None: the person), who
    began it, whether anybody was reached, and whether it reminded of an appointment."""

    on: date
    member: str | None
    from_them: bool
    reached: bool
    reminder: bool


@dataclass(frozen=True)
class Agreed:
    """What the working agreement says of one family member: contacts in four weeks, if it says."""

    member: str
    called: str
    in_four_weeks: int | None


@dataclass(frozen=True)
class Pattern:
    """Something that shows over several contacts: what happened, and what to talk about."""

    what: str
    talk_about: str


def patterns_in(
    contacts: Iterable[Happened], *, called: Mapping[str, str], agreed: Sequence[Agreed], person: str, on: date
) -> list[Pattern]:
    """What shows in the last four weeks. Nothing is added up over people, and nobody is judged.

    `called` says what each family member is called, by key: two may be called the same. A call that nobody answered is
    an effort and no contact, on either side.
    """
    lately = [one for one in contacts if on - WEEKS <= one.on <= on]
    reached = [one for one in lately if one.reached]
    with_person = sum(1 for one in reached if one.member is None)
    found: list[Pattern] = []
    limits = {one.member: one.in_four_weeks for one in agreed}
    names = {one.member: one.called for one in agreed} | dict(called)
    for key in dict.fromkeys(one.member for one in lately if one.member):
        theirs = [one for one in lately if one.member == key]
        found += _with_one(names[key], theirs, limit=limits.get(key), with_person=with_person, person=person)
    in_touch = {one.member for one in reached}
    for key, limit in limits.items():
        if limit and key not in in_touch:
            found.append(
                Pattern(
                    f"Nobody was in touch with {names[key]} in four weeks. The agreement says {_times(limit)}.",
                    "Does the agreement still fit? What got in the way?",
                )
            )
    reminders = sum(1 for one in lately if one.reminder)
    if reminders >= 6:
        found.append(
            Pattern(
                f"{reminders} reminders went out in four weeks.",
                f"Ask {person} whether reminders help or feel like nagging. Quiet days can be set.",
            )
        )
    return found


def _with_one(name: str, theirs: list[Happened], *, limit: int | None, with_person: int, person: str) -> list[Pattern]:
    found = []
    began, spoke = sum(1 for one in theirs if one.from_them), sum(1 for one in theirs if one.reached)
    if limit is not None and spoke > limit:
        found.append(
            Pattern(
                f"{_begun(_times(spoke))} with {name} in four weeks. The agreement says {_times(limit)}.",
                "Is more needed, or is something else going on? Agree again on how often.",
            )
        )
    elif limit is None and began >= 8:
        found.append(
            Pattern(
                f"{name} was in touch {began} times in four weeks, and nothing is agreed on how often.",
                "What do they need that these contacts do not give? A working agreement can say when and how.",
            )
        )
    if spoke >= 4 and spoke > 2 * with_person:
        found.append(
            Pattern(
                f"{_begun(_times(spoke))} with {name}, {_times(with_person)} with {person} in four weeks.",
                f"Make time to hear {person} alone.",
            )
        )
    return found


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _times(count: int) -> str:
    return "one contact" if count == 1 else f"{count or 'no'} contacts"


@dataclass(frozen=True)
class Period:
    """How long a review period may be, and how long it is where nothing is agreed."""

    shortest: timedelta
    usual: timedelta
    longest: timedelta


USUAL_PERIOD = Period(timedelta(weeks=4), timedelta(weeks=13), timedelta(weeks=26))
GOOD_NEWS_NOTICE = timedelta(weeks=2)
"""How long before a review period ends there is a prompt for good news (R168)."""


def review_period(live_since: date | None, review_on: date | None) -> timedelta:
    """How long a review period is with one family member, by their working agreement; a quarter where none says."""
    if live_since is None or review_on is None:
        return USUAL_PERIOD.usual
    return min(max(review_on - live_since, USUAL_PERIOD.shortest), USUAL_PERIOD.longest)


def good_news_due(last: date, *, period: timedelta) -> date:
    """By which day there should be good news again: after the last, the permission, or the last prompt."""
    return last + period


EFFORT_WEEKS = timedelta(weeks=13)
"""How far back what a relative does unpaid is shown."""

ASKED_AGAIN = timedelta(weeks=13)
"""How long it is before somebody is asked once more whether it is too much."""

MUCH_TIMES, MUCH_HOURS, MUCH_POUNDS, UNTHANKED = 6, 16, 60, 3
"""In four weeks: so often, so many hours or so much of their own money is worth a question. Thanks are due after three.

Our own figures, for practice leads to move: nobody is measured by them, and the answer is theirs.
"""


@dataclass(frozen=True)
class Effort:
    """What one contact tells that a family member did unpaid, in words, and whether they were thanked in it (R142)."""

    on: date
    kinds: tuple[str, ...] = ()
    hours: int = 0
    pounds: int = 0
    thanked: bool = False


@dataclass(frozen=True)
class EffortTold:
    """What a family member did unpaid over some weeks: each kind with how often, hours, money, and the last thanks."""

    kinds: tuple[tuple[str, int], ...]
    hours: int
    pounds: int
    thanked_on: date | None
    much: bool
    unthanked: bool


def told_of_effort(done: Sequence[Effort], *, on: date) -> EffortTold | None:
    """What there is to tell of one family member; None where they did nothing that was written down."""
    counts = Counter(kind for one in done for kind in one.kinds)
    if not counts:
        return None
    return EffortTold(
        kinds=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        hours=sum(one.hours for one in done),
        pounds=sum(one.pounds for one in done),
        thanked_on=max((one.on for one in done if one.thanked), default=None),
        much=asks_much(done, on=on),
        unthanked=owed_thanks(done),
    )


def asks_much(done: Iterable[Effort], *, on: date) -> bool:
    """Whether what they did in four weeks is worth asking about: often, long, or at a cost."""
    lately = [one for one in done if on - WEEKS < one.on <= on and one.kinds]
    return (
        len(lately) >= MUCH_TIMES
        or sum(one.hours for one in lately) >= MUCH_HOURS
        or sum(one.pounds for one in lately) >= MUCH_POUNDS
    )


def owed_thanks(done: Iterable[Effort]) -> bool:
    """Whether they did something three times or more since they were last thanked; that day is covered."""
    rows = list(done)
    last = max((one.on for one in rows if one.thanked), default=date.min)
    return sum(1 for one in rows if one.kinds and one.on > last) >= UNTHANKED


def words_on_language(language: str, *, is_signed: bool = False, is_welsh: bool = False, interpreter: bool) -> str:
    """What whoever rings or is rung by a family member has to know of their language first; "" for plain English.

    Nobody of the family interprets: they would learn what is said, and it is not sure that they say it.
    """
    uses = "use" if is_signed else "prefer" if is_welsh else "speak"
    if interpreter:
        who = f"They {uses} {language} and need an interpreter." if language else "They need an interpreter."
        return f"{who} Get one before you go on. Ask nobody of the family to interpret."
    if is_welsh:
        return f"They prefer {language}. Offer to go on in {language}, or to have somebody ring back who speaks it."
    return f"They {uses} {language}. Ask whether they want an interpreter." if language else ""
