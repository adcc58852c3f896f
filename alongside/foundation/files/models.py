"""What we hold of each stored file; the bytes lie elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.foundation.files.kinds import Kind
from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable


class StoredFile(Editable):
    """A file that was uploaded or made, checked when it came. `storage_key` leads nowhere by itself."""

    name = models.CharField(max_length=120, help_text="As it is given out; people put names of people into it")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.label) for kind in Kind])
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=40, unique=True)
    purpose = models.CharField(max_length=60)
    case = models.UUIDField(null=True, blank=True)
    family_member = models.UUIDField(null=True, blank=True)
    stored_by = models.UUIDField(null=True, blank=True)
    stored_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True, help_text="The first day on which it is no longer kept")

    classification = classed(
        plain="id version kind size sha256 storage_key purpose case family_member stored_by stored_at expires_on",
        personal="name",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", family_member="family_member")

    class Meta:
        ordering = ["-stored_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="files_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="files_kind_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(expires_on__isnull=False), name="files_of_no_case_expire"
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="files_of_a_case", condition=Q(case__isnull=False)),
            models.Index(fields=["expires_on"], name="files_expiring", condition=Q(expires_on__isnull=False)),
        ]
