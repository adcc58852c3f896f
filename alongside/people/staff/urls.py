"""Addresses for managing the service."""

from django.urls import path

from alongside.people.staff.views import closures, service

app_name = "staff"

urlpatterns = [
    path("staff/", service.members, name="members"),
    path("staff/new/", service.new_member, name="new_member"),
    path("staff/places/", service.places, name="places"),
    path("staff/places/regions/new/", service.new_region, name="new_region"),
    path("staff/places/regions/<uuid:region_id>/units/new/", service.new_unit, name="new_unit"),
    path("staff/places/units/<uuid:unit_id>/teams/new/", service.new_team, name="new_team"),
    path("staff/closures/", closures.closures, name="closures"),
    path("staff/closures/<uuid:closure_id>/open/", closures.open_again, name="open_again"),
    path("staff/teams/<uuid:team_id>/", service.team, name="team"),
    path("staff/teams/<uuid:team_id>/patches/new/", service.new_patch, name="new_patch"),
    path("staff/patches/<uuid:patch_id>/end/", service.end_patch, name="end_patch"),
    path("staff/posts/<uuid:post_id>/end/", service.end_post, name="end_post"),
    path("staff/<uuid:member_id>/", service.member, name="member"),
    path("staff/<uuid:member_id>/change/", service.change_member, name="change_member"),
    path("staff/<uuid:member_id>/posts/new/", service.give_post, name="give_post"),
]
