"""The means of measuring, measured."""

import json

import pytest
from django.db import transaction

from alongside.foundation.accounts.models import User
from bench.frame import REGISTERED, Benchmark, Measure, Setting, Timing, benchmark, counted_queries, timed
from bench.report import as_json, as_table


def results() -> list[tuple[Benchmark, list[Measure]]]:
    one = Benchmark("search", "Search by misspelt name", lambda setting: [], needs_database=True, by_name_only=False)
    return [
        (
            one,
            [
                Measure("median", 12.345, "ms", aim=50, beside={"LIKE": 800.0}),
                Measure("rate", 900, "a second", aim=1000, at_least=True),
                Measure("rows", 1_234_567, ""),
            ],
        )
    ]


def test_a_table_says_what_was_kept_and_what_was_missed() -> None:
    lines = as_table(results()).splitlines()
    assert lines[0] == "Search by misspelt name"
    assert lines[1].split("  ")[1].strip() == "median"
    assert "12.3 ms" in lines[1]
    assert "at most 50: kept" in lines[1]
    assert "LIKE 800 ms" in lines[1]
    assert "at least 1,000: MISSED" in lines[2]
    assert "1,234,567" in lines[3]


def test_json_holds_the_same(tmp_path: object) -> None:
    held = json.loads(as_json(results(), Setting(national=False, people=10, folder=tmp_path)))  # type: ignore[arg-type]
    measures = held["benchmarks"]["search"]["measures"]
    assert [measure["keeps_its_aim"] for measure in measures] == [True, False, None]
    assert held["people"] == 10


def test_a_name_stands_once() -> None:
    def twice(setting: Setting) -> list[Measure]:
        return []

    benchmark("A title")(twice)
    try:
        with pytest.raises(ValueError, match="Two benchmarks are called twice"):
            benchmark("Another")(twice)
    finally:
        del REGISTERED["twice"]


def test_times_are_summed_up_by_middle_and_tail() -> None:
    timing = Timing(tuple(float(number) for number in range(1, 101)))
    assert (timing.median, timing.p95) == (50.5, 95.0)
    assert len(timed(lambda: None, rounds=7).milliseconds) == 7


@pytest.mark.django_db
def test_every_statement_counts_but_those_of_transactions() -> None:
    with counted_queries() as seen, transaction.atomic():
        User.objects.count()
        with transaction.atomic():
            User.objects.exists()
    assert len(seen) == 2
