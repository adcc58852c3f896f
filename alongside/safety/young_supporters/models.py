"""Supporters under 18: heard alone, their parents asked, told what it means, and what was excepted for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember

OF_A_YOUNG_SUPPORTER = Keeping(rule="family_member", person="family_member__person", family_member="family_member")


class YoungSupporter(Editable):
    """What was done for one family member who is, or may be, under 18. They have no account, whatever stands here."""

    family_member = models.OneToOneField(FamilyMember, models.CASCADE, related_name="+")
    said_under_18 = models.BooleanField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True, help_text="When they were heard with nobody else there")
    heard_words = models.TextField(blank=True, help_text="What they said they want and do not want")
    heard_by_name = models.CharField(max_length=120, blank=True)
    unsafe_on = models.DateField(null=True, blank=True)
    unsafe_reason = models.TextField(blank=True, help_text="Why it is not safe to ask their parents")
    unsafe_by_name = models.CharField(max_length=120, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_language = CodedForeignKey("language", null=True, blank=True)
    told_questions = models.CharField(max_length=500, blank=True, help_text="What they asked")

    classification = classed(
        plain="id version family_member said_on heard_on heard_by_name unsafe_on unsafe_by_name told_on told_language",
        personal="said_under_18 told_questions",
        sensitive="heard_words unsafe_reason",
    )
    keeping: ClassVar[Keeping] = OF_A_YOUNG_SUPPORTER

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(said_under_18__isnull=True, said_on__isnull=True)
                | Q(said_under_18__isnull=False, said_on__isnull=False),
                name="young_answer_has_day",
            ),
            models.CheckConstraint(
                condition=Q(unsafe_on__isnull=True, unsafe_reason="")
                | (Q(unsafe_on__isnull=False) & ~Q(unsafe_reason="")),
                name="young_unsafe_has_reason",
            ),
        ]


class Attitude(models.TextChoices):
    """What someone with parental responsibility says to it."""

    AGREES = "agrees", "Agrees"
    UNSURE = "unsure", "Wants to think about it"
    OBJECTS = "objects", "Does not agree"


class ParentAsked(Editable):
    """That someone with parental responsibility was asked, and what they said: a family member, or someone named here.

    One row for each person asked; asking again is a new row, and the last one counts.
    """

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    parent = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    attitude = models.CharField(max_length=8, choices=Attitude.choices)
    words = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id version family_member parent asked_on noted_at noted_by_name", personal="name attitude words"
    )
    keeping: ClassVar[Keeping] = Keeping(
        rule="family_member", person="family_member__person", family_member="family_member parent"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) & ~Q(name="") | Q(parent__isnull=False, name=""),
                name="young_parent_is_member_or_named",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("family_member")), name="young_parent_is_someone_else"
            ),
        ]
        indexes = [models.Index(fields=["family_member", "-noted_at"], name="young_parents_asked")]


class ExceptionState(models.TextChoices):
    """Where an exception stands."""

    WAITING = "waiting", "Waiting for a decision"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned with a question"
    REFUSED = "refused", "Refused"


class AgeException(Editable):
    """What someone under 18 may do although their age speaks against it: asked with a reason, decided by another."""

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    what = CodedForeignKey("age_exception")
    reason = models.TextField()
    safeguards = models.TextField(help_text="Who is with them, where and when, and what they are kept away from")
    from_date = models.DateField()
    until_date = models.DateField()
    state = models.CharField(max_length=8, choices=ExceptionState.choices, default=ExceptionState.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision_reason = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer held")
    end_reason = models.CharField(max_length=500, blank=True)

    classification = classed(
        plain="id version family_member what from_date until_date state asked_at asked_by asked_by_name decided_at"
        " decided_by decided_by_name ended_on",
        sensitive="reason safeguards decision_reason end_reason",
    )
    keeping: ClassVar[Keeping] = OF_A_YOUNG_SUPPORTER

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="young_exception_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=ExceptionState.WAITING, decided_by__isnull=True)
                | (~Q(state=ExceptionState.WAITING) & Q(decided_by__isnull=False)),
                name="young_exception_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="young_exception_never_own_work",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="young_exception_end_has_reason",
            ),
            models.UniqueConstraint(
                fields=["family_member"], condition=Q(state="waiting"), name="young_exception_waits_once"
            ),
        ]
        indexes = [models.Index(fields=["family_member", "state"], name="young_exceptions_of_a_member")]
