"""Addresses of long work."""

from django.urls import path

from alongside.foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("progress/<uuid:progress_id>/", views.watch_progress, name="progress"),
    path("progress/<uuid:progress_id>/cancel/", views.cancel_progress, name="cancel"),
]
