"""Reads of messages."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import State


def messages_of_case(case_id: UUID) -> QuerySet[Message]:
    """Messages of a case, newest first. Whoever asks has been let see the case."""
    return Message.objects.filter(case=case_id)


def messages_to_look_at() -> QuerySet[Message]:
    """Messages that did not go or may not have gone, newest first."""
    return Message.objects.filter(state__in=[State.FAILED, State.UNKNOWN])
