"""Reads of messages."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.delivery.models import Message


def messages_of_case(case_id: UUID) -> QuerySet[Message]:
    """Messages of a case, newest first. Whoever asks has been let see the case."""
    return Message.objects.filter(case=case_id)
