"""Addresses of this room."""

from django.urls import URLPattern, path

from alongside.safety.flags.views import checks, desk, exceptions, flags, plans, safety

app_name = "flags"

CASE = "cases/<uuid:person_id>/safety/"
MEMBER = "cases/<uuid:person_id>/family/<uuid:member_id>/safety/"
FLAG = f"{CASE}flags/<uuid:flag_id>/"
PLAN = f"{CASE}stand-down/<uuid:plan_id>/"

urlpatterns: list[URLPattern] = [
    path("at-the-desk/", desk.show_desk, name="desk"),
    path(CASE, safety.show_case, name="safety"),
    path(f"{CASE}record/", flags.add, name="add"),
    path(f"{CASE}check/<str:matter>/", checks.check, name="check"),
    path(f"{CASE}incident/", desk.incident, name="incident"),
    path(f"{CASE}incident/<uuid:incident_id>/correct/", desk.correct, name="correct_incident"),
    path(f"{CASE}exceptions/<uuid:exception_id>/", exceptions.show, name="exception"),
    path(f"{CASE}exceptions/<uuid:exception_id>/end/", exceptions.end, name="end_exception"),
    path(f"{CASE}reception/", desk.add_marker, name="add_marker"),
    path(f"{CASE}reception/<uuid:marker_id>/end/", desk.stop_marker, name="end_marker"),
    path(FLAG, flags.show, name="flag"),
    path(f"{FLAG}change/", flags.change, name="change"),
    path(f"{FLAG}review/", flags.review, name="review"),
    path(f"{FLAG}in-the-system-of-record/", flags.in_source, name="in_source"),
    path(f"{FLAG}remove/", flags.remove, name="remove"),
    path(PLAN, plans.show, name="plan"),
    path(f"{PLAN}change/", plans.change, name="change_plan"),
    path(f"{PLAN}agree/", plans.agree, name="agree_plan"),
    path(f"{PLAN}told/", plans.told, name="tell_plan"),
    path(f"{PLAN}end/", plans.end, name="end_plan"),
    path(MEMBER, safety.show_member, name="member"),
    path(f"{MEMBER}record/", flags.add, name="add_about"),
    path(f"{MEMBER}check/<str:matter>/", checks.check, name="check_about"),
    path(f"{MEMBER}incident/", desk.incident, name="incident_about"),
    path(f"{MEMBER}reception/", desk.add_marker, name="add_marker_about"),
    path(f"{MEMBER}exception/", exceptions.ask, name="ask_exception"),
    path(f"{MEMBER}stand-down/", plans.prepare, name="prepare_plan"),
]
