"""Decisions to disclose under a lawful ground, what was then said to whom, and what was refused."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.rights import Right
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly
from alongside.foundation.records.wall import Wall
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.allocations.wall import in_post, near_the_case, oneself

REFUSED = Keeping(rule="case", person="case id", family_member="family_member", erasure=Erasure.EMPTY)
DECIDED = Keeping(rule="case", person="case id", family_member="family_member to_member", erasure=Erasure.EMPTY)
DISCLOSED = Keeping(rule="case", person="case decision", family_member="family_member to_member", erasure=Erasure.EMPTY)
"""What stands with no case goes by its own id, or by that of the decision that it rests on."""


def _near_or_leading(right: Right = Right.SEE_PROTECTED) -> str:
    """Whoever is near the case; where there is no case, those who lead the writer's team."""
    near = near_the_case(right, case='"case"')
    lead = in_post(Right.APPROVE, team="team")
    return f'{near} OR ("case" IS NULL AND team IS NOT NULL AND {lead})'


def _with_writer(writer: str) -> Wall:
    """The same and the writer. Anyone may write, since danger does not ask whose case it is: but in their own name."""
    return Wall(reads=f"{_near_or_leading()} OR {oneself(writer)}", writes=oneself(writer))


class DisclosureDecision(AppendOnly):
    """A decision to tell someone something without the person's permission: law, not practice (R075).

    `urgent`: the minimum was shared at once, and the approval looks back. Where the one to be told is a family member,
    `to_member` names them, `topics` says on what, and `until` is the last day on which it may be said: so much of it
    reaches "May I?".
    """

    case = models.UUIDField(null=True, help_text="Empty where danger concerns nobody whom we know")
    family_member = models.UUIDField(null=True, help_text="Who told us what it rests on")
    to_member = models.UUIDField(null=True, help_text="Who is told, where a family member")
    topics = ArrayField(models.CharField(max_length=60), default=list, help_text="Codes of permission_topic")
    until = models.DateField(null=True, help_text="The last day on which a family member may be told")
    team = models.UUIDField(null=True, help_text="The writer's team: who approves where there is no case")
    told = models.UUIDField(null=True, help_text="What it rests on, where something that we were told")
    about = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty
    what = models.TextField(null=True)  # noqa: DJ001
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
        plain="id case family_member to_member topics until team told recipient regime ground informed urgent"
        " decided_by decided_at",
        personal="recipient_name about",
        sensitive="what purpose necessity proportionality informed_reason",
    )
    keeping: ClassVar[Keeping] = DECIDED
    wall: ClassVar[Wall] = _with_writer("decided_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=True) | Q(case__isnull=False), name="protected_disclosure_of_a_case_unless_urgent"
            ),
            models.CheckConstraint(
                condition=Q(to_member__isnull=True, topics=[], until__isnull=True)
                | (Q(to_member__isnull=False, until__isnull=False, urgent=False) & ~Q(topics=[])),
                name="protected_disclosure_to_a_member_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-decided_at"], name="protected_disclosure_of_a_case"),
            models.Index(fields=["to_member"], name="protected_disclosure_to_member"),
        ]


class DisclosureReview(AppendOnly):
    """What someone else said of a decision to disclose: approved or not, before the fact or, where urgent, after it."""

    decision = models.OneToOneField(DisclosureDecision, models.CASCADE, related_name="+")
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    to_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    reviewed_by = models.UUIDField()
    reviewed_as = models.CharField(max_length=40, blank=True, help_text="The role in which they looked at it")
    approved = models.BooleanField()
    reason = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id decision case family_member to_member team asked_by reviewed_by reviewed_as approved at",
        sensitive="reason",
    )
    keeping: ClassVar[Keeping] = DISCLOSED
    wall: ClassVar[Wall] = Wall(
        reads=f"{_near_or_leading()} OR {oneself('asked_by')}",
        writes=f"{oneself('reviewed_by')} AND ({_near_or_leading(Right.APPROVE)})",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reviewed_by=F("asked_by")), name="protected_review_never_own_work")
        ]


class DisclosureEnd(AppendOnly):
    """That a decision to disclose ended before its last day: from then on nothing may be said under it (R075)."""

    decision = models.OneToOneField(DisclosureDecision, models.CASCADE, related_name="+")
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    to_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True, help_text="Whose decision it was: they see that it has ended")
    ended_by = models.UUIDField()
    reason = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id decision case family_member to_member team decided_by ended_by at",
        sensitive="reason",
    )
    keeping: ClassVar[Keeping] = DISCLOSED
    wall: ClassVar[Wall] = Wall(
        reads=f"{_near_or_leading()} OR {oneself('decided_by')}",
        writes=f"{oneself('ended_by')} AND ({_near_or_leading(Right.APPROVE)})",
    )


class DisclosureMade(AppendOnly):
    """What was in the end said, to whom, how and by whom: one row each time."""

    decision = models.ForeignKey(DisclosureDecision, models.CASCADE, related_name="+")
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    to_member = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    said = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    to = models.CharField(max_length=200, null=True)  # noqa: DJ001
    channel = CodedForeignKey("told_channel")
    at = models.DateTimeField()
    made_by = models.UUIDField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id decision case family_member to_member team channel at made_by recorded_at",
        personal="to",
        sensitive="said",
    )
    keeping: ClassVar[Keeping] = DISCLOSED
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
    keeping: ClassVar[Keeping] = REFUSED
    wall: ClassVar[Wall] = _with_writer("answered_by")

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="protected_refused_of_a_case")]
