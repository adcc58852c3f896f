"""Addresses for managing the service."""

from django.urls import path

from alongside.people.staff import views

app_name = "staff"

urlpatterns = [
    path("staff/", views.members, name="members"),
    path("staff/new/", views.new_member, name="new_member"),
    path("staff/places/", views.places, name="places"),
    path("staff/places/regions/new/", views.new_region, name="new_region"),
    path("staff/places/regions/<uuid:region_id>/units/new/", views.new_unit, name="new_unit"),
    path("staff/places/units/<uuid:unit_id>/teams/new/", views.new_team, name="new_team"),
    path("staff/teams/<uuid:team_id>/", views.team, name="team"),
    path("staff/teams/<uuid:team_id>/patches/new/", views.new_patch, name="new_patch"),
    path("staff/patches/<uuid:patch_id>/end/", views.end_patch, name="end_patch"),
    path("staff/posts/<uuid:post_id>/end/", views.end_post, name="end_post"),
    path("staff/<uuid:member_id>/", views.member, name="member"),
    path("staff/<uuid:member_id>/change/", views.change_member, name="change_member"),
    path("staff/<uuid:member_id>/posts/new/", views.give_post, name="give_post"),
]
