"""Forms about the person on probation."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.invented import BringingForm
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    Look,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
    YesNoField,
)
from alongside.people.persons.actions import Details, NameFacts, NeedFacts
from alongside.people.persons.identifiers import Identifier, IdentifierError, IdentifierKind, parse
from alongside.people.persons.models import Answer, NameKind, Person
from alongside.people.staff.models import Team

NAME_KINDS = {"also_uses": NameKind.ALSO_USED, "used_before": NameKind.PREVIOUS, "birth_name": NameKind.BIRTH}
CODED = ("gender", "ethnicity", "disability", "preferred_language")


class DetailsForm(GovForm):
    """What is kept here about a person, beside what the system of record holds."""

    known_as = TextField(
        label=_("What they like to be called"),
        called=_("what they like to be called"),
        max_length=100,
        required=False,
        look=Look(width=Width.TWENTY),
    )
    pronouns = TextField(
        label=_("Pronouns"), hint=_("Such as she/her"), max_length=40, required=False, look=Look(width=Width.TEN)
    )
    also_uses = TextField(
        label=_("Other names they use"), hint=_("Put a comma between names"), max_length=400, required=False
    )
    used_before = TextField(
        label=_("Names they used before"), hint=_("Put a comma between names"), max_length=400, required=False
    )
    birth_name = TextField(label=_("Name at birth, if it is another"), max_length=200, required=False)
    preferred_language = CodedChoiceField("language", label=_("Language they prefer"), required=False)
    interpreter_needed = YesNoField(label=_("Do they need an interpreter?"))
    needs = CheckboxesField(
        label=_("What helps them to understand and be understood"),
        called=_("what helps them"),
        required=False,
        look=Look(small=True),
    )
    gender = CodedChoiceField("gender", label=_("Gender, in their own words"), required=False)
    ethnicity = CodedChoiceField("ethnicity", label=_("Ethnicity"), required=False, grouped=True)
    disability = CodedChoiceField("disability", label=_("Disability"), required=False)
    version = VersionField()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(need.id, need.label()) for need in coded_list("communication_need")]  # type: ignore[attr-defined]
        for name in CODED:
            field = self.fields[name]
            if isinstance(field, CodedChoiceField):
                field.keep(getattr(person, f"{name}_id"))

    def details(self, *, kept_details: dict[str, str]) -> Details:
        """What was typed, as the action takes it. `kept_details` are the details of needs, which this form leaves."""
        typed = self.cleaned_data
        return Details(
            values={
                "known_as": typed["known_as"],
                "pronouns": typed["pronouns"],
                "interpreter_needed": typed["interpreter_needed"],
                **{f"{name}_id": typed[name] or None for name in CODED},
            },
            names=tuple(
                NameFacts(kind, name.strip())
                for field, kind in NAME_KINDS.items()
                for name in typed[field].split(",")
                if name.strip()
            ),
            needs=tuple(NeedFacts(need, kept_details.get(need, "")) for need in typed["needs"]),
        )


def initial_details(person: Person, details: Details) -> dict[str, Any]:
    """The form's first values."""
    names = {
        field: ", ".join(facts.name for facts in details.names if facts.kind is kind)
        for field, kind in NAME_KINDS.items()
    }
    return {
        "known_as": person.known_as,
        "pronouns": person.pronouns,
        "interpreter_needed": person.interpreter_needed,
        "needs": [facts.need_id for facts in details.needs],
        "version": person.version,
        **{name: getattr(person, f"{name}_id") or "" for name in CODED},
        **names,
    }


class AskedForm(GovForm):
    """The answer to a question that everyone is asked."""

    answer = RadiosField(label=_("What did they say?"), choices=Answer.choices[::-1])
    asked_on = DateField(label=_("When were they asked?"), when=When.PAST_OR_TODAY)
    version = VersionField()


class AddPersonForm(BringingForm):
    """Someone under supervision whom the system of record has not sent yet."""

    crn = TextField(label=_("CRN"), max_length=40, look=Look(width=Width.TEN, spellcheck=False))
    given_names = TextField(label=_("Given names"), called=_("their given names"), max_length=100)
    family_name = TextField(label=_("Family name"), called=_("their family name"), max_length=100)
    date_of_birth = DateField(label=_("Date of birth"), when=When.PAST, hint=_("For example, 27 3 1990"))
    sex = CodedChoiceField("sex", label=_("Sex"), required=False)
    prison_number = TextField(
        label=_("Prison number"), max_length=40, required=False, look=Look(width=Width.TEN, spellcheck=False)
    )
    pnc = TextField(
        label=_("PNC number"), max_length=40, required=False, look=Look(width=Width.TWENTY, spellcheck=False)
    )
    cro = TextField(
        label=_("CRO number"), max_length=40, required=False, look=Look(width=Width.TWENTY, spellcheck=False)
    )
    team = SelectField(label=_("Your team for this case"), called=_("your team"))

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(team.pk), team.name) for team in teams]  # type: ignore[attr-defined]
        self.identifiers: list[Identifier] = []

    def clean_crn(self) -> str:
        """A sound CRN."""
        return self._sound(IdentifierKind.CRN)

    def clean_prison_number(self) -> str:
        """A sound prison number, or none."""
        return self._sound(IdentifierKind.PRISON_NUMBER)

    def clean_pnc(self) -> str:
        """A sound PNC number, or none."""
        return self._sound(IdentifierKind.PNC)

    def clean_cro(self) -> str:
        """A sound CRO number, or none."""
        return self._sound(IdentifierKind.CRO)

    def person_values(self) -> dict[str, Any]:
        """What was typed, as columns of a person."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("team", "sex", "invented")}
        return values | {"sex_id": self.cleaned_data["sex"] or None, "synthetic_mark": self.synthetic_mark}

    def refuse(self, taken: Sequence[Identifier]) -> None:
        """Say of each number that somebody has it already."""
        for identifier in taken:
            self.add_error(
                identifier.kind.value,
                _("Someone in Alongside has this number already. Search for it to see who holds the case."),
            )

    def _sound(self, kind: IdentifierKind) -> str:
        text = self.cleaned_data[kind.value]
        if not text:
            return ""
        try:
            identifier = parse(kind, text, today=today())
        except IdentifierError as error:
            raise ValidationError(str(error), code=error.fault.value) from error
        self.identifiers.append(identifier)
        return identifier.value
