"""Changing how long records are kept."""

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind, RetentionRule
from alongside.foundation.records.actions import Change, change_record


@action
def change_retention_rule(*, by: User, rule: RetentionRule, seen_version: int, months: int, source: str) -> Change:
    """Keep one kind of record longer or shorter. Raises ChangedMeanwhileError where someone else was first."""
    change = change_record(rule, seen_version=seen_version, months=months, source=source)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="audit.retention_rule.changed",
            subject=rule,
            before=change.before,
            after=change.after,
        )
    return change
