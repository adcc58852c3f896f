"""What stands, in words for staff: cards, to-dos, timelines and pages say the same."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.reference.queries import UnknownCodeError, coded, coded_list
from alongside.safety.permissions.models import Permission, SafeContactProfile
from alongside.safety.permissions.rules import (
    Direction,
    Given,
    History,
    PermissionFacts,
    Permitted,
    Standing,
    Stopped,
    Willing,
    standing_of,
)

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
        return f"Never: {called} has asked us not to talk to them"
    if facts.suspended:
        return f"Paused until {called} says alone that it may go on"
    if facts.live:
        topics = {topic for permitted in facts.live for topic in permitted.topics}
        unwilling = facts.member_agrees in (Willing.DECLINED, Willing.WITHDRAWN)
        permits = f"{called} permits {_count(len(topics), 'topic')}"
        return f"{permits}, but they do not want to be involved" if unwilling else permits
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
    if facts.member_agrees in (Willing.DECLINED, Willing.WITHDRAWN) and not facts.live:
        found.append("They do not want to be involved")
    elif facts.live and facts.member_agrees is Willing.NOT_ASKED:
        found.append("They have not been asked whether they want to")
    return tuple(found)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"


def cell(history: History, topic: str, at: datetime) -> str:
    """What may be said about one topic with one family member, in two or three words."""
    if topic in history.private and not history.refused:
        return "Kept from them"
    found: dict[Standing, list[Given]] = {}
    for given in history.given:
        if topic in given.topics:
            found.setdefault(standing_of(given, history, at), []).append(given)
    if live := found.get(Standing.LIVE):
        return _live_cell(live)
    for standing, words in CELL_WORDS.items():
        if standing in found:
            return words
    return "No"


def _live_cell(live: list[Given]) -> str:
    free = [given for given in live if given.contingency is None]
    if not free:
        return "Agreed words only"
    directions = {given.direction for given in free}
    words = CELL_DIRECTIONS[directions.pop() if len(directions) == 1 else Direction.BOTH]
    return f"{words}, today" if all(given.today_only for given in free) else words


CELL_DIRECTIONS = {
    Direction.TO_THEM: "We may tell",
    Direction.FROM_THEM: "They may tell us",
    Direction.BOTH: "Both ways",
}
CELL_WORDS = {
    Standing.TO_CONFIRM: "Ask alone first",
    Standing.PAUSED: "Paused",
    Standing.WAITING: "If contact is missed",
    Standing.NOT_YET: "Not yet",
}


def stopped_words(stopped: Stopped, *, name: str, called: str) -> str:
    """What stops from this moment, said plainly, for the officer to tell the person."""
    if not stopped.anything:
        return f"Nothing about {name} was permitted, so nothing changes. {_messages_words(stopped)}".strip()
    if stopped.topics:
        topics = ", ".join(word.lower() for word in topic_words(stopped.topics))
        first = f"From now on nobody may talk with {name} about: {topics}."
    else:
        first = f"Nothing that {called} said about {name} holds any more."
    heard = "What they know already cannot be taken back. If they ring, listen, and say nothing."
    return " ".join(filter(None, (first, _messages_words(stopped), heard)))


def _messages_words(stopped: Stopped) -> str:
    found = []
    if stopped.messages_stopped:
        found.append(f"{_count(stopped.messages_stopped, 'message')} that waited to go will not go.")
    if stopped.messages_under_way:
        found.append(f"{_count(stopped.messages_under_way, 'message')} had been handed over before.")
    return " ".join(found)


STANDING_WORDS = {
    Standing.LIVE: "Holds now",
    Standing.WAITING: "Waits for missed contact",
    Standing.NOT_YET: "Begins later",
    Standing.TO_CONFIRM: "To confirm alone",
    Standing.PAUSED: "Paused",
    Standing.EXPIRED: "Has run out",
    Standing.WITHDRAWN: "Taken back",
    Standing.CLOSED: "Ended",
}
DAY_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def times_words(profile: SafeContactProfile) -> str:
    """When it is safe to reach someone."""
    days = ", ".join(DAY_NAMES[day] for day in profile.days or () if 0 <= day < len(DAY_NAMES)) or "Any day"
    if profile.from_time is None or profile.until_time is None:
        return days
    return f"{days}, {profile.from_time:%H:%M} to {profile.until_time:%H:%M}"


def until_of(permission: Permission) -> str:
    """How long a permission holds, as a sentence without its stop."""
    return f"Until {day_words(last_day(permission.until))}"
