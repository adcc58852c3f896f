"""What happens under an agreement: ticks, contacts drawn from budgets, visits, and the person's wishes on prompts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.involvement.agreements.models.agreement import OF_A_PAIR, Agreement
from alongside.involvement.agreements.rules import Channel
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

OF_AN_AGREEMENT = Keeping(rule="family_member", person="agreement__person", family_member="agreement__family_member")


class Tick(Editable):
    """That something in the table of responsibilities was done, on a day."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+")
    key = models.CharField(max_length=36, help_text="Which responsibility, from version to version")
    on = models.DateField()
    by = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version agreement key on by made_at")
    keeping: ClassVar[Keeping] = OF_AN_AGREEMENT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "key", "on"], name="agreements_tick_once_a_day")]


class ContactDraw(Editable):
    """One contact with a family member, as far as their budget is concerned. `source` is the contact's own row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=6, choices=[(channel.value, channel.value) for channel in Channel])
    on = models.DateField()
    source = models.UUIDField()
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version person family_member channel on source made_at")
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source"], name="agreements_draw_once_a_contact")]
        indexes = [models.Index(fields=["family_member", "on"], name="agreements_draws_by_day")]


class Holds(models.TextChoices):
    """How the boundaries hold, when the agreement is looked at again."""

    WELL = "well", "They hold"
    MOSTLY = "mostly", "Mostly"
    NOT = "not", "They do not hold"


class AgreementReview(Editable):
    """One time that an agreement and its boundaries were looked at again (R148)."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+")
    on = models.DateField()
    holds = models.CharField(max_length=6, choices=Holds.choices)
    words = models.CharField(max_length=500, blank=True)
    next_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version agreement on holds next_on made_at", personal="words")
    keeping: ClassVar[Keeping] = OF_AN_AGREEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=models.F("on")), name="agreements_next_review_later")
        ]


class VisitKind(models.TextChoices):
    """Why the family member is invited to this one."""

    FIRST = "first", "First"
    REGULAR = "regular", "Regular"
    LAST = "last", "Last"


class VisitState(models.TextChoices):
    """What became of an invitation."""

    PLANNED = "planned", "Planned"
    HELD = "held", "They came"
    MISSED = "missed", "They did not come"
    OFF = "off", "Called off"


class Visit(Editable):
    """A session to which the family member is invited, drafted from the rhythm and moved as life goes."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+")
    on = models.DateField()
    until = models.DateField(help_text="The latest day that still keeps the rhythm")
    kind = models.CharField(max_length=8, choices=VisitKind.choices)
    state = models.CharField(max_length=8, choices=VisitState.choices, default=VisitState.PLANNED)

    classification = classed(plain="id version agreement on until kind state")
    keeping: ClassVar[Keeping] = OF_AN_AGREEMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "on"], condition=Q(state=VisitState.PLANNED), name="agreements_visit_once_a_day"
            ),
            models.CheckConstraint(condition=Q(until__gte=models.F("on")), name="agreements_visit_until_after"),
        ]


class Nagging(models.TextChoices):
    """Whether reminders through family feel like nagging, in the person's eyes (R174)."""

    NOT_ASKED = "not_asked", "Not asked yet"
    HELPS = "helps", "No, they help"
    SOMETIMES = "sometimes", "Sometimes"
    TOO_MUCH = "too_much", "Yes, it is too much"


class PromptWishes(Editable):
    """When the person wants no prompts through family, and how many at most. Theirs alone to set (R174, R175)."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    quiet_weekdays = models.JSONField(default=list, help_text="0 is Monday")
    quiet_from = models.DateField(null=True, blank=True)
    quiet_until = models.DateField(null=True, blank=True)
    most_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    nagging = models.CharField(max_length=10, choices=Nagging.choices, default=Nagging.NOT_ASKED)
    asked_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    classification = classed(
        plain="id version person asked_on", personal="quiet_weekdays quiet_from quiet_until most_a_week nagging words"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__gte=models.F("quiet_from")),
                name="agreements_quiet_period_is_whole",
            )
        ]
