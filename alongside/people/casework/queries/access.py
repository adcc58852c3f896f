"""Who holds, covers, may not see or is given a case; and who was refused one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.rows import read_rows, rows_of
from alongside.people.allocations.models import (
    Allocation,
    CaseGrant,
    Cover,
    Exclusion,
    Restriction,
    RestrictionReader,
    UnconfirmedAccess,
)
from alongside.people.allocations.queries import (
    current_allocations,
    open_or_unconfirmed,
    open_to,
    team_cases,
    visible_to,
)
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Post, Team
from alongside.people.staff.queries import live_posts


def allocations_of(person_id: UUID) -> QuerySet[Allocation]:
    """Everyone who has held a case, newest first."""
    return Allocation.objects.filter(person=person_id).select_related("member__user", "team").order_by("-from_date")


def teams_for(user: object) -> list[Team]:
    """The teams that the user may allocate to by name: those in their own units' regions."""
    own = holding_of(user).teams_reached_with(Right.ALLOCATE)
    regions = Team.objects.filter(pk__in=own).values("delivery_unit__region")
    return list(Team.objects.filter(active=True, delivery_unit__region__in=regions).order_by("name")[:300])


def officers_in(team_ids: Collection[UUID], on: date) -> list[Member]:
    """Those who may hold cases in one of the teams today."""
    codes = [role.code for role in ROLES.values() if role.reach is Reach.TEAM and Right.EDIT_CASE in role.rights]
    posts = Post.objects.filter(live_posts(on), team__in=list(team_ids), role__in=codes)
    members = Member.objects.filter(pk__in=posts.values("member"), user__is_active=True)
    return list(members.select_related("user").order_by("user__name")[:500])


def covers_in(team_ids: Collection[UUID], on: date) -> QuerySet[Cover]:
    """Cover that has not ended, for anyone in one of the teams."""
    absent = Post.objects.filter(live_posts(on), team__in=list(team_ids)).values("member")
    return (
        Cover.objects.filter(absent__in=absent, until_date__gte=on)
        .select_related("absent__user", "covering__user")
        .order_by("from_date", "pk")
    )


def exclusions_of(person_id: UUID, on: date) -> QuerySet[Exclusion]:
    """Exclusions that stand or are to come."""
    standing = Q(until_date__isnull=True) | Q(until_date__gte=on)
    return Exclusion.objects.filter(standing, person=person_id).select_related("user").order_by("user__name")


@dataclass(frozen=True)
class RestrictionShown:
    """A restriction and those who may still see the case."""

    row: Restriction
    readers: tuple[str, ...]


def restrictions_of(person_id: UUID, on: date) -> list[RestrictionShown]:
    """Restrictions that stand or are to come."""
    standing = Q(until_date__isnull=True) | Q(until_date__gte=on)
    readers = RestrictionReader.objects.filter(restriction=OuterRef("pk")).order_by("user__name")
    rows = (
        Restriction.objects.filter(standing, person=person_id)
        .annotate(reader_rows=rows_of(readers, name=F("user__name")))
        .order_by("from_date")
    )
    return [RestrictionShown(row, tuple(reader["name"] for reader in read_rows(row, "reader_rows"))) for row in rows]


def grants_of(person_id: UUID, on: date) -> QuerySet[CaseGrant]:
    """To whom a case is given, now or soon."""
    return CaseGrant.objects.filter(person=person_id, until_date__gte=on).select_related("user").order_by("until_date")


def unconfirmed(person_id: UUID) -> UnconfirmedAccess | None:
    """That nobody has looked up yet whether access to a case is limited."""
    return UnconfirmedAccess.objects.filter(person=person_id, confirmed_at=None).first()


def unconfirmed_within(user: object, on: date) -> QuerySet[UnconfirmedAccess]:
    """Cases of the user's teams that wait for that look-up, the longest first. They show by number, never by name.

    One that an exclusion or a restriction closes to the user besides is not among them.
    """
    holding = holding_of(user)
    team_ids = holding.teams_reached_with(Right.MANAGE_LIMITED_ACCESS)
    held = current_allocations(on).filter(person=OuterRef("person"))
    besides_open = open_or_unconfirmed(Person.objects.filter(pk=OuterRef("person")), holding, on)
    return (
        UnconfirmedAccess.objects.filter(Exists(besides_open), confirmed_at=None, person__in=team_cases(team_ids, on))
        .annotate(
            crn=F("person__crn"),
            officer=Subquery(held.values("member__user__name")[:1]),
            team=Subquery(held.values("team__name")[:1]),
        )
        .order_by("since", "pk")
    )


def refused_looks_for(user: object) -> QuerySet[Consultation]:
    """Refused looks at cases in remit, newest first; for a role that sees no named case, at any.

    `crn` is empty where limited access closes the case to the user.
    """
    refused = Consultation.objects.filter(refused=True)
    holding = holding_of(user)
    if holding.roles_with(Right.SEE_REFUSED_LOOKS, Reach.NONE):
        seen = refused
    else:
        in_remit = visible_to(user, Right.SEE_REFUSED_LOOKS).filter(pk=OuterRef("case"))
        mine = Post.objects.filter(
            live_posts(today()), team__in=list(holding.teams_reached_with(Right.SEE_REFUSED_LOOKS))
        ).values("member__user")
        seen = refused.filter(Exists(in_remit) | Q(case=None, actor__in=mine))
    return seen.annotate(
        who=Subquery(User.objects.filter(pk=OuterRef("actor")).values("name")[:1]),
        crn=Subquery(open_to(Person.objects.filter(pk=OuterRef("case")), holding, today()).values("crn")[:1]),
    ).order_by("-at", "-pk")
