"""What a worker does for advocacy: comparing names, silently, and with the same answer whatever it finds: none."""

from uuid import UUID

from alongside.foundation.jobs.models import OutboxEvent
from alongside.foundation.jobs.running import job


@job
def compare_name(*, by_id: UUID | None, check_id: UUID) -> None:
    """Compare a name that someone asked about with the victims known here, and forget the name."""
    from alongside.safety.advocacy.actions.comparing import compare_asked_name

    compare_asked_name(check_id)


@job
def compare_known(*, by_id: UUID | None, known_id: UUID) -> None:
    """Compare a victim who has become known with the family members of every case."""
    from alongside.safety.advocacy.actions.comparing import compare_new_victim

    if by_id is not None:
        compare_new_victim(known_id, added_by=by_id)


def member_named(event: OutboxEvent) -> None:
    """A family member was added, or is called otherwise now."""
    from alongside.safety.advocacy.actions.comparing import compare_family_member

    compare_family_member(event.subject, asked_by=event.by_id)
