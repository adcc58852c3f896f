"""Addresses of the look."""

from django.urls import path

from alongside.foundation.ui import views

app_name = "ui"
urlpatterns = [path("language/<slug:code>/", views.change_language, name="language")]
