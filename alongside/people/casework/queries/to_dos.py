"""What is to be done, by whom, on which case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, StrIndex, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.links import address_of, is_notice, opener_of
from alongside.foundation.work.models import Approval, ToDo
from alongside.foundation.work.queries import FOR_ITS_READER_ALONE, approvals_waiting
from alongside.people.allocations.queries import (
    asker_is_near,
    covered_cases,
    not_kept_out_of,
    open_to,
    own_cases,
    visible_among,
)
from alongside.people.casework.rules import Urgency, day_in_words, due_in_words, urgency_of
from alongside.people.families.actions import MATCH_TO_DO
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.persons.models import Person
from alongside.people.staff.models import Post
from alongside.people.staff.queries import live_posts

PRACTISE = [RoleCode.PRACTITIONER, RoleCode.SENIOR, RoleCode.RESETTLEMENT, RoleCode.SAFEGUARDING_LEAD]
MOST_COLLEAGUES = 100
SOON = timedelta(days=14)
"""What is due within this time stands on the start page; the rest is one press away."""


@dataclass(frozen=True)
class Due:
    """Something to do as a page shows it."""

    title: str
    link: str
    person: str
    urgency: Urgency
    due: str
    id: UUID | None = None
    put_off: str = ""


def to_dos_for(user: object) -> QuerySet[ToDo]:
    """Everything open for a user, soonest first: their own, of the cases they hold or cover, and of their roles.

    A to-do of a case shows only while the user may see the case. One that belongs to no case but tells of a family
    member shows only where the family member's case is in remit, and one of a match only where neither side is closed.
    `person_name` says whom it is about.

    A union, each part of which begins at an index; the few rows that it finds are then tried one by one.
    """
    holding, on = holding_of(user), today()
    still = ToDo.objects.filter(done_at=None)
    parts = [
        still.filter(for_user=holding.user_id),
        still.filter(for_user=None, for_team=None, for_role__in=list(holding.roles), right__in=_names(holding.rights)),
        *(
            still.filter(for_user=None, for_role=role, for_team__in=teams, right__in=_names(ROLES[role].rights))
            for role, teams in sorted(holding.teams_by_role.items())
            if ROLES[role].reach is Reach.TEAM
        ),
    ]
    if holding.member_id is not None and holding.rights_reaching(Reach.TEAM):
        held = still.filter(for_user=None, for_role="", right__in=_names(holding.rights_reaching(Reach.TEAM)))
        parts += [held.filter(case__in=own_cases(holding, on)), held.filter(case__in=covered_cases(holding, on))]
    first, *others = [part.values("pk") for part in parts]
    return (
        ToDo.objects.filter(pk__in=first.union(*others, all=True))
        .filter(_tells_of_nobody_hidden(user))
        .annotate(person_name=Subquery(_name_of(OuterRef("case"))))
        .order_by("-urgent", "due_on", "pk")
    )


def to_do_for(user: User, to_do_id: UUID) -> ToDo | None:
    """One open to-do that the user may settle: one of their own list, or of a case that they may change."""
    found = to_dos_for(user).filter(pk=to_do_id).first()
    if found is not None:
        return found
    row = ToDo.objects.filter(pk=to_do_id, done_at=None, for_role="").first()
    if row is None or row.case is None or row.for_user not in (None, user.pk):
        return None
    case = Person.objects.filter(pk=row.case)
    seen = visible_among(case, user, Right[row.right])
    return row if visible_among(seen, user, Right.EDIT_CASE).exists() else None


def colleagues_for(user: User, to_do: ToDo) -> list[User]:
    """To whom a user may hand something on: those who practise in the teams of the user's posts, and can open it.

    What the case and a right say all of is offered to whoever limited access does not keep out, in one query; whoever
    reaches the case no longer is refused as it is handed to them (`may_take`). Anything else is asked one by one.
    """
    holding = holding_of(user)
    teams = frozenset[UUID]().union(*holding.teams_by_role.values()) if holding.teams_by_role else frozenset()
    posts = Post.objects.filter(live_posts(today()), team__in=teams, role__in=PRACTISE)
    listed = (
        User.objects.filter(is_active=True, pk__in=posts.values("member__user")).exclude(pk=user.pk).order_by("name")
    )
    if to_do.case is not None and opener_of(to_do.kind) is None and Right[to_do.right] not in FOR_ITS_READER_ALONE:
        return list(listed.filter(not_kept_out_of(to_do.case, today()))[:MOST_COLLEAGUES])
    listed = listed[:MOST_COLLEAGUES]
    return [colleague for colleague in listed if may_take(colleague, to_do)]


def may_take(user: User, to_do: ToDo) -> bool:
    """Whether someone may see what they would be handed, and open the page that it leads to.

    What stands for its reader alone goes to those beside the case alone: to anyone else its very title tells something.
    """
    right, opens = Right[to_do.right], opener_of(to_do.kind)
    if to_do.case is None:
        may_see = opens is not None and holding_of(user).may(right)
    else:
        may_see = visible_among(Person.objects.filter(pk=to_do.case), user, right).exists()
    if not may_see or (opens is None and right not in FOR_ITS_READER_ALONE):
        return may_see
    with identity(user.pk):
        near = to_do.case is None or right not in FOR_ITS_READER_ALONE or asker_is_near(to_do.case, right)
        if not near or opens is None:
            return near
        return to_do.subject is not None and opens(user, to_do.case, to_do.subject)


def due_soon(to_dos: QuerySet[ToDo], *, on: date) -> QuerySet[ToDo]:
    """Those that are overdue or due within a fortnight."""
    return to_dos.filter(due_on__lte=on + SOON)


def counts_of(to_dos: QuerySet[ToDo], *, on: date) -> tuple[int, int]:
    """How many are due by then, and how many after."""
    soon = Q(due_on__lte=on + SOON)
    counted = to_dos.order_by().aggregate(soon=Count("pk", filter=soon), later=Count("pk", filter=~soon))
    return counted["soon"], counted["later"]


def approvals_for(user: object) -> QuerySet[Approval]:
    """What waits for the user's approval, soonest due first: of cases in remit, never their own work."""
    holding = holding_of(user)
    rights = holding.rights_reaching(Reach.TEAM)
    case = visible_among(Person.objects.filter(pk=OuterRef("case")), user, Right.SEE_CASE)
    return (
        approvals_waiting(rights, not_by=holding.user_id)
        .filter(Q(case=None) | Exists(case))
        .annotate(person_name=Subquery(_name_of(OuterRef("case"))))
    )


def as_due(rows: Collection[ToDo] | Collection[Approval]) -> list[Due]:
    """Rows of the two queries above as a page shows them."""
    on = today()
    return [_due(row, on) for row in rows]


def due_of_case(rows: Collection[ToDo]) -> list[Due]:
    """To-dos of one case, whose page names the person already."""
    on = today()
    return [_due(row, on) for row in rows]


def _due(row: ToDo | Approval, on: date) -> Due:
    name = getattr(row, "person_name", "") or ""
    notice = isinstance(row, ToDo) and is_notice(row.kind) and row.due_on <= on
    pressing = on if notice else row.due_on
    due = _("To read since %(day)s") % {"day": day_in_words(row.due_on, today=on)}
    return Due(
        title=row.title,
        link=_approval(row) if isinstance(row, Approval) else _address(row) or (_case(row) if name else ""),
        person=name,
        urgency=Urgency.OVERDUE if getattr(row, "urgent", False) else urgency_of(pressing, today=on),
        due=due if notice else due_in_words(row.due_on, today=on),
        id=row.pk if isinstance(row, ToDo) else None,
        put_off=row.put_off_reason if isinstance(row, ToDo) else "",
    )


def _approval(row: Approval) -> str:
    """Where it is decided; that page leads on to what it is about."""
    return reverse("casework:approval", args=[row.pk])


def _address(row: ToDo) -> str:
    return address_of(kind=row.kind, case_id=row.case, subject_id=row.subject)


def _case(row: ToDo) -> str:
    return reverse("casework:case", args=[row.case]) if row.case else ""


def _tells_of_nobody_hidden(user: object) -> Q:
    case = visible_among(Person.objects.filter(pk=OuterRef("case")), user, Right.SEE_IDENTITY)
    shown = Q(case=None, family_member=None) | Q(Exists(case))
    holding = holding_of(user)
    if not holding.may(Right.REVIEW_MATCHES):
        return shown
    named_by = FamilyMember.objects.filter(pk=OuterRef(OuterRef("family_member"))).values("person")
    of_relative = visible_among(Person.objects.filter(pk__in=named_by), user, Right.REVIEW_MATCHES)
    other = open_to(Person.objects.filter(pk=OuterRef("matched_person")), holding, today())
    match = PossibleMatch.objects.filter(Exists(other), pk=OuterRef("subject"))
    return shown | Q(Q(case=None) & Exists(of_relative) & (~Q(kind=MATCH_TO_DO) | Exists(match)))


def _name_of(case: OuterRef) -> QuerySet[Person, str]:
    """What to call a person, as `Person.name` does."""
    space = StrIndex("given_names", Value(" "))
    first_given = Substr("given_names", 1, Coalesce(NullIf(space, 0) - 1, 100))
    first = Coalesce(NullIf(F("known_as"), Value("")), first_given)
    return (
        Person.objects.filter(pk=case)
        .annotate(shown_name=Concat(first, Value(" "), F("family_name"), output_field=CharField()))
        .values_list("shown_name", flat=True)
    )


def _names(rights: Collection[Right]) -> list[str]:
    return [right.name for right in rights]
