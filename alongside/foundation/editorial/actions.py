"""Writing and approving wording. Both leave a trail in the service's chain."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.cache import note_change
from alongside.foundation.content.models import ContentApproval, ContentItem, ContentVersion, Language
from alongside.foundation.editorial.rules import ApprovalRefusal, Proposal, refusal_of_approval


class WrittenMeanwhileError(Exception):
    """Someone else wrote a version after this editor opened the page. `newest` is theirs."""

    def __init__(self, newest: ContentVersion) -> None:
        super().__init__("Someone else wrote a version while you were editing.")
        self.newest = newest


class ApprovalRefusedError(Exception):
    """This person may not approve this version; `refusal` says why."""

    def __init__(self, refusal: ApprovalRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def newest_version(item: ContentItem, language: Language) -> ContentVersion | None:
    """The newest version of an item in one language."""
    return ContentVersion.objects.filter(item=item, language=language).order_by("-number").first()


@action
def write_version(
    *, by: User, item: ContentItem, language: Language, text: str, review_on: date, reason: str, seen_number: int
) -> ContentVersion:
    """Add a version, as a draft. `seen_number` is the newest one that its writer saw, 0 where there was none.

    Raises WrittenMeanwhileError where there is a newer one.
    """
    newest = newest_version(item, language)
    if newest is not None and newest.number != seen_number:
        raise WrittenMeanwhileError(newest)
    try:
        with transaction.atomic():
            version = ContentVersion.objects.create(
                item=item,
                language=language,
                number=seen_number + 1,
                text=text,
                review_on=review_on,
                reason=reason,
                written_by=by.pk,
                written_by_name=by.name,
            )
    except IntegrityError:
        newest = newest_version(item, language)
        if newest is None:
            raise
        raise WrittenMeanwhileError(newest) from None
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="editorial.version.written",
        subject=version,
        before={"text": newest.text if newest else ""},
        after={"text": text, "review_on": review_on.isoformat(), "number": version.number},
        ground=reason,
    )
    note_change()
    return version


@action
def approve_version(*, by: User, version: ContentVersion) -> ContentApproval:
    """Let a version be used. Raises ApprovalRefusedError for own work, an old version and a passed review date."""
    item = ContentItem.objects.select_for_update().get(pk=version.item_id)
    newest = newest_version(item, Language(version.language))
    proposal = Proposal(
        written_by=version.written_by,
        number=version.number,
        newest_number=newest.number if newest else version.number,
        approved=ContentApproval.objects.filter(content_version=version).exists(),
        review_on=version.review_on,
    )
    refusal = refusal_of_approval(proposal, by=by.pk, today=timezone.localdate())
    if refusal is not None:
        raise ApprovalRefusedError(refusal)
    approval = ContentApproval.objects.create(
        content_version=version, approved_by=by.pk, approved_by_name=by.name, written_by=version.written_by
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="editorial.version.approved",
        subject=approval,
        after={"version": str(version.pk), "number": version.number},
    )
    note_change()
    return approval
