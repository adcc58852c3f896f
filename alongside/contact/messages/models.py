"""Messages that staff write to family members, words that the person agreed, and what comes back."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.contact.messages.rules import State
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.files.models import StoredFile
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team

CHANNELS = [(one.value, one.value) for one in Channel]
OF_A_PAIR = Keeping(rule="family_member", person="person", family_member="family_member")


class Phrase(Editable):
    """Words that the person agreed, alone, may go to one family member (R159). Taken back, they are sent no more."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=40, help_text="Code of permission_topic")
    words = models.CharField(max_length=300)
    agreed_on = models.DateField()
    agreed_with = models.UUIDField(help_text="The officer whom they told")
    agreed_with_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member topic agreed_on agreed_with agreed_with_name withdrawn_at",
        sensitive="words",
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="messages_phrase_says_something")]
        indexes = [models.Index(fields=["family_member"], name="messages_phrases_of_a_member")]


class Outgoing(Editable):
    """One message to a family member, from writing to what became of it.

    `decisions` are the kept answers on which writing rested; whether it may go is asked again as it is sent. `message`
    is its row with whoever carries it, once it has been handed there. `content_version` are the words that were read.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    point = models.UUIDField(help_text="The number or address on record that it goes to")
    content_key = models.CharField(max_length=100)
    content_version = models.UUIDField()
    language = models.CharField(max_length=2)
    values = models.JSONField(default=dict)
    phrase = models.ForeignKey(Phrase, models.SET_NULL, related_name="+", null=True, blank=True)
    letter = models.ForeignKey(StoredFile, models.SET_NULL, related_name="+", null=True, blank=True)
    decisions = models.JSONField(default=list, help_text="Ids of the kept answers that it rests on")
    discretion = models.CharField(max_length=300, blank=True, help_text="Why write before meeting or calling, or again")
    send_from = models.DateTimeField(help_text="Not before this moment")
    state = models.CharField(
        max_length=14, choices=[(one.value, one.value) for one in State], default=State.WAITING.value
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it did not go, in words for staff")
    message = models.OneToOneField(Message, models.SET_NULL, related_name="+", null=True, blank=True)
    receipt = models.CharField(
        max_length=30, blank=True, help_text="What its carrier said of it before we knew that it was sent"
    )
    address_digest = models.CharField(max_length=64, blank=True)
    again_of = models.UUIDField(null=True, blank=True, help_text="The message in whose place this one was sent")
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=120)
    written_at = models.DateTimeField(auto_now_add=True)
    over_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(
        null=True, blank=True, help_text="Who decided, where it was not known whether it went"
    )

    classification = classed(
        plain="id version person family_member kind channel point content_key content_version language phrase letter"
        " decisions send_from state reason message receipt again_of written_by written_by_name written_at over_at"
        " settled_by",
        personal="address_digest discretion",
        sensitive="values",
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="messages_state_known"),
            models.UniqueConstraint(
                fields=["again_of"], condition=Q(again_of__isnull=False), name="messages_sent_again_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-written_at", "id"], name="messages_of_a_case"),
            models.Index(fields=["family_member", "-written_at"], name="messages_of_a_member"),
            models.Index(fields=["send_from"], condition=Q(state=State.WAITING.value), name="messages_that_wait_to_go"),
            models.Index(fields=["address_digest"], name="messages_by_address"),
        ]


class StoppedAddress(Editable):
    """A number or address from which somebody asked us to stop. Nothing goes there, to whomever, until it is lifted.

    It bears a digest alone, so that it outlasts the reply and the case: erasing them has nobody written to again. Why
    it was lifted is told in the case's trail, which is erased with the case; what is lifted is let go after some weeks.
    """

    address_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(plain="id version asked_at lifted_at lifted_by lifted_by_name", personal="address_digest")
    keeping: ClassVar[Keeping] = Keeping(rule="case")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_digest"], condition=Q(lifted_at__isnull=True), name="messages_stopped_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="messages_lifted_by_someone",
            ),
        ]


class Settled(models.TextChoices):
    """What became of a reply."""

    WRITTEN_DOWN = "written_down", "Written down as a contact"
    IN_CONFIDENCE = "in_confidence", "Told in confidence, and taken down there"
    NOBODY = "nobody", "From nobody whom we know"


class Reply(Editable):
    """Something that came back by text, email or letter.

    It belongs to a case only where its sender is one family member alone; else it waits for a person to sort it, in
    `team`, and names nobody. Its words are kept from the contacts until somebody has read them: they may be a secret.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", null=True, blank=True)
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, blank=True)
    cases = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        help_text="Cases on which its sender stood, or had been written to, as it came",
    )
    channel = models.CharField(max_length=8, choices=CHANNELS)
    sender = models.CharField(max_length=300, blank=True)
    sender_digest = models.CharField(max_length=64)
    words = models.TextField(null=True, blank=True)  # noqa: DJ001 - emptied is not the same as empty
    stop = models.BooleanField(default=False, help_text="They ask us to stop")
    came_at = models.DateTimeField()
    key = models.CharField(max_length=120, unique=True, help_text="The carrier's name for it, so that it counts once")
    taken_by = models.UUIDField(null=True, blank=True)
    taken_by_name = models.CharField(max_length=120, blank=True)
    contact = models.UUIDField(null=True, blank=True, help_text="The contact that tells of it")
    unclear_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When somebody said that they cannot tell from whom",
    )
    settled = models.CharField(max_length=14, choices=Settled.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)

    classification = classed(
        plain="id version person family_member team cases channel stop came_at key taken_by taken_by_name contact"
        " unclear_at settled settled_at settled_by",
        personal="sender sender_digest",
        sensitive="words",
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, family_member__isnull=True)
                | Q(person__isnull=False, family_member__isnull=False),
                name="messages_reply_of_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True) | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="messages_reply_settled_then",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-came_at"], name="messages_replies_of_a_case"),
            models.Index(
                fields=["team", "came_at"],
                condition=Q(person__isnull=True, settled=""),
                name="messages_replies_to_sort",
            ),
            models.Index(fields=["came_at"], condition=Q(settled=""), name="messages_replies_that_wait"),
        ]
