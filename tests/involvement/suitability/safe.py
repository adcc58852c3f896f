"""What safety says of a family member: everything checked, or harm between the two."""

from datetime import timedelta

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.models import Flag, SafetyCheck
from alongside.safety.flags.rules import Matter


def checked(member: FamilyMember, *, by: User) -> None:
    """Somebody looked into every matter today, for the person and for the relative, and found nothing."""
    SafetyCheck.objects.bulk_create(
        SafetyCheck(
            case=member.person_id,
            family_member=whom,
            matter_id=f"safety_matter.{matter.value}",
            checked_on=today(),
            at=timezone.now(),
            by=by.pk,
            by_name=by.name,
        )
        for matter in Matter
        for whom in (None, member.pk)
    )


def harm_between(member: FamilyMember, *, certainty: str = "suspected") -> Flag:
    """Domestic abuse between the person and the relative, recorded and reviewed."""
    return Flag.objects.create(
        person_id=member.person_id,
        family_member=member,
        kind_id="safety_flag.DA_BETWEEN",
        scope="relationship",
        certainty=certainty,
        direction="not_known",
        basis="reported",
        source_id=first_source(),
        words="Words",
        recorded_on=today(),
        review_on=today() + timedelta(days=28),
        awaiting_review=False,
    )


def first_source() -> str:
    """Any source that the list knows."""
    from alongside.foundation.reference.queries import coded_list

    return coded_list("safety_source")[0].id
