"""What stands in the menus. Rooms register their items when they start; the layout knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


class Menu(StrEnum):
    """Where an item stands."""

    PRIMARY = "primary"
    ACCOUNT = "account"
    FOOTER = "footer"
    DANGER = "danger"


def signed_in(request: HttpRequest) -> bool:
    """Whether someone is signed in."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def everyone(request: HttpRequest) -> bool:
    """Always."""
    return True


@dataclass(frozen=True)
class NavigationItem:
    """One item: what it is called, the name of its address, who sees it, and its place (lower stands first)."""

    label: str | Promise
    url_name: str
    order: int = 100
    visible: Callable[[HttpRequest], bool] = signed_in
    method: str = "get"


@dataclass(frozen=True)
class NavigationLink:
    """An item as one request sees it. `current` where the request is at it or below it; `method` post needs a form."""

    label: str
    href: str
    current: bool
    method: str = "get"


_items: dict[Menu, dict[str, NavigationItem]] = {menu: {} for menu in Menu}


def register(menu: Menu, item: NavigationItem) -> None:
    """Adds `item` to `menu`; the same address again replaces it. Called from a room's `ready`."""
    _items[menu][item.url_name] = item


def unregister(menu: Menu, url_name: str) -> None:
    """Takes an item out again; unknown items are no error."""
    _items[menu].pop(url_name, None)


def links_of(menu: Menu, request: HttpRequest) -> list[NavigationLink]:
    """The links of `menu` that `request` may see, in order; at most one is current, the most exact."""
    seen = [item for item in sorted(_items[menu].values(), key=lambda item: item.order) if item.visible(request)]
    addresses = [(item, reverse(item.url_name)) for item in seen]
    here = max((href for _, href in addresses if is_at(request.path, href)), key=len, default=None)
    return [
        NavigationLink(label=str(item.label), href=href, current=href == here, method=item.method)
        for item, href in addresses
    ]


def is_at(path: str, href: str) -> bool:
    """Whether `path` is the page at `href` or lies below it; everything lies below the start page, so that is exact."""
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
