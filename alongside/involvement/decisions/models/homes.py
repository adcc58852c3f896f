"""Checks of a home for HDC, ROTL, bail or residence: a lawful route of its own, with an end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.involvement.decisions.rules import Check
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class HomeCheckEnd(models.TextChoices):
    """What became of the contact when the check was over."""

    CLOSED = "closed", "Contact closed"
    AGREEMENT = "agreement", "Turned into a working agreement"
    NOT_USED = "not_used", "The home was not used"


class HomeCheck(Editable):
    """Whether a family member's home can be used, asked of the householder alone, and agreed or not (B4.11)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    kind = CodedForeignKey("home_check_kind")
    address = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    householder_adult = models.BooleanField(null=True, blank=True)
    seen_alone_on = models.DateField(null=True, blank=True)
    household_abuse = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Check], default=Check.NOT_CHECKED.value
    )
    household_children = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Check], default=Check.NOT_CHECKED.value
    )
    checked_on = models.DateField(null=True, blank=True)
    checked_with = models.CharField(max_length=200, blank=True, help_text="Which agencies answered")
    told_on = models.DateField(null=True, blank=True)
    told_what = models.TextField(blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True, help_text="When the release or requirement ends")
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=HomeCheckEnd.choices, blank=True)
    end_note = models.CharField(max_length=300, blank=True)

    classification = classed(
        plain="id version person family_member kind opened_at opened_by ended_on end review_on",
        personal="address householder_adult seen_alone_on checked_on checked_with told_on told_what agreed agreed_on"
        " withdrawn_on end_note",
        sensitive="household_abuse household_children",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="family_member", person="person", family_member="family_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=Q(ended_on__isnull=True), name="decisions_home_check_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(agreed=True)
                | Q(seen_alone_on__isnull=False, told_on__isnull=False, householder_adult=True),
                name="decisions_home_agreed_alone_and_told",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(agreed=True), name="decisions_home_withdrawn_was_agreed"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end="") | (Q(ended_on__isnull=False) & ~Q(end="")),
                name="decisions_home_end_says_how",
            ),
        ]


class HomeCheckStep(AppendOnly):
    """One thing that happened in a check of a home, in words."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    check_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=300, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case family_member check_id at by by_name", personal="words")
    keeping: ClassVar[Keeping] = Keeping(
        rule="family_member", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        indexes = [models.Index(fields=["check_id", "at"], name="decisions_home_steps")]
