"""Addresses of the practitioner's pages."""

from django.urls import path

from alongside.people.casework.views import (
    access,
    allocation,
    approvals,
    case,
    caseload,
    coverage,
    family,
    matches,
    person,
    points,
    today,
)

app_name = "casework"
CASE = "cases/<uuid:person_id>/"
MEMBER = f"{CASE}family/<uuid:member_id>/"
POINT = f"{MEMBER}contact/<uuid:point_id>/"

urlpatterns = [
    path("", today.show_today, name="today"),
    path("cases/", caseload.show_caseload, name="caseload"),
    path("cases/add/", person.add, name="add_person"),
    path(CASE, case.show_case, name="case"),
    path(f"{CASE}timeline/", case.show_timeline, name="timeline"),
    path(f"{CASE}to-do/", case.show_to_dos, name="case_to_dos"),
    path(f"{CASE}details/", person.show_details, name="details"),
    path(f"{CASE}details/change/", person.change_details, name="change_details"),
    path(f"{CASE}asked/<str:kind>/", person.asked, name="asked"),
    path(f"{CASE}family/", family.show_family, name="family"),
    path(f"{CASE}family/add/", family.add, name="add_family_member"),
    path(MEMBER, family.show_member, name="family_member"),
    path(f"{MEMBER}change/", family.change, name="change_family_member"),
    path(f"{MEMBER}notice/", family.notice, name="notice"),
    path(f"{MEMBER}end/", family.end, name="end_family_member"),
    path(f"{MEMBER}contact/add/", points.add_point, name="add_contact_point"),
    path(f"{POINT}change/", points.change_point, name="change_contact_point"),
    path(f"{POINT}safety/", points.set_safety, name="contact_point_safety"),
    path(f"{POINT}safe-again/", points.safe_again, name="contact_point_safe_again"),
    path(f"{POINT}show/", points.show_once, name="show_contact_point"),
    path(f"{POINT}remove/", points.remove_point, name="remove_contact_point"),
    path(f"{CASE}allocation/", allocation.show_allocation, name="allocation"),
    path(f"{CASE}allocation/change/", allocation.allocate_case, name="allocate"),
    path(f"{CASE}access/", access.show_access, name="access"),
    path(f"{CASE}access/exclude/", access.add_exclusion, name="add_exclusion"),
    path(f"{CASE}access/exclusions/<uuid:row_id>/end/", access.stop_exclusion, name="end_exclusion"),
    path(f"{CASE}access/restrict/", access.add_restriction, name="add_restriction"),
    path(f"{CASE}access/restrictions/<uuid:row_id>/end/", access.stop_restriction, name="end_restriction"),
    path(f"{CASE}access/give/", access.give, name="give_case"),
    path(f"{CASE}access/confirm/", access.confirm, name="confirm_access"),
    path("to-do/<uuid:to_do_id>/", today.settle, name="to_do"),
    path("cover/", allocation.show_cover, name="cover"),
    path("cover/arrange/", allocation.arrange, name="arrange_cover"),
    path("cover/<uuid:cover_id>/end/", allocation.stop_cover, name="end_cover"),
    path("access-to-confirm/", access.to_confirm, name="to_confirm"),
    path("refused-looks/", access.refused_looks, name="refused_looks"),
    path("matches/", matches.show_queue, name="matches"),
    path("matches/<uuid:match_id>/", matches.decide, name="match"),
    path("approvals/", approvals.show_queue, name="approvals"),
    path("approvals/<uuid:approval_id>/", approvals.decide, name="approval"),
    path("approvals/<uuid:approval_id>/read/", approvals.read, name="read_approval"),
    path("coverage/", coverage.show_coverage, name="coverage"),
]
