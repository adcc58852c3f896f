"""Addresses of goals."""

from django.urls import path

from alongside.involvement.goals.views import goals, parts

app_name = "goals"
CASE = "cases/<uuid:person_id>/goals/"
GOAL = f"{CASE}<uuid:goal_id>/"

urlpatterns = [
    path(CASE, goals.show_goals, name="goals"),
    path(f"{CASE}add/", goals.add, name="add"),
    path(f"{CASE}review/", goals.review, name="review"),
    path(f"{CASE}sheet/", goals.sheet, name="sheet"),
    path(f"{GOAL}change/", goals.change, name="change"),
    path(f"{GOAL}instead/", goals.instead, name="instead"),
    path(f"{GOAL}end/", goals.end, name="end"),
    path(f"{GOAL}steps/add/", parts.add_a_step, name="add_step"),
    path(f"{GOAL}steps/<uuid:step_id>/", parts.change_a_step, name="step"),
    path(f"{GOAL}steps/<uuid:step_id>/tick/", parts.tick, name="tick"),
    path(f"{GOAL}steps/<uuid:step_id>/drop/", parts.drop, name="drop_step"),
    path(f"{GOAL}help/add/", parts.add_help, name="add_help"),
    path(f"{GOAL}help/<uuid:help_id>/", parts.change_a_help, name="help"),
    path(f"{GOAL}help/<uuid:help_id>/end/", parts.stop_help, name="end_help"),
]
