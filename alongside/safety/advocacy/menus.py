"""What this room puts into menus, the navigation of a case and the start page."""

from uuid import UUID

from django.urls import reverse

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.foundation.work.links import register_link
from alongside.people.casework.points import register_point_shield
from alongside.people.casework.registry import (
    CasePage,
    MemberPage,
    Task,
    register_case_page,
    register_member_page,
    register_task,
)
from alongside.safety.advocacy.shielding import shield


def register_all() -> None:
    """Called once, when the product starts. A case's entry is the same on every case, so that it tells nothing."""
    register(
        Menu.PRIMARY,
        NavigationItem(
            "My workspace",
            "advocacy:workspace",
            order=30,
            visible=lambda request: holding_of(request.user).may(Right.KEEP_ADVOCACY),
        ),
    )
    register(
        Menu.PRIMARY,
        NavigationItem(
            "Victim liaison",
            "advocacy:clashes",
            order=30,
            visible=lambda request: holding_of(request.user).may(Right.RESOLVE_CLASHES),
        ),
    )
    register_case_page(CasePage("Adviser", "advocacy:case", Right.REFER_TO_ADVISER, order=55))
    register_member_page(MemberPage("Adviser", "advocacy:member", Right.REFER_TO_ADVISER, order=70))
    register_task(
        Task(
            "My workspace",
            "Referrals to acknowledge, and whom you support. Nobody but advisers of your team sees any of it.",
            "Open the workspace",
            "advocacy:workspace",
            Right.KEEP_ADVOCACY,
            order=1,
        )
    )
    register_task(
        Task(
            "Possible clashes with victims",
            "Names that staff wrote down and that may be a victim’s. You decide; nobody else is told.",  # noqa: RUF001
            "Decide on clashes",
            "advocacy:clashes",
            Right.RESOLVE_CLASHES,
            order=1,
        )
    )
    register_point_shield("advocacy", shield, order=20)
    register_link("advocacy.referral", _case)
    register_link("advocacy.workspace", lambda _case, _subject: reverse("advocacy:workspace"))
    register_link("card.advocacy", _card)


def _case(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("advocacy:case", args=[case_id])


def _card(case_id: UUID | None, family_member_id: UUID | None) -> str:
    if family_member_id is None:
        return reverse("advocacy:case", args=[case_id])
    return reverse("advocacy:member", args=[case_id, family_member_id])
