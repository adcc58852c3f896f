from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationReferenceConfig(AppConfig):
    name = "alongside.foundation.reference"
    label = "foundation_reference"
    verbose_name = "Reference"

    def ready(self) -> None:
        post_migrate.connect(_load_lists, sender=self)


def _load_lists(*, using: str, **kwargs: Any) -> None:
    """Bring the rows up to the files whenever the schema is brought up to date: neither is ever without the other."""
    from alongside.foundation.reference.loading import load_lists, schema_is_complete

    if schema_is_complete(using):
        load_lists(using=using)
