"""What is asked, said and found while a judgement is being prepared: rows that may change."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.involvement.suitability.models.shared import (
    OF_A_MEMBER,
    OF_AN_ASSESSMENT,
    How,
    Nature,
    Party,
    Rating,
    Source,
    Variant,
)
from alongside.people.families.models import FamilyMember


class Assessment(Editable):
    """A judgement that is being prepared: why, what we expected, and what we noted. One at a time for each relative."""

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    bank = models.CharField(max_length=20, help_text="The version of the questions")
    variant = models.CharField(max_length=10, choices=Variant.choices)
    purpose = CodedForeignKey("involvement_purpose")
    why_person = models.TextField(blank=True)
    why_now = models.TextField(blank=True)
    will_do = models.TextField(blank=True)
    hypothesis = models.TextField(blank=True, help_text="What we expected before we asked")
    narrative = models.TextField(blank=True)
    agenda_stated = models.TextField(blank=True, help_text="What they say they want out of it")
    agenda_inferred = models.TextField(blank=True, help_text="What else they may want; our reading of it")
    started_by = models.UUIDField()
    hands = models.JSONField(default=list, help_text="Everyone who had a hand in it: none of them may approve")
    started_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version family_member bank variant hands started_by started_at closed_at",
        personal="purpose why_person why_now will_do",
        sensitive="hypothesis narrative agenda_stated agenda_inferred",
    )
    keeping: ClassVar[Keeping] = OF_A_MEMBER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=Q(closed_at__isnull=True), name="suitability_prepared_once"
            )
        ]


class Conversation(Editable):
    """A guided conversation: with whom, whether alone, and what was said in their own words."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    party = models.CharField(max_length=10, choices=Party.choices)
    who = models.CharField(max_length=120, blank=True, help_text="Their part in the person's life; never needed a name")
    held_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    alone = models.BooleanField(help_text="Nobody else could hear or see")
    present = models.CharField(max_length=200, blank=True, help_text="Who else was there")
    narrative = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id version assessment party how alone by at", personal="who held_on present", sensitive="narrative"
    )
    keeping: ClassVar[Keeping] = OF_AN_ASSESSMENT

    class Meta:
        indexes = [models.Index(fields=["assessment", "held_on"], name="suitability_talks")]


class Account(Editable):
    """What one source says on one item, and on what grounds."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    item = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=Source.choices)
    rating = models.CharField(max_length=12, choices=Rating.choices)
    nature = models.CharField(max_length=10, choices=Nature.choices, default=Nature.REPORTED)
    evidence = models.TextField(blank=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField(auto_now=True)

    classification = classed(
        plain="id version assessment item source nature conversation by at", sensitive="rating evidence"
    )
    keeping: ClassVar[Keeping] = OF_AN_ASSESSMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item", "source"], name="suitability_account_once")
        ]


class Finding(Editable):
    """What the assessor makes of one item, once the accounts lie side by side."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    item = models.CharField(max_length=40)
    rating = models.CharField(max_length=12, choices=Rating.choices)
    recent = models.BooleanField(default=False, help_text="In the last twelve months")
    earlier = models.BooleanField(default=False, help_text="Before that")
    critical = models.BooleanField(default=False, help_text="Weighs much on its own")
    critical_reason = models.TextField(blank=True)
    differs = models.TextField(blank=True, help_text="Why accounts differ, where they do")
    by = models.UUIDField()
    at = models.DateTimeField(auto_now=True)

    classification = classed(
        plain="id version assessment item by at", sensitive="rating recent earlier critical critical_reason differs"
    )
    keeping: ClassVar[Keeping] = OF_AN_ASSESSMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="suitability_finding_once"),
            models.CheckConstraint(
                condition=Q(critical=False) | ~Q(critical_reason=""), name="suitability_critical_has_reason"
            ),
        ]


class EnquiryEnd(models.TextChoices):
    """How an enquiry ended."""

    FOUND = "found", "We found out"
    CANNOT = "cannot", "It cannot be found out"
    NOT_NEEDED = "not_needed", "It no longer matters"


class Enquiry(Editable):
    """Something not known that somebody has to find out. It outlives the preparation that it came from."""

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    item = models.CharField(max_length=40)
    question = models.CharField(max_length=300)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    ended_as = models.CharField(max_length=10, choices=EnquiryEnd.choices, blank=True)
    finding = models.TextField(blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version family_member item question opened_by opened_at due_on ended_as closed_by closed_at",
        sensitive="finding",
    )
    keeping: ClassVar[Keeping] = OF_A_MEMBER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member", "item"], condition=Q(closed_at__isnull=True), name="suitability_enquiry_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ended_as="") | (Q(closed_at__isnull=False) & ~Q(ended_as="")),
                name="suitability_enquiry_ends_somehow",
            ),
        ]
