"""What people tell us: where each thing stands, and behind the wall what was said and what was decided.

`Concern` holds no content: who took it down when, who reads it, whether it was read and decided. What was said stands
in `Taken` until it is placed on a case; from then on it is a row of `safety.protected`, and of nobody else.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.contact.concerns.wall import BESIDE, IN_OWN_NAME
from alongside.foundation.access.rights import Right
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.records.wall import Wall
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team

OF_A_CASE = Keeping(rule="case", person="case concern", family_member="family_member", erasure=Erasure.EMPTY)
"""What was never placed with a case goes by the id of its concern. Rows stay, emptied, so that what nobody has decided
still opens before those who were asked to."""

PASSED = "concern_outcome.PASSED"
"""The outcome of what was given to another team: nothing of it stands here any more."""

IN_EITHER_NAME = f"({IN_OWN_NAME.format(column='{who}')} OR {IN_OWN_NAME.format(column='moved_by')})"
"""Whoever places something with its case, or passes it on, writes it anew and keeps the name of who did it."""


class Concern(Editable):
    """Where something that we were told stands. Its row names nobody who told us and says nothing of what was said."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty until somebody placed it"
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", help_text="Whose leaders and duty read it")
    kind = CodedForeignKey("concern_kind")
    channel = CodedForeignKey("told_channel")
    urgent = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField()
    taken_by_name = models.CharField(max_length=120)
    passed_by = models.UUIDField(null=True, blank=True, help_text="Who gave it to this team, where another had it")
    rung = models.PositiveSmallIntegerField(default=0, help_text="How far up it was brought while nobody read it")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.UUIDField(null=True, blank=True)
    read_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id version person team kind channel urgent taken_at taken_by taken_by_name passed_by rung read_at"
        " read_by read_by_name decided_at decided_by decided_by_name"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person self")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="concerns_read_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, read_at__isnull=False),
                name="concerns_decided_by_a_reader",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "-urgent", "taken_at"],
                condition=Q(decided_at__isnull=True),
                name="concerns_open_of_a_team",
            ),
            models.Index(fields=["rung", "taken_at"], condition=Q(decided_at__isnull=True), name="concerns_waiting"),
            models.Index(fields=["person", "-taken_at"], name="concerns_of_a_case"),
            models.Index(fields=["taken_by", "-taken_at"], name="concerns_taken_by"),
            models.Index(
                fields=["passed_by", "-taken_at"],
                condition=Q(passed_by__isnull=False),
                name="concerns_passed_by",
            ),
        ]


class Taken(Editable):
    """What was said, behind the wall. Once it is placed on a case its words stand in `told`, and are emptied here."""

    concern = models.UUIDField(unique=True)
    case = models.UUIDField(null=True, blank=True, help_text="Empty until somebody placed it")
    family_member = models.UUIDField(null=True, blank=True)
    team = models.UUIDField()
    told = models.UUIDField(null=True, blank=True, help_text="Where its words stand, once placed")
    taken_by = models.UUIDField()
    moved_by = models.UUIDField(null=True, blank=True)
    told_by = CodedForeignKey("told_by")
    told_by_name = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - emptied is not empty
    identity = models.CharField(max_length=12, help_text="How we knew who it was")
    reach = models.CharField(  # noqa: DJ001
        max_length=200, null=True, blank=True, help_text="A safe way and time to reach them"
    )
    about = models.CharField(  # noqa: DJ001
        max_length=300, null=True, blank=True, help_text="Whom it is about, in their words, with any number they gave"
    )
    limits_said = models.BooleanField()
    seen = models.TextField(null=True, blank=True)  # noqa: DJ001
    reported = models.TextField(null=True, blank=True)  # noqa: DJ001
    opinion = models.TextField(null=True, blank=True)  # noqa: DJ001
    wishes = models.TextField(null=True, blank=True)  # noqa: DJ001
    expects = models.TextField(null=True, blank=True)  # noqa: DJ001
    duties = ArrayField(models.CharField(max_length=60), default=list, help_text="Values of duty_owed")
    context = ArrayField(models.CharField(max_length=60), default=list, help_text="Values of concern_context")

    classification = classed(
        plain="id version concern case family_member team told taken_by moved_by told_by identity limits_said duties"
        " context",
        personal="told_by_name reach about",
        sensitive="seen reported opinion wishes expects",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = Wall(reads=BESIDE, writes=IN_EITHER_NAME.format(who="taken_by"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told__isnull=True)
                | Q(Q(seen="") | Q(seen=None), Q(reported="") | Q(reported=None), case__isnull=False),
                name="concerns_words_stand_once",
            )
        ]
        indexes = [models.Index(fields=["case"], name="concerns_taken_of_a_case")]


class Step(AppendOnly):
    """One thing that was done because someone had not come home: who did it, and what came of it (R169)."""

    concern = models.UUIDField()
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    team = models.UUIDField()
    step = CodedForeignKey("missing_step")
    note = models.CharField(max_length=300, null=True)  # noqa: DJ001 - emptied is not the same as empty
    at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    moved_by = models.UUIDField(null=True, help_text="Who placed it with its case, and wrote it anew")

    classification = classed(
        plain="id concern case family_member team step at by by_name moved_by",
        sensitive="note",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = Wall(reads=BESIDE, writes=f"{IN_EITHER_NAME.format(who='by')} AND ({BESIDE})")

    class Meta:
        indexes = [models.Index(fields=["concern", "at"], name="concerns_steps")]


class Decided(AppendOnly):
    """What was decided on something that we were told, why, by whom and when. It is decided once."""

    concern = models.UUIDField(unique=True)
    case = models.UUIDField(null=True)
    family_member = models.UUIDField(null=True)
    team = models.UUIDField()
    outcome = CodedForeignKey("concern_outcome")
    why = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    receipt = models.CharField(max_length=200, null=True, help_text="Who took a referral, and its number")  # noqa: DJ001
    referral = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)

    classification = classed(
        plain="id concern case family_member team outcome referral at by by_name",
        personal="receipt",
        sensitive="why",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE
    wall: ClassVar[Wall] = Wall(reads=BESIDE, writes=f"{IN_OWN_NAME.format(column='by')} AND ({BESIDE})")


class WayIn(Editable):
    """One way of telling a team something: when it is read, and whom to ring now."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    channel = CodedForeignKey("told_channel")
    read_when = models.CharField(max_length=120, help_text="Such as: every working day at nine and at two")
    within_hours = models.PositiveSmallIntegerField(help_text="Working hours after which somebody else is asked")
    ring_now = models.CharField(max_length=120, help_text="Whom to ring now, with the number")

    classification = classed(plain="id version team channel read_when within_hours ring_now")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "channel"], name="concerns_way_once"),
            models.CheckConstraint(
                condition=Q(within_hours__gte=1, within_hours__lte=16), name="concerns_way_read_in_two_days"
            ),
        ]


class Evidence(models.TextChoices):
    """Where the person's own evidence of an absence stands."""

    ASKED = "asked", "Asked for, not here yet"
    SEEN = "seen", "Seen"
    NONE = "none", "None came"


class AbsenceNotice(Editable):
    """A relative told us that the person cannot come. That is a notification; evidence is the person's own (R172)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    contact = models.UUIDField(null=True, blank=True, help_text="The note of the call, in the log")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="The last day, where they said so")
    said = models.CharField(max_length=300, blank=True, help_text="Why, as we were told; empty where that is protected")
    person_knows = models.BooleanField(help_text="Whether the person knows that they rang")
    limits_said = models.BooleanField(help_text="Whether our limits were explained before anyone listened")
    taken_by_name = models.CharField(max_length=120)
    taken_at = models.DateTimeField(auto_now_add=True)
    evidence = models.CharField(max_length=5, choices=Evidence.choices, default=Evidence.ASKED)
    evidence_on = models.DateField(null=True, blank=True)
    evidence_note = models.CharField(max_length=200, blank=True)

    classification = classed(
        plain="id version person family_member contact from_date until_date person_knows limits_said taken_by_name"
        " taken_at evidence evidence_on",
        sensitive="said evidence_note",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=models.F("from_date")),
                name="concerns_absence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="seen") | Q(evidence_on__isnull=False), name="concerns_evidence_seen_on_a_day"
            ),
        ]
        indexes = [models.Index(fields=["person", "-from_date"], name="concerns_absences")]

    @property
    def right(self) -> str:
        """Under which right it may be told of: that somebody rang unknown to the person is told to nobody else."""
        return (Right.SEE_CASE if self.person_knows else Right.SEE_PROTECTED).name
