"""Reading lists: no query when warm, right after a load elsewhere, right after a rollback."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from alongside.foundation.reference import cache
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.loading import load_lists
from alongside.foundation.reference.models import CodedValue, Edition
from alongside.foundation.reference.queries import (
    UnknownCodeError,
    UnknownListError,
    coded,
    coded_list,
    label_of,
    value_for_outside_code,
)
from tests.foundation.reference.test_loading import write

pytestmark = pytest.mark.django_db


def test_a_warm_read_costs_nothing(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(cache, "CHECK_SECONDS", 3600.0)  # however long the machine takes
    cache.forget_lists()
    coded_list("relationship")
    with django_assert_num_queries(0):
        assert label_of("relationship.MOT") == "Mother"
        assert len(coded_list("relationship")) > 60


def test_a_rolled_back_load_leaves_no_trace(tmp_path):
    coded_list("relationship")
    write(tmp_path, "code: RED, en: Red")
    with transaction.atomic():
        load_lists(folder=tmp_path)
        assert [value.code for value in coded_list("colour")] == ["RED"]
        assert coded_list("relationship") == ()
        transaction.set_rollback(True)
    with pytest.raises(UnknownListError):
        coded_list("colour")
    assert coded_list("relationship")


def test_a_load_by_another_process_is_noticed(monkeypatch):
    cache.forget_lists()  # a test that travels in time may have read them tomorrow
    before = coded_list("sex")
    Edition.objects.update(token="00000000-0000-4000-8000-000000000001")
    CodedValue.objects.filter(pk="sex.F").update(active=False)
    assert coded_list("sex") == before
    monkeypatch.setattr(cache, "CHECK_SECONDS", 0.0)
    assert "F" not in [value.code for value in coded_list("sex")]
    cache.forget_lists()


def test_only_what_law_offers_on_the_day():
    offered = {value.code for value in coded_list("requirement_type", on=date(2015, 1, 31))}
    assert "RAR" not in offered
    assert "RAR" in {value.code for value in coded_list("requirement_type", on=date(2015, 2, 1))}


def test_off_values_are_read_but_not_offered():
    assert coded("alert.C1").active is False
    assert "C1" not in {value.code for value in coded_list("alert")}
    assert "C1" in {value.code for value in coded_list("alert", include_off=True)}


def test_labels_follow_the_readers_language():
    assert label_of("relationship.MOT", "cy") == "Mam"
    with translation.override("cy"):
        assert label_of("relationship.FA") == "Tad"
    assert label_of("relationship.MOT", "fr") == "Mother"
    assert label_of("") == ""


def test_unknown_names_are_typed_errors():
    with pytest.raises(UnknownListError):
        coded_list("colours")
    with pytest.raises(UnknownCodeError):
        label_of("relationship.NOPE")


def test_outside_codes_lead_back():
    assert value_for_outside_code("registration_type", delius="RCCO").id == "registration_type.RCCO"
    assert value_for_outside_code("alert", nomis="RDV").id == "alert.RDV"
    assert value_for_outside_code("alert", nomis="ZZZ") is None
    assert value_for_outside_code("registration_type", delius="") is None


class RelationshipForm(forms.Form):
    relationship = CodedChoiceField("relationship", empty_label="Choose")


def test_a_form_takes_what_is_offered_and_names_the_way_out_otherwise():
    assert RelationshipForm({"relationship": "relationship.MOT"}).is_valid()
    for wrong in ("", "relationship.NONE", "alert.RDV", "MOT", "<script>", "\x00"):
        form = RelationshipForm({"relationship": wrong})
        assert not form.is_valid()
        assert "Select an option" in form.errors["relationship"][0]


def test_a_form_keeps_a_switched_off_value_that_the_row_holds():
    form = RelationshipForm({"relationship": "relationship.NONE"})
    form.fields["relationship"].keep("relationship.NONE")
    assert form.is_valid()
    other = RelationshipForm({"relationship": "relationship.NONE"})
    assert not other.is_valid()


def test_choices_can_stand_under_headings_and_be_narrowed():
    grouped = CodedChoiceField("relationship", grouped=True, empty_label=None)
    assert next(heading for heading, _ in grouped.choices) == "Partner or former partner"
    narrowed = CodedChoiceField("gender", codes=("F", "M"), empty_label=None)
    assert [value for value, _ in narrowed.choices] == ["gender.F", "gender.M"]


def test_a_field_of_a_model_is_held_to_its_list(django_assert_num_queries):
    field = CodedForeignKey("relationship")
    field.set_attributes_from_name("relationship")
    coded_list("relationship")
    with django_assert_num_queries(0):
        field.validate("relationship.MOT", None)
        for wrong in ("alert.RDV", "relationship.NOPE"):
            with pytest.raises(ValidationError):
                field.validate(wrong, None)


def test_the_field_writes_itself_into_migrations_and_into_the_schema():
    from django.db import connection

    field = CodedForeignKey("relationship", null=True)
    field.set_attributes_from_name("tie")
    _, path, args, kwargs = field.deconstruct()
    assert path == "alongside.foundation.reference.fields.CodedForeignKey"
    assert (args, kwargs) == (["relationship"], {"null": True})
    assert field.db_check(connection) == "starts_with(\"tie_id\", 'relationship.')"
