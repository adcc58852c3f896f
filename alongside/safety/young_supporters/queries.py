"""Reading of supporters under 18. Who may read is decided by `people.allocations`; `young_facts` sees everything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from alongside.foundation.records.rows import read_whole, whole
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

AGE = ("age_band_id", "age_band_on", "year_of_birth", "age_said")
"""What a family member's own record says of their age."""


def young_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, YoungFacts]:
    """What holds for each family member because of their age on a day; an entry for every id asked.

    One query, however many are asked. Sees everything whoever asks.
    """
    asked = set(member_ids)
    members = with_young(FamilyMember.objects.filter(pk__in=asked)).only(*AGE) if asked else ()
    found = {member.pk: young_of(member, on=on) for member in members}
    return {member_id: found.get(member_id) or YoungFacts() for member_id in asked}


def with_young(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `young_of` reads."""
    this = OuterRef("pk")
    return members.annotate(
        young_noted=whole(
            YoungSupporter.objects.filter(family_member=this),
            *("said_under_18", "said_on", "heard_on", "unsafe_on", "told_on"),
        ),
        young_parents=whole(
            ParentAsked.objects.filter(family_member=this).order_by("-noted_at", "id"), "parent_id", "name", "attitude"
        ),
        young_exceptions=whole(
            AgeException.objects.filter(family_member=this, state=ExceptionState.APPROVED),
            *("family_member_id", "state", "from_date", "until_date", "ended_on"),
        ),
    )


def young_of(member: FamilyMember, *, on: date) -> YoungFacts:
    """What holds because of the age of a family member who was read by `with_young`."""
    noted = next(iter(read_whole(member, "young_noted", YoungSupporter)), None)
    exceptions = read_whole(member, "young_exceptions", AgeException)
    return young_facts_for(
        is_under_18(age_known(member, noted), on=on),
        steps_of(noted, _last_attitudes(read_whole(member, "young_parents", ParentAsked))),
        exception=any(exception_holds(exception_known(row), on=on) for row in exceptions),
    )


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
        not_said=not member.age_said,
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


def _last_attitudes(asked: Collection[ParentAsked]) -> dict[str, str]:
    last: dict[str, str] = {}
    for row in asked:
        last.setdefault(str(row.parent_id or row.name.casefold()), row.attitude)
    return last
