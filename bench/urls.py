"""The product's addresses, and one empty page to compare with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

EMPTY = "/bench/empty/"


def empty(request: HttpRequest) -> HttpResponse:
    """The layout with nothing in it, for someone who is signed in."""
    return render(request, "ui/layout.html")


handler500 = "alongside.config.views.server_error"
urlpatterns = [path(EMPTY.lstrip("/"), empty), path("", include("alongside.config.urls"))]
