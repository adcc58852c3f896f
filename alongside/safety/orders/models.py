"""Orders and conditions that keep people apart, as dated data: what the law calls them is in coded lists (B4.9)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.files.models import StoredFile
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class ProtectiveOrder(Editable):
    """An order or condition that keeps someone from someone, or from somewhere, between two dates.

    It binds the person on probation, or a family member where `bound_member` says so. A sentence and its requirements
    are `persons.Order`. `version` rises with every correction, and each version is kept as an `OrderVersion`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    type = CodedForeignKey("protective_order_type")
    bound_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    protects_person = models.BooleanField(default=False)
    forbids_contact = models.BooleanField(default=False)
    forbids_places = models.BooleanField(default=False)
    forbids_children = models.BooleanField(default=False)
    made_by = models.CharField(max_length=120, blank=True, help_text="The court, prison or police that made it")
    reference = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True, help_text="What it says, in its own words")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True, help_text="Its last day; empty: until further order")
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer held")
    end_reason = CodedForeignKey("protective_order_end", null=True, blank=True)
    end_note = models.CharField(max_length=500, blank=True, help_text="How that is known")
    document = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    in_source_on = models.DateField(null=True, blank=True, help_text="When someone saw it in the system of record")
    recorded_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()

    classification = classed(
        plain="id version person bound_member document in_source_on recorded_at changed_at end_reason",
        sensitive="type protects_person forbids_contact forbids_places forbids_children made_by reference words"
        " from_date until_date ended_on end_note",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="bound_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="orders_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason__isnull=True)
                | Q(ended_on__isnull=False, end_reason__isnull=False, ended_on__gte=F("from_date")),
                name="orders_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(protects_person=False) | Q(bound_member__isnull=False),
                name="orders_never_protects_whom_it_binds",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "from_date"], name="orders_of_a_person"),
            models.Index(fields=["until_date"], condition=Q(ended_on__isnull=True), name="orders_running_out"),
        ]


class ProtectedPerson(Editable):
    """Someone whom an order protects: a family member of this case, or a named person outside the network."""

    order = models.ForeignKey(ProtectiveOrder, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)

    classification = classed(plain="id version order", sensitive="family_member name")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="order__person", family_member="family_member order__bound_member"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family_member__isnull=True) & ~Q(name="") | Q(family_member__isnull=False, name=""),
                name="orders_protected_is_member_or_named",
            ),
            models.UniqueConstraint(fields=["order", "family_member", "name"], name="orders_protected_once"),
        ]


class OrderPlace(Editable):
    """A place that an order names. A masked address shows to nobody until someone with the right gives a reason."""

    order = models.ForeignKey(ProtectiveOrder, models.CASCADE, related_name="+")
    kind = CodedForeignKey("order_place_kind")
    family_member = models.ForeignKey(
        FamilyMember, models.CASCADE, null=True, blank=True, related_name="+", help_text="Whose home, work or school"
    )
    address = models.CharField(max_length=500)
    masked = models.BooleanField(default=True)
    removed_on = models.DateField(null=True, blank=True)

    classification = classed(plain="id version order kind masked removed_on", sensitive="family_member address")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="order__person", family_member="family_member order__bound_member"
    )


class OrderVersion(AppendOnly):
    """An order as it stood after one change, who changed it and why. `said` holds ids of family members, no names."""

    order = models.UUIDField()
    case = models.UUIDField()
    family_member = models.UUIDField(null=True, help_text="Whom the order binds, where not the person")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty
    said = models.JSONField(null=True)

    classification = classed(plain="id order case family_member number at by by_name", sensitive="why said")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="orders_version_once")]


class AddressLook(AppendOnly):
    """That a masked address was shown, once, to someone with the right, and why. `ask` is spent by it."""

    case = models.UUIDField()
    order = models.UUIDField()
    place = models.UUIDField()
    family_member = models.UUIDField(null=True)
    ask = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case order place family_member ask at by by_name", sensitive="reason")
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    class Meta:
        indexes = [models.Index(fields=["order", "-at"], name="orders_looks_at_addresses")]


class ConditionReading(Editable):
    """That someone read an imported licence condition, and what came of it. Other words make it unread again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code = models.CharField(max_length=80)
    from_date = models.DateField()
    label = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    order = models.ForeignKey(
        ProtectiveOrder, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: it stops nothing"
    )
    note = models.CharField(max_length=500, blank=True, help_text="Why it stops nothing")
    read_at = models.DateTimeField()
    read_by = models.UUIDField(null=True)
    read_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id version person order read_at read_by read_by_name", sensitive="code from_date label detail note"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="order__bound_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code", "from_date"], name="orders_condition_read_once"),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | ~Q(note=""), name="orders_reading_has_order_or_reason"
            ),
        ]
