"""Wording as rows: an item, its versions in each language, and who approved which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable

KEY = r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"


class Language(models.TextChoices):
    """The languages that every item has, or is to have."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"


class Shape(models.TextChoices):
    """How a text is laid out: one sentence or line, or a page with headings, lists and links."""

    LINE = "line", "One line"
    PAGE = "page", "Page"


class ContentItem(Editable):
    """One piece of wording: what it is, who answers for it, and which values it is filled with."""

    key = models.CharField(max_length=100, unique=True, help_text="As code asks for it, like pages.privacy")
    title = models.CharField(max_length=160)
    owner = models.CharField(max_length=120, help_text="The post that answers for it, never a person's name")
    shape = models.CharField(max_length=8, choices=Shape.choices)
    placeholders = models.CharField(max_length=300, blank=True, help_text="Names, separated by spaces")

    classification = classed(plain="id version key title owner shape placeholders")

    class Meta:
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=Q(key__regex=KEY), name="content_key_is_dotted_words")]

    @property
    def placeholder_names(self) -> frozenset[str]:
        """The values that every version must leave room for."""
        return frozenset(self.placeholders.split())


class ContentVersion(AppendOnly):
    """One version of one item in one language. It is a draft until an approval names it.

    A version is shipped with the product or written here; an id of a user is a plain value, since accounts stand above.
    """

    item = models.ForeignKey(ContentItem, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language.choices)
    number = models.PositiveIntegerField()
    text = models.TextField()
    review_on = models.DateField(help_text="The day by which its owner looks at it again")
    shipped = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id item language number text review_on shipped reason written_at written_by", personal="written_by_name"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="accountability")

    class Meta:
        ordering = ["item", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "language", "number"], name="content_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="content_version_from_one"),
            models.CheckConstraint(
                condition=Q(shipped=True, written_by__isnull=True) | Q(shipped=False, written_by__isnull=False),
                name="content_version_shipped_or_written",
            ),
        ]


class ContentApproval(AppendOnly):
    """That one version may be used, and who says so. English that ships with the product is approved as shipped."""

    content_version = models.OneToOneField(ContentVersion, on_delete=models.PROTECT, related_name="+")
    as_shipped = models.BooleanField(default=False)
    approved_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    written_by = models.UUIDField(null=True, blank=True, help_text="Who wrote the version, so that the row can refuse")

    classification = classed(
        plain="id content_version as_shipped approved_at approved_by written_by", personal="approved_by_name"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="accountability")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(as_shipped=True, approved_by__isnull=True)
                | (Q(as_shipped=False, approved_by__isnull=False) & ~Q(approved_by_name="")),
                name="content_approval_is_named",
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="content_approval_by_another",
            ),
        ]
