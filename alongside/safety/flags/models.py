"""Flags and their history, checks, stand-down plans, markers for reception, and incidents."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

OF_A_CASE = Keeping(rule="case", person="person", family_member="family_member")


class Scope(models.TextChoices):
    """Whom a flag is about."""

    PERSON = "person", "The person"
    MEMBER = "member", "The family member"
    RELATIONSHIP = "relationship", "The two of them"


class Certainty(models.TextChoices):
    """How sure we are."""

    SUSPECTED = "suspected", "Suspected"
    KNOWN = "known", "Known"


class Direction(models.TextChoices):
    """Who harms whom."""

    FROM_PERSON = "from_person", "The person harms the family member"
    FROM_MEMBER = "from_member", "The family member harms the person"
    BOTH = "both", "Each harms the other"
    NOT_KNOWN = "not_known", "Not known yet"


class Basis(models.TextChoices):
    """Fact, reported or opinion, held apart (DPA 2018 section 38, R357)."""

    FACT = "fact", "Fact"
    REPORTED = "reported", "Reported to us"
    OPINION = "opinion", "Opinion of staff"


class Flag(Editable):
    """A safety flag as it now stands. Everything it ever was stands in `FlagEntry`, which is only added to.

    `awaiting_review` is set by recording and by every change: staff action stops until someone else has reviewed it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    kind = CodedForeignKey("safety_flag")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    direction = models.CharField(max_length=12, choices=Direction.choices, blank=True)
    signs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    source = CodedForeignKey("safety_source")
    words = models.TextField(help_text="What is known, and how")
    recorded_on = models.DateField()
    review_on = models.DateField()
    awaiting_review = models.BooleanField(default=True)
    changed_by = models.UUIDField(null=True, help_text="Who recorded or changed it last: not the one who reviews it")
    in_source_on = models.DateField(null=True, blank=True, help_text="When it was seen in the system of record")
    in_source_by = models.UUIDField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True, help_text="The first day without it")
    removal_reason = CodedForeignKey("flag_removal_reason", null=True, blank=True)

    classification = classed(
        plain="id version person family_member recorded_on review_on awaiting_review changed_by in_source_on"
        " in_source_by removed_on",
        sensitive="kind scope certainty direction signs basis source words removal_reason",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=Scope.PERSON, family_member__isnull=True)
                | (~Q(scope=Scope.PERSON) & Q(family_member__isnull=False)),
                name="flags_scope_names_whom",
            ),
            models.CheckConstraint(
                condition=Q(direction="") | Q(scope=Scope.RELATIONSHIP), name="flags_direction_is_between_two"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removal_reason__isnull=True)
                | Q(removed_on__isnull=False, removal_reason__isnull=False),
                name="flags_removal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("recorded_on")),
                name="flags_removed_after_recorded",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "removed_on"], name="flags_of_a_person"),
            models.Index(fields=["family_member", "removed_on"], name="flags_of_a_member"),
        ]


class EntryKind(models.TextChoices):
    """What was done to a flag."""

    RECORDED = "recorded", "Recorded"
    CHANGED = "changed", "Changed"
    REVIEWED = "reviewed", "Reviewed"
    IN_SOURCE = "in_source", "Seen in the system of record"
    REMOVED = "removed", "Removed"


class FlagEntry(AppendOnly):
    """One thing that was done to a flag, with the flag as it then stood. `case` is the person's id."""

    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    flag = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=10, choices=EntryKind.choices)
    stood = models.JSONField(null=True, help_text="Kind, certainty, direction, basis, source, words, review day")
    note = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case family_member flag at by by_name what", sensitive="stood note")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        indexes = [models.Index(fields=["flag", "at"], name="flags_entries_of_a_flag")]


class SafetyCheck(AppendOnly):
    """Someone looked into a matter and found nothing. What is found is a flag. `case` is the person's id."""

    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    matter = CodedForeignKey("safety_matter")
    checked_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    looked_at = ArrayField(models.CharField(max_length=60), null=True, help_text="Values of safety_source")
    note = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case family_member matter checked_on at by by_name", sensitive="looked_at note")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        indexes = [models.Index(fields=["case", "matter", "checked_on"], name="flags_checks_of_a_case")]


class PlanOccasion(models.TextChoices):
    """Why someone is stood down. Never shown to the person or the family; the words are the same for each."""

    SAFETY = "safety", "Safety"
    LEAVE = "leave", "Staff leave or change of officer"
    ROUTINE = "routine", "Routine review"


class PlanState(models.TextChoices):
    """Where a stand-down plan is."""

    DRAFT = "draft", "To be agreed"
    AGREED = "agreed", "Agreed, not yet told"
    TOLD = "told", "Told"
    ENDED = "ended", "Ended"


class StandDownPlan(Editable):
    """How a family member is stood down without giving anything away: words, day, who tells them, and what is covered.

    The words are governed content that is used for leave and routine reviews too.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    occasion = models.CharField(max_length=8, choices=PlanOccasion.choices)
    words_key = models.CharField(max_length=100, help_text="Key of the governed wording")
    tell_on = models.DateField()
    told_how = models.CharField(max_length=20)
    cover = models.TextField(help_text="Lifts, children, money, messages: who does instead what they did")
    private_contact = models.TextField(blank=True, help_text="How the person is seen and reached alone")
    prepared_by = models.UUIDField(null=True)
    agreed_by = models.UUIDField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member state words_key tell_on told_how prepared_by agreed_by agreed_at told_on"
        " review_on ended_on",
        sensitive="occasion cover private_contact",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=~Q(state=PlanState.ENDED), name="flags_one_plan_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(agreed_by=F("prepared_by")),
                name="flags_plan_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PlanState.DRAFT, PlanState.ENDED]) | Q(agreed_by__isnull=False),
                name="flags_plan_told_once_agreed",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="flags_plans_of_a_person")]


class ReceptionMarker(Editable):
    """What reception does when someone comes, and never why (A19). Coded only: there is no room for a reason."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    action = CodedForeignKey("reception_action")
    from_date = models.DateField()
    until_date = models.DateField(help_text="The last day; a marker is never for ever")
    ended_on = models.DateField(null=True, blank=True, help_text="The first day without it, where it ended early")

    classification = classed(plain="id version person family_member from_date until_date ended_on", sensitive="action")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="flags_marker_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "family_member", "action"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="flags_marker_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "until_date"], name="flags_markers_of_a_person")]


class Incident(Editable):
    """Someone would not leave, threatened or hurt (R099); what follows from it are flags and markers.

    A correction keeps how it stood before as an `IncidentVersion`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(
        FamilyMember, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: the person themselves"
    )
    kind = CodedForeignKey("incident_kind")
    happened_on = models.DateField()
    words = models.TextField(help_text="What was seen and heard")
    police_called = models.BooleanField(default=False)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id version person family_member happened_on recorded_by recorded_at",
        sensitive="kind words police_called",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        indexes = [models.Index(fields=["person", "-happened_on"], name="flags_incidents_of_a_person")]


class IncidentVersion(AppendOnly):
    """How an incident stood before one correction, who corrected it and why. `case` is the person's id."""

    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    incident = models.UUIDField()
    number = models.PositiveIntegerField(help_text="The version that stood until then")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    stood = models.JSONField(null=True, help_text="Kind, day, words, whether the police were called")
    why = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case family_member incident number at by by_name", sensitive="stood why")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="flags_incident_version_once")]


class ExceptionSide(models.TextChoices):
    """For whom someone speaks in a joint exception: one of each has to."""

    SENIOR = "senior", "Senior"
    ADVISER = "adviser", "Domestic abuse adviser"


class ExceptionState(models.TextChoices):
    """Where a joint exception stands."""

    WAITING = "waiting", "Waits for the other of the two"
    AGREED = "agreed", "Agreed by both"
    DECLINED = "declined", "Not agreed"
    ENDED = "ended", "Ended"


class JointException(Editable):
    """That a senior and an adviser agree to something between two people whom abuse keeps apart (R088).

    Only for the victim's own safety reasons. It lifts nothing by itself: every stop stands, and all still ask.
    The reason may tell what the victim said, so only the two sides read it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ExceptionState.choices, default=ExceptionState.WAITING)
    what = models.TextField(help_text="What may be done, and what may not")
    reason = models.TextField(help_text="Why the victim is safer with it than without")
    review_on = models.DateField()
    asked_as = models.CharField(max_length=8, choices=ExceptionSide.choices)
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_as = models.CharField(max_length=8, choices=ExceptionSide.choices, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="Why the other of the two agrees, or does not")
    ended_on = models.DateField(null=True, blank=True)
    end_note = models.TextField(blank=True)

    classification = classed(
        plain="id version person family_member state review_on asked_as asked_by asked_by_name asked_at answered_as"
        " answered_by answered_by_name answered_at ended_on",
        sensitive="what reason answer end_note",
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"],
                condition=Q(state__in=[ExceptionState.WAITING, ExceptionState.AGREED]),
                name="flags_one_exception_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("asked_by")) & ~Q(answered_as=F("asked_as")) & ~Q(answered_as="")),
                name="flags_exception_answered_by_the_other",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ExceptionState.WAITING, ExceptionState.ENDED]) | Q(answered_by__isnull=False),
                name="flags_exception_stands_by_both",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="flags_exceptions_of_a_person")]
