"""Addresses of this room."""

from django.urls import path

from alongside.safety.advocacy.views import liaison, outside, workspace

app_name = "advocacy"
CASE = "cases/<uuid:person_id>/adviser/"
MEMBER = "cases/<uuid:person_id>/family/<uuid:member_id>/adviser/"
SUPPORT = "adviser/<uuid:supported_id>/"
LIAISON = "victim-liaison/"

urlpatterns = [
    path(CASE, outside.show_case, name="case"),
    path(f"{CASE}refer/", outside.refer_case, name="refer"),
    path(f"{CASE}asked/", outside.asked, name="asked"),
    path(f"{CASE}asked/<uuid:declined_id>/", outside.show_declined, name="declined"),
    path(f"{CASE}name/", outside.ask_name, name="ask_name"),
    path(MEMBER, outside.show_member, name="member"),
    path(f"{MEMBER}refer/", outside.refer_member, name="refer_member"),
    path("adviser/", workspace.workspace, name="workspace"),
    path(SUPPORT, workspace.support, name="support"),
    path(f"{SUPPORT}acknowledge/", workspace.take, name="acknowledge"),
    path(f"{SUPPORT}change/", workspace.change, name="change"),
    path(f"{SUPPORT}hand-over/", workspace.give, name="hand_over"),
    path(f"{SUPPORT}close/", workspace.close, name="close"),
    path(f"{SUPPORT}entries/<uuid:entry_id>/correct/", workspace.correct, name="correct"),
    path(f"{SUPPORT}plan/", workspace.plan, name="plan"),
    path(f"{SUPPORT}plan/versions/", workspace.plans, name="plans"),
    path(f"{SUPPORT}contact/", workspace.details, name="details"),
    path(f"{SUPPORT}contact/add/", workspace.new_detail, name="add_detail"),
    path(f"{SUPPORT}contact/<uuid:detail_id>/", workspace.edit_detail, name="change_detail"),
    path(LIAISON, liaison.clashes, name="clashes"),
    path(f"{LIAISON}clashes/<uuid:clash_id>/", liaison.clash, name="clash"),
    path(f"{LIAISON}victims/", liaison.victims, name="victims"),
    path(f"{LIAISON}victims/add/", liaison.new_victim, name="add_victim"),
    path(f"{LIAISON}victims/<uuid:victim_id>/", liaison.edit_victim, name="change_victim"),
    path(f"{LIAISON}victims/<uuid:victim_id>/end/", liaison.stop_victim, name="end_victim"),
]
