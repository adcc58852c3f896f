"""School terms: what is held, what is not known, and files that cannot be taken."""

from datetime import date

import pytest

from alongside.foundation.calendar.actions import EXAMPLES, TermFileError, load_school_terms
from alongside.foundation.calendar.models import SchoolTerm
from alongside.foundation.calendar.queries import SchoolDay, is_school_holiday, school_day

pytestmark = pytest.mark.django_db
AUTHORITY = "example-wales"


@pytest.fixture
def examples():
    return load_school_terms(EXAMPLES)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 1), SchoolDay.TERM),
        (date(2026, 10, 23), SchoolDay.TERM),
        (date(2026, 10, 24), SchoolDay.HOLIDAY),
        (date(2026, 10, 28), SchoolDay.HOLIDAY),
        (date(2026, 11, 7), SchoolDay.TERM),
        (date(2026, 8, 10), SchoolDay.HOLIDAY),
        (date(2027, 5, 3), SchoolDay.HOLIDAY),
        (date(2027, 8, 10), SchoolDay.UNKNOWN),
        (date(2031, 1, 1), SchoolDay.UNKNOWN),
    ],
)
def test_what_a_day_is(examples, day, expected, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert school_day(AUTHORITY, day) is expected


def test_authorities_differ(examples):
    day = date(2026, 10, 12)
    assert is_school_holiday("example-england-early-summer", day) is True
    assert is_school_holiday(AUTHORITY, day) is False
    assert is_school_holiday("E09000001", day) is None


def test_every_example_says_that_it_is_one(examples):
    assert not SchoolTerm.objects.filter(is_example=False).exists()


def test_loading_again_changes_nothing_and_new_dates_replace_the_old(examples, tmp_path):
    before = SchoolTerm.objects.count()
    load_school_terms(EXAMPLES)
    assert SchoolTerm.objects.count() == before
    own = tmp_path / "own.yaml"
    own.write_text(
        "- local_authority: example-wales\n  school_year: 2026\n"
        "  terms: [{name: All, starts: 2026-09-07, ends: 2026-10-30}]\n"
    )
    load_school_terms(own)
    held = SchoolTerm.objects.filter(local_authority=AUTHORITY, school_year=2026)
    assert [(term.starts, term.is_example) for term in held] == [(date(2026, 9, 7), False)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: [", "cannot be read"),
        ("a: 1", "must be a list"),
        ("- x", "each authority needs"),
        ("- {local_authority: a, school_year: x, terms: []}", "in figures"),
        ("- {local_authority: a, school_year: 2026, terms: [{name: n}]}", "each term needs"),
        (
            "- {local_authority: a, school_year: 2026, terms: [{name: n, starts: soon, ends: 2026-10-01}]}",
            "must be a day",
        ),
        (
            "- {local_authority: a, school_year: 2026, terms: [{name: n, starts: 2026-10-02, ends: 2026-10-01}]}",
            "before",
        ),
        (
            "- {local_authority: a, school_year: 2025, terms: [{name: n, starts: 2026-10-02, ends: 2026-11-01}]}",
            "August",
        ),
        (
            "- {local_authority: a, school_year: 2026, terms: [{name: n, starts: 2026-09-02, ends: 2027-07-01}]}",
            "longer",
        ),
        (
            (
                "- {local_authority: a, school_year: 2026, terms: [{name: n, starts: 2026-09-02, ends: 2026-10-01}, "
                "{name: m, starts: 2026-10-01, ends: 2026-11-01}]}"
            ),
            "has ended",
        ),
    ],
)
def test_a_faulty_file_is_refused_whole(tmp_path, content, said):
    path = tmp_path / "terms.yaml"
    path.write_text(content)
    with pytest.raises(TermFileError, match=said):
        load_school_terms(path)
    assert not SchoolTerm.objects.exists()
