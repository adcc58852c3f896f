"""Addresses of arrivals."""

from django.urls import path

from alongside.people.arrivals import views

app_name = "arrivals"

urlpatterns = [
    path("arrivals/", views.arrivals, name="arrivals"),
    path("arrivals/new/", views.new_arrival, name="new"),
    path("arrivals/example.csv", views.example, name="example"),
    path("arrivals/<uuid:arrival_id>/", views.arrival, name="arrival"),
    path("arrivals/<uuid:arrival_id>/faults/", views.faults, name="faults"),
    path("arrivals/<uuid:arrival_id>/to-fix.csv", views.to_fix, name="to_fix"),
    path("arrivals/<uuid:arrival_id>/changes/", views.changes, name="changes"),
    path("arrivals/<uuid:arrival_id>/take/", views.take, name="take"),
    path("arrivals/<uuid:arrival_id>/finish/", views.finish, name="finish"),
]
