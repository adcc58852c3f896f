"""Brings the rows up to the files that ship with the product, and never over what was written here."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from alongside.foundation.content.cache import note_change
from alongside.foundation.content.models import ContentApproval, ContentItem, ContentVersion, Language
from alongside.foundation.content.sources import WORDING_FOLDER, SourceItem, read_wording

# Any fixed number: two processes that start together load one after the other.
_LOADING_LOCK = 7_203_114_552


@dataclass
class LoadReport:
    """What a load did, as key and language."""

    added: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def schema_is_complete(using: str) -> bool:
    """Whether every migration of this room has been applied: during a partial migration nothing is loaded."""
    executor = MigrationExecutor(connections[using])
    leaves = executor.loader.graph.leaf_nodes("foundation_content")
    return bool(leaves) and all(leaf in executor.loader.applied_migrations for leaf in leaves)


def load_wording(*, folder: Path = WORDING_FOLDER, using: str = DEFAULT_DB_ALIAS) -> LoadReport:
    """Add a version for each text that ships and differs from the last one that shipped. Again changes nothing.

    English is approved as shipped; Welsh is a draft. Once an editor has written a version of a text, the files leave it
    alone. Items that have vanished from the files stay: something sent long ago may point to them.
    """
    sources = read_wording(folder)
    report = LoadReport()
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADING_LOCK])
        for source in sources:
            item = bring_up_item(source, using=using)
            for language, text in source.texts.items():
                ship(item, source=source, language=language, text=text, report=report, using=using)
        if report.added:
            note_change(using=using)
    return report


def bring_up_item(source: SourceItem, *, using: str) -> ContentItem:
    """The row of an item, with title, owner and shape as the file says."""
    values = {
        "title": source.title,
        "owner": source.owner,
        "shape": source.shape,
        "placeholders": " ".join(source.placeholders),
    }
    item, _made = ContentItem.objects.using(using).get_or_create(key=source.key, defaults=values)
    if any(getattr(item, name) != value for name, value in values.items()):
        ContentItem.objects.using(using).filter(pk=item.pk).update(version=item.version + 1, **values)
    return item


def ship(
    item: ContentItem, *, source: SourceItem, language: Language, text: str, report: LoadReport, using: str
) -> None:
    """Add the text as the next version where it differs and nobody here has written one."""
    versions = ContentVersion.objects.using(using).filter(item=item, language=language).order_by("-number")
    last = versions.first()
    if last is not None and versions.filter(shipped=False).exists():
        report.left_alone.append(f"{item.key} {language}")
        return
    if last is not None and (last.text, last.review_on) == (text, source.review_on):
        return
    version = ContentVersion.objects.using(using).create(
        item=item,
        language=language,
        number=last.number + 1 if last else 1,
        text=text,
        review_on=source.review_on,
        shipped=True,
    )
    if language == Language.ENGLISH:
        ContentApproval.objects.using(using).create(content_version=version, as_shipped=True)
    report.added.append(f"{item.key} {language}")
