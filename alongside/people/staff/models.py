"""The service and the people who work in it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.access.roles import ROLES
from alongside.foundation.accounts.models import User
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.people.staff.rules import LONGEST_CLOSURE


class Service(Editable):
    """A probation service: the top of the tree."""

    name = models.CharField(max_length=120, unique=True)

    classification = classed(plain="id version name")


class Region(Editable):
    """A region of the service."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20, unique=True, help_text="Its code in the system of record")

    classification = classed(plain="id version service name code")


class DeliveryUnit(Editable):
    """A probation delivery unit: several teams and offices of one area."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20, unique=True)

    classification = classed(plain="id version region name code")


class Team(Editable):
    """A team: what a case is allocated to."""

    delivery_unit = models.ForeignKey(DeliveryUnit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20, unique=True)
    telephone = models.CharField(max_length=30, blank=True)
    active = models.BooleanField(default=True)

    classification = classed(plain="id version delivery_unit name code telephone active")


Place = Team | DeliveryUnit | Region | Service


class Employment(models.TextChoices):
    """How someone works for the service (R007)."""

    EMPLOYEE = "employee", "Employee"
    VOLUNTEER = "volunteer", "Volunteer"


class Member(Editable):
    """A member of staff, or a volunteer."""

    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    staff_code = models.CharField(max_length=20, blank=True, help_text="Officer code in the system of record")
    employment = models.CharField(max_length=10, choices=Employment.choices, default=Employment.EMPLOYEE)
    vetted_until = models.DateField(null=True, blank=True)
    trained_on = models.DateField(null=True, blank=True, help_text="Family work training completed")

    classification = classed(
        plain="id version user employment vetted_until trained_on", personal="grade telephone staff_code"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="staff_account")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff_code"], condition=~Q(staff_code=""), name="staff_member_code_once")
        ]


class Post(Editable):
    """A role that a member holds in one team, unit, region or service, between two dates."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.code.value, role.label) for role in ROLES.values()])
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    delivery_unit = models.ForeignKey(DeliveryUnit, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="The last day")

    classification = classed(plain="id version member role team delivery_unit region service from_date until_date")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, delivery_unit__isnull=True, region__isnull=True, service__isnull=True)
                | Q(team__isnull=True, delivery_unit__isnull=False, region__isnull=True, service__isnull=True)
                | Q(team__isnull=True, delivery_unit__isnull=True, region__isnull=False, service__isnull=True)
                | Q(team__isnull=True, delivery_unit__isnull=True, region__isnull=True, service__isnull=False),
                name="staff_post_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="staff_post_ends_after_start",
            ),
        ]


class DutyKind(models.TextChoices):
    """What someone on duty is there for."""

    SENIOR = "senior", "Duty senior"
    OFFICER = "officer", "Duty officer"


class DutyTurn(Editable):
    """A member is on duty for a delivery unit: whoever needs help now is sent to them, and its cases are theirs."""

    delivery_unit = models.ForeignKey(DeliveryUnit, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=DutyKind.choices)
    from_date = models.DateField()
    until_date = models.DateField(help_text="The last day")

    classification = classed(plain="id version delivery_unit member kind from_date until_date")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_date__gte=F("from_date")), name="staff_duty_ends_after_start"),
            models.UniqueConstraint(fields=["delivery_unit", "member", "kind", "from_date"], name="staff_duty_once"),
        ]
        indexes = [
            models.Index(fields=["delivery_unit", "until_date"], name="staff_duty_of_a_unit"),
            models.Index(fields=["member", "until_date"], name="staff_duty_of_a_member"),
        ]


class OfficeClosure(Editable):
    """Days on which nobody of a delivery unit, or of the whole service, is at work, besides weekends and bank holidays.

    The reason is for staff to say aloud: it stands beside what families are promised.
    """

    delivery_unit = models.ForeignKey(
        DeliveryUnit, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: the whole service"
    )
    from_date = models.DateField()
    until_date = models.DateField(help_text="The last day")
    reason = models.CharField(max_length=80)

    classification = classed(plain="id version delivery_unit from_date until_date reason")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date"), until_date__lt=F("from_date") + LONGEST_CLOSURE),
                name="staff_closure_of_a_fortnight_at_most",
            ),
            models.UniqueConstraint(
                fields=["delivery_unit", "from_date"], nulls_distinct=False, name="staff_closure_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["until_date"], name="staff_closure_by_last_day")]


class Patch(Editable):
    """A place that a team, or one member of it, looks after (R339)."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=120)
    postcode_district = models.CharField(max_length=4, blank=True, help_text="Such as LL57")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    classification = classed(plain="id version team member place postcode_district from_date until_date")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="staff_patch_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["postcode_district"], name="staff_patch_by_district")]
