"""Addresses of this room."""

from django.urls import URLPattern

app_name = "young_supporters"

urlpatterns: list[URLPattern] = []
