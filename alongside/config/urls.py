"""Every address of the product, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.foundation.ui.urls")),
    path("", include("alongside.foundation.jobs.urls")),
]

handler500 = "alongside.config.views.server_error"
