"""What stops for each family member: one query, however many they are, and never a reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.foundation.records.among import among
from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.foundation.reference.queries import coded
from alongside.people.allocations.models import UnconfirmedAccess
from alongside.people.allocations.queries import (
    live_exclusions,
    live_restrictions,
)
from alongside.people.families.models import FamilyMember, MatchState, PossibleMatch
from alongside.people.persons.models import Person, SourceCheck, SourceMarker
from alongside.safety.flags.kinds import (
    LISTS,
    codes_that_travel,
    flag_kind,
    fresh_for,
    imported_matters,
    kinds_that_travel,
    meaning_of,
)
from alongside.safety.flags.models import (
    Flag,
    SafetyCheck,
)
from alongside.safety.flags.rules import (
    NOTHING_KNOWN,
    CaseSafety,
    Certainty,
    Direction,
    FlagFacts,
    Kin,
    LiveFlag,
    Look,
    Matter,
    Scope,
    facts_about,
)

THIS_PERSON = OuterRef("pk")
CONDITIONS = "licence_conditions"


@dataclass(frozen=True)
class SafetyOfCase:
    """The safety of one case, and along which of its family members a stop travels from elsewhere."""

    case: CaseSafety
    linked: frozenset[UUID]


def flag_facts(member_ids: Iterable[UUID], *, on: date) -> dict[UUID, FlagFacts]:
    """What stops for each family member, with full sight and without a reason; an answer for every id asked.

    One query, however many they are. An id that belongs to nobody gets "not checked".
    """
    wanted = set(member_ids)
    facts = dict.fromkeys(wanted, NOTHING_KNOWN)
    if not wanted:
        return facts
    cases = Person.objects.filter(pk__in=FamilyMember.objects.filter(among("pk", wanted)).values("person"))
    fresh = fresh_for()
    for person in with_safety(cases, on=on):
        safety = safety_of(person, on=on)
        for member_id in wanted & safety.case.kin.keys():
            facts[member_id] = facts_about(
                safety.case, member_id, on=on, fresh_for=fresh, linked_stop=member_id in safety.linked
            )
    return facts


def live_flags(on: date) -> QuerySet[Flag]:
    """Flags that stand on a day."""
    return Flag.objects.filter(Q(removed_on__isnull=True) | Q(removed_on__gt=on), recorded_on__lte=on)


def live_markers(on: date) -> QuerySet[SourceMarker]:
    """What the system of record holds on a day."""
    return SourceMarker.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def with_safety(cases: QuerySet[Person], *, on: date) -> QuerySet[Person]:
    """`cases` with what `safety_of` reads."""
    members = FamilyMember.objects.filter(person=THIS_PERSON)
    flags = Flag.objects.filter(person=THIS_PERSON, recorded_on__lte=on)
    return cases.annotate(
        safety_kin=rows_of(
            members,
            id=F("pk"),
            given_name=F("given_name"),
            family_name=F("family_name"),
            ended=F("ended_on"),
            relationship_id=F("relationship_id"),
            lives=F("lives_with_person"),
            named=F("added_at"),
            linked=_linked(on),
        ),
        safety_flags=rows_of(
            flags,
            kind_id=F("kind_id"),
            scope=F("scope"),
            member=F("family_member_id"),
            certainty=F("certainty"),
            direction=F("direction"),
            since=F("recorded_on"),
            removed=F("removed_on"),
            awaiting=F("awaiting_review"),
        ),
        safety_checks=rows_of(
            SafetyCheck.objects.filter(case=THIS_PERSON, checked_on__lte=on),
            matter_id=F("matter_id"),
            on=F("checked_on"),
            member=F("family_member"),
            by_name=F("by_name"),
            looked_at=F("looked_at"),
        ),
        safety_imports=rows_of(SourceCheck.objects.filter(person=THIS_PERSON), matter=F("matter"), on=F("checked_on")),
        safety_markers=rows_of(
            live_markers(on).filter(person=THIS_PERSON), matter=F("matter"), code=F("code"), since=F("from_date")
        ),
        safety_confirmed=rows_of(
            UnconfirmedAccess.objects.filter(person=THIS_PERSON, confirmed_at__isnull=False), at=F("confirmed_at")
        ),
        safety_limited=Exists(live_exclusions(on).filter(person=THIS_PERSON))
        | Exists(live_restrictions(on).filter(person=THIS_PERSON)),
    )


def safety_of(person: Person, *, on: date) -> SafetyOfCase:
    """The safety of a case read by `with_safety`."""
    members = read_rows(person, "safety_kin")
    flag_rows = read_rows(person, "safety_flags")
    marker_rows = read_rows(person, "safety_markers")
    imported, unread = _from_markers(marker_rows)
    removed = _removals(flag_rows, on)
    case = CaseSafety(
        flags=(*(_live(row) for row in flag_rows if _stands(row, on)), *imported),
        looks=tuple(_looks(person)),
        kin={UUID(row["id"]): _kin(row) for row in members},
        removed=removed,
        unread_since=max(unread, default=None),
        access_limited=bool(getattr(person, "safety_limited", False)),
        conditions_stand=any(row["matter"] == CONDITIONS for row in marker_rows),
    )
    return SafetyOfCase(case=case, linked=frozenset(UUID(row["id"]) for row in members if row["linked"]))


def _linked(on: date) -> Q:
    """Whether a stop travels to a family member (OuterRef) along a confirmed match, from any network (invariant 3)."""
    confirmed = PossibleMatch.objects.filter(state=MatchState.CONFIRMED)
    flags = live_flags(on).filter(kind__in=kinds_that_travel())
    elsewhere = confirmed.filter(matched_person=OuterRef(OuterRef("matched_person"))).exclude(
        family_member=OuterRef(OuterRef("family_member"))
    )
    of_the_same_human = (
        Exists(flags.filter(person=OuterRef("matched_person")))
        | Exists(live_markers(on).filter(person=OuterRef("matched_person"), code__in=codes_that_travel()))
        | Exists(flags.filter(family_member__in=elsewhere.values("family_member")))
    )
    they_are_supervised = confirmed.filter(of_the_same_human, family_member=OuterRef("pk"))
    the_person_is_named_elsewhere = confirmed.filter(
        Exists(flags.filter(family_member=OuterRef("family_member"))), matched_person=OuterRef("person")
    )
    return Exists(they_are_supervised) | Exists(the_person_is_named_elsewhere)


def _stands(row: Row, on: date) -> bool:
    removed = day(row["removed"])
    return removed is None or removed > on


def _removals(rows: Collection[Row], on: date) -> dict[tuple[Matter, UUID | None], date]:
    """The last day on which a flag of each matter was taken away: a check before it says nothing of today."""
    last: dict[tuple[Matter, UUID | None], date] = {}
    for row in rows:
        matter, removed = flag_kind(row["kind_id"]).matter, day(row["removed"])
        if matter is None or removed is None or removed > on:
            continue
        key = (matter, UUID(row["member"]) if row["member"] else None)
        last[key] = max(removed, last.get(key, removed))
    return last


def _live(row: Row) -> LiveFlag:
    kind = flag_kind(row["kind_id"])
    return LiveFlag(
        effects=kind.effects,
        matter=kind.matter,
        scope=Scope(row["scope"]),
        since=day(row["since"]) or date.min,
        member_id=UUID(row["member"]) if row["member"] else None,
        certainty=Certainty(row["certainty"]),
        direction=Direction(row["direction"]) if row["direction"] else None,
        awaiting_review=row["awaiting"],
    )


def _from_markers(rows: Collection[Row]) -> tuple[list[LiveFlag], list[date]]:
    """Entries of the system of record as flags, and the days of those that nobody here can read."""
    flags, unread = [], []
    for row in rows:
        if row["matter"] not in LISTS:
            continue
        since = day(row["since"]) or date.min
        kind, readable = meaning_of(row["matter"], row["code"])
        if not readable:
            unread.append(since)
        if kind is not None:
            flags.append(LiveFlag(effects=kind.effects, matter=kind.matter, scope=Scope.PERSON, since=since))
    return flags, unread


def _looks(person: Person) -> Iterable[Look]:
    """Every look at a matter: by staff, by an import, and by whoever confirmed that access is not limited."""
    for row in read_rows(person, "safety_checks"):
        yield Look(
            matter=Matter(coded(row["matter_id"]).code),
            on=day(row["on"]) or date.min,
            member_id=UUID(row["member"]) if row["member"] else None,
        )
    matters = imported_matters()
    for row in read_rows(person, "safety_imports"):
        for matter in matters.get(row["matter"], ()):
            yield Look(matter=matter, on=day(row["on"]) or date.min, imported=True)
    for row in read_rows(person, "safety_confirmed"):
        yield Look(matter=Matter.LIMITED_ACCESS, on=day(row["at"]) or date.min)


def _kin(row: Row) -> Kin:
    return Kin(
        kin=str(coded(row["relationship_id"]).attributes.get("kin", "other")),
        lives_with_person=row["lives"],
        named_on=day(row["named"]) or date.max,
    )
