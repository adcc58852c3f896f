"""Decisions to disclose under a lawful ground, what was then said to whom, and what was refused."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.access.rights import Right
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly
from alongside.foundation.records.wall import Wall
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.allocations.wall import in_post, near_the_case, oneself

OF_A_CASE = Keeping(rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY)


def _with_writer(writer: str) -> Wall:
    """Whoever is near the case, the writer themselves, and where there is no case those who lead the writer's team.

    Anyone may write one, since danger does not ask whose case it is; but only in their own name.
    """
    near = near_the_case(Right.SEE_PROTECTED, case='"case"')
    lead = in_post(Right.APPROVE, team="team")
    return Wall(
        reads=f'{near} OR {oneself(writer)} OR ("case" IS NULL AND team IS NOT NULL AND {lead})',
        writes=oneself(writer),
    )


class DisclosureDecision(AppendOnly):
    """A decision to tell someone something without the person's permission: law, not practice (R075).

    `urgent`: the minimum was shared at once, and the approval looks back.
    """

    case = models.UUIDField(null=True, help_text="Empty where danger concerns nobody whom we know")
    family_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True, help_text="The writer's team: who approves where there is no case")
    told = models.UUIDField(null=True, help_text="What it rests on, where something that we were told")
    what = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    recipient = CodedForeignKey("disclosure_recipient")
    recipient_name = models.CharField(max_length=200, null=True)  # noqa: DJ001
    purpose = models.TextField(null=True)  # noqa: DJ001
    regime = CodedForeignKey("processing_regime")
    ground = CodedForeignKey("disclosure_ground")
    necessity = models.TextField(null=True)  # noqa: DJ001
    proportionality = models.TextField(null=True)  # noqa: DJ001
    informed = CodedForeignKey("person_informed")
    informed_reason = models.TextField(null=True)  # noqa: DJ001
    urgent = models.BooleanField(default=False)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id case family_member team told recipient regime ground informed urgent decided_by decided_at",
        personal="recipient_name",
        sensitive="what purpose necessity proportionality informed_reason",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = _with_writer("decided_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=True) | Q(case__isnull=False), name="protected_disclosure_of_a_case_unless_urgent"
            )
        ]
        indexes = [models.Index(fields=["case", "-decided_at"], name="protected_disclosure_of_a_case")]


class DisclosureMade(AppendOnly):
    """What was in the end said, to whom, how and by whom: one row each time."""

    decision = models.ForeignKey(DisclosureDecision, models.CASCADE, related_name="+")
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    said = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    to = models.CharField(max_length=200, null=True)  # noqa: DJ001
    channel = CodedForeignKey("told_channel")
    at = models.DateTimeField()
    made_by = models.UUIDField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id decision case family_member team channel at made_by recorded_at", personal="to", sensitive="said"
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = _with_writer("made_by")

    class Meta:
        indexes = [models.Index(fields=["decision", "at"], name="protected_made_of_a_decision")]


class RefusedRequest(AppendOnly):
    """Someone asked for what they have no right to, and was told nothing: not even that we know the person (R074)."""

    case = models.UUIDField(null=True, help_text="Empty where whoever answered did not look, or may not")
    family_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True, help_text="The team of whoever answered")
    asked_by = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty
    asked_for = models.TextField(null=True)  # noqa: DJ001
    channel = CodedForeignKey("told_channel")
    answer = CodedForeignKey("refusal_answer")
    happened = models.TextField(null=True)  # noqa: DJ001
    would_not_leave = models.BooleanField(default=False)
    at = models.DateTimeField()
    answered_by = models.UUIDField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id case family_member team channel answer would_not_leave at answered_by recorded_at",
        personal="asked_by asked_for happened",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = _with_writer("answered_by")

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="protected_refused_of_a_case")]
