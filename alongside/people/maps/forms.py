"""The forms of the map. Names and dates are as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    FileField,
    GovForm,
    Look,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
)
from alongside.people.maps.exchange import ADULT
from alongside.people.maps.members import age_bands
from alongside.people.maps.network import FamilyNetwork, Parentage, Person, Stretch
from alongside.people.maps.said_dates import read_said_date
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    QualityKind,
    SexAssigned,
    Standing,
    TwinKind,
)

Words = str | Promise

GENDERS = [
    (Gender.WOMAN, _("Woman or girl")),
    (Gender.MAN, _("Man or boy")),
    (Gender.NON_BINARY, _("Non-binary")),
    (Gender.OTHER, _("In another way")),
    (Gender.UNKNOWN, _("Not known")),
]
KINDS = [
    (PersonKind.PERSON, _("A person")),
    (PersonKind.PREGNANCY, _("A pregnancy")),
    (PersonKind.MISCARRIAGE, _("A miscarriage")),
    (PersonKind.TERMINATION, _("A termination")),
    (PersonKind.STILLBIRTH, _("A baby who was stillborn")),
]
STANDINGS = [
    (Standing.FAMILY, _("Family")),
    (Standing.FRIEND, _("Friend")),
    (Standing.PROFESSIONAL, _("Professional")),
]
PARTNERSHIPS = [
    (PartnershipKind.MARRIAGE, _("Married")),
    (PartnershipKind.CIVIL_PARTNERSHIP, _("Civil partnership")),
    (PartnershipKind.LIVING_TOGETHER, _("Living together")),
    (PartnershipKind.RELATIONSHIP, _("In a relationship")),
    (PartnershipKind.ENGAGED, _("Engaged")),
    (PartnershipKind.BRIEF, _("A brief relationship")),
    (PartnershipKind.UNKNOWN, _("Not known")),
]
STATUSES = [
    (PartnershipStatus.CURRENT, _("Still together")),
    (PartnershipStatus.SEPARATED, _("Separated")),
    (PartnershipStatus.DIVORCED, _("Divorced")),
    (PartnershipStatus.ANNULLED, _("Annulled")),
    (PartnershipStatus.WIDOWED, _("Ended when one of them died")),
    (PartnershipStatus.ENDED, _("Ended")),
    (PartnershipStatus.UNKNOWN, _("Not known")),
]
PARENTS = [
    (ParentKind.BIRTH, _("Parent by birth")),
    (ParentKind.SECOND, _("Second parent")),
    (ParentKind.ADOPTIVE, _("Adoptive parent")),
    (ParentKind.FOSTER, _("Foster parent")),
    (ParentKind.KINSHIP, _("Relative who brings them up (kinship care)")),
    (ParentKind.STEP, _("Step-parent")),
    (ParentKind.GUARDIAN, _("Guardian or special guardian")),
    (ParentKind.DONOR, _("Donor")),
    (ParentKind.SURROGATE, _("Surrogate")),
    (ParentKind.UNKNOWN, _("Not known")),
]
TWINS = [
    (TwinKind.IDENTICAL, _("Identical")),
    (TwinKind.FRATERNAL, _("Not identical")),
    (TwinKind.UNKNOWN, _("Not known")),
]
QUALITIES = [
    (QualityKind.CLOSE, _("Close")),
    (QualityKind.FUSED, _("Very close, hardly apart")),
    (QualityKind.DISTANT, _("Distant")),
    (QualityKind.CONFLICT, _("In conflict")),
    (QualityKind.CLOSE_CONFLICT, _("Close and in conflict")),
    (QualityKind.CUT_OFF, _("Cut off")),
    (QualityKind.REPAIRED, _("Cut off, and back in touch")),
    (QualityKind.FOCUSED_ON, _("One is much taken up with the other")),
    (QualityKind.CARETAKER, _("One takes care of the other")),
    (QualityKind.HARM_PHYSICAL, _("One hurts the other bodily")),
    (QualityKind.HARM_EMOTIONAL, _("One hurts the other emotionally")),
    (QualityKind.HARM_SEXUAL, _("One harms the other sexually")),
]
JOINS = [
    ("partner", _("They are partners")),
    ("former_partner", _("They were partners")),
    ("parent", _("The other is a parent")),
    ("child", _("The other is a child")),
    ("sibling", _("They are brothers or sisters")),
    ("twin", _("They were born together (twins, triplets)")),
]


class SaidDateField(TextField):
    """A date as well as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("look", Look(width=Width.TWENTY))
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value: Any) -> PartialDate | None:
        """The date, or None. Raises ValidationError with an example."""
        try:
            return read_said_date(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong), code="date") from None


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Words]]) -> None:
    """Give a field of choices what it offers."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def said(date: PartialDate | None) -> str:
    """A date as the form shows it."""
    return date.words if date else ""


class PersonForm(GovForm):
    """Somebody on the map."""

    label = TextField(label=_("What the map calls them"), required=False, max_length=100)
    kind = SelectField(label=_("This stands for"), choices=KINDS)
    standing = RadiosField(label=_("They are"), choices=STANDINGS, look=Look(inline=True, small=True))
    gender = RadiosField(
        label=_("Gender, as they give it"),
        hint=_("The sign on the map follows this and nothing else."),
        choices=GENDERS,
        look=Look(small=True),
    )
    gender_words = TextField(
        label=_("Gender in their own words (if they like)"),
        required=False,
        max_length=60,
        look=Look(width=Width.TWENTY),
    )
    sex_assigned = SelectField(
        label=_("Sex assigned at birth (only where they want it on the map)"),
        required=False,
        choices=[
            ("", _("Not on the map")),
            (SexAssigned.FEMALE, _("Female")),
            (SexAssigned.MALE, _("Male")),
            (SexAssigned.UNASSIGNED, _("Unassigned")),
        ],
    )
    age_band = SelectField(
        label=_("Age, for a child"), hint=_("The map keeps no date of birth of a child."), required=False
    )
    born = SaidDateField(label=_("Born"), hint=_("A year, “May 1970”, “about 1970”. For a pregnancy, when it is due."))
    deceased = forms.BooleanField(label=_("They have died"), required=False)
    died = SaidDateField(label=_("Died"), hint=_("If it is known."))
    role = TextField(label=_("Role, such as keyworker or neighbour"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "age_band", [("", _("An adult, or not known")), *((words, words) for _id, words in age_bands())])

    def clean(self) -> dict[str, Any]:
        """A child has an age band and no date of birth."""
        given = super().clean() or {}
        born, band = given.get("born"), given.get("age_band")
        dead = given.get("deceased") or given.get("died")
        if born and given.get("kind") == PersonKind.PERSON and not dead:
            if band:
                self.add_error("born", _("Take the date of birth out: for a child the age is enough"))
            elif not born.about and today().year - born.year < ADULT:
                self.add_error("born", _("Choose an age for a child instead of a date of birth"))
        return given

    @staticmethod
    def initial_from(person: Person) -> dict[str, Any]:
        """What the form shows of somebody at first."""
        return {
            "label": person.label,
            "kind": person.kind,
            "standing": person.standing,
            "gender": person.gender,
            "gender_words": person.gender_words,
            "sex_assigned": person.sex_assigned or "",
            "age_band": person.age_band,
            "born": said(person.born),
            "deceased": person.is_dead,
            "died": said(person.died),
            "role": person.role,
        }

    def facts(self) -> dict[str, Any]:
        """The fields as the network takes them."""
        given = self.cleaned_data
        sex = given["sex_assigned"]
        return {
            "label": given["label"],
            "kind": PersonKind(given["kind"]),
            "standing": Standing(given["standing"]),
            "gender": Gender(given["gender"]),
            "gender_words": given["gender_words"],
            "sex_assigned": SexAssigned(sex) if sex else None,
            "age_band": given["age_band"],
            "born": given["born"],
            "died": given["died"],
            "deceased": bool(given["deceased"]) or given["died"] is not None,
            "role": given["role"],
        }


def others_than(network: FamilyNetwork, *keys: str) -> list[tuple[str, str]]:
    """The people on the map as choices, by name, without some."""
    people = [(p.id, network.label(p.id)) for p in network.people if p.id not in keys]
    return sorted(people, key=lambda pair: (pair[1].casefold(), pair[0]))


class ConnectForm(GovForm):
    """A line between two people who are both on the map."""

    other = SelectField(label=_("Who is the other person?"))
    join = RadiosField(label=_("What are they to each other?"), choices=JOINS, look=Look(small=True))
    kind = SelectField(label=_("If one is a parent of the other: in what way?"), choices=PARENTS, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", [("", _("Choose somebody")), *people])


class StretchForm(GovForm):
    """One stretch of a partnership."""

    kind = SelectField(label=_("What they were to each other"), choices=PARTNERSHIPS)
    status = SelectField(label=_("How it stands, or how it ended"), choices=STATUSES)
    begin = SaidDateField(label=_("From"))
    end = SaidDateField(label=_("Until"))
    remove = forms.BooleanField(label=_("Take this stretch out"), required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing ends before it begins."""
        given = super().clean() or {}
        begin, end = given.get("begin"), given.get("end")
        if begin and end and end.sort_key < begin.sort_key and end.year < begin.year:
            self.add_error("end", _("The end must be after the beginning"))
        return given

    @staticmethod
    def initial_from(stretch: Stretch) -> dict[str, Any]:
        """What the form shows of a stretch at first."""
        return {
            "kind": stretch.kind,
            "status": stretch.status,
            "begin": said(stretch.begin),
            "end": said(stretch.end),
        }

    def stretch(self) -> Stretch:
        """The stretch as the network takes it."""
        given = self.cleaned_data
        return Stretch(PartnershipKind(given["kind"]), PartnershipStatus(given["status"]), given["begin"], given["end"])


class ParentageForm(GovForm):
    """In what way somebody is a parent."""

    kind = RadiosField(label=_("In what way are they a parent?"), choices=PARENTS, look=Look(small=True))
    begin = SaidDateField(label=_("From"), hint=_("If it began later, as with fostering or adoption."))
    end = SaidDateField(label=_("Until"))

    @staticmethod
    def initial_from(row: Parentage) -> dict[str, Any]:
        """What the form shows of a line at first."""
        return {"kind": row.kind, "begin": said(row.begin), "end": said(row.end)}


class HouseholdForm(GovForm):
    """Who lives under one roof."""

    label = TextField(label=_("What the home is called"), hint=_("Such as “at Nan's”."), required=False, max_length=60)
    members = CheckboxesField(label=_("Who lives there?"), required=False, look=Look(small=True))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "members", people)


class TwinsForm(HouseholdForm):
    """Who was born together."""

    label = None  # type: ignore[assignment]
    members = CheckboxesField(label=_("Who was born at the same time?"), look=Look(small=True))
    kind = RadiosField(label=_("Are they identical?"), choices=TWINS, look=Look(small=True))


class QualityForm(GovForm):
    """How two people get on, as somebody sees it."""

    other = SelectField(label=_("With whom?"))
    kind = SelectField(label=_("How do they get on?"), choices=QUALITIES)
    source = TextField(
        label=_("How do we know?"),
        hint=_("Who said so, or what you saw. Your name and the day are added."),
        max_length=120,
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", [("", _("Choose somebody")), *people])


class DayForm(GovForm):
    """A day on which to see the map."""

    asks_only = True

    on = DateField(label=_("See the map as it was on"), called=_("the day"), when=When.PAST_OR_TODAY)


class FileForm(GovForm):
    """A family-tree file to look at."""

    file = FileField(
        label=_("Family-tree file (GEDCOM)"),
        hint=_("From a family-history programme or website. It ends in .ged and is smaller than 3 MB."),
        kinds=["ged", "gedcom", "txt"],
        max_bytes=3 * 1024 * 1024,
    )


class BringInForm(GovForm):
    """The yes to what the preview showed."""

    index = SelectField(label=_("Who in the file is the person this map is about?"), required=False)
    sure = ConfirmField(label=_("We have looked at what will come, and want it on the map"))
    blob = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "index", [("", _("Nobody in this file")), *people])


class ReviewForm(GovForm):
    """On which day to go through the map again, where the usual day is too late."""

    due_on = DateField(
        label=_("By when will you go through it again?"),
        called=_("the day"),
        when=When.FUTURE_OR_TODAY,
    )
    version = VersionField()
