"""Addresses of the public pages."""

from django.urls import path

from alongside.foundation.content import views

app_name = "content"
urlpatterns = [
    path("help/", views.public_page, {"key": "pages.help"}, name="help"),
    path("privacy/", views.public_page, {"key": "pages.privacy"}, name="privacy"),
    path("accessibility/", views.public_page, {"key": "pages.accessibility"}, name="accessibility"),
]
