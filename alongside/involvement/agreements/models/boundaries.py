"""Where boundaries slip: what happened, the plan, what is not ours to do, and the end of contact (R052, R149, R150)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.involvement.agreements.models.agreement import OF_A_PAIR
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class BoundaryIncident(Editable):
    """One time that a boundary was overstepped: what was seen and heard, and what was answered."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    on = models.DateField()
    tags = models.JSONField(help_text="Values of the list boundary_tag")
    what = models.CharField(max_length=1000)
    answered = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id version person family_member on made_at made_by_name", sensitive="tags what answered"
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        indexes = [models.Index(fields=["family_member", "-on"], name="agreements_incidents")]


class BoundaryPlan(Editable):
    """What everyone who works on the case does the same way, until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    from_date = models.DateField()
    we_say = models.CharField(max_length=500)
    we_do = models.CharField(max_length=1000)
    told_on = models.DateField(null=True, blank=True, help_text="When the family member was told")
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member from_date told_on review_on ended_on", sensitive="we_say we_do"
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=Q(ended_on__isnull=True), name="agreements_boundary_plan_once"
            )
        ]


class OutOfRemit(Editable):
    """Something that we were asked and that is not ours to do, and where it was passed to (R149)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField()
    topic = CodedForeignKey("out_of_remit")
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version person family_member on topic made_at", personal="note")
    keeping: ClassVar[Keeping] = OF_A_PAIR


class ContactEnd(Editable):
    """Contact with one family member ended by procedure: why, what was said, what is left to them, who knows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    on = models.DateField()
    reason = CodedForeignKey("contact_end_reason")
    why = models.CharField(max_length=1000)
    message = models.CharField(max_length=1000, help_text="The words in which the family member is told")
    alternative_route = models.CharField(max_length=300)
    ended_by = models.UUIDField(null=True)
    senior_seen_on = models.DateField(null=True, blank=True)
    senior_seen_by = models.UUIDField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    classification = classed(
        plain="id version person family_member on reason ended_by senior_seen_on senior_seen_by lifted_on",
        personal="message alternative_route",
        sensitive="why lift_reason",
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=Q(lifted_on__isnull=True), name="agreements_contact_end_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lift_reason="") | (Q(lifted_on__isnull=False) & ~Q(lift_reason="")),
                name="agreements_lift_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(senior_seen_by__isnull=True) | ~Q(senior_seen_by=models.F("ended_by")),
                name="agreements_end_seen_by_another",
            ),
        ]
