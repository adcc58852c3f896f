"""Addresses of the log."""

from django.urls import path

from alongside.contact.log import views

app_name = "log"
CASE = "cases/<uuid:person_id>/"

urlpatterns = [
    path("contacts/search/", views.search, name="search"),
    path(f"{CASE}contacts/", views.show_contacts, name="contacts"),
    path(f"{CASE}contacts/add/", views.add, name="add"),
    path(f"{CASE}contacts/returned/", views.give_back, name="give_back"),
    path(f"{CASE}contacts/<uuid:contact_id>/", views.show_contact, name="contact"),
    path(f"{CASE}contacts/<uuid:contact_id>/correct/", views.correct, name="correct"),
    path(f"{CASE}contacts/<uuid:contact_id>/looked-at/", views.looked_at, name="looked_at"),
    path(f"{CASE}family/<uuid:member_id>/welcome/", views.welcome, name="welcome"),
    path(f"{CASE}family/<uuid:member_id>/contacts/", views.show_member_contacts, name="member_contacts"),
]
