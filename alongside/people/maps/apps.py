from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class PeopleMapsConfig(AppConfig):
    name = "alongside.people.maps"
    label = "people_maps"
    verbose_name = "Maps"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from alongside.foundation.access.rights import Right
        from alongside.foundation.audit.erasure import register_sweeper
        from alongside.foundation.work.links import register_link
        from alongside.people.casework.registry import CaseGroup, CasePage, register_case_page
        from alongside.people.maps.retention import sweep

        register_sweeper(sweep)
        register_case_page(CasePage(_("Family map"), "maps:genogram", Right.SEE_FAMILY, order=30))
        register_case_page(
            CasePage(_("Exercises"), "exercises:overview", Right.SEE_FAMILY, order=40, group=CaseGroup.FAMILY)
        )
        register_link("card.maps", _genogram)
        register_link("maps", _genogram)
        register_link("maps.observation", _observations)
        register_link("maps.observation.say", _say)
        register_link("maps.step", lambda case_id, subject_id: reverse("exercises:supporters", args=[case_id]))


def _genogram(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("maps:genogram", args=[case_id])


def _observations(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("observations:overview", args=[case_id])


def _say(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("observations:say", args=[case_id, subject_id])
