"""Addresses of the log."""

from django.urls import path

from alongside.contact.log.views import finding, writing

app_name = "log"
CASE = "cases/<uuid:person_id>/"

urlpatterns = [
    path("contacts/search/", finding.search, name="search"),
    path(f"{CASE}contacts/", finding.show_contacts, name="contacts"),
    path(f"{CASE}contacts/add/", writing.add, name="add"),
    path(f"{CASE}contacts/returned/", finding.give_back, name="give_back"),
    path(f"{CASE}contacts/<uuid:contact_id>/", writing.show_contact, name="contact"),
    path(f"{CASE}contacts/<uuid:contact_id>/correct/", writing.correct, name="correct"),
    path(f"{CASE}contacts/<uuid:contact_id>/looked-at/", writing.looked_at, name="looked_at"),
    path(f"{CASE}family/<uuid:member_id>/welcome/", writing.welcome, name="welcome"),
    path(f"{CASE}family/<uuid:member_id>/contacts/", finding.show_member_contacts, name="member_contacts"),
]
