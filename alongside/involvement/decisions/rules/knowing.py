"""Whether we know to whom we speak, and whether what is asked goes out to them now. Pure.

A voice, a claim, a number on a screen, a number that is not safe: none of them shows who somebody is.
"""

from alongside.involvement.decisions.rules.facts import Act, Facts, Identity, Question, Way

CALLED_BACK = Identity.CALLED_BACK
CODE_WORD = Identity.CODE_WORD
KNOWN = Identity.KNOWN
ON_RECORD = Identity.ON_RECORD
UNVERIFIED = Identity.UNVERIFIED
ACT_WRITE = Act.WRITE
FACE = Way.FACE
TEXT = Way.TEXT

SPEAKING = frozenset({Act.SHARE, Act.ASK, Act.INVITE})
"""Acts in which something is said to somebody, whoever began it."""

ARRIVING = frozenset({Act.CALL, Act.TEXT, Act.VISIT})
"""Acts that reach somebody the moment they are done."""

SPOKEN = frozenset({Way.FACE, Way.PHONE})
HEARD = frozenset({Way.PHONE, Way.TEXT})


def number_to_ring(facts: Facts) -> bool:
    """Whether a telephone number is on record of which nobody has said that it is not safe."""
    return "phone" in facts.safe_ways or "phone" in facts.unasked_ways


def by_voice_alone(question: Question) -> bool:
    """Whether somebody is taken for themselves by what a telephone or a screen shows of them."""
    if question.identity == KNOWN:
        return question.way != FACE
    return question.identity == ON_RECORD and question.way in SPOKEN


def proves_nothing(question: Question, facts: Facts) -> bool:
    """Whether how they are said to be known shows nobody to be who they say."""
    how = question.identity
    if how == CODE_WORD:
        return not facts.code_word_set
    if how == CALLED_BACK:
        return not number_to_ring(facts)
    return how == UNVERIFIED or by_voice_alone(question)


def sent_to_record(question: Question) -> bool:
    """Whether what is said goes to the number or address on record, in writing."""
    return question.act in SPEAKING and question.identity == ON_RECORD and question.way not in SPOKEN


def arrives_now(question: Question) -> bool:
    """Whether it makes a telephone ring or light up, or somebody open a door, where they are.

    Answering whoever has rung or come does not; ringing them back does.
    """
    if question.act in ARRIVING:
        return True
    if question.act == ACT_WRITE:
        return question.way == TEXT
    if question.act not in SPEAKING:
        return False
    return question.identity == CALLED_BACK or (question.identity == ON_RECORD and question.way in HEARD)
