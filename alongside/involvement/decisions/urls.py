"""Addresses of May I?"""

from django.urls import path

from alongside.involvement.decisions.views import asking, homes, kept, policies

app_name = "decisions"
CASE = "cases/<uuid:person_id>/may-i/"
MEMBER = "cases/<uuid:person_id>/family/<uuid:member_id>/"
HOME = f"{MEMBER}home-check/"
POLICY = "policy/<uuid:policy_id>/"

urlpatterns = [
    path("may-i/", asking.start, name="start"),
    path(CASE, asking.of_case, name="case"),
    path(f"{CASE}kept/", kept.all_kept, name="all_kept"),
    path(f"{CASE}kept/<uuid:decision_id>/", kept.kept, name="kept"),
    path(f"{MEMBER}may-i/", asking.ask, name="ask"),
    path(f"{MEMBER}may-i/use/", asking.use, name="use"),
    path(HOME, homes.home, name="home"),
    path(f"{HOME}use/", homes.use, name="home_use"),
    path(f"{HOME}change/", homes.change, name="home_change"),
    path(f"{HOME}household/", homes.household, name="household"),
    path(f"{HOME}householder/", homes.householder, name="householder"),
    path(f"{HOME}withdraw/", homes.withdraw, name="home_withdraw"),
    path(f"{HOME}end/", homes.end, name="home_end"),
    path("policy/", policies.rules, name="policy"),
    path("policy/waiting/", policies.rules, name="policy_waiting"),
    path("policy/draft/", policies.draft, name="policy_draft"),
    path(POLICY, policies.version, name="policy_version"),
    path(f"{POLICY}change/", policies.change, name="policy_change"),
    path(f"{POLICY}try/", policies.trial, name="policy_trial"),
    path(f"{POLICY}submit/", policies.submit, name="policy_submit"),
    path(f"{POLICY}approve/", policies.approve, name="policy_approve"),
    path(f"{POLICY}drop/", policies.drop, name="policy_drop"),
]
