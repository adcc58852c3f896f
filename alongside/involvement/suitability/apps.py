from collections.abc import Callable
from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class InvolvementSuitabilityConfig(AppConfig):
    name = "alongside.involvement.suitability"
    label = "involvement_suitability"
    verbose_name = "Suitability"

    def ready(self) -> None:
        from alongside.foundation.access.rights import Right
        from alongside.foundation.work.decided import on_decided
        from alongside.foundation.work.links import register_latest, register_link, register_opener
        from alongside.involvement.suitability.actions import on_approval_decided
        from alongside.involvement.suitability.actions.following import may_answer, promised_by
        from alongside.involvement.suitability.actions.trail import (
            APPROVAL,
            APPROVED,
            CARD,
            DOUBT,
            ENQUIRY,
            QUESTION,
            SECOND_LOOK,
        )
        from alongside.involvement.suitability.questions import banks
        from alongside.involvement.suitability.reading import grounds_lines, safety_lines
        from alongside.people.casework.registry import CasePage, MemberPage, register_case_page, register_member_page
        from alongside.safety.access_requests.readable import register_reader

        register_reader("involvement_suitability.Judgement", "grounds", grounds_lines)
        register_reader("involvement_suitability.Judgement", "safety_then", safety_lines)
        banks()
        on_decided(APPROVAL, on_approval_decided)
        register_case_page(CasePage("Judgements", "suitability:overview", Right.SEE_CONDITIONS, order=45))
        register_member_page(MemberPage("Judgement", "suitability:member", Right.SEE_CONDITIONS, order=40))
        register_link("suitability", _page)
        register_link(f"card.{CARD}", _page)
        for kind, page in (
            (APPROVAL, "judgement"),
            (QUESTION, "judgement"),
            (APPROVED, "judgement"),
            (DOUBT, "judgement"),
            (SECOND_LOOK, "second_look"),
            (ENQUIRY, "enquiry"),
        ):
            register_link(kind, _row(page))
        register_opener(SECOND_LOOK, may_answer)
        register_latest(SECOND_LOOK, promised_by)


def _page(case_id: UUID | None, subject_id: UUID | None) -> str:
    """About one family member, or about all: a card on the case page names none."""
    if subject_id is None:
        return reverse("suitability:overview", args=[case_id])
    return reverse("suitability:member", args=[case_id, subject_id])


def _row(page: str) -> Callable[[UUID | None, UUID | None], str]:
    return lambda case_id, subject_id: reverse(f"suitability:{page}", args=[case_id, subject_id])
