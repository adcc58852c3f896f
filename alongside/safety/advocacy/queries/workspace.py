"""Reads behind the wall. The database shows no more than these ask for, whoever forgets to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.queries import open_to
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.people.staff.queries import holders_of
from alongside.safety.advocacy.models import Clash, ClashState, KnownVictim, Referral, SafetyPlan, SupportedPerson


class Pile(StrEnum):
    """What an adviser looks through."""

    NEW = "new"
    MINE = "mine"
    TEAM = "team"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            Pile.NEW: "To acknowledge",
            Pile.MINE: "Mine",
            Pile.TEAM: "With other advisers",
            Pile.CLOSED: "Closed",
        }[self]


def supported_for(user: object) -> QuerySet[SupportedPerson]:
    """Everyone whose support the user may see: referred to a team of theirs, or taken on by them.

    Limited access to the case wins here too.
    """
    holding = holding_of(user)
    if not holding.may(Right.KEEP_ADVOCACY):
        return SupportedPerson.objects.none()
    reached = Q(team__in=holding.teams_with(Right.KEEP_ADVOCACY)) | Q(adviser=holding.user_id)
    return SupportedPerson.objects.filter(reached, _case_is_open(user))


def pile_of(user: object, pile: Pile) -> QuerySet[SupportedPerson]:
    """One pile of the workspace: urgent ones first where they wait, then by name."""
    rows, mine = supported_for(user), holding_of(user).user_id
    if pile is Pile.CLOSED:
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "pk")
    still = rows.filter(closed_at__isnull=True)
    if pile is Pile.NEW:
        return still.filter(adviser__isnull=True).order_by("-urgent", "name", "pk")
    if pile is Pile.MINE:
        return still.filter(adviser=mine).order_by("name", "pk")
    return still.filter(adviser__isnull=False).exclude(adviser=mine).order_by("name", "pk")


@dataclass(frozen=True)
class SupportedRow:
    """Someone supported, as a list or a page heads them."""

    supported: SupportedPerson
    referral: Referral
    adviser: str

    @property
    def beside(self) -> Person:
        """The person on probation on whose case they were referred."""
        return self.referral.person


def rows_of(supported: Iterable[SupportedPerson]) -> list[SupportedRow]:
    """The same with their referrals and the names of advisers, in two queries."""
    people = list(supported)
    referrals = Referral.objects.select_related("person").in_bulk([row.pk for row in people])
    names = names_of([row.adviser for row in people])
    return [
        SupportedRow(row, referrals[row.pk], names.get(row.adviser, "") if row.adviser else "")
        for row in people
        if row.pk in referrals
    ]


def latest_plan(supported_id: UUID) -> SafetyPlan | None:
    """The safety plan as it stands; None where none was written."""
    return SafetyPlan.objects.filter(supported=supported_id).order_by("-number").first()


def advisers_to_take_over(user: object, supported: SupportedPerson) -> list[User]:
    """Advisers to whom the user can give the work: others of the team to which it was referred.

    One who has left that team can give nothing on: the wall lets nobody write what they could not read afterwards.
    """
    if supported.team not in holding_of(user).teams_with(Right.KEEP_ADVOCACY):
        return []
    members = holders_of(RoleCode.ABUSE_ADVISER, supported.team)
    return [member.user for member in members if member.user_id != supported.adviser]


def clashes_for(user: object) -> QuerySet[Clash]:
    """Possible clashes with victims of the user's teams, those to decide first."""
    holding = holding_of(user)
    if not holding.may(Right.RESOLVE_CLASHES):
        return Clash.objects.none()
    rows = Clash.objects.filter(_case_is_open(user), team__in=holding.teams_with(Right.RESOLVE_CLASHES))
    return rows.order_by("-state", "found_at", "pk")


def open_clashes_for(user: object) -> QuerySet[Clash]:
    """Those of them that wait."""
    return clashes_for(user).filter(state=ClashState.OPEN)


def victims_for(user: object) -> QuerySet[KnownVictim]:
    """Victims whom the user's victim liaison keeps in touch with, by name."""
    holding = holding_of(user)
    if not holding.may(Right.RESOLVE_CLASHES):
        return KnownVictim.objects.none()
    teams = holding.teams_with(Right.RESOLVE_CLASHES)
    return KnownVictim.objects.filter(team__in=teams, ended_on__isnull=True).order_by("name", "pk")


def teams_with(user: object, right: Right) -> QuerySet[Team]:
    """The teams over which the user holds a right, by name."""
    return Team.objects.filter(pk__in=holding_of(user).teams_with(right), active=True).order_by("name", "pk")


def names_of(user_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Names of users by id, in one query."""
    wanted = {user_id for user_id in user_ids if user_id}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _case_is_open(user: object) -> Any:
    return Exists(open_to(Person.objects.filter(pk=OuterRef("case")), holding_of(user), today()))
