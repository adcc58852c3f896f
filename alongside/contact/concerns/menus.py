"""Where this room stands in menus, on the start page and on the pages of a case."""

from django.http import HttpRequest

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.people.casework.registry import (
    CasePage,
    MemberPage,
    Task,
    register_case_page,
    register_member_page,
    register_task,
)


def _receives(request: HttpRequest) -> bool:
    return holding_of(getattr(request, "user", None)).may(Right.RECEIVE_CONCERNS)


def register_all() -> None:
    """Put them there."""
    register(Menu.PRIMARY, NavigationItem("Take a call", "concerns:call", order=24, visible=_receives))
    register_case_page(CasePage("Told and missing", "concerns:of_case", Right.TRIAGE_CONCERNS, order=59))
    register_member_page(MemberPage("They ring or come", "concerns:member_call", Right.RECEIVE_CONCERNS, order=4))
    register_task(
        Task(
            "When someone rings, writes or comes",
            "How we know who it is, what may be said, and taking down what they tell us. It confirms nothing.",
            "Take a call",
            "concerns:call",
            Right.RECEIVE_CONCERNS,
            order=18,
        )
    )
    register_task(
        Task(
            "What people told us",
            "Everything that waits to be read or decided by you: urgent first.",
            "Read what waits",
            "concerns:queue",
            Right.TRIAGE_CONCERNS,
            order=19,
        )
    )
