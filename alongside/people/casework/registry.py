"""Where later rooms put their pages into the navigation of a case, and their tasks on the start page.

Called from a room's `ready`; the case page and the start page know no room. Cards, timeline and to-dos need no
registration: rooms write them as rows, see `foundation.work`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.rights import Right
from alongside.people.allocations.looking import Sight

Words = str | Promise


@dataclass(frozen=True)
class CasePage:
    """A page of a case: its name in the navigation, its address (one argument: the person's id), and who sees it."""

    label: Words
    url_name: str
    right: Right
    order: int = 100
    also: Callable[[Sight], bool] = lambda sight: True


@dataclass(frozen=True)
class MemberPage:
    """A page about one family member: its name, its address (the person's id, the family member's id), who sees it."""

    label: Words
    url_name: str
    right: Right
    order: int = 100


@dataclass(frozen=True)
class MemberAction:
    """Something that is done about one family member with one press, from each of their pages.

    Its address (the person's id, the family member's id) takes a POST. `warning` draws it as one that stops something.
    """

    label: Words
    url_name: str
    right: Right
    order: int = 100
    warning: bool = False


@dataclass(frozen=True)
class ActionLink:
    """A member action as one user sees it."""

    text: str
    href: str
    warning: bool


@dataclass(frozen=True)
class CaseLink:
    """A page of a case, or of one of its family members, as one user sees it."""

    text: str
    href: str
    active: bool


@dataclass(frozen=True)
class Task:
    """Something that a role is for, on the start page: what it is, in a sentence, and where to begin."""

    title: Words
    text: Words
    link_text: Words
    url_name: str
    right: Right
    order: int = 100


@dataclass(frozen=True)
class TaskLink:
    """A task as one user sees it."""

    title: str
    text: str
    link_text: str
    href: str


_pages: dict[str, CasePage] = {}
_member_pages: dict[str, MemberPage] = {}
_member_actions: dict[str, MemberAction] = {}
_tasks: dict[str, Task] = {}


def register_case_page(page: CasePage) -> None:
    """Add a page to the navigation of every case; the same address again replaces it."""
    _pages[page.url_name] = page


def unregister_case_page(url_name: str) -> None:
    """Take a page out again; unknown ones are no error."""
    _pages.pop(url_name, None)


def register_member_page(page: MemberPage) -> None:
    """Add a page to the navigation of every family member; the same address again replaces it."""
    _member_pages[page.url_name] = page


def unregister_member_page(url_name: str) -> None:
    """Take a page out again; unknown ones are no error."""
    _member_pages.pop(url_name, None)


def register_member_action(action: MemberAction) -> None:
    """Offer an action on the pages of every family member; the same address again replaces it."""
    _member_actions[action.url_name] = action


def register_task(task: Task) -> None:
    """Add a task to the start page of those who hold its right; the same address again replaces it."""
    _tasks[task.url_name] = task


def case_links(sight: Sight, *, current: str) -> list[CaseLink]:
    """The navigation of a case for one user; `current` is the address's name."""
    return [
        CaseLink(str(page.label), reverse(page.url_name, args=[sight.person.pk]), page.url_name == current)
        for page in sorted(_pages.values(), key=lambda page: page.order)
        if sight.may(page.right) and page.also(sight)
    ]


def member_links(sight: Sight, family_member_id: UUID, *, current: str) -> list[CaseLink]:
    """The navigation of a family member for one user, beginning with who they are; `current` is the address's name."""
    who = MemberPage(_("Who they are"), "casework:family_member", Right.SEE_FAMILY, order=0)
    return [
        CaseLink(
            str(page.label),
            reverse(page.url_name, args=[sight.person.pk, family_member_id]),
            page.url_name == current,
        )
        for page in sorted([who, *_member_pages.values()], key=lambda page: page.order)
        if sight.may(page.right)
    ]


def member_actions(sight: Sight, family_member_id: UUID) -> list[ActionLink]:
    """What one user may do about a family member with one press."""
    return [
        ActionLink(
            str(action.label), reverse(action.url_name, args=[sight.person.pk, family_member_id]), action.warning
        )
        for action in sorted(_member_actions.values(), key=lambda action: action.order)
        if sight.may(action.right)
    ]


def task_links(holding: Holding) -> list[TaskLink]:
    """What the start page offers to one user beyond cases. A room that is not there leaves its task out."""
    links = []
    for task in sorted(_tasks.values(), key=lambda task: task.order):
        if not holding.may(task.right):
            continue
        try:
            href = reverse(task.url_name)
        except NoReverseMatch:
            continue
        links.append(TaskLink(str(task.title), str(task.text), str(task.link_text), href))
    return links
