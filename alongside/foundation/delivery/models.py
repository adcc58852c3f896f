"""Messages: what was sent to whom, in which approved words, and how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.delivery.rules import OVER, Channel, RecipientKind, State
from alongside.foundation.files.models import StoredFile
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable

OVER_STATES = sorted(state.value for state in OVER)


class Message(Editable):
    """One message on one channel. The address is emptied once it is over; `address_digest` still tells it was the same.

    What was said is the version of the wording and the values that filled it. `reference` is ours, known to the sender
    of the channel, so that a message is never sent twice.
    """

    channel = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Channel])
    recipient_kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in RecipientKind])
    recipient = models.UUIDField(help_text="The person, family member or user")
    case = models.UUIDField(null=True, blank=True)
    family_member = models.UUIDField(null=True, blank=True)
    purpose = models.CharField(max_length=60, help_text="room.thing.verb, for gates and measures")
    content_key = models.CharField(max_length=100)
    content_version = models.UUIDField(help_text="The version of the wording that was sent")
    language = models.CharField(max_length=2)
    values = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    address = models.TextField(null=True, blank=True)  # noqa: DJ001 - emptied is not the same as empty
    address_digest = models.CharField(max_length=64)
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in State], default=State.QUEUED.value
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it did not go, in words for staff")
    reference = models.UUIDField(unique=True, help_text="Ours, known to whoever carries the message")
    carrier = models.CharField(max_length=30, blank=True)
    carrier_reference = models.CharField(max_length=120, blank=True)
    queued_by = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    handed_at = models.DateTimeField(null=True, blank=True, help_text="When it was last begun to be handed over")
    looked = models.PositiveSmallIntegerField(default=0, help_text="Look-ups since then that found nothing")
    over_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version channel recipient_kind recipient case family_member purpose content_key content_version "
        "language file state reason reference carrier carrier_reference queued_by queued_at handed_at looked over_at",
        personal="values address address_digest",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", family_member="family_member")

    class Meta:
        ordering = ["-queued_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OVER_STATES, over_at__isnull=False, address__isnull=True)
                | (~Q(state__in=OVER_STATES) & Q(over_at__isnull=True)),
                name="delivery_over_and_address_emptied",
            ),
            models.CheckConstraint(
                condition=~Q(recipient_kind=RecipientKind.FAMILY_MEMBER.value) | Q(family_member__isnull=False),
                name="delivery_family_member_named",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-queued_at"], name="delivery_of_a_case"),
            models.Index(fields=["state", "queued_at"], name="delivery_by_state"),
        ]
