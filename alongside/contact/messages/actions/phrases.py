"""Words that the person agreed may be sent."""

from datetime import date

from django.utils import timezone

from alongside.contact.messages.actions.telling import record
from alongside.contact.messages.kinds import WORDED
from alongside.contact.messages.models import Phrase
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import change_record
from alongside.people.families.models import FamilyMember


@action
def agree_words(*, by: User, member: FamilyMember, topic: str, words: str, alone: bool, on: date) -> Phrase:
    """Note words that the person agreed, alone, to have sent to one family member (R159). Raises ValueError."""
    if not alone:
        raise ValueError("Ask them alone first. Words agreed in company are not sent.")
    if topic not in WORDED:
        raise ValueError("Choose what the words are about.")
    phrase = Phrase.objects.create(
        person_id=member.person_id,
        family_member=member,
        topic=topic,
        words=words,
        agreed_on=on,
        agreed_with=by.pk,
        agreed_with_name=by.name,
    )
    record(
        by=by,
        row=phrase,
        name="messages.words.agreed",
        case_id=member.person_id,
        member_id=member.pk,
        kind=EventKind.COLLECTION,
        after={"topic": topic, "words": words},
    )
    return phrase


@action
def take_words_back(*, by: User, phrase: Phrase) -> bool:
    """The person takes words back: from now on they go nowhere, not even what waits. Whether they still stood."""
    phrase = Phrase.objects.select_for_update().get(pk=phrase.pk)
    if phrase.withdrawn_at is not None:
        return False
    change_record(phrase, seen_version=phrase.version, withdrawn_at=timezone.now())
    record(
        by=by,
        row=phrase,
        name="messages.words.taken_back",
        case_id=phrase.person_id,
        member_id=phrase.family_member_id,
    )
    return True
