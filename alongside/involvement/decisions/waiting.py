"""Versions of the policy that wait for approval, on the start page of whoever approves, with what each would change."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.involvement.decisions.actions.policies import why_tried_again
from alongside.involvement.decisions.models import PolicyState, PolicyVersion, Trial
from alongside.involvement.decisions.queries.policies import latest_trials
from alongside.involvement.decisions.rules import Outcome
from alongside.people.casework.registry import WaitingLine


@dataclass(frozen=True)
class Changed:
    """What a trial counted, past answers and present caseload together: how many changed, how many of them looser."""

    answers: int
    changed: int
    looser: int

    @property
    def words(self) -> str:
        """In a few words."""
        if not self.changed:
            return f"None of {self.answers:,} answers would change"
        return f"{self.changed:,} of {self.answers:,} answers would change, {self.looser:,} of them looser"


def changed_in(trial: Trial) -> Changed:
    """What a trial counted."""
    replays = [trial.result[name] for name in ("past", "present")]
    changes = [one for replay in replays for one in replay["changed"]]
    return Changed(
        answers=sum(replay["answers"] for replay in replays),
        changed=sum(times for *_names, times in changes),
        looser=sum(times for _act, was, becomes, times in changes if Outcome[becomes] < Outcome[was]),
    )


def policies_waiting(user: object, most: int) -> tuple[list[WaitingLine], int]:
    """Versions that wait for someone other than who drafted them, the first put up first."""
    if not isinstance(user, User):
        return [], 0
    rows = list(PolicyVersion.objects.filter(state=PolicyState.WAITING).exclude(drafted_by=user.pk).order_by("number"))
    trials = latest_trials(rows[:most])
    return [_line(row, trials.get(row.pk)) for row in rows[:most]], len(rows)


def _line(row: PolicyVersion, trial: Trial | None) -> WaitingLine:
    if trial is None or why_tried_again(row, trial):
        said, urgency = "To be tried again: another version was approved since", "today"
    else:
        said, urgency = f"{changed_in(trial).words}, tried on {timezone.localtime(trial.at):%-d %B %Y}", "week"
    return WaitingLine(
        title=f"Version {row.number} of the policy: {row.reason}",
        link=reverse("decisions:policy_version", args=[row.pk]),
        person=f"From {row.drafted_by_name}",
        due=said,
        urgency=urgency,
    )
