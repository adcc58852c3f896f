"""Which addresses are safe to send someone to, and which form a script asks to keep."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_KEPT_PATH = "kept-path"


def safe_path(target: str, *, otherwise: str = "/") -> str:
    """`target` where it leads to a page of this service, else `otherwise`."""
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if safe else otherwise


def kept_path(request: HttpRequest) -> str:
    """Where the form that a page's script sends to be kept was going; empty where it says nothing, or another site."""
    return safe_path(request.POST.get(_KEPT_PATH, ""), otherwise="")


def kept_fields(request: HttpRequest) -> dict[str, list[str]]:
    """The names and values of the form that is to be kept."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists() if name != _KEPT_PATH}
