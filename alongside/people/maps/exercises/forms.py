"""Forms of the exercises."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    When,
    YesNoField,
)
from alongside.people.maps.closeness import RINGS
from alongside.people.maps.exercises.parts import (
    AREA_WORDS,
    ASKED_WORDS,
    LEVELS,
    OFTEN_WORDS,
    STATEMENTS,
    Asked,
)
from alongside.people.maps.exercises.queries import SomeoneKnown
from alongside.people.maps.lifemap import Lane
from alongside.people.maps.vocabulary import Flow, PartialDate, SystemKind, TieStrength

SYSTEM_WORDS = {
    SystemKind.KIN: _("Wider family"),
    SystemKind.FRIENDS: _("Friends"),
    SystemKind.SERVICE: _("A service"),
    SystemKind.WORK: _("Work"),
    SystemKind.EDUCATION: _("Learning"),
    SystemKind.HEALTH: _("Health"),
    SystemKind.FAITH: _("Faith"),
    SystemKind.CLUB: _("A club or group"),
    SystemKind.NEIGHBOURHOOD: _("The neighbourhood"),
    SystemKind.JUSTICE: _("Police, court or probation"),
    SystemKind.OTHER: _("Something else"),
}
STRENGTH_WORDS = {
    TieStrength.STRONG: _("Strong"),
    TieStrength.ORDINARY: _("Ordinary"),
    TieStrength.TENUOUS: _("Weak"),
    TieStrength.BROKEN: _("Broken off"),
}
FLOW_WORDS = {
    Flow.TO_CENTRE: _("It gives something"),
    Flow.FROM_CENTRE: _("It takes something"),
    Flow.BOTH: _("Both give and take"),
    Flow.NONE: _("Neither, or not known"),
}
LANE_WORDS = {
    Lane.FAMILY: _("Family"),
    Lane.HOME: _("Home"),
    Lane.WORK: _("Work and learning"),
    Lane.HEALTH: _("Health"),
    Lane.JUSTICE: _("Police, court and prison"),
}
LEFT_OUT = "out"
RING_CHOICES = [(LEFT_OUT, _("Left out")), *((str(number), words) for number, words in enumerate(RINGS))]
PATTERN_CHOICES = [("plain", _("Plain")), ("dots", _("Dots")), ("stripes", _("Stripes")), ("checks", _("Checks"))]


class PartialDateField(TextField):
    """A date as well as it is known: 1998, May 1998 as 1998-05, or the day as 1998-05-03."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("hint", _("As well as it is known: 1998, 5 1998 or 3 5 1998. Put “about” before a guess."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """A PartialDate, or None where nothing was typed. Raises ValidationError that shows a date that works."""
        text = str(super().clean(value) or "").strip()
        return _partial(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        if isinstance(value, PartialDate):
            words = " ".join(str(part) for part in (value.day, value.month, value.year) if part)
            return f"about {words}" if value.about else words
        return value


def _partial(text: str) -> PartialDate:
    guess = text.lower().startswith(("about", "~", "c.", "tua"))
    numbers = [part for part in "".join(c if c.isdigit() else " " for c in text).split() if part]
    try:
        if len(numbers) in (1, 2, 3):
            ordered = numbers if len(numbers[0]) == 4 else list(reversed(numbers))
            iso = "-".join([ordered[0].zfill(4), *(part.zfill(2) for part in ordered[1:])])
            date = PartialDate.parse(f"~{iso}" if guess else iso)
            if date.is_real and 1880 <= date.year <= timezone.localdate().year + 1:
                return date
    except ValueError:
        pass
    raise ValidationError(
        _("Enter a year, such as 1998, or a month and year, such as 5 1998, or a day, such as 3 5 1998")
    )


class SystemForm(GovForm):
    """A part of someone's life, and the tie to it."""

    label = TextField(label=_("What is it called?"), called=_("what it is called"), max_length=60)
    kind = SelectField(label=_("What kind of thing is it?"), choices=list(SYSTEM_WORDS.items()), called=_("its kind"))
    strength = RadiosField(
        label=_("How strong is the tie?"), choices=list(STRENGTH_WORDS.items()), look=Look(inline=True)
    )
    flow = RadiosField(label=_("Which way does it go?"), choices=list(FLOW_WORDS.items()))
    stressful = YesNoField(label=_("Is there stress in it?"), called=_("whether there is stress in it"))
    note = TextField(label=_("Own words"), required=False, max_length=200)
    version = HiddenField(required=False)


class EventForm(GovForm):
    """Something that happened."""

    label = TextField(label=_("What happened?"), called=_("what happened"), max_length=80)
    lane = RadiosField(label=_("What part of life?"), choices=list(LANE_WORDS.items()), look=Look(inline=True))
    begin = PartialDateField(label=_("When, or from when?"), called=_("when it was"))
    end = PartialDateField(label=_("Until when?"), required=False, hint=_("Leave empty for something on one day"))
    marks = CheckboxesField(
        label=_("What else?"),
        required=False,
        choices=[
            ("ongoing", _("It still goes on")),
            ("sensitive", _("Show it folded, so that it opens only when wanted")),
            ("hidden", _("Leave it off every copy but the person\u2019s own")),
        ],
    )
    note = LongTextField(label=_("Own words"), required=False, max_length=500)
    version = HiddenField(required=False)

    def clean(self) -> dict[str, Any] | None:
        """An end comes after its beginning."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("begin"), cleaned.get("end")
        if begin and end and end.sort_key < begin.sort_key and begin.year != end.year:
            self.add_error("end", _("It cannot end before it began. Change one of the two."))
        return cleaned


class SupportForm(GovForm):
    """Who helps with what."""

    who = SelectField(label=_("Who?"), choices=[], called=_("who helps"))
    area = SelectField(label=_("With what?"), choices=list(AREA_WORDS.items()), called=_("what they help with"))
    often = RadiosField(label=_("How often?"), choices=list(OFTEN_WORDS.items()))
    knows = RadiosField(
        label=_("Do they know that they are counted on?"), choices=list(ASKED_WORDS.items()), look=Look(inline=True)
    )
    agrees = RadiosField(label=_("Do they agree to it?"), choices=list(ASKED_WORDS.items()), look=Look(inline=True))
    note = TextField(label=_("Own words"), required=False, max_length=200)
    version = HiddenField(required=False)

    def __init__(self, *args: Any, people: list[SomeoneKnown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", ""), *((one.ref, one.label) for one in people)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Nobody agrees to what they do not know."""
        cleaned = super().clean() or {}
        if cleaned.get("agrees") == Asked.YES and cleaned.get("knows") == Asked.NO:
            self.add_error("agrees", _("They cannot agree to what they do not know of. Change one of the two."))
        return cleaned


class StepForm(GovForm):
    """One next step."""

    step = TextField(label=_("What is the one next step?"), called=_("the next step"), max_length=150)
    by_when = DateField(label=_("By when?"), called=_("the day"), when=When.FUTURE_OR_TODAY)


class ValueForm(GovForm):
    """What family is worth, statement by statement."""

    words = LongTextField(label=_("Anything to say about it?"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name, _statement in STATEMENTS])

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers as they are kept."""
        return tuple(f"{name}={self.cleaned_data[name]}" for name, _statement in STATEMENTS if self.cleaned_data[name])


for _name, _statement in STATEMENTS:
    ValueForm.base_fields[_name] = RadiosField(label=_statement, choices=LEVELS, required=False, look=Look(inline=True))


class TokenForm(GovForm):
    """Where one person's token stands. `x` and `y` are set by dragging; without it the ring alone places the token."""

    ring = SelectField(label=_("How close?"), choices=RING_CHOICES)
    size = SelectField(
        label=_("Size of the button"),
        choices=[("1", _("Small")), ("2", _("Middle")), ("3", _("Large"))],
    )
    pattern = SelectField(label=_("Pattern"), choices=PATTERN_CHOICES)
    reason = TextField(label=_("Why there?"), required=False, max_length=200)
    x = HiddenField(required=False)
    y = HiddenField(required=False)
