"""A file is taken as one: what it says stands afterwards, and nothing else does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import TimelineEntry
from alongside.people.allocations.actions import allocate
from alongside.people.allocations.models import Allocation, UnconfirmedAccess
from alongside.people.arrivals.actions import NotReadyError, take_file
from alongside.people.arrivals.models import Arrival, StagedChange, StagedRow
from alongside.people.persons.actions import change_person
from alongside.people.persons.models import NameKind, Order, OtherName, Person, Requirement, SourceCheck, SourceMarker
from alongside.people.persons.queries import matching_name
from alongside.people.persons.rules import LOCAL
from tests.factories import MemberFactory, PersonFactory, TeamFactory
from tests.people.arrivals.files import as_csv, bring, bring_in, crn_of, cro_of, pnc_of, row_of

pytestmark = pytest.mark.django_db

WRITTEN = (
    Person,
    OtherName,
    Order,
    Requirement,
    SourceMarker,
    SourceCheck,
    Allocation,
    UnconfirmedAccess,
    TimelineEntry,
)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row that a file could touch."""
    return {model._meta.label: sorted(model.objects.values_list(), key=repr) for model in WRITTEN}


def faults_of(arrival: Arrival) -> dict[int, str]:
    """What is wrong, by row."""
    rows = StagedRow.objects.filter(arrival=arrival, faulty=True)
    return {row.row: " ".join(f"{key} {words}" for key, words in row.faults) for row in rows}


def changes_of(arrival: Arrival) -> set[tuple[str, str, str]]:
    """What changes: field, before and after."""
    return set(StagedChange.objects.filter(arrival=arrival).values_list("field", "before", "after"))


def test_new_people_arrive_with_all_that_the_file_says() -> None:
    team, member = TeamFactory(), MemberFactory()
    more = {"ethnicity": "W1", "known_as": "Dan", "preferred_language": "Welsh", "home_area": "LL57 2DG"}
    arrival = bring_in(as_csv([row_of(team, member, 1, **more), row_of(team, member, 2, **dict.fromkeys(more, ""))]))
    assert (arrival.stage, arrival.rows, arrival.faulty, arrival.new) == ("taken", 2, 0, 2)
    person = Person.objects.get(crn=crn_of(1))
    assert (person.name, person.source, person.search_name) == ("Dan Achebe", "ndelius", "daniel achebe dan")
    assert (person.ethnicity_id, person.preferred_language_id) == ("ethnicity.W1", "language.cy")
    assert person.home_area == "LL57"
    order = Order.objects.get(person=person)
    assert (order.type_id, person.supervision_ends_on) == ("order_type.CO", order.until_date)
    assert Requirement.objects.get(order__person=person).detail == "20 days"
    assert SourceMarker.objects.get(person=person).code == "RCCO"
    assert SourceCheck.objects.filter(person=person).count() == 2
    assert Allocation.objects.get(person=person).member == member
    assert (
        TimelineEntry.objects.get(case=person.pk).title
        == f"Arrived from the system of record, allocated to {member.user.name}, {team.name}"
    )


def test_the_same_file_again_changes_nothing() -> None:
    team, member = TeamFactory(), MemberFactory()
    content = as_csv([row_of(team, member, 1), row_of(team, member, 2, exclusions=member.user.email)])
    bring_in(content)
    before = everything()
    again = bring_in(content)
    assert (again.new, again.changed, again.unchanged, again.changes) == (0, 0, 2, {})
    assert everything() == before


def test_a_changed_file_updates_and_shows_what_changed() -> None:
    team, member = TeamFactory(), MemberFactory()
    first = row_of(team, member, 1, court="Moor")
    bring_in(as_csv([first, row_of(team, member, 2, court="Moor")]))
    changed = first | {
        "family_name": "Åkerman",
        "court": "Harbour",
        "registrations": "RCCO|12/03/2025|1/1/2028; MAPP|1/2/2026",
    }
    arrival = bring_in(as_csv([changed, row_of(team, member, 2, court="Moor")]))
    assert (arrival.changed, arrival.unchanged) == (1, 1)
    assert arrival.changes == {"court": 1, "family_name": 1, "registrations": 2}
    assert ("family_name", "Achebe", "Åkerman") in changes_of(arrival)
    person = Person.objects.get(crn=crn_of(1))
    assert (person.family_name, person.search_name, person.version) == ("Åkerman", "daniel akerman", 2)
    assert Order.objects.get(person=person).court == "Harbour"
    assert SourceMarker.objects.filter(person=person).count() == 2
    line = TimelineEntry.objects.filter(case=person.pk).latest("at")
    assert line.title == "Updated from the system of record: court, registrations, surname"


def test_a_new_name_keeps_the_other_names_findable() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    bring_in(as_csv([row]))
    person = Person.objects.get()
    OtherName.objects.create(person=person, kind=NameKind.PREVIOUS, name="Zeldovich")
    bring_in(as_csv([row | {"family_name": "Bowen"}]))
    for name in ("Bowen", "Zeldovich"):
        assert matching_name(Person.objects.all(), name).get() == person


def test_an_empty_cell_and_an_absent_row_end_nothing() -> None:
    team, member = TeamFactory(), MemberFactory()
    row = row_of(team, member, 1, second_names="Chidi", cro=cro_of(7), court="Moor", alerts="RDV|1/2/2026")
    bring_in(as_csv([row, row_of(team, member, 2)], keys=row))
    before = everything()
    keys = ("crn", "family_name", "first_name", "date_of_birth", "team")
    arrival = bring_in(as_csv([row], keys=keys))
    assert (arrival.changed, arrival.faulty) == (0, 0)
    assert everything() == before


def test_a_person_with_two_orders_stands_in_two_rows() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    arrival = bring_in(as_csv([row, row | {"order_reference": "2", "order_type": "SSO", "order_until": "1/1/2030"}]))
    assert (arrival.new, arrival.rows) == (1, 2)
    assert Order.objects.filter(person__crn=crn_of(1)).count() == 2
    assert Person.objects.get().supervision_ends_on == date(2030, 1, 1)


def test_rows_of_one_person_must_agree() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    arrival = bring(as_csv([row, row | {"order_reference": "2", "family_name": "Bowen"}, row_of(team, None, 2)]))
    assert set(faults_of(arrival)) == {2, 3}
    assert "rows 2, 3" in faults_of(arrival)[2]


def test_a_row_twice_is_named_and_taken_once() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    arrival = bring_in(as_csv([row, row]))
    assert "row 2 too" in faults_of(arrival)[3]
    assert Person.objects.count() == 1


def test_one_number_beside_two_crns_keeps_both_out() -> None:
    team = TeamFactory()
    arrival = bring_in(as_csv([row_of(team, None, 1), row_of(team, None, 2, pnc=pnc_of(1)), row_of(team, None, 3)]))
    assert {row: "rows 2, 3" in words for row, words in faults_of(arrival).items()} == {2: True, 3: True}
    assert Person.objects.count() == 1


def test_swapped_numbers_name_both_rows_and_merge_nobody() -> None:
    team = TeamFactory()
    one, two = row_of(team, None, 1), row_of(team, None, 2, family_name="Bowen")
    bring_in(as_csv([one, two]))
    before = everything()
    arrival = bring_in(as_csv([one | {"pnc": two["pnc"]}, two | {"pnc": one["pnc"]}]))
    assert "row 3" in faults_of(arrival)[2]
    assert "row 2" in faults_of(arrival)[3]
    assert everything() == before


def test_a_number_that_someone_else_holds_here_keeps_the_row_out() -> None:
    PersonFactory(crn="X999999", pnc=pnc_of(1))
    arrival = bring_in(as_csv([row_of(TeamFactory(), None, 1)]))
    assert "belongs to someone else here" in faults_of(arrival)[2]
    assert "X999999" not in faults_of(arrival)[2]


def test_a_crn_used_again_for_someone_else_changes_nobody() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    bring_in(as_csv([row]))
    before = everything()
    arrival = bring_in(as_csv([row | {"family_name": "Other", "date_of_birth": "1/1/1970"}]))
    assert "surname and date of birth" in faults_of(arrival)[2]
    assert everything() == before


def test_good_rows_are_taken_beside_bad_ones() -> None:
    team = TeamFactory()
    arrival = bring_in(as_csv([row_of(team, None, 1), row_of(team, None, 2, date_of_birth="never")]))
    assert (arrival.new, arrival.faulty) == (1, 1)


def test_the_source_moves_a_case_and_history_is_kept() -> None:
    team, member, other = TeamFactory(), MemberFactory(), MemberFactory()
    row = row_of(team, member, 1) | {"allocated_on": "01/02/2025"}
    bring_in(as_csv([row]))
    arrival = bring_in(as_csv([row | {"officer": other.staff_code, "allocated_on": "01/06/2025"}]))
    assert arrival.changes == {"holder": 1}
    held = Allocation.objects.order_by("from_date").values_list("member", "from_date", "until_date")
    assert list(held) == [
        (member.pk, date(2025, 2, 1), date(2025, 6, 1)),
        (other.pk, date(2025, 6, 1), None),
    ]
    titles = list(TimelineEntry.objects.order_by("at").values_list("title", flat=True))
    assert titles[-1] == f"Allocated to {other.user.name}, {team.name}"


def test_two_moves_on_one_day_leave_one_holder() -> None:
    team, members = TeamFactory(), [MemberFactory() for _ in range(3)]
    row = row_of(team, members[0], 1)
    for member in members:
        bring_in(as_csv([row | {"officer": member.staff_code}]))
    assert Allocation.objects.get().member == members[-1]


def test_what_was_arranged_here_stands_until_the_source_says_otherwise() -> None:
    team, member, here, moved = TeamFactory(), MemberFactory(), MemberFactory(), MemberFactory()
    row = row_of(team, member, 1) | {"allocated_on": "01/02/2025"}
    bring_in(as_csv([row]))
    person = Person.objects.get()
    allocate(by=None, person=person, team=team, member=here, from_date=today() - timedelta(days=3))
    assert bring_in(as_csv([row])).changed == 0
    bring_in(as_csv([row | {"officer": moved.staff_code, "allocated_on": ""}]))
    assert Allocation.objects.get(person=person, until_date=None).member == moved


def test_a_planned_allocation_is_not_overrun() -> None:
    team, member, other = TeamFactory(), MemberFactory(), MemberFactory()
    row = row_of(team, member, 1) | {"allocated_on": "01/02/2025"}
    bring_in(as_csv([row]))
    planned = today() + timedelta(days=20)
    allocate(by=None, person=Person.objects.get(), team=team, member=other, from_date=planned)
    bring_in(as_csv([row | {"officer": MemberFactory().staff_code, "allocated_on": ""}]))
    assert Allocation.objects.order_by("from_date").last().from_date == planned
    assert Allocation.objects.count() == 3


def test_requirements_change_in_place_and_never_end_by_absence() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1, requirements="RAR|||20 days; PROG|||Building better")
    bring_in(as_csv([row]))
    arrival = bring_in(as_csv([row | {"requirements": "RAR||1/5/2026|25 days"}]))
    assert arrival.changes == {"requirement_detail": 1, "requirement_until": 1}
    found = set(Requirement.objects.values_list("type", "detail", "until_date"))
    assert found == {
        ("requirement_type.RAR", "25 days", date(2026, 5, 1)),
        ("requirement_type.PROG", "Building better", None),
    }


def test_an_older_look_never_replaces_a_newer_one() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1)
    bring_in(as_csv([row]))
    bring_in(as_csv([row | {"registrations_checked": "1/1/2025"}]))
    assert SourceCheck.objects.get(matter="registrations").checked_on == today()


def test_someone_entered_by_hand_is_taken_over_field_by_field() -> None:
    person = PersonFactory(crn=crn_of(1), given_names="Dan", family_name="Achebe", known_as="D", pronouns="he")
    arrival = bring_in(as_csv([row_of(TeamFactory(), None, 1)]))
    assert (arrival.new, arrival.changed) == (0, 1)
    person.refresh_from_db()
    assert (person.source, person.given_names, person.known_as, person.pronouns) == ("ndelius", "Daniel", "D", "he")
    assert StagedChange.objects.filter(arrival=arrival, closed=False).count() == 0


def test_dates_that_would_contradict_what_stands_are_faults_and_not_crashes() -> None:
    team = TeamFactory()
    row = row_of(team, None, 1, date_of_death="1/1/2024")
    bring_in(as_csv([row]))
    arrival = bring_in(as_csv([row | {"date_of_birth": "1/1/2010", "date_of_death": ""}]))
    assert arrival.faulty == 0
    Person.objects.update(date_of_death=date(1999, 1, 1), date_of_birth=date(1990, 5, 17))
    arrival = bring_in(as_csv([row | {"date_of_birth": "1/1/2010", "date_of_death": ""}]))
    assert "date of death that stands here" in faults_of(arrival)[2]
    arrival = bring_in(as_csv([row | {"order_from": "1/1/2030", "order_until": "", "date_of_death": "1/1/2024"}]))
    assert "expected end that stands here" in faults_of(arrival)[2]


def test_a_file_is_taken_once() -> None:
    arrival = bring_in(as_csv([row_of(TeamFactory(), None, 1)]))
    with pytest.raises(NotReadyError):
        take_file(by=None, arrival=arrival)


def test_what_was_written_between_check_and_take_counts() -> None:
    team = TeamFactory()
    arrival = bring(as_csv([row_of(team, None, 1), row_of(team, None, 2)]))
    assert arrival.new == 2
    PersonFactory(crn=crn_of(1), given_names="Daniel", family_name="Achebe")
    PersonFactory(crn="X888888", pnc=pnc_of(2))
    arrival = take_file(by=None, arrival=arrival)
    assert (arrival.new, arrival.changed, arrival.faulty) == (0, 1, 1)


CELLS = st.fixed_dictionaries(
    {
        "family_name": st.sampled_from(["Achebe", "Bowen", "", "ffrench", "O’Neill"]),
        "first_name": st.sampled_from(["Daniel", "Siân", "Dan"]),
        "second_names": st.sampled_from(["", "Chidi"]),
        "date_of_birth": st.sampled_from(["17/05/1990", "18/05/1990", "bad"]),
        "cro": st.sampled_from(["", cro_of(5), "bad"]),
        "court": st.sampled_from(["", "Moor", "Harbour"]),
        "order_ended": st.sampled_from(["", "01/10/2025"]),
        "requirements": st.sampled_from(["", "RAR|||20 days", "RAR|||15 days; RAR|||5 days", "UPW||1/1/2027"]),
        "registrations": st.sampled_from(["", "RCCO|12/03/2025", "RCCO|12/03/2025|1/1/2027|1/1/2026", "NEW|1/1/2025"]),
        "order_reference": st.sampled_from(["1", "2"]),
        "limited_access_checked": st.sampled_from(["", "01/11/2026"]),
        "known_as": st.sampled_from(["", "D"]),
        "ethnicity": st.sampled_from(["", "W1", "B2"]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=3), local=CELLS)
def test_any_files_leave_local_fields_alone_and_the_last_again_changes_nothing(
    files: list[list[dict[str, str]]], local: dict[str, str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT example")
    try:
        team, member = TeamFactory(), MemberFactory()
        written = [
            as_csv([row_of(team, member, number, **cells) for number, cells in enumerate(rows, 1)]) for rows in files
        ]
        bring_in(written[0])
        kept = {}
        for person in Person.objects.all():
            change_person(
                by=None, person=person, seen_version=person.version, known_as=local["known_as"], pronouns="they"
            )
            kept[person.crn] = Person.objects.values(*LOCAL).get(pk=person.pk)
        for content in written[1:]:
            bring_in(content)
        before = everything()
        again = bring_in(written[-1])
        assert (again.new, again.changed) == (0, 0), changes_of(again)
        assert everything() == before
        for crn, values in kept.items():
            assert Person.objects.values(*LOCAL).get(crn=crn) == values
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT example")
