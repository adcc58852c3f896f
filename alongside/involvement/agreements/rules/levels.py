"""What level of involvement an agreement needs, so that it promises no more than was judged (R039, R361)."""

from dataclasses import dataclass

from alongside.involvement.agreements.rules.terms import Channel, Participation, Terms, Who

INFORMATION, PRACTICAL, SHARING, SESSIONS, JOINT = 2, 3, 4, 5, 6
LEVEL_WORDS = {
    0: "no involvement",
    1: "mapped only",
    2: "information only",
    3: "practical help",
    4: "two-way agreed sharing",
    5: "joining part of sessions",
    6: "joint actions",
}
_PARTICIPATION = {
    Participation.NOT_AT_ALL: 0,
    Participation.RECEPTION: PRACTICAL,
    Participation.END: SESSIONS,
    Participation.PART: SESSIONS,
    Participation.WHOLE: SESSIONS,
}


@dataclass(frozen=True)
class Need:
    """One thing in an agreement and the level that it needs."""

    what: str
    level: int


def what_it_needs(terms: Terms) -> tuple[Need, ...]:
    """Everything that needs a level, the highest first."""
    needs = []
    if terms.participation is not Participation.NOT_AT_ALL:
        needs.append(Need("Taking part in sessions", _PARTICIPATION[terms.participation]))
    if terms.rhythm.invites:
        needs.append(Need("Being invited to sessions", SHARING))
    for one in terms.channels:
        level = INFORMATION if one.channel in (Channel.LETTER, Channel.EMAIL) else PRACTICAL
        needs.append(Need({Channel.FACE: "Meeting", Channel.PHONE: "Calls"}.get(one.channel, "Messages"), level))
    for duty in terms.responsibilities:
        if duty.who is Who.TOGETHER:
            needs.append(Need("Something done together", JOINT))
        elif duty.who is Who.FAMILY_MEMBER:
            needs.append(Need("Something that the family member does", PRACTICAL))
    return tuple(sorted(needs, key=lambda need: -need.level))


def level_needed(terms: Terms) -> int:
    """The level without which the terms promise too much."""
    needs = what_it_needs(terms)
    return needs[0].level if needs else 0


def over_the_level(terms: Terms, level: int) -> tuple[Need, ...]:
    """What the terms promise beyond a level; nothing where they keep to it."""
    return tuple(need for need in what_it_needs(terms) if need.level > level)
