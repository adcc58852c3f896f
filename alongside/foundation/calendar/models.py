"""When schools are open, by local authority."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import classed
from alongside.foundation.records.models import Editable


class SchoolTerm(Editable):
    """An unbroken stretch of school days, half a term as a rule, that a local authority has published.

    Academies and faith schools may differ, and each school has closure days of its own: these dates prompt a question,
    they do not answer it.
    """

    local_authority = models.CharField(max_length=60, help_text="Its code at the Office for National Statistics")
    school_year = models.PositiveSmallIntegerField(help_text="The year in which the school year begins")
    name = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(help_text="The last day on which schools are open")
    is_example = models.BooleanField(default=False, help_text="An invented pattern, not an authority's own dates")

    classification = classed(plain="id version local_authority school_year name starts ends is_example")

    class Meta:
        ordering = ["local_authority", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="calendar_term_ends_after_it_starts"),
            models.UniqueConstraint(fields=["local_authority", "starts"], name="calendar_one_term_starts_on_a_day"),
        ]

    def covers(self, day: date) -> bool:
        """Whether schools are open in the week of `day`; weekends within a term count as term."""
        return self.starts <= day <= self.ends
