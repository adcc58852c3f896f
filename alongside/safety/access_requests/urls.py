"""Addresses of this room."""

from django.urls import path

from alongside.safety.access_requests.views import items, package, requests

app_name = "access_requests"
REQUEST = "access-requests/<uuid:request_id>/"
ITEM = f"{REQUEST}items/<uuid:item_id>/"

urlpatterns = [
    path("access-requests/", requests.requests, name="requests"),
    path("access-requests/new/", requests.find, name="find"),
    path("access-requests/new/<uuid:person_id>/", requests.note, name="note"),
    path(REQUEST, requests.show, name="request"),
    path(f"{REQUEST}identity/", requests.identity, name="identity"),
    path(f"{REQUEST}clarify/", requests.clarify, name="clarify"),
    path(f"{REQUEST}longer/", requests.longer, name="longer"),
    path(f"{REQUEST}words/", requests.words, name="words"),
    path(f"{REQUEST}end/", requests.end, name="end"),
    path(f"{REQUEST}gather/", items.gather_items, name="gather"),
    path(f"{REQUEST}items/", items.items, name="items"),
    path(f"{REQUEST}items/release/", items.release_kind, name="release_kind"),
    path(f"{REQUEST}items/agree/", items.agree_with, name="agree"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}pages/<int:number>/", items.page_picture, name="page"),
    path(f"{ITEM}check/", items.check, name="check"),
    path(f"{REQUEST}gate/", items.gate, name="gate"),
    path(f"{REQUEST}package/", package.make, name="make"),
    path(f"{REQUEST}package/read/", package.download, name="download"),
    path(f"{REQUEST}package/given/", package.give, name="give"),
    path(f"{REQUEST}package/erase/", package.erase, name="erase"),
]
