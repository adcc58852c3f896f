"""What this room puts into menus and on the start page."""

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.people.casework.registry import Task, Waiting, register_task, register_waiting
from alongside.safety.access_requests.waiting import waiting_requests


def register_all() -> None:
    """Called once, when the product starts."""
    register(
        Menu.PRIMARY,
        NavigationItem(
            "Access requests",
            "access_requests:requests",
            order=62,
            visible=lambda request: holding_of(request.user).may(Right.ANSWER_ACCESS_REQUESTS),
        ),
    )
    register_waiting(
        Waiting(
            "Access requests to answer",
            "All access requests",
            "access_requests:requests",
            Right.ANSWER_ACCESS_REQUESTS,
            waiting_requests,
            order=5,
        )
    )
    register_task(
        Task(
            "Access requests",
            "People who ask for what is held about them: what is due, item by item, checked by two people.",
            "See the requests",
            "access_requests:requests",
            Right.ANSWER_ACCESS_REQUESTS,
            order=5,
        )
    )
