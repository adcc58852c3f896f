"""Reading of supporters under 18. Who may read is decided by `people.allocations`; `young_facts` sees everything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.reference.queries import coded
from alongside.people.families.models import FamilyMember
from alongside.safety.young_supporters.models import (
    AgeException,
    Attitude,
    ExceptionState,
    ParentAsked,
    YoungSupporter,
)
from alongside.safety.young_supporters.rules import (
    AgeKnown,
    ExceptionKnown,
    Steps,
    YoungFacts,
    exception_holds,
    is_under_18,
    young_facts_for,
)


def young_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, YoungFacts]:
    """What holds for each family member because of their age on a day; an entry for every id asked.

    Four queries, however many are asked. Sees everything whoever asks.
    """
    asked = set(member_ids)
    if not asked:
        return {}
    members = {member.pk: member for member in _members(asked)}
    noted = {row.family_member_id: row for row in YoungSupporter.objects.filter(family_member__in=asked)}
    parents = _attitudes(asked)
    holding = {
        row.family_member_id
        for row in AgeException.objects.filter(family_member__in=asked, state=ExceptionState.APPROVED)
        if exception_holds(exception_known(row), on=on)
    }
    return {
        member_id: young_facts_for(
            is_under_18(age_known(members[member_id], noted.get(member_id)), on=on),
            steps_of(noted.get(member_id), parents.get(member_id, {})),
            exception=member_id in holding,
        )
        if member_id in members
        else YoungFacts()
        for member_id in asked
    }


def age_known(member: FamilyMember, noted: YoungSupporter | None) -> AgeKnown:
    """What is recorded of someone's age."""
    band = coded(str(member.age_band_id)).attributes if member.age_band_id else {}
    return AgeKnown(
        band_from=band.get("from_years"),
        band_to=band.get("to_years"),
        band_on=member.age_band_on,
        year_of_birth=member.year_of_birth,
        said_under_18=noted.said_under_18 if noted else None,
        said_on=noted.said_on if noted else None,
    )


def steps_of(noted: YoungSupporter | None, attitudes: dict[str, str]) -> Steps:
    """What has been done; `attitudes` is what each person with parental responsibility said last."""
    return Steps(
        heard_alone=bool(noted and noted.heard_on),
        consulted=bool(attitudes),
        objects=Attitude.OBJECTS in attitudes.values(),
        unsafe=bool(noted and noted.unsafe_on),
        told=bool(noted and noted.told_on),
    )


def exception_known(row: AgeException) -> ExceptionKnown:
    """An exception for the rules."""
    return ExceptionKnown(
        row.family_member_id, row.state == ExceptionState.APPROVED, row.from_date, row.until_date, row.ended_on
    )


@dataclass(frozen=True)
class YoungShown:
    """Everything that the page of a supporter under 18 shows."""

    under_18: bool | None
    noted: YoungSupporter | None
    steps: Steps
    asked: tuple[ParentAsked, ...]
    exceptions: tuple[AgeException, ...]


def young_shown(member: FamilyMember, *, on: date) -> YoungShown:
    """What is recorded about one family member's age, in three queries."""
    noted = YoungSupporter.objects.filter(family_member=member).first()
    asked = tuple(parents_asked([member.pk]).select_related("parent"))
    return YoungShown(
        under_18=is_under_18(age_known(member, noted), on=on),
        noted=noted,
        steps=steps_of(noted, _last_attitudes(asked)),
        asked=asked,
        exceptions=tuple(AgeException.objects.filter(family_member=member).order_by("-asked_at", "id")),
    )


def parents_asked(member_ids: Collection[UUID]) -> QuerySet[ParentAsked]:
    """Who was asked for someone, the last first."""
    return ParentAsked.objects.filter(family_member__in=member_ids).order_by("-noted_at", "id")


def _attitudes(member_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    rows: dict[UUID, list[ParentAsked]] = {}
    for row in parents_asked(member_ids):
        rows.setdefault(row.family_member_id, []).append(row)
    return {member_id: _last_attitudes(asked) for member_id, asked in rows.items()}


def _last_attitudes(asked: Collection[ParentAsked]) -> dict[str, str]:
    last: dict[str, str] = {}
    for row in asked:
        last.setdefault(str(row.parent_id or row.name.casefold()), row.attitude)
    return last


def _members(member_ids: Collection[UUID]) -> QuerySet[FamilyMember]:
    return FamilyMember.objects.filter(pk__in=member_ids).only("age_band_id", "age_band_on", "year_of_birth")
