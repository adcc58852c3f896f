"""What this room puts into the navigation of a case and of a family member, and the lines that it answers for."""

from uuid import UUID

from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.work.links import register_link
from alongside.people.casework.points import register_point_shield
from alongside.people.casework.registry import CasePage, MemberPage, register_case_page, register_member_page
from alongside.safety.orders.actions.showing import CARD, CONDITIONS_TO_DO, EXPIRY_TO_DO, SOURCE_TO_DO
from alongside.safety.orders.shielding import shield


def register_all() -> None:
    """Called once, when the product starts."""
    register_case_page(CasePage("Orders", "orders:orders", Right.SEE_SAFETY, order=32))
    register_member_page(MemberPage("Orders", "orders:member_orders", Right.SEE_SAFETY, order=32))
    register_point_shield("orders", shield, order=10)
    register_link(f"card.{CARD}", _card)
    for kind in ("orders.order", EXPIRY_TO_DO, SOURCE_TO_DO):
        register_link(kind, _order)
    for kind in ("orders.condition", CONDITIONS_TO_DO):
        register_link(kind, _orders)


def _card(case_id: UUID | None, member_id: UUID | None) -> str:
    return reverse("orders:member_orders", args=[case_id, member_id]) if member_id else _orders(case_id, None)


def _order(case_id: UUID | None, order_id: UUID | None) -> str:
    return reverse("orders:order", args=[case_id, order_id])


def _orders(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("orders:orders", args=[case_id])
