"""Answers that were used, each with the facts that it rests on. Nothing here is ever altered."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly
from alongside.involvement.decisions.rules import Act, Outcome

KEPT = Keeping(rule="case", person="case", family_member="family_member", erasure=Erasure.EMPTY)


class Use(models.TextChoices):
    """What became of an answer."""

    DONE = "done", "Done"
    ASKED = "asked", "Asked first"
    HELD = "held", "Not done"


class PurposeSaid(AppendOnly):
    """Why this person, why now, what will they do: said once, and good until its day (R046, R047)."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    goal = models.UUIDField(null=True, blank=True, help_text="The goal of the person that it serves")
    why_them = models.CharField(max_length=300, null=True)  # noqa: DJ001 - emptied is not the same as empty
    why_now = models.CharField(max_length=300, null=True)  # noqa: DJ001
    will_do = models.CharField(max_length=300, null=True)  # noqa: DJ001
    until = models.DateField(help_text="The last day on which it holds")

    classification = classed(
        plain="id case family_member at by by_name goal until", personal="why_them why_now will_do"
    )
    keeping: ClassVar[Keeping] = KEPT

    class Meta:
        indexes = [models.Index(fields=["family_member", "-at"], name="decisions_purpose_of_member")]


class Basis(AppendOnly):
    """One question with the facts that bore on it, as the rules read them; the same for all answers that rest on it."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    digest = models.CharField(max_length=32)
    content = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case family_member digest", sensitive="content")
    keeping: ClassVar[Keeping] = KEPT
    full_sight: ClassVar[bool] = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family_member", "digest"], name="decisions_basis_once")]


class Decision(AppendOnly):
    """An answer that somebody acted on, or asked about first: who, when, on which facts, by which policy."""

    case = models.UUIDField()
    family_member = models.UUIDField()
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=120)
    act = models.CharField(max_length=12, choices=[(act.value, act.value) for act in Act])
    topic = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=10, blank=True)
    outcome = models.SmallIntegerField(choices=[(outcome.value, outcome.name) for outcome in Outcome])
    policy = models.PositiveIntegerField(help_text="The version of the policy")
    rules = ArrayField(models.CharField(max_length=40), help_text="The rules that spoke, gravest first")
    asked = ArrayField(models.CharField(max_length=20), default=list, help_text="Kinds of matter to ask about first")
    use = models.CharField(max_length=6, choices=Use.choices)
    purpose = models.ForeignKey(PurposeSaid, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(
        plain="id case family_member basis at by by_name act topic way outcome policy rules asked use purpose",
        personal="note",
    )
    keeping: ClassVar[Keeping] = KEPT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(use=Use.DONE) | Q(outcome__lte=Outcome.CONDITIONS), name="decisions_done_was_allowed"
            ),
            models.CheckConstraint(
                condition=~Q(use=Use.ASKED) | Q(outcome=Outcome.ASK), name="decisions_asked_where_ask_first"
            ),
        ]
        indexes = [
            models.Index(fields=["family_member", "-at"], name="decisions_of_a_member"),
            models.Index(fields=["case", "-at"], name="decisions_of_a_case"),
            models.Index(fields=["basis", "outcome"], name="decisions_of_a_basis"),
        ]
