"""How far long work has come, and what has happened that others should hear of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alongside.foundation.jobs.rules import OVER, State, share_done
from alongside.foundation.records.classification import classed
from alongside.foundation.records.models import AppendOnly, Editable


class JobProgress(Editable):
    """One piece of long work as the one who asked for it sees it. It names nobody: counts, and words about the work."""

    kind = models.CharField(max_length=60, help_text="Which work it is, like arrivals.import")
    title = models.CharField(max_length=120, help_text="What the page about it is called")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in State], default=State.QUEUED.value
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text="Nought while it is not known")
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict, blank=True, help_text="Counts and ids; never a name")
    next_url = models.CharField(max_length=300, blank=True, help_text="Where to go on once it is over")
    asked_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version kind title started_by state done total message result next_url asked_at begun_at over_at "
        "cancel_asked_at"
    )

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["started_by", "-asked_at"], name="jobs_progress_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="jobs_progress_state_known"
            ),
            models.CheckConstraint(
                condition=Q(over_at__isnull=False, state__in=sorted(state.value for state in OVER))
                | Q(over_at__isnull=True, state__in=[State.QUEUED.value, State.RUNNING.value]),
                name="jobs_progress_over_when_over",
            ),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="jobs_progress_within_total"),
        ]

    @property
    def is_over(self) -> bool:
        return State(self.state) in OVER

    @property
    def share(self) -> int | None:
        """Whole per cent done; None while the total is not known."""
        return share_done(self.done, self.total)


class OutboxEvent(AppendOnly):
    """Something that happened, told in ids alone, written in the transaction in which it happened."""

    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=80, help_text="family.<thing>.<verb>")
    subject = models.UUIDField(help_text="The row that it happened to")
    case_id = models.UUIDField(null=True, blank=True)
    by_id = models.UUIDField(null=True, blank=True)
    ids = models.JSONField(default=dict, blank=True, help_text="Further ids by name")

    classification = classed(plain="id at name subject case_id by_id ids")

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["name", "at"], name="jobs_outbox_by_name")]


class OutboxReceipt(AppendOnly):
    """One listener has dealt with one event; written in the transaction in which it did, so that it does so once."""

    at = models.DateTimeField(auto_now_add=True)
    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="+")
    listener = models.CharField(max_length=120)

    classification = classed(plain="id at event listener")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "listener"], name="jobs_receipt_once")]
