"""What this room puts into the navigation of a family member, and the lines that it answers for."""

from uuid import UUID

from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.links import register_link
from alongside.people.casework.registry import MemberPage, register_member_page
from alongside.people.families.models import FamilyMember
from alongside.safety.young_supporters.actions import APPROVAL, CARD
from alongside.safety.young_supporters.queries import age_known
from alongside.safety.young_supporters.rules import surely_adult


def register_all() -> None:
    """Called once, when the product starts."""
    register_member_page(
        MemberPage("If under 18", "young_supporters:young", Right.SEE_SAFETY, order=90, about=_may_be_under_18)
    )
    register_link("young_supporters", _member)
    register_link(f"card.{CARD}", _member)
    register_link(APPROVAL, lambda case_id, row_id: reverse("young_supporters:exception", args=[case_id, row_id]))


def _may_be_under_18(member: FamilyMember) -> bool:
    return not surely_adult(age_known(member, None), on=today())


def _member(case_id: UUID | None, member_id: UUID | None) -> str:
    return reverse("young_supporters:young", args=[case_id, member_id])
