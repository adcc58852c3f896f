"""Who changed something last, for the one who comes second."""

from uuid import UUID

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event


def last_editor(case_id: UUID, subject_id: UUID) -> str:
    """The name of whoever changed a row of a case last; empty where the trail names nobody."""
    actor = Event.objects.filter(chain=case_id, subject=subject_id).order_by("-id").values_list("actor", flat=True)[:1]
    return User.objects.filter(pk__in=actor).values_list("name", flat=True).first() or ""
