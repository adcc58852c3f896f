"""Forms of advocacy."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import start_of, today
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    NumberField,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
    YesNoField,
)
from alongside.people.staff.models import Team
from alongside.safety.advocacy.actions.referring import InNeed
from alongside.safety.advocacy.actions.supporting import PlanWords
from alongside.safety.advocacy.models import (
    ClashState,
    CloseReason,
    ContactDetail,
    DetailKind,
    DetailSafety,
    EntryKind,
    KnownVictim,
    SafetyPlan,
    SupportedPerson,
)
from alongside.safety.advocacy.rules import Asker, Request

OLDEST = 120
LONGEST_REVIEW = timedelta(days=366)


def _year(**kwargs: Any) -> NumberField:
    return NumberField(
        label="Year of birth",
        called="their year of birth",
        required=False,
        hint="For example, 1990. Leave it out if you do not know it.",
        look=Look(called="their year of birth", width=Width.FIVE, inputmode="numeric"),
        **kwargs,
    )


def _other_names() -> TextField:
    return TextField(
        label="Other names",
        hint="What they are known as or were called before, with commas between",
        required=False,
    )


class NamedForm(GovForm):
    """A form with a year of birth."""

    def clean_year_of_birth(self) -> int | None:
        """A year in which someone alive can have been born."""
        year: int | None = self.cleaned_data["year_of_birth"]
        if year is not None and not today().year - OLDEST <= year <= today().year:
            raise ValidationError("Enter a year of birth like 1990, or leave it out")
        return year


class ReferForm(NamedForm):
    """What an adviser should know of someone whom a practitioner refers."""

    name = TextField(label="Name of the person at risk", called="their name")
    other_names = _other_names()
    year_of_birth = _year()
    request = LongTextField(
        label="What should the adviser know?",
        called="what the adviser should know",
        hint="What you saw or were told, by whom, and what worries you. What is fact, and what is opinion.",
    )
    hoped_for = LongTextField(
        label="What do they want to happen?",
        required=False,
        hint="In their words, if you have spoken with them. Promise nothing: the adviser tells them what can and"
        " cannot be done.",
        max_length=1000,
    )
    reach = TextField(
        label="How can the adviser reach them safely?",
        required=False,
        hint="Only what they told you themselves. Do not ask the person on probation, or their family.",
        max_length=300,
    )
    urgent = YesNoField(label="Does it need an answer today?")
    once = OnceField()

    def in_need(self) -> InNeed:
        """What was typed, as the action takes it."""
        return InNeed(**{name: value for name, value in self.cleaned_data.items() if name != "once"})


class DeclineForm(GovForm):
    """What an officer was asked to do, and by whom."""

    request = RadiosField(
        label="What were you asked to do for a victim, a partner or a former partner?",
        choices=[(kind.value, kind.label) for kind in Request],
        error_messages={"required": "Select what you were asked to do"},
    )
    asked_by = RadiosField(
        label="Who asked?",
        choices=[(asker.value, asker.label) for asker in Asker],
        error_messages={"required": "Select who asked"},
    )


class NameForm(NamedForm):
    """A name that someone wants to ask about before contact."""

    name = TextField(
        label="First name and family name", called="the first name and family name", hint="As they were given to you"
    )
    year_of_birth = _year()
    reason = TextField(
        label="Why are you thinking of contacting them?",
        called="why you are thinking of contacting them",
        max_length=300,
    )

    def clean_name(self) -> str:
        """Two words at least: a first name alone would accuse too many."""
        name: str = self.cleaned_data["name"]
        if len(name.split()) < 2:
            raise ValidationError("Enter a first name and a family name. A first name alone cannot be compared.")
        return name


class SupportedForm(NamedForm):
    """Who is supported, and what they hope for."""

    name = TextField(label="Name", called="their name")
    other_names = _other_names()
    year_of_birth = _year()
    hoped_for = LongTextField(
        label="What do they want to happen?",
        required=False,
        hint="In their words. Tell them what can and cannot be done, and who decides.",
        max_length=1000,
    )
    version = VersionField()


def initial_supported(row: SupportedPerson) -> dict[str, Any]:
    """What the form above begins with."""
    return {name: getattr(row, name) for name in ("name", "other_names", "year_of_birth", "hoped_for", "version")}


class EntryForm(GovForm):
    """A contact or a note."""

    kind = RadiosField(
        label="What do you want to write down?",
        choices=EntryKind.choices,
        look=Look(inline=False),
        error_messages={"required": "Select what you want to write down"},
    )
    text = LongTextField(label="What happened", called="what happened", hint="It stays behind the wall, and as it is.")
    on = DateField(label="On which day?", called="the day", when=When.PAST_OR_TODAY)
    corrects = HiddenField(required=False)
    once = OnceField()

    def at(self) -> datetime:
        """The day as a moment: now, where it is today, and noon otherwise."""
        day: date = self.cleaned_data["on"]
        return timezone.now() if day == today() else start_of(day) + timedelta(hours=12)

    def clean_corrects(self) -> UUID | None:
        """The entry that this one corrects."""
        text = self.cleaned_data["corrects"]
        try:
            return UUID(text) if text else None
        except ValueError:
            return None


class PlanForm(GovForm):
    """A safety plan, in the words of the person it is for."""

    worries = LongTextField(label="What are they worried about?", called="what they are worried about")
    signs = LongTextField(label="How do they know that things are getting worse?", required=False)
    steps = LongTextField(label="What will they do then?", called="what they will do then")
    places = LongTextField(label="Where can they go?", required=False)
    people = LongTextField(label="Whom can they call?", hint="Code words too", required=False)
    children = LongTextField(label="What about the children?", required=False)
    review_on = DateField(
        label="When will you look at it again together?", called="the day of review", when=When.FUTURE
    )
    number = HiddenField(required=False)

    def clean_review_on(self) -> date:
        """Within a year."""
        day: date = self.cleaned_data["review_on"]
        if day > today() + LONGEST_REVIEW:
            raise ValidationError("A plan is looked at again within a year. Choose a sooner day.")
        return day

    def seen_number(self) -> int:
        """The version that the writer began with."""
        text = self.cleaned_data["number"]
        return int(text) if text and text.isdecimal() and len(text) < 5 else 0

    def words(self) -> PlanWords:
        """What was typed, as the action takes it."""
        return PlanWords(**{name: self.cleaned_data[name] for name in PlanWords.__annotations__})


def initial_plan(plan: SafetyPlan | None) -> dict[str, Any]:
    """What the form above begins with: the plan as it stands."""
    if plan is None:
        return {"number": 0}
    words = {name: getattr(plan, name) or "" for name in PlanWords.__annotations__}
    return words | {"number": plan.number}


class DetailForm(GovForm):
    """A way to reach someone, and whether it is safe."""

    kind = RadiosField(
        label="What is it?", choices=DetailKind.choices, error_messages={"required": "Select what it is"}
    )
    value = TextField(label="Number, address or other way", called="the number, address or other way", max_length=300)
    safety = RadiosField(
        label="Is it safe to use?",
        hint="Ask them. Who else sees the phone, opens the post, hears the call?",
        choices=DetailSafety.choices,
        error_messages={"required": "Select whether it is safe to use"},
    )
    how = TextField(
        label="When and how",
        required=False,
        hint="Safe times, a code word, what to say if someone else answers",
        max_length=300,
    )


class ChangeDetailForm(DetailForm):
    """The same, of one that stands."""

    version = VersionField()


def initial_detail(row: ContactDetail) -> dict[str, Any]:
    """What the form above begins with."""
    return {name: getattr(row, name) for name in ("kind", "value", "safety", "how", "version")}


class HandOverForm(GovForm):
    """To whom the work is given."""

    adviser = RadiosField(label="Which adviser takes over?", error_messages={"required": "Select an adviser"})
    version = VersionField()

    def __init__(self, *args: Any, advisers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].choices = [(str(user.pk), user.name) for user in advisers]  # type: ignore[attr-defined]


class CloseForm(GovForm):
    """Why the work ends."""

    reason = RadiosField(
        label="Why does the work end?", choices=CloseReason.choices, error_messages={"required": "Select why it ends"}
    )
    version = VersionField()


class ReopenForm(GovForm):
    """That the work is taken up again: nothing to fill in but the version that was seen."""

    version = VersionField()


class VictimForm(NamedForm):
    """A victim as far as a comparison of names needs."""

    name = TextField(label="First name and family name", called="the first name and family name")
    other_names = _other_names()
    year_of_birth = _year()
    reference = TextField(label="Your reference", hint="Where you keep the rest", required=False, max_length=60)
    team = SelectField(label="Which team’s victim liaison keeps it?", error_messages={"required": "Select a team"})  # noqa: RUF001

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(team.pk), team.name) for team in teams]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["team"].initial = choices[0][0]

    clean_name = NameForm.clean_name


class ChangeVictimForm(VictimForm):
    """The same, of one who is known."""

    version = VersionField()


def initial_victim(row: KnownVictim) -> dict[str, Any]:
    """What the form above begins with."""
    names = ("name", "other_names", "year_of_birth", "reference", "team", "version")
    return {name: getattr(row, name) for name in names}


class EndVictimForm(GovForm):
    """The last question before a victim is known here no more."""

    sure = ConfirmField(label="They have left the scheme, and their name should no longer be compared")
    version = VersionField()


class ClashForm(GovForm):
    """What a possible clash means, and what was done."""

    state = RadiosField(
        label="Is it the victim?",
        choices=[
            (ClashState.CONFIRMED.value, "Yes: it is the same person"),
            (ClashState.DISMISSED.value, "No: it is someone else"),
        ],
        error_messages={"required": "Select whether it is the victim"},
    )
    decision = LongTextField(
        label="How do you know, and what have you done?",
        called="how you know and what you have done",
        hint="Whom you spoke to. Tell the officer no more than keeps someone safe.",
        max_length=1000,
    )
    version = VersionField()
