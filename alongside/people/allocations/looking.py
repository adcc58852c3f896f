"""Looking a case up: the one helper that gives a view its case or a 404, and the search by exact number."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest

from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import PreparedQuery, Reading, is_steady
from alongside.people.allocations.models import Allocation, UnconfirmedAccess
from alongside.people.allocations.queries import (
    covered_cases,
    current_allocations,
    live_exclusions,
    live_grants,
    live_restrictions,
    open_to,
    own_cases,
    visible_to,
)
from alongside.people.persons.models import Person

SEARCH_BY_NUMBER = "casework.search_by_number"
AWAITING = "Nobody has confirmed yet whether access to this case is limited."


class Found(StrEnum):
    """What a look-up by exact number may answer."""

    NOTHING = "nothing"
    VISIBLE = "visible"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"


@dataclass(frozen=True)
class LookUp:
    """The answer to an exact number.

    `person` is set only where the user may see the case. Elsewhere says no more than which team and officer hold it;
    closed gives the stored message and whom to speak to.
    """

    found: Found
    person: Person | None = None
    number: str = ""
    team: str = ""
    telephone: str = ""
    officer: str = ""
    message: str = ""
    speak_to: str = ""


def may(user: object, right: Right, person_id: UUID) -> bool:
    """Whether the user may use `right` on the case, today."""
    return visible_to(user, right).filter(pk=person_id).exists()


@dataclass(frozen=True)
class Sight:
    """A case as one user may see it: the person, and the rights that the user has on this very case."""

    person: Person
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Whether the user may do this to this case."""
        return right in self.rights


def sight_of(user: object, person_id: UUID, *, reading: Reading | None = None) -> Sight | None:
    """What the user may do to a case today; None where they may do nothing, or where there is none. One query.

    `reading` may annotate the person with more that the page needs; a steady one is prepared once a day.
    """
    holding, on = holding_of(user), today()
    if is_steady(reading):
        shape = Shape.of(holding)
        found = _prepared(shape, on, reading).rows({CASE: person_id, **shape.ids(holding)})
        person = found[0] if found else None
    else:
        person = _case_as_seen(holding, on, person_id, reading).first()
    if person is None:
        return None
    rights = set[Right]()
    for role in holding.roles:
        reaches = {
            Reach.TEAM: getattr(person, f"team_{role}", False) or getattr(person, "held_or_covered", False),
            Reach.GIVEN: role in getattr(person, "given_roles", ()),
        }
        if reaches.get(ROLES[role].reach, False):
            rights |= ROLES[role].rights
    return Sight(person=person, rights=frozenset(rights)) if rights else None


def _case_as_seen(holding: Holding, on: date, person_id: UUID, reading: Reading | None) -> QuerySet[Person]:
    """One case, unless it is closed to the user, with what reaches it."""
    this_case = OuterRef("pk")
    cases = open_to(Person.objects.filter(pk=person_id), holding, on)
    if reading is not None:
        cases = reading(cases)
    by_team = {
        f"team_{role}": Exists(current_allocations(on).filter(person=this_case, team__in=list(teams)))
        for role, teams in holding.teams_by_role.items()
        if ROLES[role].reach is Reach.TEAM and teams
    }
    mine = Exists(own_cases(holding, on).filter(person=this_case)) | Exists(
        covered_cases(holding, on).filter(person=this_case)
    )
    given = ArraySubquery(live_grants(on).filter(person=this_case, user=holding.user_id).values("role"))
    return cases.annotate(**by_team, held_or_covered=mine, given_roles=given)


CASE, USER, MEMBER = (uuid5(NAMESPACE_OID, f"alongside.sight.{name}") for name in ("case", "user", "member"))


@dataclass(frozen=True)
class Shape:
    """What of a holding decides the words of a query, where its ids are only put in: two users with as many teams in
    the same roles ask the same question.
    """

    a_member: bool
    teams: tuple[tuple[RoleCode, int], ...]

    @classmethod
    def of(cls, holding: Holding) -> "Shape":
        """The shape of one holding."""
        teams = sorted((role, len(teams)) for role, teams in holding.teams_by_role.items())
        return cls(holding.member_id is not None, tuple(teams))

    def standing_in(self) -> Holding:
        """A holding of this shape that nobody has."""
        teams = {role: frozenset(_team(role, place) for place in range(count)) for role, count in self.teams}
        return Holding(user_id=USER, member_id=MEMBER if self.a_member else None, teams_by_role=teams)

    def ids(self, holding: Holding) -> dict[UUID, UUID]:
        """For each id of `standing_in`, that of `holding`, which has this shape."""
        ids = {USER: holding.user_id}
        if holding.member_id is not None:
            ids[MEMBER] = holding.member_id
        for role, teams in holding.teams_by_role.items():
            ids |= {_team(role, place): team for place, team in enumerate(teams)}
        return ids


@cache
def _team(role: RoleCode, place: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"alongside.sight.{role}.{place}")


@lru_cache(maxsize=256)
def _prepared(shape: Shape, on: date, reading: Reading | None) -> PreparedQuery[Person]:
    rows = _case_as_seen(shape.standing_in(), on, CASE, reading)
    return PreparedQuery(rows, stand_ins=frozenset({CASE, USER}))


def sight_or_404(
    request: HttpRequest, person_id: UUID, *, right: Right, what: str, reading: Reading | None = None
) -> Sight:
    """The case and what the user may do to it, with the look recorded; or a 404 that says nothing, with the refusal.

    `what` names the page in the trail, as room.page. Asking for a case that does not exist leaves no trail.
    """
    user = request.user
    sight = sight_of(user, person_id, reading=reading)
    by = user if isinstance(user, User) else None
    if sight is not None and sight.may(right):
        record_consultation(by=by, what=what, case_id=person_id)
        return sight
    if sight is not None or Person.objects.filter(pk=person_id).exists():
        record_consultation(by=by, what=what, case_id=person_id, refused=True)
    raise Http404


def case_or_404(request: HttpRequest, person_id: UUID, *, right: Right, what: str) -> Person:
    """The case alone, for a view that needs to know no more than that the user may; see `sight_or_404`."""
    return sight_or_404(request, person_id, right=right, what=what).person


def look_up_number(user: User, *, field: str, number: str) -> LookUp:
    """The one case with this exact number, as far as the user may know of it. Every answer is recorded.

    `field` is the name of the identifier on the person: crn, prison_number, pnc or cro.
    """
    person = Person.objects.filter(**{field: number}).first()
    if person is None:
        record_consultation(by=user, what=SEARCH_BY_NUMBER, detail=Found.NOTHING.value)
        return LookUp(Found.NOTHING, number=number)
    if visible_to(user, Right.SEE_CASE).filter(pk=person.pk).exists():
        record_consultation(by=user, what=SEARCH_BY_NUMBER, case_id=person.pk)
        return LookUp(Found.VISIBLE, person=person, number=number)
    answer = _closed(user, person, number) or _elsewhere(person, number)
    record_consultation(
        by=user,
        what=SEARCH_BY_NUMBER,
        case_id=person.pk,
        refused=answer.found is Found.CLOSED,
        detail=answer.found.value,
    )
    return answer


def _closed(user: User, person: Person, number: str) -> LookUp | None:
    on = today()
    exclusion = live_exclusions(on).filter(person=person, user=user).first()
    if exclusion is not None:
        return LookUp(Found.CLOSED, number=number, message=exclusion.message)
    if open_to(Person.objects.filter(pk=person.pk), holding_of(user), on).exists():
        return None
    restriction = live_restrictions(on).filter(person=person).first()
    if restriction is not None:
        return LookUp(Found.CLOSED, number=number, message=restriction.message, speak_to=restriction.speak_to)
    if UnconfirmedAccess.objects.filter(person=person, confirmed_at__isnull=True).exists():
        held = _holder(person)
        return LookUp(
            Found.CLOSED, number=number, message=AWAITING, speak_to=held.team.name if held else "the safeguarding lead"
        )
    return None


def _elsewhere(person: Person, number: str) -> LookUp:
    held = _holder(person)
    if held is None:
        return LookUp(Found.ELSEWHERE, number=number)
    return LookUp(
        Found.ELSEWHERE,
        number=number,
        team=held.team.name,
        telephone=held.team.telephone,
        officer=held.member.user.name if held.member else "",
    )


def _holder(person: Person) -> Allocation | None:
    return current_allocations(today()).filter(person=person).select_related("team", "member__user").first()
