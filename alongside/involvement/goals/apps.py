from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class InvolvementGoalsConfig(AppConfig):
    name = "alongside.involvement.goals"
    label = "involvement_goals"
    verbose_name = "Goals"

    def ready(self) -> None:
        from alongside.foundation.access.rights import Right
        from alongside.foundation.work.links import register_link
        from alongside.people.casework.registry import CasePage, register_case_page

        register_case_page(CasePage("Goals", "goals:goals", Right.SEE_GOALS, order=60))
        register_link("goals", _goals)
        register_link("card.goals", _goals)


def _goals(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("goals:goals", args=[case_id])
