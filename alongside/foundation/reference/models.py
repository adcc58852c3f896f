"""Coded values as rows, so that other rows can point at them and the database can hold them to it."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import classed
from alongside.foundation.records.models import Editable


class CodedValue(Editable):
    """One value of a coded list. It may be switched off; it is never deleted, and its code never takes another meaning.

    The id is `<list>.<code>` (`relationship.MOT`): readable in exports, and the same in every installation. Dates are
    the days on which law or policy began and ceased to offer the value; `active` is whether the list still offers it.
    """

    id = models.CharField(primary_key=True, max_length=120, editable=False)  # type: ignore[assignment]
    list = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    label_en = models.CharField(max_length=200)
    label_cy = models.CharField(max_length=200, blank=True, help_text="Welsh; a draft until it is approved")
    welsh_is_draft = models.BooleanField(default=True)
    description = models.TextField(blank=True)
    order = models.PositiveIntegerField()
    active = models.BooleanField(default=True)
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True, help_text="The last day on which it may be used")
    nomis_code = models.CharField(max_length=40, blank=True, help_text="The prison system's code")
    delius_code = models.CharField(max_length=40, blank=True, help_text="The probation system's code")
    group = models.CharField(max_length=80, blank=True, help_text="The heading under which choices show it")
    attributes = models.JSONField(default=dict, blank=True)

    classification = classed(
        plain="id version list code label_en label_cy welsh_is_draft description order active from_date until_date "
        "nomis_code delius_code group attributes"
    )

    class Meta:
        ordering = ["list", "order"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="reference_code_once_a_list"),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(from_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="reference_until_not_before_from",
            ),
        ]

    def live_on(self, day: date) -> bool:
        """Whether the value may be used on `day`."""
        return (
            self.active
            and (self.from_date is None or self.from_date <= day)
            and (self.until_date is None or day <= self.until_date)
        )


class Edition(Editable):
    """What was last loaded, in one row: `token` changes with every load that changed a value, so that caches notice."""

    id = models.CharField(primary_key=True, max_length=20, default="lists", editable=False)  # type: ignore[assignment]
    token = models.UUIDField(default=uuid4)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the files that were loaded")
    loaded_at = models.DateTimeField(auto_now=True)

    classification = classed(plain="id version token digest loaded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id="lists"), name="reference_one_edition")]
