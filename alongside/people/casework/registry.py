"""Where later rooms put their pages into the navigation of a case, and their tasks on the start page.

Called from a room's `ready`; the case page and the start page know no room. Cards, timeline and to-dos need no
registration: rooms write them as rows, see `foundation.work`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.rights import Right
from alongside.people.allocations.looking import Sight

if TYPE_CHECKING:
    from alongside.people.families.models import FamilyMember

Words = str | Promise


class CaseGroup(Enum):
    """The parts of a case, in the order in which they stand in its navigation."""

    OVERVIEW = _("Overview")
    FAMILY = _("Family")
    SAFETY = _("Safety")
    INVOLVEMENT = _("Involvement")
    CONTACT = _("Contact")
    RECORD = _("Record")


WINGS = {
    "people": CaseGroup.FAMILY,
    "safety": CaseGroup.SAFETY,
    "involvement": CaseGroup.INVOLVEMENT,
    "contact": CaseGroup.CONTACT,
    "meetings": CaseGroup.CONTACT,
}
"""Where the pages of a wing's rooms stand unless they say otherwise."""


@dataclass(frozen=True)
class CasePage:
    """A page of a case: its name in the navigation, its address (one argument: the person's id), and who sees it.

    `group` may be left out by a room whose wing has a group of its own, and whose address begins with the room's name.
    """

    label: Words
    url_name: str
    right: Right
    order: int = 100
    also: Callable[[Sight], bool] = lambda sight: True
    group: CaseGroup | None = None


@dataclass(frozen=True)
class MemberPage:
    """A page about one family member: its name, its address (the person's id, the family member's id), who sees it.

    With `button` it is also offered in those words on the page that says who they are, the first of them as the next
    step. `about` says of whom it is a page at all.
    """

    label: Words
    url_name: str
    right: Right
    order: int = 100
    button: Words = ""
    about: Callable[["FamilyMember"], bool] = lambda member: True


@dataclass(frozen=True)
class MemberAction:
    """Something that is done about one family member with one press, from each of their pages.

    Its address (the person's id, the family member's id) takes a POST. `warning` draws it as one that stops something.
    With `card` it is offered only where the card of that key says something about them: there is nothing to stop else.
    """

    label: Words
    url_name: str
    right: Right
    order: int = 100
    warning: bool = False
    card: str = ""


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
class CaseGroupLinks:
    """A group of a case's pages as one user sees it. Alone in its group, a page stands under its own name."""

    key: str
    text: str
    href: str
    links: tuple[CaseLink, ...]

    @property
    def alone(self) -> bool:
        """Whether the group is one page."""
        return len(self.links) == 1

    @property
    def active(self) -> bool:
        """Whether the page that is open is in this group."""
        return any(link.active for link in self.links)


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
class WaitingLine:
    """One thing that waits, drawn as a to-do is: what it is, where to go, when it is due in words, and how soon."""

    title: str
    link: str
    person: str
    due: str
    urgency: str


@dataclass(frozen=True)
class Waiting:
    """What a role is waited for and has no to-do of a case, on the start page: the most pressing lines first.

    `lines` answers at most so many for a user, and how many there are in all; it is asked only where they hold `right`.
    """

    title: Words
    more: Words
    url_name: str
    right: Right
    lines: Callable[[object, int], tuple[list[WaitingLine], int]]
    order: int = 100


@dataclass(frozen=True)
class WaitingList:
    """A list of what waits as one user sees it; `more` is how many are not shown."""

    key: str
    title: str
    lines: list[WaitingLine]
    more: int
    more_text: str
    href: str


WAITING_SHOWN = 5


@dataclass(frozen=True)
class TaskLink:
    """A task as one user sees it."""

    title: str
    text: str
    link_text: str
    href: str


_pages: dict[CaseGroup, dict[str, CasePage]] = {group: {} for group in CaseGroup}
_member_pages: dict[str, MemberPage] = {}
_member_actions: dict[str, MemberAction] = {}
_tasks: dict[str, Task] = {}
_waiting: dict[str, Waiting] = {}


def register_case_page(page: CasePage) -> None:
    """Add a page to the navigation of every case; the same address again replaces it.

    Raises ImproperlyConfigured where neither the page nor its wing says in which group it stands.
    """
    group = page.group or _group_of_wing(page.url_name)
    unregister_case_page(page.url_name)
    _pages[group][page.url_name] = page


def unregister_case_page(url_name: str) -> None:
    """Take a page out again; unknown ones are no error."""
    for pages in _pages.values():
        pages.pop(url_name, None)


def _group_of_wing(url_name: str) -> CaseGroup:
    room = url_name.partition(":")[0]
    for app in apps.get_app_configs():
        wing, _sign, name = app.label.partition("_")
        if name == room and wing in WINGS:
            return WINGS[wing]
    message = f"No wing says where {url_name} stands in the navigation of a case: give its CasePage a group."
    raise ImproperlyConfigured(message)


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


def register_waiting(waiting: Waiting) -> None:
    """Add a list of what waits to the start page of those who hold its right; the same address again replaces it."""
    _waiting[waiting.url_name] = waiting


def waiting_lists(user: object, holding: Holding) -> list[WaitingList]:
    """What waits for one user beyond to-dos of cases; lists with nothing in them are left out."""
    lists = []
    for waiting in sorted(_waiting.values(), key=lambda waiting: waiting.order):
        if not holding.may(waiting.right):
            continue
        lines, total = waiting.lines(user, WAITING_SHOWN)
        if lines:
            key = waiting.url_name.replace(":", "-")
            href = reverse(waiting.url_name)
            lists.append(WaitingList(key, str(waiting.title), lines, total - len(lines), str(waiting.more), href))
    return lists


def case_groups(sight: Sight, *, current: str) -> list[CaseGroupLinks]:
    """The navigation of a case for one user; `current` is the address's name."""
    groups = []
    for group, pages in _pages.items():
        links = tuple(
            CaseLink(str(page.label), reverse(page.url_name, args=[sight.person.pk]), page.url_name == current)
            for page in sorted(pages.values(), key=lambda page: page.order)
            if sight.may(page.right) and page.also(sight)
        )
        if links:
            text = links[0].text if len(links) == 1 else str(group.value)
            groups.append(CaseGroupLinks(group.name.lower(), text, links[0].href, links))
    return groups


def member_links(sight: Sight, member: "FamilyMember", *, current: str) -> list[CaseLink]:
    """The navigation of a family member for one user, beginning with who they are; `current` is the address's name."""
    who = MemberPage(_("Who they are"), "casework:family_member", Right.SEE_FAMILY, order=0)
    return [
        CaseLink(
            str(page.label),
            reverse(page.url_name, args=[sight.person.pk, member.pk]),
            page.url_name == current,
        )
        for page in sorted([who, *_member_pages.values()], key=lambda page: page.order)
        if sight.may(page.right) and page.about(member)
    ]


def member_buttons(sight: Sight, family_member_id: UUID) -> list[ActionLink]:
    """What one user may begin with a family member, the next step first."""
    return [
        ActionLink(str(page.button), reverse(page.url_name, args=[sight.person.pk, family_member_id]), warning=False)
        for page in sorted(_member_pages.values(), key=lambda page: page.order)
        if page.button and sight.may(page.right)
    ]


def member_actions(sight: Sight, family_member_id: UUID, *, cards: Collection[str]) -> list[ActionLink]:
    """What one user may do about a family member with one press; `cards` are the keys of those that they see."""
    return [
        ActionLink(
            str(action.label), reverse(action.url_name, args=[sight.person.pk, family_member_id]), action.warning
        )
        for action in sorted(_member_actions.values(), key=lambda action: action.order)
        if sight.may(action.right) and (not action.card or action.card in cards)
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
