"""What was asked, what was handed on, and advice that does not agree. No row points at a case."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.content.models import ContentVersion
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.staff.models import DeliveryUnit, Team


class Outcome(models.TextChoices):
    """How a question ended at the desk."""

    ANSWERED = "answered", "Answered"
    SENT_ON = "sent_on", "Sent on to somebody who can help"
    HANDED_ON = "handed_on", "Handed on to an officer"


class Enquiry(AppendOnly):
    """One question, in codes alone: what about, what kind of person asked, what they were given, how long it took.

    `content_version` is the very text that was given (R161). There is no column that a name could be typed into.
    """

    at = models.DateTimeField()
    by = models.UUIDField()
    delivery_unit = models.ForeignKey(DeliveryUnit, models.PROTECT, related_name="+")
    topic = CodedForeignKey("help_topic")
    asker = CodedForeignKey("help_asker")
    channel = CodedForeignKey("contact_channel")
    minutes = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    content_version = models.ForeignKey(ContentVersion, models.PROTECT, null=True, blank=True, related_name="+")
    remit = CodedForeignKey("out_of_remit", null=True, blank=True)

    classification = classed(plain="id at by delivery_unit topic asker channel minutes outcome content_version remit")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.HANDED_ON, content_version=None, remit=None)
                | Q(outcome=Outcome.ANSWERED, content_version__isnull=False, remit=None)
                | Q(outcome=Outcome.SENT_ON, content_version__isnull=False, remit__isnull=False),
                name="helpdesk_enquiry_says_what_was_given",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=240), name="helpdesk_enquiry_minutes"),
        ]
        indexes = [models.Index(fields=["delivery_unit", "at"], name="helpdesk_enquiries_of_a_unit")]


class Result(models.TextChoices):
    """What came of a question that was handed on."""

    CASE = "case", "Answered, after asking May I?, and logged on the case"
    GENERAL = "general", "Answered with general information alone"
    LISTENED = "listened", "Listened, and nothing was said about anyone"
    NOT_REACHED = "not_reached", "Tried to reach them, and could not"


class HandedOn(Editable):
    """A question that needs an officer: which team, by when, and what came of it."""

    enquiry = models.OneToOneField(Enquiry, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    asked = models.CharField(max_length=200, help_text="The question in general words")
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)

    classification = classed(plain="id version enquiry team due_on settled_at settled_by result", personal="asked")
    keeping: ClassVar[Keeping] = Keeping(rule="desk_without_case", person="self")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, result="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(result="")),
                name="helpdesk_handed_on_settled_whole",
            )
        ]
        indexes = [
            models.Index(fields=["team", "due_on"], condition=Q(settled_at=None), name="helpdesk_waiting_of_a_team")
        ]


class Slip(Editable):
    """Whom to ring back, and whom they asked about, as they said it. It is torn up once the question is settled.

    Whoever takes it down never reads it again; those who practise on cases of the team do.
    """

    handed_on = models.OneToOneField(HandedOn, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=200, help_text="A number or an address that is safe to use")
    when = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=200, blank=True, help_text="Whom they asked about, as they said it")

    classification = classed(plain="id version handed_on", personal="name reach when", sensitive="about")
    keeping: ClassVar[Keeping] = Keeping(rule="desk_without_case", person="handed_on")


class Decision(models.TextChoices):
    """What a senior decides about advice that does not agree (R162)."""

    STANDS = "stands", "An approved answer stands"
    CHANGE = "change", "The wording has to change, or is missing"
    DEPENDS = "depends", "It depends on the person: an officer answers it"


class Conflict(Editable):
    """Two pieces of advice that do not agree: what was said where, never by or about whom."""

    delivery_unit = models.ForeignKey(DeliveryUnit, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    topic = CodedForeignKey("help_topic")
    said = models.CharField(max_length=300)
    said_where = CodedForeignKey("help_place")
    other = models.CharField(max_length=300)
    other_where = CodedForeignKey("help_place")
    flagged_at = models.DateTimeField()
    flagged_by = models.UUIDField()
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    answer_key = models.CharField(max_length=100, blank=True, help_text="The wording that stands, or has to change")
    content_version = models.ForeignKey(ContentVersion, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=300, blank=True, help_text="What whoever flagged it is told")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    classification = classed(
        plain="id version delivery_unit team topic said_where other_where flagged_at flagged_by decision answer_key"
        " content_version decided_at decided_by",
        personal="said other words",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="desk_without_case", person="self")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", words="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="") & ~Q(words="")),
                name="helpdesk_conflict_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("flagged_by")),
                name="helpdesk_conflict_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.STANDS) | Q(content_version__isnull=False),
                name="helpdesk_conflict_names_what_stands",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "flagged_at"], condition=Q(decided_at=None), name="helpdesk_conflicts_open")
        ]
