"""What the editorial pages show."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from alongside.foundation.content.models import ContentApproval, ContentItem, ContentVersion, Language
from alongside.foundation.editorial.rules import Proposal, ReviewState, review_state


@dataclass(frozen=True)
class VersionRow:
    """One version with its approval."""

    version: ContentVersion
    approval: ContentApproval | None
    newest: bool
    in_use: bool
    review: ReviewState

    @property
    def approved(self) -> bool:
        """Whether it may be used."""
        return self.approval is not None

    @property
    def awaits_approval(self) -> bool:
        """Whether it is the newest and nobody has approved it."""
        return self.newest and self.approval is None


@dataclass(frozen=True)
class LanguageState:
    """How an item stands in one language: its versions, newest first."""

    language: Language
    rows: list[VersionRow]

    @property
    def newest(self) -> VersionRow | None:
        """The newest version."""
        return self.rows[0] if self.rows else None

    @property
    def in_use(self) -> VersionRow | None:
        """The version that readers get: the newest approved one, else the newest draft."""
        return next((row for row in self.rows if row.in_use), None)


@dataclass(frozen=True)
class ItemState:
    """One item in both languages."""

    item: ContentItem
    languages: list[LanguageState]

    @property
    def href(self) -> str:
        """The item's own page."""
        return reverse("editorial:item", args=[self.item.key])

    @property
    def review(self) -> ReviewState:
        """The most pressing review of any language."""
        states = [language.in_use.review for language in self.languages if language.in_use]
        return max(states, key=list(ReviewState).index, default=ReviewState.FINE)

    @property
    def review_on(self) -> date | None:
        """The earliest review date of any language."""
        return min((one.in_use.version.review_on for one in self.languages if one.in_use), default=None)

    @property
    def needs_approval(self) -> bool:
        """Whether the newest version of any language is a draft."""
        return any(language.newest is None or language.newest.awaits_approval for language in self.languages)


def items(*, key: str | None = None) -> list[ItemState]:
    """Every item, or the one called `key`, in both languages, in three queries whatever their number."""
    today = timezone.localdate()
    rows = ContentItem.objects.order_by("key") if key is None else ContentItem.objects.filter(key=key)
    found = list(rows)
    versions = ContentVersion.objects.filter(item__in=found).order_by("-number")
    approvals = {
        approval.content_version_id: approval
        for approval in ContentApproval.objects.filter(content_version__item__in=found)
    }
    by_place: dict[tuple[UUID, str], list[ContentVersion]] = {}
    for version in versions:
        by_place.setdefault((version.item_id, version.language), []).append(version)
    return [
        ItemState(
            item=item,
            languages=[
                LanguageState(language, version_rows(by_place.get((item.pk, language), []), approvals, today=today))
                for language in Language
            ],
        )
        for item in found
    ]


def version_rows(
    versions: list[ContentVersion], approvals: dict[UUID, ContentApproval], *, today: date
) -> list[VersionRow]:
    """Versions, newest first, with what is known of each."""
    used = next((version.pk for version in versions if version.pk in approvals), versions[0].pk if versions else None)
    return [
        VersionRow(
            version=version,
            approval=approvals.get(version.pk),
            newest=place == 0,
            in_use=version.pk == used,
            review=review_state(version.review_on, today=today),
        )
        for place, version in enumerate(versions)
    ]


def due_for_review() -> list[ItemState]:
    """Items whose text in use is past its review date or within thirty days of it."""
    return [state for state in items() if state.review is not ReviewState.FINE]


def proposal_of(row: VersionRow, *, newest_number: int) -> Proposal:
    """A version as the rule of approval looks at it."""
    return Proposal(
        written_by=row.version.written_by,
        number=row.version.number,
        newest_number=newest_number,
        approved=row.approved,
        review_on=row.version.review_on,
    )
