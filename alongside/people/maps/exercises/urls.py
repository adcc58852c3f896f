"""Addresses of the exercises."""

from django.urls import path

from alongside.people.maps.exercises.views import closeness, community, life, overview, supporters, value

app_name = "exercises"

CASE = "cases/<uuid:person_id>/exercises/"

urlpatterns = [
    path(CASE, overview.overview, name="overview"),
    path(f"{CASE}community/", community.community, name="community"),
    path(f"{CASE}community/new/", community.system, name="new_system"),
    path(f"{CASE}community/<uuid:key>/", community.system, name="system"),
    path(f"{CASE}life/", life.life, name="life"),
    path(f"{CASE}life/new/", life.event, name="new_event"),
    path(f"{CASE}life/<uuid:key>/", life.event, name="event"),
    path(f"{CASE}supporters/", supporters.supporters, name="supporters"),
    path(f"{CASE}supporters/new/", supporters.support, name="new_support"),
    path(f"{CASE}supporters/<uuid:key>/", supporters.support, name="support"),
    path(f"{CASE}closeness/", closeness.closeness, name="closeness"),
    path(f"{CASE}closeness/place/", closeness.place_buttons, name="place_buttons"),
    path(f"{CASE}value/", value.value, name="value"),
    path(f"{CASE}value/ask/", value.ask_value, name="ask_value"),
    path(f"{CASE}worksheets/", overview.worksheets, name="worksheets"),
    path(f"{CASE}community/<uuid:key>/take-away/", overview.take_away, {"page": "community"}, name="take_system"),
    path(f"{CASE}life/<uuid:key>/take-away/", overview.take_away, {"page": "life"}, name="take_event"),
    path(f"{CASE}supporters/<uuid:key>/take-away/", overview.take_away, {"page": "supporters"}, name="take_support"),
]
