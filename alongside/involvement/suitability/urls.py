"""Addresses of this room."""

from django.urls import path

from alongside.involvement.suitability.views import following, judging, overview, preparing

app_name = "suitability"
CASE = "cases/<uuid:person_id>/"
MEMBER = f"{CASE}family/<uuid:member_id>/involvement/"
PREPARE = f"{MEMBER}prepare/"
TALK = f"{PREPARE}conversations/<uuid:talk_id>/"
JUDGEMENT = f"{CASE}involvement/judgements/<uuid:judgement_id>/"

urlpatterns = [
    path("involvement/questions/", overview.show_questions, name="questions"),
    path(f"{CASE}involvement/", overview.show_overview, name="overview"),
    path(MEMBER, overview.show_member, name="member"),
    path(f"{MEMBER}quick/", judging.quick, name="quick"),
    path(f"{PREPARE}start/", preparing.start, name="start"),
    path(PREPARE, preparing.prepare, name="prepare"),
    path(f"{PREPARE}notes/", preparing.notes, name="notes"),
    path(f"{PREPARE}set-aside/", preparing.stop, name="set_aside"),
    path(f"{PREPARE}conversations/add/<str:party>/", preparing.add_conversation, name="add_conversation"),
    path(TALK, preparing.change_talk, name="conversation"),
    path(f"{TALK}<str:section>/", preparing.ask, name="ask"),
    path(f"{PREPARE}sources/<str:source>/<str:section>/", preparing.note_source, name="note_source"),
    path(f"{PREPARE}weigh/<str:section>/", preparing.weigh, name="weigh"),
    path(f"{PREPARE}judge/", judging.full, name="judge"),
    path(f"{CASE}involvement/enquiries/<uuid:enquiry_id>/", preparing.enquiry, name="enquiry"),
    path(JUDGEMENT, overview.show_judgement, name="judgement"),
    path(f"{JUDGEMENT}talked-through/", following.discuss, name="discuss"),
    path(f"{MEMBER}pause/", following.pause_it, name="pause"),
    path(f"{MEMBER}step-down/", following.step_it_down, name="step_down"),
    path(f"{MEMBER}resume/", following.resume_it, name="resume"),
    path(f"{MEMBER}in-the-way/", following.in_the_way, name="in_the_way"),
    path(f"{MEMBER}joined-session/", following.joined_session, name="joined_session"),
    path(f"{MEMBER}second-look/", following.ask_second_look, name="ask_second_look"),
    path(f"{CASE}involvement/second-looks/<uuid:look_id>/", following.second_look, name="second_look"),
]
