"""Forms of oversight."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    NumberField,
    RadiosField,
    TextField,
    VersionField,
    When,
)
from alongside.people.oversight.rules import Purpose
from alongside.people.persons.identifiers import Identifier, recognise
from alongside.people.persons.models import Person

LONGEST_HOLD = timedelta(days=366)


class CaseNumberForm(GovForm):
    """Which case, by its number."""

    number = TextField(
        label=_("CRN or other number of the case"),
        hint=_("For example, X123456. A prison, PNC or CRO number does too."),
        max_length=20,
    )

    def clean_number(self) -> tuple[Identifier, ...]:
        """What the number may be, in the form in which it is kept."""
        recognised = recognise(self.cleaned_data["number"], today=today())
        if not recognised:
            raise ValidationError(_("This is no CRN, prison number, PNC or CRO number. Check it and try again."))
        return recognised

    def person(self) -> Person | None:
        """The case with this number, whoever may see it; callers answer alike where there is none."""
        wanted = Q()
        for identifier in self.cleaned_data["number"]:
            wanted |= Q(**{identifier.kind.value: identifier.value})
        return Person.objects.filter(wanted).first()


class TrailForm(CaseNumberForm):
    """Whose trail, and why."""

    purpose = RadiosField(label=_("Why do you need the trail?"), choices=Purpose.choices)


class UserTrailForm(GovForm):
    """A user's trail, and why."""

    email = TextField(label=_("Email address of the member of staff"), called=_("their email address"), max_length=254)
    purpose = RadiosField(label=_("Why do you need the trail?"), choices=Purpose.choices)


class HoldForm(CaseNumberForm):
    """A legal hold on a case."""

    reason = LongTextField(label=_("Why must nothing of it be erased?"), called=_("the reason"), max_length=500)
    review_on = DateField(
        label=_("When will you look at the hold again?"), called=_("the day of review"), when=When.FUTURE
    )

    def clean_review_on(self) -> date:
        """A hold is looked at again within a year."""
        day: date = self.cleaned_data["review_on"]
        if day > today() + LONGEST_HOLD:
            raise ValidationError(_("A hold is reviewed within a year. Choose a sooner day."))
        return day


class ReasonForm(GovForm):
    """A reason alone."""

    reason = LongTextField(label=_("Why?"), called=_("the reason"), max_length=300)


class ErasureForm(GovForm):
    """The last question before something is erased for good."""

    ground = LongTextField(label=_("On what ground is it erased?"), called=_("the ground"), max_length=300)
    sure = ConfirmField(label=_("I have checked that nothing of it is still needed, and that it cannot be undone"))


class RetentionForm(GovForm):
    """How long one kind of record is kept."""

    months = NumberField(label=_("How many months?"), called=_("the number of months"), min_value=1, max_value=1200)
    source = LongTextField(label=_("On what policy or law does that rest?"), called=_("the source"), max_length=300)
    version = VersionField()


class CorrectionGroundForm(GovForm):
    """Why a record is corrected, and whether the trail should forget what was wrong."""

    ground = LongTextField(label=_("What is wrong, and how do you know?"), called=_("the ground"), max_length=300)
    forget = RadiosField(
        label=_("Should the trail forget the wrong value?"),
        choices=[
            ("no", _("No: keep it in the trail, so that what was done on it can be explained")),
            ("yes", _("Yes: it was never true, and keeping it would do harm")),
        ],
    )
