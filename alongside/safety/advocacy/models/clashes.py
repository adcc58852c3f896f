"""Victims known to victim liaison, names that staff asked about, and where the two may be one human being (B4.7)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.safety.advocacy import wall as walls
from alongside.safety.advocacy.models.workspace import OF_SUPPORT


class KnownVictim(Editable):
    """Someone whom victim liaison keeps in touch with. Behind the wall; only so much as a comparison of names needs."""

    name = models.CharField(max_length=200)
    other_names = models.CharField(max_length=200, blank=True)
    year_of_birth = models.PositiveSmallIntegerField(null=True, blank=True)
    name_keys = ArrayField(models.CharField(max_length=200), help_text="What a comparison of names looks at")
    reference = models.CharField(max_length=60, blank=True, help_text="Where victim liaison keeps the rest")
    case = models.UUIDField(null=True, blank=True, help_text="The person on probation whose victim they are")
    team = models.UUIDField(help_text="Whose victim liaison keeps it")
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(
        plain="id version case team added_at added_by ended_on",
        sensitive="name other_names year_of_birth name_keys reference",
    )
    keeping: ClassVar[Keeping] = OF_SUPPORT
    wall = walls.LIAISON


class NameCheck(AppendOnly):
    """A name that someone asked about before contact. Emptied once compared, so that no list of names is left.

    The asker is told the same at once, whatever there is to know, and so cannot try names out.
    """

    case = models.UUIDField()
    name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty
    year_of_birth = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, null=True)  # noqa: DJ001 - the same
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)

    classification = classed(plain="id case asked_at asked_by asked_by_name", sensitive="name year_of_birth reason")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)

    class Meta:
        indexes = [models.Index(fields=["case", "-asked_at"], name="advocacy_name_check_of_case")]


class ClashState(models.TextChoices):
    """Where a possible clash stands."""

    OPEN = "open", "To decide"
    CONFIRMED = "confirmed", "The same person"
    DISMISSED = "dismissed", "Not the same person"


class Clash(Editable):
    """A name on a case that may be a victim known here. Only victim liaison sees it; nobody is told by itself.

    `family_member` or `check` says where the name stood. `known` is the victim's row: of victim liaison, or of an
    adviser, whose content it does not open.
    """

    case = models.UUIDField()
    family_member = models.UUIDField(null=True, blank=True)
    check_id = models.UUIDField(null=True, blank=True, help_text="The name check that it came from")
    typed_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True, help_text="What the asker wrote")
    known = models.UUIDField()
    known_name = models.CharField(max_length=200)
    known_by = models.CharField(max_length=12, choices=[("liaison", "Victim liaison"), ("adviser", "An adviser")])
    basis = models.CharField(max_length=100)
    found_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    team = models.UUIDField(null=True, blank=True, help_text="The team that held the case")
    state = models.CharField(max_length=10, choices=ClashState.choices, default=ClashState.OPEN)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True, help_text="Why, and what was done")

    classification = classed(
        plain="id version case family_member check_id found_at asked_by asked_by_name team state decided_by decided_at",
        sensitive="typed_name reason known known_name known_by basis decision",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", family_member="family_member")
    wall = walls.CLASHES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["known", "family_member", "check_id"], nulls_distinct=False, name="advocacy_clash_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ClashState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ClashState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="advocacy_clash_decided_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["family_member"], name="advocacy_clash_of_member"),
            models.Index(fields=["state", "found_at"], name="advocacy_clash_queue"),
        ]
