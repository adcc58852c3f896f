"""Streams invented rows into the database: one COPY a table and a team, all of it in one transaction."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.allocations.models import (
    Allocation,
    CaseGrant,
    Cover,
    Exclusion,
    Restriction,
    RestrictionReader,
    UnconfirmedAccess,
)
from alongside.people.families.models import ContactPoint, FamilyMember, PossibleMatch
from alongside.people.persons.models import (
    Circumstance,
    Need,
    Order,
    OtherName,
    Person,
    Requirement,
    SourceCheck,
    SourceMarker,
)
from alongside.people.staff.models import DeliveryUnit, Member, Patch, Post, Region, Service, Team
from alongside.synthetic.invent import rows
from alongside.synthetic.invent.offices import SERVICE_NAME, Place, place_id
from alongside.synthetic.pools.places import regions

RowKind = type[tuple[object, ...]]

TABLES: Mapping[RowKind, type[models.Model]] = {
    rows.UserRow: User,
    rows.MemberRow: Member,
    rows.PostRow: Post,
    rows.PatchRow: Patch,
    rows.CoverRow: Cover,
    rows.PersonRow: Person,
    rows.OtherNameRow: OtherName,
    rows.NeedRow: Need,
    rows.CircumstanceRow: Circumstance,
    rows.OrderRow: Order,
    rows.RequirementRow: Requirement,
    rows.MarkerRow: SourceMarker,
    rows.CheckRow: SourceCheck,
    rows.AllocationRow: Allocation,
    rows.ExclusionRow: Exclusion,
    rows.RestrictionRow: Restriction,
    rows.ReaderRow: RestrictionReader,
    rows.UnconfirmedRow: UnconfirmedAccess,
    rows.GrantRow: CaseGrant,
    rows.FamilyMemberRow: FamilyMember,
    rows.ContactPointRow: ContactPoint,
    rows.MatchRow: PossibleMatch,
    rows.TimelineRow: TimelineEntry,
    rows.ToDoRow: ToDo,
    rows.CardRow: Card,
}


class ColumnWithoutValueError(TypeError):
    """A model has a column that invented rows leave out and that has no default: add it to `invent.rows`."""


@dataclass(frozen=True)
class Written:
    """How much has been written."""

    people: int
    family_members: int
    rows: int


def write_caseload(teams: Iterable[tuple[int, rows.Sheets]], *, on_team: Callable[[Written], None]) -> Written:
    """Write every team's rows, telling `on_team` after each. Runs inside the caller's transaction.

    While the database takes one team in, the next is invented in another thread, which touches no connection.
    """
    batches = _encoded(teams, {kind: Target.of(kind) for kind in TABLES})
    written = Written(0, 0, 0)
    with connection.cursor() as cursor, ThreadPoolExecutor(max_workers=1) as ahead:
        # Checked at each COPY; kept for the commit, a nation's foreign keys would fill the server's memory.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        waiting = ahead.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = ahead.submit(next, batches, None)
            for statement, content in batch.copies:
                with cursor.copy(statement) as copy:
                    copy.write(content)
            written = Written(
                people=written.people + batch.people,
                family_members=written.family_members + batch.family_members,
                rows=written.rows + batch.rows,
            )
            on_team(written)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return written


def write_places(places: Iterable[Place]) -> None:
    """The service, its regions and delivery units, and these teams; those that stand already are left as they are."""
    service = Service(id=place_id("service"), name=SERVICE_NAME)
    Service.objects.bulk_create([service], ignore_conflicts=True)
    all_regions = regions()
    Region.objects.bulk_create(
        (Region(id=place_id(one.code), service_id=service.id, name=one.name, code=one.code) for one in all_regions),
        ignore_conflicts=True,
    )
    DeliveryUnit.objects.bulk_create(
        (
            DeliveryUnit(id=place_id(unit.code), region_id=place_id(region.code), name=unit.name, code=unit.code)
            for region in all_regions
            for unit in region.units
        ),
        ignore_conflicts=True,
    )
    Team.objects.bulk_create(
        (
            Team(
                id=place.team_id,
                delivery_unit_id=place_id(place.unit.code),
                name=place.name,
                code=place.code,
                telephone=place.telephone,
            )
            for place in places
        ),
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class Target:
    """The table of one kind of row: how to copy into it, and the text of the columns that rows leave out."""

    statement: str
    rest: str

    @classmethod
    def of(cls, kind: RowKind) -> "Target":
        """Raises ColumnWithoutValueError where neither the row nor the model has a value for a column."""
        model = TABLES[kind]
        given: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        by_name = {field.attname: field for field in model._meta.concrete_fields}
        columns = [by_name[name].column for name in given]
        rest = ""
        for name, field in by_name.items():
            if name in given or (field.null and not field.has_default()):
                continue
            columns.append(field.column)
            rest += "\t" + _text(_default(field))
        quote = connection.ops.quote_name
        names = ", ".join(quote(column) for column in columns if column)
        return cls(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", rest)


@dataclass(frozen=True)
class _Batch:
    copies: list[tuple[str, bytes]]
    people: int
    family_members: int
    rows: int


def _encoded(teams: Iterable[tuple[int, rows.Sheets]], targets: Mapping[RowKind, Target]) -> Iterator[_Batch]:
    for people, sheets in teams:
        copies = [(targets[kind].statement, _lines(some, targets[kind].rest)) for kind, some in sheets]
        yield _Batch(
            copies=copies,
            people=people,
            family_members=len(sheets.of(rows.FamilyMemberRow)),
            rows=sum(len(some) for _kind, some in sheets),
        )


def _lines(some: Iterable[tuple[object, ...]], rest: str) -> bytes:
    end = f"{rest}\n"
    return "".join(["\t".join([_text(value) for value in row]) + end for row in some]).encode()


def _default(field: "models.Field[Any, Any]") -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    value = field.get_default()
    if value is None:
        raise ColumnWithoutValueError(f"{field.model._meta.label}.{field.name} has no value and no default.")
    return value.value if isinstance(value, models.Choices) else value


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)


_TO_TEXT: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _value: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    str: _escaped,
    date: date.isoformat,
    datetime: datetime.isoformat,
    list: lambda value: _escaped(json.dumps(value, ensure_ascii=False)),
    dict: lambda value: _escaped(json.dumps(value, ensure_ascii=False)),
}


def _text(value: object) -> str:
    """A value as COPY's text format wants it."""
    return _TO_TEXT[type(value)](value)
