"""Addresses of the help desk. None of them names a case."""

from django.urls import path

from alongside.contact.helpdesk.views import answering, conflicts, counting, handing

app_name = "helpdesk"

urlpatterns = [
    path("help-desk/", answering.desk, name="desk"),
    path("help-desk/answers/<str:key>/", answering.answer, name="answer"),
    path("help-desk/answers/<str:key>/leaflet/<str:language>/", answering.leaflet, name="leaflet"),
    path("help-desk/sent-on/", answering.directory, name="directory"),
    path("help-desk/sent-on/<str:code>/", answering.send_on, name="send_on"),
    path("help-desk/hand-on/", handing.hand_on, name="hand_on"),
    path("help-desk/handed-on/", handing.handed_on, name="handed_on"),
    path("help-desk/handed-on/<uuid:handed_on_id>/", handing.one_handed_on, name="one_handed_on"),
    path("help-desk/conflicts/", conflicts.conflicts, name="conflicts"),
    path("help-desk/conflicts/flag/", conflicts.flag, name="flag"),
    path("help-desk/conflicts/<uuid:conflict_id>/", conflicts.conflict, name="conflict"),
    path("help-desk/counts/", counting.counts, name="counts"),
]
