"""What stands, in words for staff: cards, to-dos, timelines and pages say the same."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.reference.queries import UnknownCodeError, coded, coded_list
from alongside.safety.permissions.rules import Direction, PermissionFacts, Permitted, Willing

DIRECTION_WORDS = {
    Direction.TO_THEM: "We may tell them",
    Direction.FROM_THEM: "They may tell us",
    Direction.BOTH: "Both may talk about",
}


def topic_words(codes: Iterable[str], language: str | None = None) -> list[str]:
    """The short names of topics, in the order of their list."""
    chosen = set(codes)
    key = "byr" if language == "cy" else "short"
    return [
        str(value.attributes.get(key) or value.label(language))
        for value in coded_list("permission_topic", include_off=True)
        if value.code in chosen
    ]


def channel_words(codes: Iterable[str], language: str | None = None) -> list[str]:
    """The names of ways of being in touch, in the order of their list."""
    chosen = set(codes)
    return [value.label(language) for value in coded_list("contact_channel", include_off=True) if value.code in chosen]


def topic_label(code: str) -> str:
    """What a topic is called in full; the code itself where the list has lost it."""
    try:
        return coded(f"permission_topic.{code}").label()
    except UnknownCodeError:
        return code


def joined(words: Iterable[str]) -> str:
    """Words in one line, in lower case after the first."""
    found = list(words)
    return ", ".join([found[0], *(word[:1].lower() + word[1:] for word in found[1:])]) if found else ""


def last_day(until: datetime) -> date:
    """The last day on which something that ends at `until` still holds."""
    return (until.astimezone(LONDON) - timedelta(microseconds=1)).date()


def day_words(day: date) -> str:
    """A day as people say it."""
    return f"{day.day} {day:%B %Y}"


def until_words(permitted: Permitted) -> str:
    """How long something holds."""
    if permitted.until is None:
        return ""
    if permitted.today_only:
        return f"only on {day_words(last_day(permitted.until))}"
    return f"until {day_words(last_day(permitted.until))}"


def permitted_words(permitted: Permitted) -> str:
    """One permission in one line."""
    topics = joined(topic_words(permitted.topics)).lower()
    line = f"{DIRECTION_WORDS[permitted.direction]}: {topics}, {until_words(permitted)}"
    if permitted.contingent_on:
        line = f"If contact is missed for {permitted.contingent_on.missed_days} days. {line}"
    return line


def headline(facts: PermissionFacts, *, called: str) -> str:
    """What stands with one family member, in one line."""
    if facts.closed:
        return "Nothing can be permitted"
    if facts.refused:
        return f"Not to be talked to: {called} has asked us not to"
    if facts.suspended:
        return f"Paused until {called} says alone that it may go on"
    if facts.live:
        topics = {topic for permitted in facts.live for topic in permitted.topics}
        return f"{called} permits {_count(len(topics), 'topic')}"
    if facts.pending_alone:
        return f"Nothing yet: ask {called} alone"
    if facts.contingent:
        return "Only if contact is missed"
    if facts.withdrawn:
        return f"Nothing: {called} has withdrawn it"
    if facts.expired:
        return "Nothing: it has run out"
    return f"Nothing: {called} has not been asked"


def lines(facts: PermissionFacts) -> tuple[str, ...]:
    """More of what stands with one family member, a short line each."""
    found = [permitted_words(one) for one in (*facts.live, *facts.contingent)]
    if facts.live and facts.pending_alone:
        found.append("More was said in company: ask alone")
    if facts.private_topics and not facts.closed:
        found.append(f"{_count(len(facts.private_topics), 'topic')} not to be spoken of in front of them")
    if facts.member_agrees in (Willing.DECLINED, Willing.WITHDRAWN):
        found.append("They do not want to be involved")
    elif facts.live and facts.member_agrees is Willing.NOT_ASKED:
        found.append("They have not been asked whether they want to")
    return tuple(found)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"
