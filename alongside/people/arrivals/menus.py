"""What this room puts into the menus."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.navigation import Menu, NavigationItem, register


def may_import(request: HttpRequest) -> bool:
    """Whether the request's user may bring in a caseload."""
    return holding_of(request.user).may(Right.IMPORT_CASELOAD)


def register_menus() -> None:
    """Called once, when the product starts."""
    register(Menu.PRIMARY, NavigationItem(_("Import"), "arrivals:arrivals", order=62, visible=may_import))
