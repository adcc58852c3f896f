"""Addresses of supporters under 18."""

from django.urls import path

from alongside.safety.young_supporters import views

app_name = "young_supporters"
CASE = "cases/<uuid:person_id>/"
YOUNG = f"{CASE}family/<uuid:member_id>/under-18/"
EXCEPTION = f"{CASE}age-exceptions/<uuid:exception_id>/"

urlpatterns = [
    path(YOUNG, views.show, name="young"),
    path(f"{YOUNG}age/", views.age, name="age"),
    path(f"{YOUNG}heard/", views.heard, name="heard"),
    path(f"{YOUNG}parents/", views.parents, name="parents"),
    path(f"{YOUNG}parents/not-safe/", views.unsafe, name="unsafe"),
    path(f"{YOUNG}parents/safe/", views.safe, name="safe"),
    path(f"{YOUNG}told/", views.told, name="told"),
    path(f"{YOUNG}exception/", views.ask, name="ask"),
    path(EXCEPTION, views.decide, name="exception"),
    path(f"{EXCEPTION}end/", views.end, name="end"),
]
