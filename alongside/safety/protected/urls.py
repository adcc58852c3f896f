"""Addresses of this room."""

from django.urls import path

from alongside.safety.protected.views import danger, disclosures, duty, instructions, referrals, refused, told

app_name = "protected"

CASE = "cases/<uuid:person_id>/"

urlpatterns = [
    path(f"{CASE}told/", told.show, name="page"),
    path(f"{CASE}told/listen/", told.listen, name="listen"),
    path(f"{CASE}told/<uuid:told_id>/", told.show_item, name="told"),
    path(f"{CASE}told/<uuid:told_id>/handling/", told.handle, name="handle"),
    path(f"{CASE}told/<uuid:told_id>/correct/", told.correct, name="correct"),
    path(f"{CASE}told/refer/", referrals.refer, name="refer"),
    path(f"{CASE}told/referrals/<uuid:referral_id>/", referrals.show, name="referral"),
    path(f"{CASE}told/disclose/", disclosures.decide, name="disclose"),
    path(f"{CASE}told/disclosures/<uuid:decision_id>/", disclosures.show, name="disclosure"),
    path(f"{CASE}told/disclosures/<uuid:decision_id>/said/", disclosures.say, name="say"),
    path(f"{CASE}told/disclosures/<uuid:decision_id>/end/", disclosures.end, name="end_disclosure"),
    path(f"{CASE}told/refused/", refused.log_on_case, name="refused_on_case"),
    path(f"{CASE}told/handling/", instructions.add, name="add_instruction"),
    path(f"{CASE}told/handling/<uuid:instruction_id>/end/", instructions.end, name="end_instruction"),
    path("refused/", refused.log, name="refused"),
    path("danger/", danger.show, name="danger"),
    path("danger/share/", danger.share, name="share"),
    path("danger/shared/<uuid:decision_id>/", danger.shared, name="shared"),
    path("duty/", duty.show, name="duty"),
    path("duty/<uuid:turn_id>/remove/", duty.remove, name="remove_duty"),
]
