"""Versions of the policy, and what trying a draft showed."""

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import classed
from alongside.foundation.records.models import AppendOnly, Editable


class PolicyState(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for approval"
    APPROVED = "approved", "Approved"
    DROPPED = "dropped", "Dropped"


class PolicyVersion(Editable):
    """One version of the data that limits read. Version 1 ships with the product and has no row."""

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=PolicyState.choices, default=PolicyState.DRAFT)
    data = models.JSONField()
    reason = models.CharField(max_length=500, help_text="What changes, and why")
    drafted_by = models.UUIDField()
    drafted_by_name = models.CharField(max_length=120)
    drafted_at = models.DateTimeField(auto_now_add=True)
    starts_on = models.DateField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approval_note = models.CharField(max_length=500, blank=True)

    classification = classed(
        plain="id version number state data reason drafted_by drafted_by_name drafted_at starts_on approved_by"
        " approved_by_name approved_at approval_note"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="decisions_policy_never_own_work",
            ),
            models.CheckConstraint(
                condition=~Q(state=PolicyState.APPROVED)
                | Q(approved_by__isnull=False, approved_at__isnull=False, starts_on__isnull=False),
                name="decisions_policy_approved_has_who_and_when",
            ),
            models.CheckConstraint(condition=Q(number__gt=1), name="decisions_policy_after_the_first"),
        ]


class Trial(AppendOnly):
    """What a draft would change, tried over every past answer and over the present caseload: counts, and no names."""

    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    draft_version = models.PositiveIntegerField(help_text="The version of the draft that was tried")
    at = models.DateTimeField()
    by = models.UUIDField()
    result = models.JSONField()

    classification = classed(plain="id policy draft_version at by result")
