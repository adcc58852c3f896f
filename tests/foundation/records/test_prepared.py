"""A query built once answers each time for the ids that it is asked with."""

import contextlib
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import FieldError
from django.db.models import F, OuterRef
from django.urls import get_resolver
from django.utils import translation

from alongside.foundation.records import prepared
from alongside.foundation.records.identity import identity
from alongside.foundation.records.prepared import PreparedQuery, is_steady, steady
from alongside.foundation.records.rows import read_rows, rows_of
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from tests.factories import FamilyMemberFactory, PersonFactory

pytestmark = pytest.mark.django_db

CASE = uuid4()


def names_in(cases):
    members = FamilyMember.objects.filter(person=OuterRef("pk")).order_by("given_name")
    return cases.annotate(names=rows_of(members, name=F("given_name")))


def test_it_answers_for_each_id_as_the_query_itself_would(django_assert_num_queries) -> None:
    first, second = PersonFactory(), PersonFactory()
    FamilyMemberFactory(person=first, given_name="Ivy")
    FamilyMemberFactory(person=second, given_name="Obi")
    kept = PreparedQuery(names_in(Person.objects.filter(pk=CASE)), stand_ins=frozenset({CASE}))
    for person in (first, second, first):
        with django_assert_num_queries(1):
            (found,) = kept.rows({CASE: person.pk})
        plain = names_in(Person.objects.filter(pk=person.pk)).get()
        assert (found, read_rows(found, "names")) == (plain, read_rows(plain, "names"))
        assert found.date_of_birth == plain.date_of_birth
        assert found._state.db == plain._state.db


def test_a_stand_in_that_is_forgotten_finds_nothing() -> None:
    PersonFactory()
    assert PreparedQuery(Person.objects.filter(pk=CASE), stand_ins=frozenset({CASE})).rows({}) == []


def test_a_stand_in_that_the_statement_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="stand-ins"):
        PreparedQuery(Person.objects.filter(crn="X123456"), stand_ins=frozenset({CASE}))


def test_what_is_related_comes_with_it(django_assert_num_queries) -> None:
    member = FamilyMemberFactory()
    rows = FamilyMember.objects.filter(pk=CASE).select_related("person")
    (found,) = PreparedQuery(rows, stand_ins=frozenset({CASE})).rows({CASE: member.pk})
    with django_assert_num_queries(0):
        assert found.person.crn == member.person.crn


def compiled(reading, at: str, language: str) -> tuple[str, tuple]:
    with time_machine.travel(f"2026-03-02T{at}+00:00", tick=False), translation.override(language):
        for model in (Person, FamilyMember):
            with contextlib.suppress(FieldError):
                return reading(model.objects.all()).query.sql_with_params()
    raise AssertionError(f"{reading} reads neither people nor family members")


def test_every_steady_reading_says_the_same_all_day_in_any_language_whoever_asks() -> None:
    assert get_resolver().url_patterns  # every page is imported, with its readings
    readings = [reading for reading in prepared._steady if reading.__module__.startswith("alongside.")]
    assert len(readings) > 5
    for reading in readings:
        with identity(uuid4()):
            morning = compiled(reading, "00:01", "en")
        assert compiled(reading, "23:50", "cy") == morning, reading


def test_a_reading_is_kept_only_where_it_says_that_it_may() -> None:
    assert is_steady(None)
    assert not is_steady(names_in)
    assert is_steady(steady(lambda cases: cases))
