"""Forms: drawn as components, with errors that lead to their control, keeping what was typed."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template

from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    EmailField,
    FileField,
    GovForm,
    LongTextField,
    Look,
    NumberField,
    PasswordField,
    PhoneField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.foundation.ui.forms.drawing import draw_errors, draw_field
from alongside.foundation.ui.forms.meanwhile import mark

HOSTILE = "\"><script>alert(1)</script>'"


class Everything(GovForm):
    """One field of each kind."""

    given_names = TextField(label="Given names", called="their given names", hint="As they write them", max_length=50)
    relationship = SelectField(label="Relationship", choices=[("m", "Mother"), ("f", "Father")])
    lives = YesNoField(label="Do they live together?")
    reach = RadiosField(
        label="How may we reach them?",
        choices=[("email", "Email"), ("phone", "Telephone")],
        look=Look(reveals={"email": ["email"]}, item_hints={"phone": "Between 9 and 5"}),
    )
    email = EmailField(label="Email address", required=False)
    phone = PhoneField(label="Telephone number", required=False)
    born_on = DateField(label="Date of birth", when=When.PAST)
    languages = CheckboxesField(label="Languages", choices=[("en", "English"), ("cy", "Welsh")], required=False)
    notes = LongTextField(label="Notes", required=False, max_length=300)
    letter = FileField(label="Letter", kinds=["pdf"], max_bytes=10, required=False)
    age = NumberField(label="Age", required=False, max_value=120)
    password = PasswordField(label="Password", required=False)
    agreed = ConfirmField(label="They know that we hold this")
    version = VersionField()


GOOD = {
    "given_names": "Carys",
    "relationship": "m",
    "lives": "yes",
    "reach": "phone",
    "born_on-day": "3",
    "born_on-month": "May",
    "born_on-year": "1960",
    "agreed": "on",
    "version": "4",
}


def filled(**changed: Any) -> Everything:
    data = QueryDict(mutable=True)
    for name, value in {**GOOD, **changed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Everything(data)


def page_of(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(Template("{% errors form %}{% fields form %}").render(Context({"form": form})), "html.parser")


def test_each_control_is_labelled_and_once_on_the_page() -> None:
    page = page_of(Everything(initial={"version": 1}))
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids))
    controls = page.select("input:not([type=hidden]), select, textarea")
    assert len(controls) > 15
    for control in controls:
        assert page.select_one(f'label[for="{control["id"]}"]'), control
    described = [name for node in page.select("[aria-describedby]") for name in node["aria-describedby"].split()]
    assert set(described) <= set(ids)


def test_each_error_leads_to_a_control_on_the_page() -> None:
    form = Everything({"born_on-day": "31", "born_on-month": "2", "born_on-year": "1990"})
    page = page_of(form)
    links = [link["href"] for link in page.select(".govuk-error-summary a")]
    assert "#id_born_on-day" in links
    assert "#id_reach" in links
    for href in links:
        target = page.select_one(href)
        assert target is not None, href
        assert target.name in ("input", "select", "textarea"), href


def test_errors_say_what_to_do() -> None:
    form = Everything(
        {
            "email": "x",
            "phone": "ring me",
            "born_on-day": "1",
            "age": "old",
            "notes": "n" * 301,
            "languages": ["fr"],
            "relationship": "<x>",
        }
    )
    said = {name: errors[0] for name, errors in form.errors.items()}
    assert said["given_names"] == "Enter their given names"
    assert said["lives"] == "Answer the question: Do they live together?"
    assert said["email"] == "Enter an email address in the correct format, like name@example.com"
    assert said["phone"].startswith("Enter a telephone number, like")
    assert said["born_on"] == "Date of birth must include a month and a year"
    assert said["age"] == "Age must be a whole number, like 15"
    assert said["notes"] == "Notes must be 300 characters or fewer. You entered 301"
    assert said["languages"] == "Choose one of the answers that are offered: Languages"
    assert said["relationship"] == "Choose one of the answers that are offered: Relationship"
    assert said["agreed"] == "Tick the box to confirm: They know that we hold this"
    assert said["version"] == "This page is out of date. Copy what you typed, then reload it."


@pytest.mark.parametrize(
    ("year", "error"), [("2999", "Date of birth must be a real date"), ("2090", "Date of birth must be in the past")]
)
def test_a_date_must_lie_where_it_may(year: str, error: str) -> None:
    form = filled(**{"born_on-year": year})
    assert form.errors["born_on"][0].startswith(error)


def test_an_own_wording_stays_and_a_percent_sign_does_no_harm() -> None:
    class Small(GovForm):
        share = TextField(label="Share in %", max_length=3, error_messages={"required": "Say the share"})
        other = TextField(label="100% of it", max_length=3)

    assert Small({}).errors["share"] == ["Say the share"]
    assert Small({"share": "1", "other": "abcd"}).errors["other"] == [
        "100% of it must be 3 characters or fewer. You entered 4"
    ]


def test_what_was_typed_is_kept_and_escaped() -> None:
    form = filled(given_names=HOSTILE, notes=HOSTILE, age=HOSTILE, **{"born_on-day": HOSTILE, "lives": HOSTILE})
    drawn = str(page_of(form))
    assert "<script>" not in str(draw_field(form["notes"]))
    page = BeautifulSoup(drawn, "html.parser")
    assert not page.select("script")
    assert page.select_one("#id_given_names")["value"] == HOSTILE
    assert page.select_one("#id_notes").text.strip() == HOSTILE
    assert page.select_one("#id_born_on-day")["value"] == HOSTILE


def test_a_password_is_never_shown_again() -> None:
    assert "secret" not in draw_field(filled(password="secret")["password"])


def test_cleaned_values_are_what_they_mean() -> None:
    form = filled(languages=["en", "cy"], notes="a\r\nb", phone=" 07700  900 982 ", age="1 20", lives="no")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["languages"] == ["en", "cy"]
    assert form.cleaned_data["notes"] == "a\nb"
    assert form.cleaned_data["phone"] == "07700 900 982"
    assert form.cleaned_data["age"] == 120
    assert form.cleaned_data["lives"] is False
    assert form.cleaned_data["version"] == 4


@pytest.mark.parametrize("number", ["+44 (0)20 7946 0000", "01632 960001 ext 12", "999 999", "07700-900.982"])
def test_telephone_numbers_are_taken_as_people_write_them(number: str) -> None:
    assert filled(phone=number).is_valid()


@pytest.mark.parametrize(
    "number", ["12", "call 07700 900 982", "07700 900 982 07700 900 983", "1" * 41, "\x00077009009"]
)
def test_what_cannot_be_dialled_is_refused(number: str) -> None:
    assert "phone" in filled(phone=number).errors


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("a.exe", b"x", "must be one of: PDF"), ("a.pdf", b"x" * 11, "must be smaller than"), ("a.pdf", b"", "is empty")],
)
def test_a_file_is_of_a_kind_and_a_size(name: str, content: bytes, error: str) -> None:
    form = Everything(QueryDict(), {"letter": SimpleUploadedFile(name, content)})
    assert error in form.errors["letter"][0]


def test_what_a_choice_reveals_is_drawn_inside_it_and_once() -> None:
    page = page_of(Everything())
    assert len(page.select("#id_email")) == 1
    assert page.select_one(".govuk-radios__conditional #id_email")


def test_errors_of_the_whole_form_come_first() -> None:
    form = filled()
    form.add_error(None, "Both dates are the same")
    assert [item.text.strip() for item in page_of(form).select(".govuk-error-summary li")] == [
        "Both dates are the same"
    ]


def test_errors_of_a_formset_are_listed_too() -> None:
    class Small(GovForm):
        name = TextField(label="Name")

    formset = forms.formset_factory(Small, extra=0, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
    )
    assert not formset.is_valid()
    assert "#id_form-0-name" in draw_errors(formset)


def test_djangos_own_fields_are_drawn_too() -> None:
    class Plain(GovForm):
        name = forms.CharField(max_length=3)
        kind = forms.ChoiceField(choices=[("", "---------"), ("Group", [("a", "A")])])

    form = Plain({"name": "abcd"})
    assert form.errors["name"] == ["Name must be 3 characters or fewer. You entered 4"]
    assert '<optgroup label="Group">' in draw_field(form["kind"])
    assert ">A<" in draw_field(form["kind"])


class TestChangedMeanwhile:
    """Two people edit; the second loses nothing."""

    seen = {"given_names": "Carys", "relationship": "m", "lives": True, "reach": "phone", "languages": ["en"]}

    def edited(self, **changed: Any) -> Everything:
        shown = Everything(initial={**self.seen, "version": 4})
        marks = BeautifulSoup(draw_field(shown["version"]), "html.parser").select_one("[name=version-seen]")["value"]
        assert json.loads(marks)["given_names"] == mark("Carys")
        form = filled(**{"languages": ["en"], "version-seen": marks, **changed})
        assert form.is_valid(), form.errors
        return form

    def test_a_field_that_both_changed_keeps_what_was_typed_and_shows_both(self) -> None:
        form = self.edited(given_names="Carys Ann")
        form.changed_meanwhile({**self.seen, "given_names": "Caryl", "version": 5}, by="Tom Ellis")
        page = page_of(form)
        assert page.select_one("#id_given_names")["value"] == "Carys Ann"
        assert "Caryl" in page.select_one(".ui-meanwhile").text
        assert "Tom Ellis changed this" in page.select_one(".ui-meanwhile").text

    def test_a_field_that_only_they_changed_takes_their_value(self) -> None:
        form = self.edited(given_names="Carys Ann")
        form.changed_meanwhile({**self.seen, "relationship": "f", "languages": ["cy"], "version": 5})
        page = page_of(form)
        assert page.select_one("#id_relationship option[selected]")["value"] == "f"
        assert [box["value"] for box in page.select("[name=languages][checked]")] == ["cy"]
        assert page.select_one("#id_given_names")["value"] == "Carys Ann"
        assert "Father" in page.select_one(".ui-meanwhile").text

    def test_the_next_save_goes_against_the_version_now_shown(self) -> None:
        form = self.edited(given_names="Carys Ann")
        form.changed_meanwhile({**self.seen, "given_names": "Caryl", "version": 5})
        page = page_of(form)
        assert page.select_one("[name=version]")["value"] == "5"
        assert json.loads(page.select_one("[name=version-seen]")["value"])["given_names"] == mark("Caryl")

    def test_where_the_marks_were_tampered_with_nothing_is_taken_silently(self) -> None:
        form = self.edited(**{"version-seen": '["x"]'})
        form.changed_meanwhile({**self.seen, "relationship": "f", "version": 5})
        assert form.meanwhile is not None
        assert [row.theirs for row in form.meanwhile.both] == ["Father"]
        assert page_of(form).select_one("#id_relationship option[selected]")["value"] == "m"
