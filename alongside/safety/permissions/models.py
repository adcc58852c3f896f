"""What the person permits and refuses, for one family member: rows that are only ever added, numbered in their order.

What stands at a given moment is derived by `rules`. Personal columns are emptied when whom they are about is erased.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.rules import Advocate, Direction, Interpreter, StepKind, Voicemail, Willing

OF_A_RELATIVE = Keeping(rule="family_member", person="case", family_member="family_member", erasure=Erasure.EMPTY)
PLAIN = "id case family_member number at by by_name"


class Ledger(Editable):
    """One row for each family member, and the number of the last entry about them.

    Whoever adds an entry locks it first, and so does whoever is about to hand something over: a permission never goes
    while it is being relied on, and nothing is relied on once it has gone.
    """

    family_member = models.OneToOneField(FamilyMember, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)

    classification = classed(plain="id version family_member number")
    keeping: ClassVar[Keeping] = Keeping(
        rule="family_member", person="family_member__person", family_member="family_member"
    )


class Entry(AppendOnly):
    """What every entry has: whose case, about whom, its place in the order, and who wrote it down."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    keeping: ClassVar[Keeping] = OF_A_RELATIVE

    class Meta:
        abstract = True


class Permission(Entry):
    """What the person said may be talked about with one family member, how, from when until when (R071).

    Where it was taken in company, or with a doubt, it holds nothing until it is confirmed alone (R060). `missed_days`
    makes it hold only once the person has missed contact for so many days, in the agreed `words` (R072).
    """

    topics = ArrayField(models.CharField(max_length=40), null=True, help_text="Codes of permission_topic")
    direction = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Direction])
    channels = ArrayField(models.CharField(max_length=40), null=True, help_text="Codes of contact_channel")
    starts_at = models.DateTimeField()
    until = models.DateTimeField(help_text="The first moment at which it no longer holds")
    today_only = models.BooleanField(default=False, help_text="Taken in the moment, until the end of the day (R087)")
    missed_days = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - emptied is not the same as empty
    how = CodedForeignKey("permission_taken_how")
    where = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001
    alone = models.BooleanField(help_text="Nobody else was there or listening")
    company = models.CharField(max_length=200, null=True, blank=True, help_text="Who was")  # noqa: DJ001
    pressed = models.BooleanField(help_text="Something suggested that they felt they had to say yes")
    understood = models.BooleanField(help_text="They could say it back in their own words")
    interpreter = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Interpreter])
    advocate = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Advocate])
    support = models.CharField(max_length=300, null=True, blank=True, help_text="Who helps them understand")  # noqa: DJ001

    classification = classed(
        plain=f"{PLAIN} direction starts_at until today_only missed_days how alone pressed understood interpreter"
        " advocate",
        personal="channels words where company",
        sensitive="topics support",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "number"], name="permissions_permission_once"),
            models.CheckConstraint(condition=Q(until__gt=F("starts_at")), name="permissions_ends_after_start"),
            models.CheckConstraint(
                condition=Q(topics__isnull=True) | Q(topics__len__gt=0), name="permissions_has_topics"
            ),
            models.CheckConstraint(
                condition=Q(channels__isnull=True) | Q(channels__len__gt=0), name="permissions_has_channels"
            ),
            models.CheckConstraint(
                condition=Q(missed_days__isnull=True) | Q(missed_days__gt=0), name="permissions_missed_days"
            ),
        ]
        indexes = [
            models.Index(fields=["until"], name="permissions_by_end"),
            models.Index(fields=["starts_at"], name="permissions_by_start"),
        ]


class Step(Entry):
    """What happened afterwards: confirmed alone, withdrawn, refused, lifted, paused, resumed, contact missed or back.

    Without `permission` it holds for everything about the family member. What opens again was said alone.
    """

    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in StepKind])
    permission = models.UUIDField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True, help_text="Since when contact is missed")
    note = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001

    classification = classed(plain=f"{PLAIN} kind permission alone since", personal="note")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "number"], name="permissions_step_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=[StepKind.CONFIRMED, StepKind.LIFTED, StepKind.RESUMED]) | Q(alone=True),
                name="permissions_opened_alone",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.CONFIRMED) | Q(permission__isnull=False),
                name="permissions_confirms_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.MISSED) | Q(permission__isnull=False, since__isnull=False),
                name="permissions_missed_since",
            ),
        ]


class PrivateTopics(Entry):
    """All that the person wants kept from one family member, as of this entry (R080, R081). It replaces the last."""

    topics = ArrayField(models.CharField(max_length=40), null=True)
    words = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001

    classification = classed(plain=PLAIN, sensitive="topics words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family_member", "number"], name="permissions_private_once")]


class Willingness(Entry):
    """What the family member says for themselves (R082), and which confidentiality statement they were given (R086)."""

    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Willing])
    apart = models.BooleanField(default=False, help_text="Asked without the person there")
    statement = models.UUIDField(null=True, blank=True, help_text="The version of the statement that they accepted")
    language = models.CharField(max_length=2, blank=True)
    cooling_until = models.DateTimeField(null=True, blank=True, help_text="Until then they think it over")
    how = CodedForeignKey("permission_taken_how", null=True, blank=True)
    note = models.CharField(max_length=500, null=True, blank=True)  # noqa: DJ001

    classification = classed(plain=f"{PLAIN} state apart statement language cooling_until how", personal="note")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "number"], name="permissions_willingness_once"),
            models.CheckConstraint(
                condition=~Q(state=Willing.AGREED) | Q(statement__isnull=False, cooling_until__isnull=False),
                name="permissions_agreed_to_a_statement",
            ),
        ]


class SafeContactProfile(Entry):
    """When and how a family member may safely be reached (R358). It replaces the last.

    `code_word` is what we say, and shows them that it is us: whoever once answered our call knows it, so it never shows
    us who they are. `their_word` is what they alone give, and nobody here ever says it.
    """

    days = ArrayField(models.PositiveSmallIntegerField(), null=True, help_text="0 is Monday; none: any day")
    from_time = models.TimeField(null=True, blank=True)
    until_time = models.TimeField(null=True, blank=True)
    never = ArrayField(models.CharField(max_length=40), null=True, help_text="Codes of contact_channel")
    voicemail = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Voicemail])
    code_word = models.CharField(max_length=60, null=True, blank=True, help_text="We say it")  # noqa: DJ001
    their_word = models.CharField(max_length=60, null=True, blank=True, help_text="Only they give it")  # noqa: DJ001
    note = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001

    classification = classed(
        plain=f"{PLAIN} voicemail",
        personal="days from_time until_time never note",
        sensitive="code_word their_word",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "number"], name="permissions_safe_contact_once"),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, until_time__isnull=True) | Q(until_time__gt=F("from_time")),
                name="permissions_safe_times",
            ),
            models.CheckConstraint(
                condition=Q(code_word__isnull=True)
                | Q(their_word__isnull=True)
                | ~Q(their_word__iexact=F("code_word")),
                name="permissions_two_words_differ",
            ),
        ]
