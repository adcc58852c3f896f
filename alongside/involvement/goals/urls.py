"""Addresses of goals."""

from django.urls import path

from alongside.involvement.goals import views

app_name = "goals"
CASE = "cases/<uuid:person_id>/goals/"
GOAL = f"{CASE}<uuid:goal_id>/"

urlpatterns = [
    path(CASE, views.show_goals, name="goals"),
    path(f"{CASE}add/", views.add, name="add"),
    path(f"{CASE}review/", views.review, name="review"),
    path(f"{CASE}sheet/", views.sheet, name="sheet"),
    path(f"{GOAL}change/", views.change, name="change"),
    path(f"{GOAL}instead/", views.instead, name="instead"),
    path(f"{GOAL}end/", views.end, name="end"),
    path(f"{GOAL}steps/add/", views.add_a_step, name="add_step"),
    path(f"{GOAL}steps/<uuid:step_id>/", views.change_a_step, name="step"),
    path(f"{GOAL}steps/<uuid:step_id>/tick/", views.tick, name="tick"),
    path(f"{GOAL}steps/<uuid:step_id>/drop/", views.drop, name="drop_step"),
    path(f"{GOAL}help/add/", views.add_help, name="add_help"),
    path(f"{GOAL}help/<uuid:help_id>/", views.change_a_help, name="help"),
    path(f"{GOAL}help/<uuid:help_id>/end/", views.stop_help, name="end_help"),
]
