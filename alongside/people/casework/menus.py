"""What this room puts into menus, the navigation of a case and the start page, and the lines it answers for."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import Reach
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.foundation.work.links import register_link
from alongside.people.allocations.looking import Sight
from alongside.people.casework.numbers import GUESSING
from alongside.people.casework.registry import CaseGroup, CasePage, Task, register_case_page, register_task

ACCESS_RIGHTS = (Right.MANAGE_LIMITED_ACCESS, Right.ALLOCATE, Right.EDIT_CASE)


def register_all() -> None:
    """Called once, when the product starts."""
    register(Menu.PRIMARY, NavigationItem(_("Today"), "casework:today", order=10))
    register(Menu.PRIMARY, NavigationItem(_("Cases"), "casework:caseload", order=20, visible=_may_see_cases))
    _register_case_pages()
    _register_tasks()
    register_link("families.member", _member)
    register_link("families.notice", _member)
    register_link("families.match", lambda case_id, subject_id: reverse("casework:match", args=[subject_id]))
    register_link("families", lambda case_id, subject_id: reverse("casework:family", args=[case_id]))
    register_link("allocations.case", lambda case_id, subject_id: reverse("casework:allocation", args=[case_id]))
    register_link(GUESSING, lambda case_id, subject_id: reverse("casework:refused_looks"))


def _register_case_pages() -> None:
    register_case_page(CasePage(_("Overview"), "casework:case", Right.SEE_IDENTITY, order=10, group=CaseGroup.OVERVIEW))
    register_case_page(CasePage(_("People"), "casework:family", Right.SEE_FAMILY, order=20))
    record = CaseGroup.RECORD
    register_case_page(CasePage(_("Timeline"), "casework:timeline", Right.SEE_FAMILY, order=60, group=record))
    register_case_page(CasePage(_("About them"), "casework:details", Right.SEE_CASE, order=70, group=record))
    register_case_page(CasePage(_("Allocation"), "casework:allocation", Right.SEE_CASE, order=80, group=record))
    register_case_page(
        CasePage(_("Access"), "casework:access", Right.SEE_CASE, order=90, also=may_see_access, group=record)
    )


def _register_tasks() -> None:
    for task in (
        Task(
            _("Cases of my team"),
            _("Everyone your team looks after, with what is due next. Narrow it to what is overdue or not asked yet."),
            _("See the cases of my team"),
            "casework:caseload",
            Right.ALLOCATE,
            order=5,
        ),
        Task(
            _("Cover"),
            _("Who looks after whose cases while someone is away."),
            _("Arrange cover"),
            "casework:cover",
            Right.ALLOCATE,
            order=10,
        ),
        Task(
            _("Coverage"),
            _("How many people have been asked whether they are a parent, care for someone or expect a child."),
            _("See the counts"),
            "casework:coverage",
            Right.SEE_COVERAGE,
            order=20,
        ),
        Task(
            _("Possible matches"),
            _("Family members who may be under supervision too. You decide; nobody else is told."),
            _("Decide on matches"),
            "casework:matches",
            Right.REVIEW_MATCHES,
            order=30,
        ),
        Task(
            _("Access to confirm"),
            _("Cases that arrived without word on whether access to them is limited."),
            _("Confirm access"),
            "casework:to_confirm",
            Right.MANAGE_LIMITED_ACCESS,
            order=40,
        ),
        Task(
            _("Refused looks"),
            _("Who asked for a case that they may not see, and when."),
            _("See refused looks"),
            "casework:refused_looks",
            Right.SEE_REFUSED_LOOKS,
            order=50,
        ),
        Task(
            _("Accounts"),
            _("Invite colleagues, close accounts, and help someone who has lost their second factor."),
            _("Manage accounts"),
            "accounts:accounts",
            Right.MANAGE_STAFF,
            order=60,
        ),
        Task(
            _("Staff and teams"),
            _("Who works where and in which role, and the teams and places themselves."),
            _("See staff and teams"),
            "staff:members",
            Right.MANAGE_STAFF,
            order=61,
        ),
        Task(
            _("Wording"),
            _("What families and people on probation read, in English and in Welsh."),
            _("Change or approve wording"),
            "editorial:items",
            Right.MANAGE_CONTENT,
            order=70,
        ),
    ):
        register_task(task)


def may_see_access(sight: Sight) -> bool:
    """Whether the page on access to a case has anything for the user."""
    return any(sight.may(right) for right in ACCESS_RIGHTS)


def _may_see_cases(request: HttpRequest) -> bool:
    holding = holding_of(getattr(request, "user", None))
    reached = holding.rights_reaching(Reach.TEAM) | holding.rights_reaching(Reach.GIVEN)
    return Right.SEE_IDENTITY in reached


def _member(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("casework:family_member", args=[case_id, subject_id])
