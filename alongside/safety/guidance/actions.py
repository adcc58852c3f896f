"""Saying that one has read a piece of guidance."""

from uuid import UUID

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.models import ContentApproval, ContentVersion
from alongside.safety.guidance.models import Acknowledgement
from alongside.safety.guidance.rules import Point


class NoSuchVersionError(LookupError):
    """What was said to be read is no approved version of this guidance."""


@action
def acknowledge(*, by: User, point: Point, version_id: UUID) -> bool:
    """Note that `by` has read a version, also one that has been replaced since; False where they said so before.

    Raises NoSuchVersionError where it is no approved version of the guidance at that point.
    """
    version = ContentVersion.objects.filter(
        pk=version_id,
        item__key=point.key,
        pk__in=ContentApproval.objects.filter(content_version=version_id).values("content_version"),
    ).first()
    if version is None:
        raise NoSuchVersionError("That is not a version of this guidance. Open the page again and read it there.")
    row, is_new = Acknowledgement.objects.get_or_create(
        acknowledged_by=by.pk, content_version=version, defaults={"acknowledged_at": timezone.now()}
    )
    if is_new:
        record_change(
            by=by,
            kind=EventKind.COLLECTION,
            name="guidance.version.acknowledged",
            subject=row,
            chain=user_chain(by.pk),
            after={"guidance": point.key, "number": version.number},
        )
    return is_new
