"""What this room puts into menus and the navigation of a case, and the lines it answers for."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import Reach
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.foundation.work.links import register_link, register_notice
from alongside.people.casework.points import register_point_shield
from alongside.people.casework.registry import CasePage, MemberPage, register_case_page, register_member_page
from alongside.safety.flags.actions.plans import CARD as STAND_DOWN
from alongside.safety.flags.shielding import shield


def register_all() -> None:
    """Called once, when the product starts."""
    register_case_page(CasePage("Flags and checks", "flags:safety", Right.SEE_SAFETY, order=30))
    register_member_page(MemberPage("Safety", "flags:member", Right.SEE_SAFETY, order=20))
    register(Menu.PRIMARY, NavigationItem("At the desk", "flags:desk", order=15, visible=_works_at_a_desk))
    register_point_shield("flags", shield, order=30)
    register_link("flags", _to_safety)
    register_link("flags.flag", _to_flag)
    register_link(f"card.{STAND_DOWN}", _to_safety)
    register_link("flags.plan", _to_plan)
    register_link("flags.exception", _to_exception)
    register_notice("flags.exception.answered")


def _works_at_a_desk(request: HttpRequest) -> bool:
    return Right.SEE_IDENTITY in holding_of(getattr(request, "user", None)).rights_reaching(Reach.OFFICE)


def _to_safety(case_id: UUID | None, subject_id: UUID | None) -> str:
    if subject_id is None:
        return reverse("flags:safety", args=[case_id])
    return reverse("flags:member", args=[case_id, subject_id])


def _to_flag(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("flags:flag", args=[case_id, subject_id]) if subject_id else _to_safety(case_id, None)


def _to_plan(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("flags:plan", args=[case_id, subject_id]) if subject_id else _to_safety(case_id, None)


def _to_exception(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("flags:exception", args=[case_id, subject_id]) if subject_id else _to_safety(case_id, None)
