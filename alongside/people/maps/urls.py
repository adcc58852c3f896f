"""Addresses of the map."""

from django.urls import path

from alongside.people.maps.views import beside, exchange, genogram, lines, paper, people, review

app_name = "maps"
MAP = "cases/<uuid:person_id>/map/"

urlpatterns = [
    path(MAP, genogram.show, name="genogram"),
    path(f"{MAP}start/", genogram.start, name="start"),
    path(f"{MAP}add/", genogram.add, name="add"),
    path(f"{MAP}still-right/", genogram.still_right, name="still_right"),
    path(f"{MAP}review/", review.sooner, name="review"),
    path(f"{MAP}undo/", genogram.take_back, name="undo"),
    path(f"{MAP}history/", genogram.history, name="history"),
    path(f"{MAP}person/<uuid:key>/", people.person, name="person"),
    path(f"{MAP}person/<uuid:key>/name/", people.name, name="name"),
    path(f"{MAP}take-off/<uuid:key>/", people.take, name="take"),
    path(f"{MAP}person/<uuid:key>/connect/", lines.connect, name="connect"),
    path(f"{MAP}person/<uuid:key>/gets-on/", lines.quality, name="quality"),
    path(f"{MAP}partnership/<uuid:key>/", lines.partnership, name="partnership"),
    path(f"{MAP}parent/<uuid:key>/", lines.parentage, name="parentage"),
    path(f"{MAP}home/", lines.household, name="add_household"),
    path(f"{MAP}home/<uuid:key>/", lines.household, name="household"),
    path(f"{MAP}born-together/<uuid:key>/", lines.twins, name="twins"),
    path(f"{MAP}together/", genogram.show_together, name="together"),
    path(f"{MAP}together/turn/", beside.turn, name="turn"),
    path(f"{MAP}together/leaving/", beside.leave, name="leaving"),
    path(f"{MAP}paper/", paper.paper, name="paper"),
    path(f"{MAP}paper/<str:size>.pdf", paper.pdf, name="pdf"),
    path(f"{MAP}file/", exchange.bring_in, name="bring_in"),
    path(f"{MAP}file/<str:version>.ged", exchange.export, name="export"),
]
