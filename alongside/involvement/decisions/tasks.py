"""Work done later: trying a draft of the policy."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.jobs.progress import JobFailedError, Progress, watch
from alongside.foundation.jobs.running import job
from alongside.involvement.decisions.actions.policies import keep_trial
from alongside.involvement.decisions.models import PolicyVersion
from alongside.involvement.decisions.queries.policies import last_to_begin, policy_of
from alongside.involvement.decisions.replaying import replay_past, replay_present


@job
def replay_policy(*, by_id: UUID, policy_id: UUID, progress_id: UUID) -> None:
    """Replay a draft over every past answer and the present caseload, and keep the counts."""
    watch(progress_id, lambda progress: trial_of(policy_id, by_id=by_id, progress=progress))


def trial_of(policy_id: UUID, *, by_id: UUID, progress: Progress | None = None) -> dict[str, Any]:
    """The trial itself; answers with how much was tried."""
    row = PolicyVersion.objects.filter(pk=policy_id).first()
    if row is None:
        raise JobFailedError("This draft is not there any more.")
    draft = policy_of(row)

    def report(words: str) -> Any:
        return lambda done, total: progress.report(done, total=total, message=words) if progress else None

    past = replay_past(draft, report=report("Answers that were kept"))
    follows, _day = last_to_begin()
    present = replay_present(follows, draft, at=timezone.now(), report=report("The present caseload"))
    result = {"past": past.as_data(), "present": present.as_data(), "against": follows.version}
    keep_trial(by_id=by_id, row=row, result=result)
    return {"answers": past.answers, "people": present.distinct}
