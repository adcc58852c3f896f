"""Addresses of this room."""

from django.urls import URLPattern

app_name = "flags"

urlpatterns: list[URLPattern] = []
