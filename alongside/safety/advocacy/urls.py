"""Addresses of this room."""

from django.urls import URLPattern

app_name = "advocacy"

urlpatterns: list[URLPattern] = []
