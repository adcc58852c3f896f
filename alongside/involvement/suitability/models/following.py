"""What became of an involvement after it was judged: rows that are written once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import AppendOnly
from alongside.involvement.suitability import rules
from alongside.involvement.suitability.models.judging import Judgement
from alongside.involvement.suitability.models.shared import LEVELS, WRITTEN_ONCE, How


class Told(models.TextChoices):
    """Whether and how the family was told."""

    NOT_YET = "not_yet", "Not told yet"
    NOT_TO_BE = "not_to_be", "Not to be told: a safety plan decides when and how"
    MEETING = "meeting", "Told in person"
    PHONE = "phone", "Told by telephone"
    LETTER = "letter", "Told in writing"


class Step(AppendOnly):
    """A pause, a resumption, a step down, or that a doubt was talked through."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in rules.StepKind])
    level = models.PositiveSmallIntegerField(null=True, choices=LEVELS)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    reason = models.TextField(null=True)  # noqa: DJ001

    classification = classed(plain="id case family_member kind level at by by_name told", sensitive="reason")
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=rules.StepKind.STEPPED_DOWN.value) | Q(level__isnull=False),
                name="suitability_step_down_to_a_level",
            )
        ]
        indexes = [models.Index(fields=["family_member", "at"], name="suitability_steps")]


class LookKind(models.TextChoices):
    """What someone asks for who does not agree."""

    SECOND_LOOK = "second_look", "A second look, by someone else"
    COMPLAINT = "complaint", "A complaint"


class AskedBy(models.TextChoices):
    """Who asks."""

    PERSON = "person", "The person on probation"
    MEMBER = "member", "The family member"


class SecondLook(AppendOnly):
    """That the person or the relative asks someone else to look again, or complains; the days it takes can be told.

    A complaint needs no judgement: involvement may have been refused before anyone judged.
    """

    case = models.UUIDField()
    family_member = models.UUIDField()
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=LookKind.choices)
    asked_by = models.CharField(max_length=10, choices=AskedBy.choices)
    asked_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    due_on = models.DateField()
    recorded_by = models.UUIDField()
    at = models.DateTimeField()
    words = models.TextField(null=True, help_text="In their own words")  # noqa: DJ001

    classification = classed(
        plain="id case family_member judgement kind asked_by asked_on how due_on recorded_by at", personal="words"
    )
    keeping: ClassVar[Keeping] = WRITTEN_ONCE


class LookEnd(models.TextChoices):
    """What a second look came to."""

    STANDS = "stands", "The judgement stands"
    AGAIN = "again", "It is to be judged again"


class SecondLookAnswer(AppendOnly):
    """The answer, by someone who had no hand in the judgement."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    second_look = models.ForeignKey(SecondLook, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=LookEnd.choices)
    answered_on = models.DateField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    answer = models.TextField(null=True, help_text="As it is given to whoever asked")  # noqa: DJ001

    classification = classed(
        plain="id case family_member second_look outcome answered_on by by_name", sensitive="answer"
    )
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["second_look"], name="suitability_answered_once")]


class Pattern(models.TextChoices):
    """How involvement can get in the way (R052, R053, R056-R058)."""

    BOUNDARY = "boundary", "Pushes boundaries"
    PERMISSIVE = "permissive", "Lets things pass"
    COLLUSIVE = "collusive", "Covers up together"
    ENABLING = "enabling", "Makes the harm easier"
    CONTROLLING = "controlling", "Decides for them"
    DISTRACTING = "distracting", "Takes attention away"
    AGENDA = "agenda", "Wants something else out of it"


class Marker(AppendOnly):
    """That involvement is getting in the way, said by us or the person: two in 28 days mean a review (R050)."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    on = models.DateField()
    pattern = models.CharField(max_length=12, choices=Pattern.choices, blank=True)
    said_by = models.CharField(
        max_length=14, choices=[("practitioner", "We noticed it"), ("person", "The person said so")]
    )
    at = models.DateTimeField()
    by = models.UUIDField()
    note = models.TextField(null=True)  # noqa: DJ001

    classification = classed(plain="id case family_member on pattern said_by at by", sensitive="note")
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        indexes = [models.Index(fields=["family_member", "on"], name="suitability_markers")]


class Changed(models.TextChoices):
    """Whether someone's presence changes what the person says (R062)."""

    NO = "no", "No"
    YES = "yes", "Yes"
    UNSURE = "unsure", "Hard to say"


class JoinedSession(AppendOnly):
    """A session that a relative joined, and the part of it that the person had alone (R059)."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(help_text="Of the whole session")
    minutes_alone = models.PositiveSmallIntegerField(help_text="That the person had without them")
    changed = models.CharField(max_length=8, choices=Changed.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    note = models.TextField(null=True)  # noqa: DJ001

    classification = classed(plain="id case family_member on minutes minutes_alone changed at by", sensitive="note")
    keeping: ClassVar[Keeping] = WRITTEN_ONCE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=480, minutes_alone__lte=F("minutes")),
                name="suitability_alone_within_session",
            )
        ]
        indexes = [models.Index(fields=["family_member", "on"], name="suitability_sessions")]
