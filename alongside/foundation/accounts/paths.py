"""Which addresses are safe to send someone to."""

from django.utils.http import url_has_allowed_host_and_scheme


def safe_path(target: str, *, otherwise: str = "/") -> str:
    """`target` where it leads to a page of this service, else `otherwise`."""
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if safe else otherwise
