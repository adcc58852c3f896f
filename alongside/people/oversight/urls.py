"""Addresses of oversight."""

from django.urls import path

from alongside.people.oversight.views import rectification, retention, trails

app_name = "oversight"

urlpatterns = [
    path("trails/", trails.trails, name="trails"),
    path("trails/cases/<uuid:case_id>/", trails.case_trail, name="case_trail"),
    path("trails/cases/<uuid:case_id>/export/", trails.case_trail_export, name="case_trail_export"),
    path("trails/users/<uuid:user_id>/", trails.user_trail, name="user_trail"),
    path("trails/users/<uuid:user_id>/export/", trails.user_trail_export, name="user_trail_export"),
    path("trails/events/<int:event_id>/", trails.event, name="event"),
    path("retention/", retention.retention, name="retention"),
    path("retention/rules/", retention.retention_rules, name="retention_rules"),
    path("retention/rules/<uuid:rule_id>/", retention.retention_rule, name="retention_rule"),
    path("retention/holds/new/", retention.new_hold, name="new_hold"),
    path("retention/holds/<uuid:hold_id>/lift/", retention.end_hold, name="end_hold"),
    path("retention/erase/<uuid:case_id>/", retention.erase_due, name="erase_case"),
    path(
        "retention/erase/<uuid:case_id>/family/<uuid:family_member_id>/",
        retention.erase_due,
        name="erase_family_member",
    ),
    path("retention/certificates/<uuid:certificate_id>/", retention.certificate, name="certificate"),
    path("retention/certificates/<uuid:certificate_id>/pdf/", retention.certificate_pdf, name="certificate_pdf"),
    path("corrections/", rectification.correct, name="correct"),
    path("corrections/<uuid:case_id>/", rectification.correct_case, name="correct_case"),
    path(
        "corrections/<uuid:case_id>/<str:label>/<uuid:record_id>/", rectification.correct_record, name="correct_record"
    ),
]
