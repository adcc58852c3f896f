from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class ContactConcernsConfig(AppConfig):
    name = "alongside.contact.concerns"
    label = "contact_concerns"
    verbose_name = "Concerns"

    def ready(self) -> None:
        from alongside.contact.concerns import menus, wall
        from alongside.contact.concerns.actions.routing import ask_duty_about
        from alongside.contact.concerns.models import AbsenceNotice
        from alongside.contact.concerns.queries import opens
        from alongside.foundation.audit.rectification import register_rectifiable
        from alongside.foundation.work.links import register_link, register_opener
        from alongside.safety.protected.actions.told import register_ask_at_once

        wall.register()
        register_ask_at_once(ask_duty_about)
        menus.register_all()
        for kind in ("concerns.read", "concerns.decide", "concerns.chase"):
            register_link(kind, _concern)
            register_opener(kind, opens)
        register_link("concerns.evidence", _absence)
        register_rectifiable(AbsenceNotice)


def _concern(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("concerns:concern", args=[subject_id]) if subject_id else ""


def _absence(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("concerns:absence", args=[case_id, subject_id]) if case_id and subject_id else ""
