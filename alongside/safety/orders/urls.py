"""Addresses of orders and conditions."""

from django.urls import path

from alongside.safety.orders.views import conditions, places, reading, writing

app_name = "orders"
CASE = "cases/<uuid:person_id>/"
ORDERS = f"{CASE}orders/"
ORDER = f"{ORDERS}<uuid:order_id>/"
PLACE = f"{ORDER}places/<uuid:place_id>/"

urlpatterns = [
    path(ORDERS, reading.show_orders, name="orders"),
    path(f"{ORDERS}record/", writing.record, name="record"),
    path(f"{ORDERS}conditions/<uuid:marker_id>/", conditions.read, name="condition"),
    path(ORDER, reading.show_order, name="order"),
    path(f"{ORDER}correct/", writing.correct, name="correct"),
    path(f"{ORDER}end/", writing.end, name="end"),
    path(f"{ORDER}attach/", writing.attach, name="attach"),
    path(f"{ORDER}paper/", places.paper, name="paper"),
    path(f"{ORDER}in-the-system-of-record/", writing.in_source, name="in_source"),
    path(f"{ORDER}places/add/", places.add, name="add_place"),
    path(f"{PLACE}remove/", places.remove, name="remove_place"),
    path(f"{PLACE}address/", places.unmask, name="unmask"),
    path(f"{CASE}family/<uuid:member_id>/orders/", reading.show_member_orders, name="member_orders"),
]
