"""Who may see what has arrived: a file closes at once, silence closes what is new, and no file opens what is closed."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.access.holding import holding_of
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.actions import confirm_access, end_exclusion
from alongside.people.allocations.models import Exclusion, Restriction, RestrictionReader, UnconfirmedAccess
from alongside.people.allocations.queries import visible_to
from alongside.people.arrivals.models import StagedChange
from alongside.people.persons.models import Person, SourceCheck
from tests.cast import Cast, assemble
from tests.factories import ExclusionFactory, RestrictionFactory
from tests.people.arrivals.files import as_csv, bring_in, crn_of, row_of

pytestmark = pytest.mark.django_db

ACCESS = ("exclusions", "restrictions", "limited_access_checked")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def row_in(cast: Cast, **values: str) -> dict[str, str]:
    return row_of(cast.team, cast.owner_member, 1, **values)


def sees(user: object) -> bool:
    """Whether the user sees the one case that arrived."""
    user._holding = None  # type: ignore[attr-defined]
    return visible_to(user).filter(crn=crn_of(1)).exists()


def without_access(row: dict[str, str]) -> bytes:
    return as_csv([row], keys=[key for key in row if key not in ACCESS])


def test_a_file_that_says_so_opens_a_new_case_to_its_team(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    assert sees(cast.owner)
    assert sees(cast.colleague)
    assert not sees(cast.outsider)
    assert not UnconfirmedAccess.objects.exists()


def test_a_file_without_the_columns_opens_a_new_case_to_its_officer_alone(cast: Cast) -> None:
    arrival = bring_in(without_access(row_in(cast)))
    assert arrival.unconfirmed == 1
    assert any("open to their own officer alone" in remark for remark in arrival.remarks)
    assert sees(cast.owner)
    assert not sees(cast.colleague)
    assert not sees(cast.senior)
    assert not sees(cast.safeguarding)
    assert not SourceCheck.objects.filter(matter="limited_access").exists()


@pytest.mark.parametrize("missing", ACCESS)
def test_silence_in_any_of_the_columns_is_not_safe(cast: Cast, missing: str) -> None:
    row = row_in(cast)
    bring_in(as_csv([row], keys=[key for key in row if key != missing]))
    assert not sees(cast.colleague)


def test_an_empty_day_is_silence(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast, limited_access_checked="")]))
    assert not sees(cast.colleague)


def test_a_confirmed_case_stays_confirmed(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    bring_in(without_access(row_in(cast)))
    assert sees(cast.colleague)


def test_a_later_file_that_says_so_confirms(cast: Cast) -> None:
    bring_in(without_access(row_in(cast)))
    arrival = bring_in(as_csv([row_in(cast)]), by=cast.administrator)
    assert arrival.changes["access"] == 1
    assert sees(cast.colleague)
    assert UnconfirmedAccess.objects.get().confirmed_by == cast.administrator.pk


def test_an_exclusion_takes_effect_at_once_and_silence_never_ends_it(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    bring_in(as_csv([row_in(cast, exclusions=f"{cast.colleague.email}|Speak to Sunita")]))
    assert not sees(cast.colleague)
    for content in (as_csv([row_in(cast)]), without_access(row_in(cast))):
        bring_in(content)
        assert not sees(cast.colleague)
    assert Exclusion.objects.get(person__crn=crn_of(1)).source == "ndelius"


def test_a_restriction_takes_effect_at_once_and_silence_never_ends_it(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast, restrictions=f"{cast.owner.email}|Closed|Sunita, 01632 960001")]))
    assert sees(cast.owner)
    assert not sees(cast.colleague)
    bring_in(as_csv([row_in(cast)]))
    assert not sees(cast.colleague)


def test_a_file_never_shortens_and_never_adds_a_reader(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast, restrictions=cast.owner.email, exclusions=cast.senior.email)]))
    soon = today().strftime("%d/%m/%Y")
    both = f"{cast.owner.email}, {cast.colleague.email}|||{soon}"
    bring_in(as_csv([row_in(cast, restrictions=both, exclusions=f"{cast.senior.email}||{soon}")]))
    assert Restriction.objects.get(source="ndelius").until_date is None
    assert RestrictionReader.objects.get().user == cast.owner
    assert Exclusion.objects.get(source="ndelius").until_date is None
    assert not sees(cast.colleague)


def test_a_file_lengthens(cast: Cast) -> None:
    near, far = ((today() + timedelta(days=days)).strftime("%d/%m/%Y") for days in (5, 50))
    for until in (near, far):
        bring_in(
            as_csv(
                [row_in(cast, restrictions=f"{cast.owner.email}|||{until}", exclusions=f"{cast.senior.email}||{until}")]
            )
        )
    assert Restriction.objects.get(source="ndelius").until_date == today() + timedelta(days=50)
    assert Exclusion.objects.get(source="ndelius").until_date == today() + timedelta(days=50)


def test_what_was_ended_here_closes_again_where_the_source_still_says_so(cast: Cast) -> None:
    content = as_csv([row_in(cast, exclusions=f"{cast.colleague.email}|||01/01/2025")])
    bring_in(content)
    exclusion = Exclusion.objects.get(source="ndelius")
    end_exclusion(by=cast.senior, exclusion=exclusion, last_day=today() - timedelta(days=1), ground="Over")
    assert sees(cast.colleague)
    bring_in(content)
    assert not sees(cast.colleague)


def test_a_restriction_made_here_stays_beside_one_from_the_source(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    RestrictionFactory(person=Person.objects.get(crn=crn_of(1)), from_date=today())
    bring_in(as_csv([row_in(cast, restrictions=f"{cast.colleague.email}|||01/01/2025")]))
    assert not sees(cast.colleague)
    assert not sees(cast.owner)


def test_a_faulty_row_still_closes_the_case_of_someone_who_is_here(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    arrival = bring_in(as_csv([row_in(cast, date_of_birth="bad", exclusions=cast.colleague.email)]))
    assert (arrival.faulty, arrival.changes) == (1, {"exclusions": 1})
    assert not sees(cast.colleague)


def test_values_of_closed_cases_are_never_shown_to_whoever_brings_the_file(cast: Cast) -> None:
    bring_in(as_csv([row_in(cast)]))
    ExclusionFactory(person=Person.objects.get(crn=crn_of(1)), user=cast.outsider)
    arrival = bring_in(as_csv([row_in(cast, family_name="Bowen")]))
    assert StagedChange.objects.get(arrival=arrival).closed


FILES = st.lists(
    st.fixed_dictionaries(
        {
            "exclusions": st.sampled_from(["", "None", "colleague", "colleague|||01/01/2025", "colleague||31/12/2090"]),
            "restrictions": st.sampled_from(["", "owner", "owner,colleague", "colleague||x|31/12/2090"]),
            "limited_access_checked": st.sampled_from(["", "01/11/2026"]),
            "family_name": st.sampled_from(["Achebe", "Bowen"]),
            "date_of_birth": st.sampled_from(["17/05/1990", "bad"]),
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, columns=st.sets(st.sampled_from(ACCESS)))
def test_no_file_opens_what_a_file_has_closed(cast: Cast, files: list[dict[str, str]], columns: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT example")
    try:
        bring_in(as_csv([row_in(cast)]))
        person = Person.objects.get(crn=crn_of(1))
        closed_to: set[str] = set()
        for values in files:
            row = row_in(cast, **values)
            for name in ("owner", "colleague"):
                for key in ("exclusions", "restrictions"):
                    row[key] = row[key].replace(name, getattr(cast, name).email)
            bring_in(as_csv([row], keys=[key for key in row if key not in columns]))
            now = {name for name in ("owner", "colleague", "senior") if not sees(getattr(cast, name))}
            assert closed_to <= now
            closed_to = now
        assert UnconfirmedAccess.objects.filter(person=person, confirmed_at=None).count() == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT example")


def test_confirmation_by_hand_outlives_silent_files(cast: Cast) -> None:
    bring_in(without_access(row_in(cast)))
    confirm_access(by=cast.senior, person=Person.objects.get(crn=crn_of(1)), ground="Looked")
    bring_in(without_access(row_in(cast, family_name="Bowen")))
    assert sees(cast.colleague)
    assert holding_of(cast.colleague).roles
