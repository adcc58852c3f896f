"""Addresses of this room."""

from django.urls import path

from alongside.contact.concerns.views import absences, calls, reading, ways

app_name = "concerns"
CASE = "cases/<uuid:person_id>/"
CONCERN = "concerns/<uuid:concern_id>/"

urlpatterns = [
    path("calls/", calls.call, name="call"),
    path("calls/tell/", calls.tell, name="tell"),
    path("calls/<uuid:concern_id>/", calls.received, name="received"),
    path(f"{CASE}family/<uuid:member_id>/call/", calls.member_call, name="member_call"),
    path(f"{CASE}concerns/tell/", calls.tell_on_case, name="tell_on_case"),
    path(f"{CASE}concerns/", reading.of_case, name="of_case"),
    path("concerns/", reading.queue, name="queue"),
    path("concerns/when-read/", ways.show, name="ways"),
    path("concerns/when-read/<uuid:team_id>/<slug:channel>/", ways.change, name="way"),
    path(CONCERN, reading.show, name="concern"),
    path(f"{CONCERN}read/", reading.read, name="read"),
    path(f"{CONCERN}decide/", reading.decide, name="decide"),
    path(f"{CONCERN}step/", reading.step, name="step"),
    path(f"{CONCERN}place/", reading.place, name="place"),
    path(f"{CONCERN}place/<uuid:person_id>/", reading.place_with, name="place_with"),
    path(f"{CASE}family/<uuid:member_id>/absence/", absences.add, name="add_absence"),
    path(f"{CASE}absences/<uuid:absence_id>/", absences.show, name="absence"),
]
