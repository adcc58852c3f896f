"""Addresses of a list: the same page with another page number, order or filter, keeping everything else."""

from django.http import HttpRequest


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """The request's own address with some parameters set, or taken away where None."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def without_value(request: HttpRequest, *, name: str, value: str, page_name: str = "page") -> str:
    """The request's own address without one value of one filter, back at the first page."""
    query = request.GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    query.pop(page_name, None)
    return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path
