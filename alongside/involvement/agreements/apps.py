from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class InvolvementAgreementsConfig(AppConfig):
    name = "alongside.involvement.agreements"
    label = "involvement_agreements"
    verbose_name = "Agreements"

    def ready(self) -> None:
        from alongside.foundation.access.rights import Right
        from alongside.foundation.work.links import register_link
        from alongside.involvement.agreements.queries import what_calls_for_a_review
        from alongside.involvement.agreements.reading import draft_lines, version_lines
        from alongside.involvement.suitability.triggers import register_trigger
        from alongside.people.casework.registry import CasePage, MemberPage, register_case_page, register_member_page
        from alongside.safety.access_requests.readable import register_reader

        register_reader("involvement_agreements.Agreement", "draft", draft_lines)
        register_reader("involvement_agreements.Version", "terms", version_lines)
        register_case_page(CasePage("Agreements", "agreements:agreements", Right.SEE_AGREEMENTS, order=46))
        register_member_page(MemberPage("Agreement", "agreements:agreement", Right.SEE_AGREEMENTS, order=50))
        register_link("agreements", _of_member)
        register_link("agreements.boundary", _boundaries)
        register_link("agreements.contact", _boundaries)
        register_link("card.agreements", _of_member)
        register_trigger("agreements", what_calls_for_a_review)


def _of_member(case_id: UUID | None, subject_id: UUID | None) -> str:
    """The agreement with one family member; for what tells of the whole case, all of them."""
    if subject_id is None:
        return reverse("agreements:agreements", args=[case_id])
    return reverse("agreements:agreement", args=[case_id, subject_id])


def _boundaries(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("agreements:boundaries", args=[case_id, subject_id])
