"""How to act, without why: for whoever visits, covers or is on duty."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class HandlingInstruction(Editable):
    """An instruction without its content, such as "do not visit alone". It names no reason and no source.

    It stands outside the wall on purpose: those who must manage the danger need it, whoever they are.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(
        FamilyMember, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: whenever on this case"
    )
    instruction = CodedForeignKey("handling_instruction")
    from_date = models.DateField()
    review_on = models.DateField()
    set_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds")
    ended_by = models.UUIDField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member from_date review_on set_by ended_on ended_by", sensitive="instruction"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_date")),
                name="protected_instruction_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("from_date")), name="protected_instruction_review_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "family_member", "instruction"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="protected_instruction_once",
            ),
        ]
        indexes = [models.Index(fields=["family_member"], name="protected_instruction_member")]
