"""What was judged and what someone else decided on it: rows that are written once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import AppendOnly
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.involvement.suitability import rules
from alongside.involvement.suitability.models.shared import LEVELS, SUMMARIES, WRITTEN_ONCE, Confidence, Variant


class JudgementKind(models.TextChoices):
    """How much a level calls for (invariant 12)."""

    QUICK = "quick", "Quick form"
    FULL = "full", "Full judgement"


class HypothesisEnd(models.TextChoices):
    """What became of what was expected beforehand."""

    HELD = "held", "It was as we expected"
    PARTLY = "partly", "Partly as we expected"
    DISCONFIRMED = "disconfirmed", "It was not as we expected"


class Judgement(AppendOnly):
    """One version of what was judged, with everything it stood on. An amendment is a new version."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=JudgementKind.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    contributors = models.JSONField(default=list, help_text="Everyone who had a hand in it: none of them may approve")
    assessment = models.UUIDField(null=True)
    bank = models.CharField(max_length=20, blank=True)
    variant = models.CharField(max_length=10, blank=True, choices=Variant.choices)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    level_cap = models.PositiveSmallIntegerField(choices=LEVELS)
    approval_needed = models.BooleanField()
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    review_on = models.DateField()
    hypothesis_end = models.CharField(max_length=14, choices=HypothesisEnd.choices, blank=True)
    summary = models.CharField(max_length=24, choices=SUMMARIES, null=True)  # noqa: DJ001 - emptied by erasure
    purpose = CodedForeignKey("involvement_purpose", null=True)
    why_person = models.TextField(null=True)  # noqa: DJ001
    why_now = models.TextField(null=True)  # noqa: DJ001
    will_do = models.TextField(null=True)  # noqa: DJ001
    conditions = models.JSONField(null=True, help_text="A list of sentences")
    reasons = models.TextField(null=True)  # noqa: DJ001
    goes_wrong = models.TextField(null=True, help_text="What would make this go wrong")  # noqa: DJ001
    learned = models.TextField(null=True, help_text="What we learned against what we expected")  # noqa: DJ001
    grounds = models.JSONField(null=True, help_text="What was said and found, as it stood when this was judged")
    safety_then = models.JSONField(null=True, help_text="How tight each matter of safety was")

    classification = classed(
        plain="id case family_member number kind at by by_name contributors assessment bank variant level level_cap"
        " approval_needed confidence review_on hypothesis_end",
        personal="purpose why_person why_now will_do conditions",
        sensitive="summary reasons goes_wrong learned grounds safety_then",
    )
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "number"], name="suitability_judgement_once"),
            models.CheckConstraint(
                condition=Q(level__lte=6, level_cap__lte=6, level_cap__gte=F("level")), name="suitability_levels"
            ),
            models.CheckConstraint(
                condition=~Q(kind=JudgementKind.QUICK)
                | Q(
                    level__in=[level.value for level in rules.QUICK_LEVELS], level_cap=F("level"), summary__isnull=True
                ),
                name="suitability_quick_is_small",
            ),
            models.CheckConstraint(
                condition=Q(approval_needed=True) | Q(level_cap__lt=rules.FULL_FROM.value),
                name="suitability_high_levels_are_approved",
            ),
            models.CheckConstraint(
                condition=Q(summary__isnull=True) | ~Q(summary=rules.Summary.UNSAFE.value) | Q(level_cap=0),
                name="suitability_unsafe_is_level_none",
            ),
        ]


class Verdict(AppendOnly):
    """What someone else decided on a judgement, once. An answer to a question is a new judgement."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=[
            (rules.Approval.APPROVED.value, "Approved"),
            (rules.Approval.RETURNED.value, "Returned with a question"),
            (rules.Approval.REFUSED.value, "Not approved"),
        ],
    )
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    reason = models.TextField(null=True)  # noqa: DJ001

    classification = classed(plain="id case family_member judgement state at by by_name", sensitive="reason")
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judgement"], name="suitability_decided_once")]
