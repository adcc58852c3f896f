"""What a worker does for access requests: making the package, while whoever asked for it watches."""

from uuid import UUID

from alongside.foundation.jobs.progress import watch
from alongside.foundation.jobs.running import job


@job
def make_package(*, by_id: UUID | None, request_id: UUID, progress_id: UUID) -> None:
    """Make the package of a request anew from what is released."""
    from alongside.safety.access_requests.actions.releasing import build_package

    watch(progress_id, lambda progress: build_package(request_id, by_id=by_id, progress=progress))
