"""Contacts: what was said with whom, one row each, with the wordings that a correction replaced."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast, Coalesce

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person


class Party(models.TextChoices):
    """With whom a contact was."""

    FAMILY = "family", "A family member"
    PERSON = "person", "The person on probation"
    AGENCY = "agency", "Another agency"


class Direction(models.TextChoices):
    """Who began it."""

    FROM_THEM = "from_them", "They contacted us"
    TO_THEM = "to_them", "We contacted them"


class Contact(Editable):
    """One contact. What we gave (`shared`) and what we received (`heard`) are apart (R360).

    `decisions` are the kept answers behind what was shared; `unpermitted` says that something was said which nothing
    permitted, so that it is told honestly and looked at by a senior. `by_law` says that one of the answers rests on a
    decision to disclose: such a contact is there only for those who may see what is protected.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+", null=True, blank=True)
    party = models.CharField(max_length=8, choices=Party.choices)
    person_present = models.BooleanField(default=False, help_text="The person was there when a family member was")
    agency = models.CharField(max_length=120, blank=True, help_text="Which agency, and who there")
    at = models.DateTimeField()
    channel = CodedForeignKey("contact_channel")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    purpose = CodedForeignKey("contact_purpose")
    outcome = CodedForeignKey("contact_outcome")
    heard = models.TextField(blank=True)
    shared = models.TextField(blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list, help_text="Codes of what was shared")
    decisions = ArrayField(models.UUIDField(), default=list, help_text="The kept answers that sharing rests on")
    unpermitted = models.BooleanField(default=False)
    by_law = models.BooleanField(default=False, help_text="Shown only to those who may see what is protected")
    thanked = models.BooleanField(default=False, help_text="That they were thanked or acknowledged (R190)")
    efforts = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Codes of what the family member did unpaid (R142)"
    )
    effort_hours = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Hours that it took them")
    effort_pounds = models.PositiveSmallIntegerField(null=True, blank=True, help_text="What it cost them, in pounds")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Effort, in minutes")
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    view_words = SearchVectorField(
        null=True, editable=False, help_text="The words of the view that came with it: the database keeps them so"
    )
    words = models.GeneratedField(
        expression=Func(
            SearchVector("heard", "shared", "agency", "next_step", config="simple"),
            Coalesce("view_words", Cast(Value(""), SearchVectorField()), output_field=SearchVectorField()),
            template="(%(expressions)s)",
            arg_joiner=" || ",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    written_by = models.UUIDField(null=True, help_text="Nobody for what came in by itself")
    written_by_name = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id version person family_member party person_present at channel direction purpose outcome topics"
        " decisions unpermitted by_law thanked efforts effort_hours effort_pounds minutes next_on written_by"
        " written_by_name written_at",
        personal="agency next_step",
        sensitive="heard shared view_words words",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")

    @property
    def reach(self) -> str:
        """Direct: with a family member. Indirect: about one, with someone else. Both: with them and the person."""
        if self.party == Party.FAMILY:
            return "Both" if self.person_present else "Direct"
        return "Indirect" if self.family_member_id else ""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(party=Party.FAMILY) | Q(family_member__isnull=False),
                name="log_contact_names_its_family_member",
            ),
            models.CheckConstraint(
                condition=Q(party=Party.AGENCY) | Q(agency=""), name="log_contact_agency_only_of_agencies"
            ),
            models.CheckConstraint(
                condition=Q(topics=[]) | Q(party=Party.FAMILY), name="log_contact_topics_only_to_family"
            ),
            models.CheckConstraint(
                condition=Q(efforts=[], effort_hours=None, effort_pounds=None)
                | (~Q(efforts=[]) & Q(family_member__isnull=False)),
                name="log_contact_effort_says_whose_and_what",
            ),
            models.CheckConstraint(
                condition=Q(topics=[]) | ~Q(decisions=[]) | Q(unpermitted=True),
                name="log_contact_sharing_has_its_decision",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="log_contacts_by_word"),
            models.Index(fields=["person", "-at", "id"], name="log_contacts_of_a_case"),
            models.Index(fields=["-at"], name="log_contacts_newest_first"),
            models.Index(
                fields=["family_member", "-at"],
                condition=Q(family_member__isnull=False),
                name="log_contacts_of_a_member",
            ),
        ]


class EarlierContact(AppendOnly):
    """What a contact said before a correction: the values that were replaced, why, when and by whom."""

    contact = models.UUIDField()
    case = models.UUIDField()
    family_member = models.UUIDField(null=True)
    number = models.PositiveIntegerField(help_text="The version of the contact that this was")
    values = models.JSONField(null=True)
    reason = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.UUIDField(null=True, help_text="Nobody where a receipt said that it did not arrive")
    replaced_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id contact case family_member number replaced_at replaced_by replaced_by_name",
        personal="reason",
        sensitive="values",
    )
    keeping: ClassVar[Keeping] = Keeping(
        rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY
    )

    @property
    def summary(self) -> str:
        """When and by whom it was replaced."""
        by = f", replaced by {self.replaced_by_name}" if self.replaced_by_name else ""
        return f"Until {self.replaced_at:%-d %B %Y}{by}"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "number"], name="log_earlier_once")]


class Became(models.TextChoices):
    """What became of a view that a family member gave (R191, R192)."""

    TO_CONSIDER = "to_consider", "To be considered"
    ASSESSMENT = "assessment", "Taken into the assessment"
    OBJECTIVE = "objective", "Taken into an objective"
    REVIEW = "review", "Taken into a review"
    NOT_USED = "not_used", "Considered, and not used"


class FamilyView(Editable):
    """A view that a family member gave, what became of it, and whether they were told."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+")
    view = models.TextField()
    became = models.CharField(max_length=12, choices=Became.choices, default=Became.TO_CONSIDER)
    reason = models.CharField(max_length=300, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="When they were told what became of it")

    classification = classed(plain="id version contact became told_on", personal="reason", sensitive="view")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="contact__person", family_member="contact__family_member")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(became=Became.NOT_USED) | ~Q(reason=""), name="log_view_not_used_says_why"
            )
        ]
