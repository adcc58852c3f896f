from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FoundationContentConfig(AppConfig):
    name = "alongside.foundation.content"
    label = "foundation_content"
    verbose_name = "Content"

    def ready(self) -> None:
        from alongside.foundation.ui.navigation import Menu, NavigationItem, everyone, register

        post_migrate.connect(_load_wording, sender=self)
        for order, (label, page) in enumerate(
            [(_("Help"), "help"), (_("Privacy"), "privacy"), (_("Accessibility statement"), "accessibility")]
        ):
            register(Menu.FOOTER, NavigationItem(label, f"content:{page}", order=10 + order, visible=everyone))


def _load_wording(*, using: str, **kwargs: Any) -> None:
    """Bring the rows up to the files whenever the schema is brought up to date."""
    from alongside.foundation.content.loading import load_wording, schema_is_complete

    if schema_is_complete(using):
        load_wording(using=using)
