"""What is kept from a family member, what they say for themselves, and how they may safely be reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions.keeping_up import keep_up
from alongside.safety.permissions.actions.writing import add_entry
from alongside.safety.permissions.models import PrivateTopics, SafeContactProfile, Willingness
from alongside.safety.permissions.queries import latest_of, words_ever_said
from alongside.safety.permissions.rules import Voicemail, Willing

COOLING_OFF = timedelta(days=3)
"""How long a family member has to think it over before we begin, unless they ask to begin at once (R082)."""

WILLING_TITLES = {
    Willing.AGREED: "{name} wants to be involved",
    Willing.DECLINED: "{name} does not want to be involved",
    Willing.WITHDRAWN: "{name} no longer wants to be involved",
}


class WordWeSayError(Exception):
    """A word by which we would know them, which we say or said ourselves. The message says what to do."""


class NotWillinglyError(Exception):
    """An agreement that was not freely given, or not informed. The message says what to do."""


@dataclass(frozen=True)
class Answer:
    """What a family member said when asked whether they want to be involved."""

    state: Willing
    apart: bool = False
    statement: UUID | None = None
    language: str = ""
    at_once: bool = False
    how_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class SafeProfile:
    """When and how a family member may safely be reached, as they said."""

    days: Collection[int]
    from_time: time | None
    until_time: time | None
    never: Collection[str]
    voicemail: Voicemail
    code_word: str = ""
    their_word: str = ""
    note: str = ""


@action
def keep_private(
    *, by: User | None, member: FamilyMember, topics: Collection[str], words: str = "", seen: int | None = None
) -> PrivateTopics | None:
    """Note all that the person wants kept from a family member. It replaces the last list; the same writes nothing."""
    last = latest_of(PrivateTopics, member.pk)
    if last and set(last.topics or ()) == set(topics) and (last.words or "") == words:
        return None
    entry = add_entry(
        PrivateTopics,
        by=by,
        member=member,
        name="permissions.private.noted",
        title=f"What is kept from {member.name} changed",
        seen=seen,
        topics=sorted(topics),
        words=words or None,
    )
    keep_up(by=by, member=member)
    return entry


@action
def note_answer(*, by: User | None, member: FamilyMember, answer: Answer, seen: int | None = None) -> Willingness:
    """Note what a family member says for themselves. No reason is asked for a no. Raises NotWillinglyError."""
    now = timezone.now()
    agreed = answer.state is Willing.AGREED
    if agreed and not answer.apart:
        raise NotWillinglyError("Ask them without the person there: then they can say no.")
    if agreed and answer.statement is None:
        raise NotWillinglyError("Read them what we keep to ourselves, and what we cannot, before they agree.")
    entry = add_entry(
        Willingness,
        by=by,
        member=member,
        name=f"permissions.answer.{answer.state.value}",
        title=WILLING_TITLES[answer.state].format(name=member.name),
        seen=seen,
        at=now,
        state=answer.state.value,
        apart=answer.apart,
        statement=answer.statement if agreed else None,
        language=answer.language if agreed else "",
        cooling_until=(now if answer.at_once else now + COOLING_OFF) if agreed else None,
        how_id=answer.how_id or None,
        note=answer.note or None,
    )
    keep_up(by=by, member=member)
    return entry


@action
def keep_safe_contact(
    *, by: User | None, member: FamilyMember, profile: SafeProfile, seen: int | None = None
) -> SafeContactProfile:
    """Note when and how a family member may safely be reached. It replaces the last.

    Raises WordWeSayError where the word that they give is one that we say, or ever said, to them.
    """
    said = {_plain(word) for word in (*words_ever_said(member.pk), profile.code_word) if word}
    if profile.their_word and _plain(profile.their_word) in said:
        raise WordWeSayError(
            "We say this word, or once did, so others may have heard it. Agree another, which only they give."
        )
    return add_entry(
        SafeContactProfile,
        by=by,
        member=member,
        name="permissions.safe_contact.noted",
        title=f"How {member.name} may safely be reached changed",
        seen=seen,
        days=sorted(profile.days),
        from_time=profile.from_time,
        until_time=profile.until_time,
        never=sorted(profile.never),
        voicemail=profile.voicemail.value,
        code_word=profile.code_word or None,
        their_word=profile.their_word or None,
        note=profile.note or None,
    )


def _plain(word: str) -> str:
    """A word as two people would say it is the same."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())
