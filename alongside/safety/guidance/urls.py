"""Addresses of this room."""

from django.urls import path

from alongside.safety.guidance import views

app_name = "guidance"
urlpatterns = [
    path("guidance/", views.library, name="library"),
    path("guidance/abuse/<str:point>/", views.read, name="read"),
    path("guidance/who-does-what/", views.who_does_what, name="roles"),
    path("guidance/who-does-what/pdf/", views.who_does_what_pdf, name="roles_pdf"),
]
