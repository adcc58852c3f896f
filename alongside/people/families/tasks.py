"""What a worker does for families."""

from uuid import UUID

from alongside.foundation.jobs.running import job


@job
def look_for_matches(*, by_id: UUID | None, member_id: UUID) -> None:
    """Look whether a family member may be under supervision too; silently, and whoever asked."""
    from alongside.people.families import actions
    from alongside.people.families.models import FamilyMember

    member = FamilyMember.objects.filter(pk=member_id).first()
    if member is not None:
        actions.look_for_matches(member=member)
