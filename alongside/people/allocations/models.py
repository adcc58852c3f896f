"""Who supervises whom, who covers, who may not look, and who has been given a case to read."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from alongside.foundation.access.roles import ROLES
from alongside.foundation.accounts.models import User
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Team

OF_A_CASE = Keeping(rule="case", person="person")


class DateRange(Func):
    """The days from one date up to, and without, another."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Allocation(Editable):
    """A case in the hands of one member of one team, from a day until the day before another (R001)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="The first day on which it no longer holds")
    reason = CodedForeignKey("allocation_reason", null=True, blank=True)

    classification = classed(plain="id version person member team from_date until_date reason")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="allocations_one_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        DateRange("from_date", "until_date", RangeBoundary(inclusive_lower=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gt=F("from_date")),
                name="allocations_end_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "until_date"], include=["person", "member"], name="allocations_of_a_team"),
            models.Index(fields=["member", "until_date"], include=["person"], name="allocations_of_a_member"),
            models.Index(fields=["person", "from_date"], name="allocations_of_a_person"),
        ]


class Cover(Editable):
    """One member looks after another's cases while they are away."""

    absent = models.ForeignKey(Member, models.CASCADE, related_name="+")
    covering = models.ForeignKey(Member, models.CASCADE, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(help_text="The last day of cover")
    reason = CodedForeignKey("cover_reason")

    classification = classed(plain="id version absent covering from_date until_date", personal="reason")
    keeping: ClassVar[Keeping] = Keeping(rule="staff_account")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="cover_by_someone_else"),
        ]
        indexes = [models.Index(fields=["covering", "until_date"], name="cover_by_a_member")]


class Exclusion(Editable):
    """Someone who may not see a case, and what they are told where they type its exact number (B4.8)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    message = models.CharField(max_length=300)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="The last day")
    source = models.CharField(max_length=20, blank=True)

    classification = classed(plain="id version person user from_date until_date source", sensitive="message")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "user", "from_date"], name="exclusion_once")]
        indexes = [models.Index(fields=["user", "person"], name="exclusion_of_a_user")]


class Restriction(Editable):
    """A case that only listed staff may see, and what others are told where they type its exact number (B4.8)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    message = models.CharField(max_length=300)
    speak_to = models.CharField(max_length=120, help_text="Whom to ask: a role or a team, with a telephone number")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="The last day")
    source = models.CharField(max_length=20, blank=True)

    classification = classed(plain="id version person from_date until_date source", sensitive="message speak_to")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "from_date"], name="restriction_once")]
        indexes = [models.Index(fields=["person", "until_date"], name="restriction_of_a_person")]


class RestrictionReader(Editable):
    """Someone who may see a restricted case."""

    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    classification = classed(plain="id version restriction user")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="restriction__person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="restriction_reader_once")]


class UnconfirmedAccess(Editable):
    """A case that arrived without word on limited access: closed to all but the allocated officer until confirmed."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)

    classification = classed(plain="id version person since confirmed_at confirmed_by")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="unconfirmed_access_confirmed_by_someone",
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(confirmed_at__isnull=True), name="unconfirmed_access_open")
        ]


class CaseGrant(Editable):
    """A case given to someone for a purpose and a time: a sample, a consultation, a referral (R003, R006, R011)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.code.value, role.label) for role in ROLES.values()])
    purpose = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(help_text="The last day")
    granted_by = models.UUIDField(null=True)

    classification = classed(plain="id version person user role from_date until_date granted_by", personal="purpose")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="case_grant_ends_after_start")
        ]
        indexes = [models.Index(fields=["user", "until_date"], name="case_grant_of_a_user")]
