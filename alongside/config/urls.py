"""Every address of the product, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.foundation.ui.urls")),
    path("", include("alongside.people.casework.urls")),
    path("", include("alongside.foundation.jobs.urls")),
    path("", include("alongside.foundation.accounts.urls")),
    path("", include("alongside.foundation.content.urls")),
    path("", include("alongside.foundation.editorial.urls")),
    path("", include("alongside.people.staff.urls")),
    path("", include("alongside.people.maps.exercises.urls")),
    path("", include("alongside.people.maps.observations.urls")),
    path("", include("alongside.people.oversight.urls")),
    path("", include("alongside.people.maps.urls")),
    path("", include("alongside.people.arrivals.urls")),
    path("", include("alongside.safety.guidance.urls")),
    path("", include("alongside.safety.orders.urls")),
    path("", include("alongside.safety.flags.urls")),
    path("", include("alongside.safety.young_supporters.urls")),
    path("", include("alongside.safety.protected.urls")),
    path("", include("alongside.safety.advocacy.urls")),
    path("", include("alongside.safety.access_requests.urls")),
    path("", include("alongside.safety.permissions.urls")),
    path("", include("alongside.involvement.goals.urls")),
    path("", include("alongside.involvement.suitability.urls")),
    path("", include("alongside.involvement.agreements.urls")),
    path("", include("alongside.involvement.decisions.urls")),
    path("", include("alongside.contact.log.urls")),
    path("", include("alongside.contact.messages.urls")),
    path("", include("alongside.contact.concerns.urls")),
    path("", include("alongside.contact.helpdesk.urls")),
]

handler500 = "alongside.config.views.server_error"
# allauth's answer to one place that asks too often.
handler429 = "alongside.foundation.accounts.views.helpers.too_many"
