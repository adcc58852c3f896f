"""Addresses of agreements."""

from django.urls import path

from alongside.involvement.agreements.views import boundaries, case, living, making, paper

app_name = "agreements"
CASE = "cases/<uuid:person_id>/"
MEMBER = f"{CASE}family/<uuid:member_id>/agreement/"
SLIPS = f"{CASE}family/<uuid:member_id>/boundaries/"

urlpatterns = [
    path(f"{CASE}agreements/", case.show_agreements, name="agreements"),
    path(f"{CASE}agreements/wishes/", case.wishes, name="wishes"),
    path(MEMBER, making.show_agreement, name="agreement"),
    path(f"{MEMBER}begin/", making.begin, name="begin"),
    path(f"{MEMBER}write/<str:part>/", making.write, name="write"),
    path(f"{MEMBER}duties/add/", making.add_duty, name="add_duty"),
    path(f"{MEMBER}duties/<str:key>/", making.change_duty, name="duty"),
    path(f"{MEMBER}duties/<str:key>/take/", making.take_duty, name="take_duty"),
    path(f"{MEMBER}offer/", making.offer, name="offer"),
    path(f"{MEMBER}drop-draft/", making.drop, name="drop_draft"),
    path(f"{MEMBER}answer/", making.answer, name="answer"),
    path(f"{MEMBER}pause/", making.pause, name="pause"),
    path(f"{MEMBER}resume/", making.resume, name="resume"),
    path(f"{MEMBER}end/", making.end, name="end"),
    path(f"{MEMBER}versions/", paper.versions, name="versions"),
    path(f"{MEMBER}copy/<int:number>/<str:language>/", paper.copy, name="copy"),
    path(f"{MEMBER}look-again/", living.look, name="look_again"),
    path(f"{MEMBER}duties/<str:key>/tick/", living.tick_duty, name="tick"),
    path(f"{MEMBER}visits/<uuid:visit_id>/", living.visit, name="visit"),
    path(SLIPS, boundaries.show_boundaries, name="boundaries"),
    path(f"{SLIPS}incident/", boundaries.incident, name="incident"),
    path(f"{SLIPS}plan/", boundaries.plan, name="plan"),
    path(f"{SLIPS}plan/end/", boundaries.end_plan, name="end_plan"),
    path(f"{SLIPS}not-ours/", boundaries.not_ours, name="not_ours"),
    path(f"{SLIPS}end-contact/", boundaries.end, name="end_contact"),
    path(f"{SLIPS}end-contact/seen/", boundaries.seen, name="end_seen"),
    path(f"{SLIPS}end-contact/take-up/", boundaries.take_up, name="take_up"),
]
