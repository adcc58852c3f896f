"""Legal holds: while one stands, nothing of the case is erased."""

from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.erasure import HoldStandsError
from alongside.foundation.audit.models import EventKind, LegalHold


@action
def place_hold(*, by: User, case_id: UUID, reason: str, review_on: date) -> LegalHold:
    """Keep a case from erasure. Raises HoldStandsError where it is kept already."""
    if LegalHold.objects.select_for_update().filter(case=case_id, lifted_at__isnull=True).exists():
        raise HoldStandsError("A legal hold stands on this case already. Open it to change its review date.")
    hold = LegalHold.objects.create(
        case=case_id, reason=reason, placed_by=by.pk, placed_at=timezone.now(), review_on=review_on
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="audit.hold.placed",
        subject=hold,
        case_id=case_id,
        after={"review_on": review_on},
        ground=reason,
    )
    return hold


@action
def lift_hold(*, by: User, hold: LegalHold, reason: str) -> None:
    """Let a hold go; what is due may then be erased."""
    lifted = LegalHold.objects.filter(pk=hold.pk, lifted_at__isnull=True).update(
        version=F("version") + 1, lifted_at=timezone.now(), lifted_by=by.pk, lifted_reason=reason
    )
    if lifted:
        record_change(
            by=by, kind=EventKind.CHANGE, name="audit.hold.lifted", subject=hold, case_id=hold.case, ground=reason
        )
