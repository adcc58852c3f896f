"""Addresses of this room."""

from django.urls import URLPattern

app_name = "protected"

urlpatterns: list[URLPattern] = []
