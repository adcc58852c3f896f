from django.apps import AppConfig


class PeopleMapsConfig(AppConfig):
    name = "alongside.people.maps"
    label = "people_maps"
    verbose_name = "Maps"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from alongside.foundation.access.rights import Right
        from alongside.foundation.audit.erasure import register_sweeper
        from alongside.foundation.work.links import register_link
        from alongside.people.casework.registry import CasePage, register_case_page
        from alongside.people.maps.retention import sweep

        register_sweeper(sweep)
        register_case_page(CasePage(_("Exercises"), "exercises:overview", Right.SEE_FAMILY, order=40))
        register_link("maps.step", lambda case_id, subject_id: reverse("exercises:supporters", args=[case_id]))
