"""Addresses of this room."""

from django.urls import path

from alongside.safety.permissions.views import showing, stopping, taking, theirs

app_name = "permissions"
CASE = "cases/<uuid:person_id>/permissions/"
MEMBER = "cases/<uuid:person_id>/family/<uuid:member_id>/permissions/"

urlpatterns = [
    path(CASE, showing.show_grid, name="grid"),
    path(f"{CASE}card/", showing.card, name="card"),
    path(f"{CASE}missed-contact/", showing.missed, name="missed"),
    path(f"{CASE}in-contact/", showing.back, name="back"),
    path(MEMBER, showing.show_member, name="member"),
    path(f"{MEMBER}ask/", taking.give, name="give"),
    path(f"{MEMBER}today/", taking.give_for_today, name="today"),
    path(f"{MEMBER}confirm/<uuid:permission_id>/", taking.confirm, name="confirm"),
    path(f"{MEMBER}lift/", taking.lift, name="lift"),
    path(f"{MEMBER}go-on/", taking.go_on, name="go_on"),
    path(f"{MEMBER}withdraw/", stopping.take_back, name="withdraw"),
    path(f"{MEMBER}pause/", stopping.put_on_hold, name="pause"),
    path(f"{MEMBER}never/", stopping.never, name="never"),
    path(f"{MEMBER}kept-from-them/", theirs.private, name="private"),
    path(f"{MEMBER}answer/", theirs.answer, name="answer"),
    path(f"{MEMBER}safe-contact/", theirs.safe_contact, name="safe_contact"),
]
