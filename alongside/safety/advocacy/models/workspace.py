"""What stands behind the wall: the person whom an adviser supports, how to reach them, what was done, how to stay safe.

Each row names its case, so that it goes with it; nothing of the case leads here.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.safety.advocacy import wall as walls

OF_SUPPORT = Keeping(rule="case", person="case")
WRITTEN_ONCE = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)


class CloseReason(models.TextChoices):
    """Why an adviser's work with someone ended."""

    DONE = "done", "The work is done"
    DECLINED = "declined", "They do not want support now"
    NOT_REACHED = "not_reached", "They could not be reached safely"
    ELSEWHERE = "elsewhere", "Another service supports them"
    NOT_OURS = "not_ours", "Not for an adviser"


class SupportedPerson(Editable):
    """Someone whom an adviser supports, as referred. `id` is the referral's, so that the wall needs no join."""

    case = models.UUIDField()
    team = models.UUIDField(help_text="Whose advisers may see it")
    adviser = models.UUIDField(null=True, blank=True, help_text="The user who took it on")
    name = models.CharField(max_length=200)
    other_names = models.CharField(max_length=200, blank=True, help_text="Known as, or called before")
    year_of_birth = models.PositiveSmallIntegerField(null=True, blank=True)
    name_keys = ArrayField(models.CharField(max_length=200), help_text="What a comparison of names looks at")
    request = models.TextField(help_text="What the practitioner wrote")
    hoped_for = models.TextField(blank=True, help_text="What the person wants to happen (R104)")
    urgent = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=12, choices=CloseReason.choices, blank=True)

    classification = classed(
        plain="id version case team adviser closed_at",
        sensitive="name other_names year_of_birth name_keys request hoped_for urgent close_reason",
    )
    keeping: ClassVar[Keeping] = OF_SUPPORT
    wall = walls.SUPPORT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, close_reason="")
                | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="advocacy_end_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["team"], name="advocacy_supported_of_team")]


class DetailKind(models.TextChoices):
    """A way to reach the person supported."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"
    ADDRESS = "address", "Address"
    OTHER = "other", "Another way"


class DetailSafety(models.TextChoices):
    """Whether a way to reach them is safe. Not asked is not safe."""

    NOT_ASKED = "not_asked", "Not asked yet: do not use"
    SAFE = "safe", "Safe to use"
    UNSAFE = "unsafe", "Not safe: do not use"


class ContactDetail(Editable):
    """A way to reach the person supported, held apart from what is written about them."""

    case = models.UUIDField()
    supported = models.ForeignKey(SupportedPerson, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=DetailKind.choices)
    value = models.CharField(max_length=300)
    safety = models.CharField(max_length=10, choices=DetailSafety.choices, default=DetailSafety.NOT_ASKED)
    how = models.CharField(max_length=300, blank=True, help_text="Times, code word, what to say to others")

    classification = classed(plain="id version case supported kind", sensitive="value safety how")
    keeping: ClassVar[Keeping] = OF_SUPPORT
    wall = walls.DETAILS


class EntryKind(models.TextChoices):
    """What an adviser wrote down."""

    REACHED = "reached", "Spoke with them"
    TRIED = "tried", "Tried to reach them"
    AGENCY = "agency", "Spoke with another agency"
    NOTE = "note", "Note"


class Entry(AppendOnly):
    """A contact or a note in an adviser's workspace. A correction is a new entry that names the one it corrects."""

    case = models.UUIDField()
    supported = models.UUIDField()
    at = models.DateTimeField(help_text="When it happened")
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    text = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    corrects = models.UUIDField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=120)

    classification = classed(
        plain="id case supported at kind corrects written_at written_by written_by_name", sensitive="text"
    )
    keeping: ClassVar[Keeping] = WRITTEN_ONCE
    wall = walls.WORK

    class Meta:
        indexes = [models.Index(fields=["supported", "-at"], name="advocacy_entry_of_support")]


class SafetyPlan(AppendOnly):
    """A safety plan as it stood from `made_at`, in the words of the person supported. A change is a new version."""

    case = models.UUIDField()
    supported = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    worries = models.TextField(null=True)  # noqa: DJ001 - emptied is not the same as empty
    signs = models.TextField(null=True)  # noqa: DJ001 - the same
    steps = models.TextField(null=True)  # noqa: DJ001 - the same
    places = models.TextField(null=True)  # noqa: DJ001 - the same
    people = models.TextField(null=True)  # noqa: DJ001 - the same
    children = models.TextField(null=True)  # noqa: DJ001 - the same
    review_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=120)

    classification = classed(
        plain="id case supported number review_on made_at made_by made_by_name",
        sensitive="worries signs steps places people children",
    )
    keeping: ClassVar[Keeping] = WRITTEN_ONCE
    wall = walls.WORK

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supported", "number"], name="advocacy_plan_version_once")]
