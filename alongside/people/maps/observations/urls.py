"""Addresses of what staff saw."""

from django.urls import path

from alongside.people.maps.observations import views

app_name = "observations"

SEEN = "cases/<uuid:person_id>/map/observations/"

urlpatterns = [
    path(SEEN, views.overview, name="overview"),
    path(f"{SEEN}expect/", views.expect_something, name="expect"),
    path(f"{SEEN}<uuid:key>/expect/", views.expect_something, name="change_expectation"),
    path(f"{SEEN}say/", views.say, name="say_new"),
    path(f"{SEEN}<uuid:key>/say/", views.say, name="say"),
]
