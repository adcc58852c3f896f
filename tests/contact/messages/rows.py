"""Rows of this room with a marker in every personal text."""

from uuid import uuid4

from django.utils import timezone

from alongside.contact.messages.models import Outgoing, Phrase, Reply
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


def messages_of(person: Person, member: FamilyMember, by: User, marker: str) -> None:
    """Words that were agreed, a message that uses them, and a reply."""
    phrase = Phrase.objects.create(
        person=person,
        family_member=member,
        topic="good_news",
        words=marker,
        agreed_on=today(),
        agreed_with=by.pk,
        agreed_with_name=by.name,
    )
    Outgoing.objects.create(
        person=person,
        family_member=member,
        kind="good_news",
        channel="text",
        point=uuid4(),
        content_key="messages.good_news",
        content_version=uuid4(),
        language="en",
        values={"words": marker},
        phrase=phrase,
        discretion=marker,
        send_from=timezone.now(),
        address_digest=marker,
        written_by=by.pk,
        written_by_name=by.name,
    )
    Reply.objects.create(
        person=person,
        family_member=member,
        channel="text",
        sender=marker,
        sender_digest=marker,
        words=marker,
        came_at=timezone.now(),
        key=str(uuid4()),
    )
