"""What is written stands in the database as the product itself would have left it."""

import dataclasses
from datetime import datetime

import pytest
from django.db import models

from alongside.foundation.accounts.models import DatabaseMark
from alongside.foundation.audit.models import Event
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.people.families.actions import add_family_member, end_family_member, refresh_family_card
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.persons.models import Person
from alongside.synthetic.actions import make_caseload
from alongside.synthetic.invent import rows
from alongside.synthetic.writing import TABLES, ColumnWithoutValueError, Target, Written, _text, write_caseload
from tests.synthetic.invented import TODAY

pytestmark = pytest.mark.django_db
PEOPLE = 900


@pytest.fixture
def caseload() -> Written:
    return make_caseload(people=PEOPLE, seed=3, today=TODAY, vignettes=False)


def test_every_kind_of_row_has_a_table_with_those_columns() -> None:
    assert set(TABLES) == set(rows.KINDS)
    for kind in rows.KINDS:
        Target.of(kind)


def test_a_caseload_is_written_whole(caseload: Written) -> None:
    assert caseload.people == Person.objects.count() == PEOPLE
    assert caseload.family_members == FamilyMember.objects.count()
    assert set(Person.objects.values_list("synthetic_mark", flat=True)) == {DatabaseMark.objects.get().pk}


def test_every_table_is_written_to(caseload: Written) -> None:
    empty = [model._meta.label for model in TABLES.values() if not model._default_manager.exists()]
    assert empty == []


def test_rows_keep_to_the_choices_and_lengths_of_their_models(caseload: Written) -> None:
    for model in TABLES.values():
        for row in model._default_manager.order_by("pk")[:60]:
            row.clean_fields(exclude=_unchecked(model))


def _unchecked(model: type[models.Model]) -> set[str]:
    """Texts that may be empty where a form would want them, and passwords that nobody has."""
    fields = model._meta.concrete_fields
    return {field.name for field in fields if field.null or (not field.blank and field.has_default())}


def test_cards_say_what_the_product_would_say(caseload: Written) -> None:
    for card in Card.objects.order_by("pk")[:40]:
        refresh_family_card(card.case)
        fresh = Card.objects.get(pk=card.pk)
        assert (fresh.title, fresh.headline, fresh.lines, fresh.order, fresh.right) == (
            card.title,
            card.headline,
            card.lines,
            card.order,
            card.right,
        )
    named = set(FamilyMember.objects.values_list("person", flat=True))
    assert set(Card.objects.values_list("case", flat=True)) == named


COPIED = (
    "given_name",
    "family_name",
    "phrase",
    "relationship_id",
    "gender_id",
    "age_band_id",
    "age_band_on",
    "year_of_birth",
    "notice_state",
    "notice_on",
    "notice_ground_id",
    "notice_review_on",
)


def test_lines_and_to_dos_are_those_of_the_actions(caseload: Written) -> None:
    """The same relative added through the product leaves the same line and the same to-do."""
    for member in (
        FamilyMember.objects.filter(notice_state="deferred", ended_on=None).order_by("pk").first(),
        FamilyMember.objects.filter(notice_state="given", ended_on=None).order_by("pk").first(),
    ):
        assert member is not None
        twin = add_family_member(by=None, person=member.person, **{name: getattr(member, name) for name in COPIED})
        assert _lines(twin) == _lines(member)
        assert _to_dos(twin) == _to_dos(member)
    ended = FamilyMember.objects.filter(ended_on__isnull=False).order_by("pk").first()
    assert ended is not None
    twin = add_family_member(by=None, person=ended.person, **{name: getattr(ended, name) for name in COPIED})
    end_family_member(
        by=None, member=twin, seen_version=1, ended_on=ended.ended_on, reason_id="member_end_reason.OTHER"
    )
    assert _lines(twin) == _lines(ended)
    assert not ToDo.objects.filter(subject__in=[ended.pk, twin.pk], done_at=None).exists()


def _lines(member: FamilyMember) -> set[tuple[object, ...]]:
    entries = TimelineEntry.objects.filter(family_member=member.pk)
    return {(row.kind, row.title, row.right, row.subject == member.pk) for row in entries}


def _to_dos(member: FamilyMember) -> set[tuple[object, ...]]:
    to_dos = ToDo.objects.filter(family_member=member.pk, kind="families.notice.review", done_at=None)
    return {(row.title, row.right, row.due_on, row.for_role, row.subject == member.pk) for row in to_dos}


def test_a_relative_under_supervision_waits_for_the_safeguarding_lead(caseload: Written) -> None:
    for match in PossibleMatch.objects.select_related("family_member", "matched_person"):
        assert match.family_member.family_name == match.matched_person.family_name
        to_do = ToDo.objects.get(subject=match.pk)
        assert (to_do.case, to_do.right, to_do.for_role) == (None, "REVIEW_MATCHES", "safeguarding_lead")


def test_one_event_says_what_was_made(caseload: Written) -> None:
    event = Event.objects.get(name="synthetic.caseload.made")
    assert event.chain_kind == "service"


def test_a_column_that_nobody_fills_is_named() -> None:
    kind = dataclasses.make_dataclass("FewColumns", ["id"])
    kind._fields = ("id",)
    TABLES[kind] = Person  # type: ignore[index]
    try:
        with pytest.raises(ColumnWithoutValueError, match="date_of_birth"):
            Target.of(kind)
    finally:
        del TABLES[kind]  # type: ignore[attr-defined]


def test_nothing_that_a_name_holds_breaks_the_stream() -> None:
    assert _text("a\\b\tc\nd\re") == "a\\\\b\\tc\\nd\\re"
    assert _text(None) == "\\N"
    assert _text(["Siân “Nan” · \\"]) == '["Siân “Nan” · \\\\\\\\"]'


def test_a_failure_leaves_nothing_behind() -> None:
    """A row that the database refuses takes the whole caseload with it."""
    sheets = rows.Sheets()
    sheets.put(rows.NeedRow("11111111-1111-4111-8111-111111111111", "not a person", "communication_need.BSL", ""))
    with pytest.raises(Exception, match="uuid"):
        write_caseload([(1, sheets)], on_team=lambda written: None)


def test_progress_is_told_after_each_team() -> None:
    told: list[Written] = []
    make_caseload(people=PEOPLE, seed=3, today=TODAY, vignettes=False, on_team=told.append)
    assert [written.people for written in told] == [810, PEOPLE]


def test_moments_carry_their_zone(caseload: Written) -> None:
    added: datetime = Person.objects.latest("added_at").added_at
    assert added.tzinfo is not None
