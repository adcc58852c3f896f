"""What someone told us in confidence, how it may be handled, and what was passed on for safeguarding."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.rights import Right
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.records.wall import Wall
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.allocations.wall import near_the_case, on_open_case, oneself
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

OF_A_CASE = Keeping(rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY)


def _near(writer: str) -> Wall:
    """Read by whoever is near the case. Written by any colleague as well: listening is always allowed."""
    near = near_the_case(Right.RECORD_PROTECTED, case='"case"')
    colleague = on_open_case(Right.RECORD_PROTECTED, case='"case"')
    return Wall(
        reads=near_the_case(Right.SEE_PROTECTED, case='"case"'),
        writes=f"{near} OR ({oneself(writer)} AND {colleague})",
    )


class Told(AppendOnly):
    """What someone told us, with their wishes (R076-R078, R104, R357). A correction is a new row that replaces it.

    Facts, what was reported and the writer's opinion stand apart (section 38 of the Data Protection Act 2018).
    """

    case = models.UUIDField()
    family_member = models.UUIDField(null=True, help_text="Who told us, where a family member")
    about_member = models.UUIDField(null=True, help_text="The family member whom it is about, if any")
    at = models.DateTimeField(help_text="When we were told")
    told_by = CodedForeignKey("told_by")
    told_by_name = models.CharField(max_length=120, null=True)  # noqa: DJ001 - emptied is not the same as empty
    channel = CodedForeignKey("told_channel")
    limits_said = models.BooleanField(help_text="Whether we said before listening that we may have to act")
    seen = models.TextField(null=True, help_text="What they saw or know")  # noqa: DJ001
    reported = models.TextField(null=True, help_text="What others told them")  # noqa: DJ001
    opinion = models.TextField(null=True, help_text="What whoever writes thinks of it")  # noqa: DJ001
    wishes = models.TextField(null=True, help_text="What they want and do not want to happen")  # noqa: DJ001
    expects = models.TextField(null=True, help_text="What they expect to come of it")  # noqa: DJ001
    duties = ArrayField(models.CharField(max_length=60), default=list, help_text="Values of duty_owed")
    context = ArrayField(models.CharField(max_length=60), default=list, help_text="Values of concern_context")
    replaces = models.UUIDField(null=True, help_text="The row that this corrects")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id case family_member about_member at told_by channel limits_said duties context replaces"
        " recorded_by recorded_at",
        personal="told_by_name",
        sensitive="seen reported opinion wishes expects",
    )
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member about_member", erasure=Erasure.EMPTY
    )
    wall: ClassVar[Wall] = _near("recorded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="protected_told_replaced_once"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="protected_told_replaces_another"),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="protected_told_of_a_case")]


class Handling(AppendOnly):
    """How one thing that we were told may be handled from now on (R077, R079). The newest row of it holds."""

    told = models.ForeignKey(Told, models.CASCADE, related_name="+")
    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    may_know = CodedForeignKey("source_handling")
    may_know_from = models.DateField(null=True, help_text="The day before which the person may learn nothing of it")
    status = CodedForeignKey("held_status")
    reason = models.TextField(null=True)  # noqa: DJ001
    discussed_with = models.CharField(max_length=120, null=True)  # noqa: DJ001
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id told case family_member may_know may_know_from status decided_by decided_at",
        personal="discussed_with",
        sensitive="reason",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = _near("decided_by")

    class Meta:
        indexes = [models.Index(fields=["told", "-decided_at"], name="protected_handling_newest")]


class Referral(Editable):
    """A concern passed to an agency that safeguards children or adults (R101)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    told = models.UUIDField(null=True, help_text="What it rests on, where something that we were told")
    protects = models.CharField(max_length=5, choices=[("child", "A child"), ("adult", "An adult")])
    who = models.CharField(max_length=200, help_text="Whom the concern is for")
    agency = CodedForeignKey("safeguarding_agency")
    agency_name = models.CharField(max_length=120, blank=True)
    concern = models.TextField()
    consent = CodedForeignKey("safeguarding_consent")
    consent_reason = models.TextField(blank=True)
    made_on = models.DateField()
    made_by = models.UUIDField()
    feedback_due_on = models.DateField()
    outcome = CodedForeignKey("safeguarding_outcome", null=True, blank=True)
    outcome_note = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member told protects agency made_on made_by feedback_due_on outcome outcome_on",
        personal="who agency_name",
        sensitive="concern consent consent_reason outcome_note",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")
    wall: ClassVar[Wall] = Wall(reads=near_the_case(Right.SEE_PROTECTED), writes=near_the_case(Right.RECORD_PROTECTED))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, outcome_on__isnull=True)
                | Q(outcome__isnull=False, outcome_on__gte=F("made_on")),
                name="protected_referral_outcome_after_it",
            ),
            models.CheckConstraint(
                condition=Q(feedback_due_on__gte=F("made_on")), name="protected_referral_feedback_after_it"
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_on"], name="protected_referral_of_a_case")]
