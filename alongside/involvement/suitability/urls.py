"""Addresses of this room."""

from django.urls import URLPattern

app_name = "suitability"

urlpatterns: list[URLPattern] = []
