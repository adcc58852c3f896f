from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class FoundationEditorialConfig(AppConfig):
    name = "alongside.foundation.editorial"
    label = "foundation_editorial"
    verbose_name = "Editorial"

    def ready(self) -> None:
        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register

        def may_edit(request: HttpRequest) -> bool:
            return holding_of(getattr(request, "user", None)).may(Right.MANAGE_CONTENT)

        register(Menu.PRIMARY, NavigationItem(_("Wording"), "editorial:items", order=80, visible=may_edit))
