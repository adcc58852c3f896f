"""Requests for access, their clock, the items gathered and what was decided about each."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.persons.models import Person
from alongside.safety.access_requests.rules import About, Provider, Verdict


class State(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", "Open"
    RELEASED = "released", "Released"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REFUSED = "refused", "Refused"


class AccessRequest(Editable):
    """Someone asks for what is held about them: the person on probation, or a family member.

    `family_member` is empty where the person asks. It is no foreign key: the request outlives the family member.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="On whose case it is held")
    family_member = models.UUIDField(null=True, blank=True)
    asker = models.CharField(max_length=200, help_text="Who asks, by name")
    through = models.CharField(max_length=200, blank=True, help_text="Who asks for them, with what authority")
    asks_for = models.TextField(blank=True, help_text="What they ask for, where not everything")
    regime = CodedForeignKey("processing_regime")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Welsh")], default="en")
    received_on = models.DateField()
    identity_proved_on = models.DateField(null=True, blank=True)
    identity_how = models.CharField(max_length=200, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_reason = models.CharField(max_length=500, blank=True)
    taken_out = models.TextField(blank=True, help_text="Words that go from every item, one a line")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)
    released_to = models.CharField(max_length=200, blank=True, help_text="How, and to whom, it was given")
    package = models.UUIDField(null=True, blank=True, help_text="The file that was made")
    package_made_at = models.DateTimeField(null=True, blank=True)
    package_digest = models.CharField(max_length=64, blank=True)
    package_erased_on = models.DateField(null=True, blank=True)
    gathered_at = models.DateTimeField(null=True, blank=True)
    marked_under = models.CharField(max_length=16, blank=True, help_text="Edition of the rules of marking")
    noted_by = models.UUIDField()

    classification = classed(
        plain="id version person received_on identity_proved_on extended_on state answered_on released_by package"
        " package_made_at package_digest package_erased_on gathered_at marked_under noted_by regime language",
        personal="family_member asker through asks_for identity_how extended_reason state_reason released_to",
        sensitive="taken_out",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_proved_on__isnull=True) | ~Q(identity_how=""),
                name="access_identity_proved_somehow",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True) | ~Q(extended_reason=""), name="access_extension_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, answered_on__isnull=True)
                | (~Q(state=State.OPEN) & Q(answered_on__isnull=False)),
                name="access_answered_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED) | Q(released_by__isnull=False), name="access_released_by_someone"
            ),
        ]
        indexes = [models.Index(fields=["state", "received_on"], name="access_request_queue")]


class Clarification(Editable):
    """Something that the asker was asked, so that the search is reasonable; the clock stands until they answer."""

    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="+")
    asked_on = models.DateField()
    question = models.CharField(max_length=500)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    classification = classed(plain="id version request asked_on answered_on", personal="question answer")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="request__person", family_member="request__family_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="access_clarified_after_asking",
            )
        ]


class GateOpening(AppendOnly):
    """Someone who answers a request opened the gate to what stands behind the wall, for a reason and some hours."""

    request = models.UUIDField()
    case = models.UUIDField()
    opened_by = models.UUIDField()
    opened_by_name = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    reason = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id request case opened_by opened_by_name opened_at", sensitive="reason")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)

    class Meta:
        indexes = [models.Index(fields=["request", "opened_by"], name="access_gate_of_request")]


class Item(Editable):
    """One thing that is held, as it stood when it was gathered, and what was decided about it.

    `parts` are the fields of the record: key, label and value. Nobody checks what they decided themselves.
    """

    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=80, help_text="Label of the model that it came from")
    source = models.UUIDField(help_text="The row that it came from")
    kind = models.CharField(max_length=120, help_text="What it is, in words")
    dated = models.DateField(null=True, blank=True)
    parts = models.JSONField(help_text="Key, label and value of each field")
    file = models.UUIDField(null=True, blank=True, help_text="The stored file, where it is one")
    guarded = models.BooleanField(default=False, help_text="Behind the wall, or about safety: withheld unless decided")
    withheld_first = models.BooleanField(default=False, help_text="Withheld as it was gathered, before anyone decided")
    about = models.CharField(
        max_length=10, choices=[(one.value, one.label) for one in About], default=About.NOT_LOOKED.value
    )
    provider = models.CharField(
        max_length=10, choices=[(one.value, one.label) for one in Provider], default=Provider.NOT_KNOWN.value
    )
    source_protected = models.BooleanField(default=False)
    verdict = models.CharField(
        max_length=8, choices=[(one.value, one.label) for one in Verdict], default=Verdict.OPEN.value
    )
    ground = CodedForeignKey("withholding_ground", null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    blacked_out = models.TextField(blank=True, help_text="Pages and boxes of a file that are blacked out, one a line")
    left_out = models.JSONField(default=list, help_text="Keys of parts that are left out")
    taken_out = models.TextField(blank=True, help_text="Words that are taken out, one a line")
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version request number model source kind dated file blacked_out guarded withheld_first about provider"
        " source_protected verdict ground decided_by decided_at checked_by checked_at",
        sensitive="parts reason left_out taken_out",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="request__person", family_member="request__family_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="access_item_number_once"),
            models.UniqueConstraint(fields=["request", "model", "source"], name="access_item_once"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | (Q(decided_by__isnull=False) & ~Q(checked_by=F("decided_by"))),
                name="access_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["open", "release"]) | (Q(ground__isnull=False) & ~Q(reason="")),
                name="access_left_out_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="release") | Q(source_protected=False), name="access_protected_source_never_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["request", "verdict", "number"], name="access_item_to_decide"),
            models.Index(fields=["request", "kind", "number"], name="access_item_by_kind"),
        ]
