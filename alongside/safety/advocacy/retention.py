"""What goes with a case or a family member, beyond what each row says of itself."""

from alongside.foundation.audit.erasure import Subject
from alongside.safety.advocacy.models import Referral


def sweep(subject: Subject) -> None:
    """With a family member goes who was referred, and not the support: the wall knows them by their own name."""
    if subject.family_member_id is not None:
        Referral.objects.filter(family_member=subject.family_member_id).update(family_member=None)
