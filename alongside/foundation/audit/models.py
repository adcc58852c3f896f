"""What the chain is made of.

An event holds ids, field names, times and a salted digest; the personal values sit in its payload, which erasure may
empty without breaking the chain. Position and digests are written by the database itself as a transaction commits.
"""

from typing import ClassVar

from django.db import models

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable

WORD = r"^[A-Za-z0-9_.]*$"


class EventKind(models.TextChoices):
    """What was done to personal data: the operations that section 62 of the Data Protection Act 2018 wants logged."""

    COLLECTION = "collection", "Collected"
    CHANGE = "change", "Changed"
    CONSULTATION = "consultation", "Looked at"
    DISCLOSURE = "disclosure", "Disclosed"
    COMBINATION = "combination", "Combined"
    ERASURE = "erasure", "Erased"


class ChainKind(models.TextChoices):
    """What a chain is about: one case, one user, or the service as a whole."""

    CASE = "case", "Case"
    USER = "user", "User"
    SERVICE = "service", "Service"


class Event(AppendOnly):
    """One change, in the chain of one case, user or service. Append-only; sealed by the database at commit.

    Ids of actors and subjects are plain values, not foreign keys: the trail must outlive what it tells of.
    """

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    chain = models.UUIDField(help_text="The case, the user, or the nil id for the service")
    chain_kind = models.CharField(max_length=10, choices=ChainKind.choices)
    at = models.DateTimeField()
    kind = models.CharField(max_length=14, choices=EventKind.choices)
    name = models.CharField(max_length=80, help_text="What happened, as room.thing.verb")
    actor = models.UUIDField(null=True, help_text="The user; empty where the system acted by itself")
    subject_type = models.CharField(max_length=80, blank=True)
    subject = models.UUIDField(null=True)
    fields = models.TextField(blank=True, help_text="Names of the fields that the payload holds, with commas between")
    payload_digest = models.BinaryField(null=True)
    position = models.BigIntegerField(null=True)
    previous = models.BinaryField(null=True)
    digest = models.BinaryField(null=True)

    classification = classed(
        plain="id chain chain_kind at kind name actor subject_type subject fields"
        " payload_digest position previous digest"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_event_position_once"),
            models.CheckConstraint(
                condition=models.Q(position__isnull=True, digest__isnull=True)
                | models.Q(position__isnull=False, digest__isnull=False),
                name="audit_event_sealed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(name__regex=WORD)
                & models.Q(subject_type__regex=WORD)
                & models.Q(fields__regex=r"^[A-Za-z0-9_.,]*$"),
                name="audit_event_words_without_bars",
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "-at"], name="audit_event_actor"),
            models.Index(fields=["id"], condition=models.Q(position__isnull=True), name="audit_event_unsealed"),
        ]


class Payload(AppendOnly):
    """The personal values of one event, with the salt of their digest. Erasure empties both and names its ground."""

    id = None  # type: ignore[assignment]
    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="+")
    salt = models.BinaryField(null=True)
    content = models.TextField(  # noqa: DJ001 - emptied is not the same as empty
        null=True, help_text="JSON: values before and after, and the reason given"
    )
    family_member = models.UUIDField(null=True, help_text="Whose values these are, where not the person's own")
    erasure = models.UUIDField(null=True, help_text="The certificate under which this was emptied")

    classification = classed(plain="event family_member erasure", sensitive="salt content")
    keeping: ClassVar[Keeping] = Keeping(rule="audit_payload", erasure=Erasure.EMPTY)
    emptiable = ("salt", "content", "erasure")

    class Meta:
        indexes = [
            models.Index(
                fields=["family_member"],
                condition=models.Q(family_member__isnull=False),
                name="audit_payload_family_member",
            )
        ]


class Head(AppendOnly):
    """The end of one chain. Written by the database alone."""

    id = None  # type: ignore[assignment]
    chain = models.UUIDField(primary_key=True)
    chain_kind = models.CharField(max_length=10, choices=ChainKind.choices)
    position = models.BigIntegerField()
    digest = models.BinaryField()

    classification = classed(plain="chain chain_kind position digest")
    added_by_database = True


class Seal(AppendOnly):
    """A batch of consultations, closed with a digest over its rows and the seal before it."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    sealed_at = models.DateTimeField()
    consultations = models.BigIntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    classification = classed(plain="id sealed_at consultations previous digest")
    added_by_database = True


class Consultation(AppendOnly):
    """Someone looked: at a case, or at a list. Sealed in batches; says who, what and when, never what it showed."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    what = models.CharField(max_length=80)
    refused = models.BooleanField(default=False)
    detail = models.CharField(max_length=200, blank=True)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="+")

    classification = classed(plain="id at actor case what refused detail seal")

    class Meta:
        indexes = [
            models.Index(
                fields=["case", "-at"], condition=models.Q(case__isnull=False), name="audit_consultation_case"
            ),
            models.Index(fields=["actor", "-at"], name="audit_consultation_actor"),
            models.Index(fields=["id"], condition=models.Q(seal__isnull=True), name="audit_consultation_unsealed"),
        ]


class RetentionRule(Editable):
    """How long one kind of record is kept, as data that a policy owner may change; each change is in the trail."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    begins = models.CharField(max_length=200, help_text="What the time is counted from, in words")
    months = models.PositiveSmallIntegerField(help_text="How long it is kept from then")
    source = models.CharField(max_length=300, help_text="The policy or law that it rests on, and how sure we are of it")

    classification = classed(plain="id version code title begins months source")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(months__gte=1), name="audit_retention_at_least_a_month")
        ]


class LegalHold(Editable):
    """While it stands, nothing of the case is erased, whatever the retention rules say."""

    case = models.UUIDField()
    reason = models.CharField(max_length=500)
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    review_on = models.DateField()
    lifted_by = models.UUIDField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=500, blank=True)

    classification = classed(
        plain="id version case placed_by placed_at review_on lifted_by lifted_at", personal="reason lifted_reason"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(lifted_at__isnull=True), name="audit_hold_one_open_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="audit_hold_lifted_by_someone",
            ),
        ]


class Certificate(AppendOnly):
    """What an erasure emptied and deleted, on what ground, by whom: counts and ids, never a name."""

    at = models.DateTimeField()
    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    rule = models.CharField(max_length=60)
    ground = models.CharField(max_length=300)
    erased_by = models.UUIDField(null=True)
    counts = models.JSONField(help_text="Rows deleted and emptied, by model")

    classification = classed(plain="id at case family_member rule ground erased_by counts")
