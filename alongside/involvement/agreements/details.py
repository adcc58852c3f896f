"""Everything that the page of one agreement shows, read with the agreement itself in one query."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef

from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.involvement.agreements.models import (
    Agreement,
    Answer,
    ContactDraw,
    Tick,
    Version,
    Visit,
    VisitState,
)
from alongside.involvement.agreements.queries import VersionFacts
from alongside.involvement.agreements.rules import WINDOW_DAYS, Party, Said, State, from_data
from alongside.involvement.agreements.rules.budgets import Drawn


@dataclass(frozen=True)
class Details:
    """An agreement with its versions, newest first, and what has happened under it."""

    agreement: Agreement
    versions: Mapping[int, VersionFacts]
    ticks: Mapping[str, list[date]]
    visits: tuple[Visit, ...]
    contacts: tuple[Drawn, ...]


def detailed_agreement(member_id: UUID, *, on: date) -> Details | None:
    """The agreement with a family member that has not ended, and everything about it; None where there is none."""
    this = OuterRef("pk")
    since = on - timedelta(days=WINDOW_DAYS)
    draws = ContactDraw.objects.filter(family_member=OuterRef("family_member"), on__gt=since, on__lte=on)
    row = (
        Agreement.objects.filter(family_member=member_id)
        .exclude(state=State.ENDED)
        .annotate(
            version_rows=rows_of(
                Version.objects.filter(agreement=this).order_by("-number"),
                number="number",
                written_at="written_at",
                what_changed="what_changed",
                terms="terms",
            ),
            answer_rows=rows_of(
                Answer.objects.filter(agreement=this).order_by("recorded_at", "id"),
                number="number",
                party="party",
                agrees="agrees",
                how="how",
                on="on",
                words="words",
                by="recorded_by_name",
            ),
            tick_rows=rows_of(Tick.objects.filter(agreement=this).order_by("-on"), key="key", on="on"),
            visit_rows=rows_of(
                Visit.objects.filter(agreement=this).exclude(state=VisitState.OFF).order_by("on"),
                id="pk",
                version="version",
                on="on",
                until="until",
                kind="kind",
                state="state",
            ),
            draw_rows=rows_of(draws, channel="channel", on="on"),
        )
        .first()
    )
    return _details(row) if row else None


def _details(row: Agreement) -> Details:
    said: dict[int, list[Said]] = defaultdict(list)
    for answer in read_rows(row, "answer_rows"):
        said[answer["number"]].append(_said(answer))
    ticks: dict[str, list[date]] = defaultdict(list)
    for tick in read_rows(row, "tick_rows"):
        ticks[tick["key"]].append(_day(tick["on"]))
    return Details(
        agreement=row,
        versions={
            version["number"]: VersionFacts(
                agreement_id=row.pk,
                number=version["number"],
                written_on=_day(version["written_at"]),
                what_changed=version["what_changed"] or "",
                terms=from_data(version["terms"]),
                said=tuple(said[version["number"]]),
            )
            for version in read_rows(row, "version_rows")
        },
        ticks=ticks,
        visits=tuple(_visit(visit) for visit in read_rows(row, "visit_rows")),
        contacts=tuple(Drawn(drawn["channel"], _day(drawn["on"])) for drawn in read_rows(row, "draw_rows")),
    )


def _said(row: Row) -> Said:
    return Said(
        party=Party(row["party"]),
        agrees=row["agrees"],
        on=_day(row["on"]),
        how=row["how"],
        words=row["words"] or "",
        recorded_by=row["by"],
    )


def _visit(row: Row) -> Visit:
    return Visit(
        pk=UUID(row["id"]),
        version=row["version"],
        on=_day(row["on"]),
        until=_day(row["until"]),
        kind=row["kind"],
        state=row["state"],
    )


def _day(text: str) -> date:
    return day(text) or date.min
