"""Who reads and sorts what came back where no officer holds it: whoever is on duty, so that it lies before someone."""

from collections.abc import Collection
from typing import TypedDict
from uuid import UUID

from django.db.models import QuerySet

from alongside.contact.messages.limits import closed_among, limited_among
from alongside.contact.messages.models import Reply
from alongside.contact.messages.rules import Asked
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.queries import current_allocations, visible_to
from alongside.people.staff.models import DutyKind, DutyTurn
from alongside.people.staff.queries import turns_on


class Whom(TypedDict, total=False):
    """Before whom a to-do is put, as `ToDoFacts` takes it. Empty: before whoever holds the case."""

    for_user_id: UUID
    for_role: RoleCode
    for_team_id: UUID


def who_sorts(reply: Reply) -> Whom:
    """Seniors of the team to which it came; without a team, one who is on duty today, by turns over the units.

    Where nobody is on duty, every senior is asked: what came to nobody is nobody's to leave. What may come from a case
    of limited access is put before someone who may see that case.
    """
    if limited := limited_among(reply.cases):
        return _who_sees(limited)
    if reply.team_id is not None:
        return {"for_role": RoleCode.SENIOR, "for_team_id": reply.team_id}
    there = _on_duty(turns_on(today()))
    return {"for_user_id": there[reply.pk.int % len(there)].pk} if there else {"for_role": RoleCode.SENIOR}


def _who_sees(limited: Collection[UUID]) -> Whom:
    held = current_allocations(today()).filter(person__in=list(limited), member__isnull=False)
    officers = [row.member.user for row in held.select_related("member__user").order_by("pk") if row.member]
    for user in [*officers, *_on_duty(turns_on(today()))]:
        sees = visible_to(user, Right.TRIAGE_CONCERNS).filter(pk__in=list(limited)).exists()
        if sees and not closed_among(user, limited):
            return {"for_user_id": user.pk}
    return {"for_role": RoleCode.SENIOR}


def who_reads(person_id: UUID) -> Whom:
    """Whoever holds the case; where nobody does, who is on duty for its unit, or else the seniors of its team."""
    row = current_allocations(today()).filter(person=person_id).select_related("team").first()
    if row is None or row.member_id is not None or row.team is None:
        return {}
    for user in _on_duty(turns_on(today()).filter(delivery_unit=row.team.delivery_unit_id)):
        if visible_to(user, Right.LOG_CONTACTS).filter(pk=person_id).exists():
            return {"for_user_id": user.pk}
    return {"for_role": RoleCode.SENIOR, "for_team_id": row.team.pk}


def who_next(reply: Reply, *, asked: Asked, but: User | None = None) -> Whom:
    """Who is asked about a reply that nobody has dealt with in its time: duty of its unit, then all who lead its team.

    Nobody is named to whom its case is closed. Without a team, or with nobody there, every senior is asked.
    `but` is not asked as whoever is on duty: they have said that they do not know.
    """
    team = reply.team
    if reply.person_id is not None:
        held = current_allocations(today()).filter(person=reply.person_id).select_related("team").first()
        team = held.team if held else None
    if asked is Asked.DUTY:
        turns = turns_on(today())
        for user in _on_duty(turns.filter(delivery_unit=team.delivery_unit_id) if team else turns):
            if user != but and may_deal_with(user, reply):
                return {"for_user_id": user.pk}
    return {"for_role": RoleCode.SENIOR, "for_team_id": team.pk} if team else {"for_role": RoleCode.SENIOR}


def may_deal_with(user: User, reply: Reply) -> bool:
    """Whether a reply may lie before somebody: its words are read by whoever may write down a secret of the case."""
    if reply.person_id is not None:
        return visible_to(user, Right.RECORD_PROTECTED).filter(pk=reply.person_id).exists()
    limited = limited_among(reply.cases)
    seen = visible_to(user, Right.TRIAGE_CONCERNS).filter(pk__in=limited)
    return seen.count() == len(limited) and not closed_among(user, limited)


def is_on_duty(user: object) -> bool:
    """Whether the user is on duty today, and may sort what nobody else has."""
    holding = holding_of(user)
    return holding.may(Right.TRIAGE_CONCERNS) and turns_on(today()).filter(member=holding.member_id).exists()


def _on_duty(turns: QuerySet[DutyTurn]) -> list[User]:
    """Duty seniors, or duty officers where there are none, who may read what was told."""
    rows = list(turns.select_related("member__user").order_by("pk"))
    for kind in (DutyKind.SENIOR, DutyKind.OFFICER):
        there = [row.member.user for row in rows if row.kind == kind]
        if able := [user for user in there if holding_of(user).may(Right.TRIAGE_CONCERNS)]:
            return able
    return []
