"""Forms of what an agreement says: how to keep in touch, sessions, who does what, boundaries and end."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    Look,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
)
from alongside.foundation.ui.forms.speech import speak
from alongside.involvement.agreements.copy import BOUNDARIES, boundary_words
from alongside.involvement.agreements.rules import (
    Channel,
    ChannelTerms,
    Participation,
    Period,
    Responsibility,
    Rhythm,
    Terms,
    Who,
    departures,
)
from alongside.involvement.agreements.rules.terms import CHANNEL_WORDS, PARTICIPATION_WORDS, PER_WORDS
from alongside.involvement.goals.rules import enforcing_message, enforcing_words

OFTEN = [
    ("", "Not agreed"),
    *(
        (f"{times}-{per.value}", f"{number} {PER_WORDS[per]} at most")
        for per, times, number in (
            (Period.MONTH, 1, "Once"),
            (Period.MONTH, 2, "Twice"),
            (Period.FORTNIGHT, 1, "Once"),
            (Period.WEEK, 1, "Once"),
            (Period.WEEK, 2, "Twice"),
            (Period.WEEK, 3, "Three times"),
            (Period.WEEK, 5, "Five times"),
            (Period.WEEK, 7, "Seven times"),
        )
    ),
]
WISHES = [("", "Not asked yet"), *((value.value, words) for value, words in PARTICIPATION_WORDS.items())]
EVERY = [
    ("", "None in between"),
    *((f"{n}-{n}", f"Every {word}") for n, word in ((2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"))),
    *((f"{n}-{n + 1}", f"Every {a} or {b}") for n, a, b in ((2, "second", "third"), (3, "third", "fourth"))),
    ("4-5", "Every fourth or fifth"),
    ("6-6", "Every sixth"),
    ("8-8", "Every eighth"),
]
APART = [("1", "Every week"), ("2", "Every fortnight"), ("3", "Every three weeks"), ("4", "Every four weeks")]


class ContactForm(GovForm):
    """How to keep in touch: how often at most, how soon an answer comes, when not to call."""

    answer_within = NumberField(
        label="Within how many working days do they hear back?",
        called="the number of working days",
        min_value=1,
        max_value=15,
        look=Look(width=Width.TWO),
    )
    not_then = TextField(
        label="When should nobody call them?",
        required=False,
        max_length=200,
        hint="Such as: before 9 or after 6, while the children are at home, on Fridays",
    )
    discretion = TextField(
        label="If you go beyond what everyone is offered: why?",
        required=False,
        max_length=300,
        hint="Two calls, three texts or two emails a week, a meeting a fortnight, an answer within two working days",
    )
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel, words in CHANNEL_WORDS.items():
            standing = (self.initial or {}).get(channel.value) or ""
            offered = OFTEN if standing in dict(OFTEN) else [*OFTEN, (standing, _often_words(standing))]
            self.fields[channel.value] = SelectField(label=words, choices=offered, required=False)
            speak(self.fields[channel.value], label=words)
        self.order_fields([*CHANNEL_WORDS])

    def clean(self) -> dict[str, Any] | None:
        """More than everyone is offered has a reason beside it (R151)."""
        cleaned = super().clean() or {}
        if not self.errors:
            beyond = departures(replace(Terms(), channels=self._channels(), answer_within=cleaned["answer_within"]))
            if beyond and not cleaned.get("discretion"):
                self.add_error("discretion", f"Say why you go beyond what everyone is offered. {'; '.join(beyond)}.")
        return cleaned

    def _channels(self) -> tuple[ChannelTerms, ...]:
        chosen = ((channel, self.cleaned_data.get(channel.value)) for channel in Channel)
        return tuple(_channel_terms(channel, often) for channel, often in chosen if often)

    def changes(self) -> dict[str, Any]:
        """What changes of the terms."""
        typed = self.cleaned_data
        return {
            "channels": self._channels(),
            "answer_within": typed["answer_within"],
            "not_then": typed["not_then"],
            "discretion": typed["discretion"],
        }

    @staticmethod
    def initial_from(terms: Terms) -> dict[str, Any]:
        """The terms as the form shows them."""
        initial: dict[str, Any] = {
            "answer_within": terms.answer_within,
            "not_then": terms.not_then,
            "discretion": terms.discretion,
        }
        for channel in Channel:
            agreed = terms.channel(channel)
            initial[channel.value] = f"{agreed.times}-{agreed.per.value}" if agreed else ""
        return initial


def _channel_terms(channel: Channel, often: str) -> ChannelTerms:
    times, _, per = often.partition("-")
    return ChannelTerms(channel, int(times), Period(per))


def _often_words(often: str) -> str:
    times, _, per = often.partition("-")
    return f"{times} times {PER_WORDS[Period(per)]} at most"


class SessionsForm(GovForm):
    """Meeting in person and sessions: what each wishes, what is agreed, and how often (R134, R137, R147)."""

    person_wishes = SelectField(label="What does the person wish?", choices=WISHES, required=False)
    member_wishes = SelectField(
        label="And the family member?",
        choices=WISHES,
        required=False,
        hint="A wish to stay out is respected, and says nothing against them",
    )
    participation = RadiosField(
        label="What is agreed?",
        choices=[(value.value, words) for value, words in PARTICIPATION_WORDS.items()],
        called="what is agreed",
    )
    invited = CheckboxesField(
        label="If they join: which sessions are they invited to?",
        choices=[("first", "The first"), ("last", "The last")],
        required=False,
    )
    every = SelectField(label="And in between?", choices=EVERY, required=False)
    weeks_between = SelectField(
        label="How often are the sessions?", choices=APART, required=False, hint="The days are drafted from this"
    )
    begins_on = DateField(label="Day of the first session", required=False)
    ends_on = DateField(label="Day by which the last one has been", required=False)
    meeting_place = TextField(label="Where do you meet?", required=False, max_length=150)
    meeting_minutes = NumberField(
        label="How long do they join, or do you meet?",
        required=False,
        min_value=5,
        max_value=180,
        look=Look(width=Width.THREE, suffix="minutes"),
    )
    version = VersionField()

    def clean(self) -> dict[str, Any] | None:
        """Invitations have days to be drafted from, and nobody joins more than they wish."""
        cleaned = super().clean() or {}
        invites = bool(cleaned.get("invited") or cleaned.get("every"))
        if invites:
            for name, words in (("begins_on", "first"), ("ends_on", "last")):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, f"Enter the day of the {words} session, so that the days can be drafted")
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "The last session cannot be before the first. Change one of the two")
        self._keep_to_wishes(cleaned)
        return cleaned

    def _keep_to_wishes(self, cleaned: dict[str, Any]) -> None:
        agreed = cleaned.get("participation")
        if not agreed:
            return
        for name, whose in (("person_wishes", "the person wishes"), ("member_wishes", "the family member wishes")):
            wish = cleaned.get(name)
            if wish and Participation(agreed).rank > Participation(wish).rank:
                self.add_error("participation", f"This is more than {whose}. Agree to less, or ask again")
            if not wish and agreed != Participation.NOT_AT_ALL:
                self.add_error(name, "Ask first, and note what they say")

    def changes(self) -> dict[str, Any]:
        """What changes of the terms."""
        typed = self.cleaned_data
        least, _, most = (typed["every"] or "0-0").partition("-")
        return {
            "person_wishes": Participation(typed["person_wishes"]) if typed["person_wishes"] else None,
            "member_wishes": Participation(typed["member_wishes"]) if typed["member_wishes"] else None,
            "participation": Participation(typed["participation"]),
            "meeting_place": typed["meeting_place"],
            "meeting_minutes": typed["meeting_minutes"] or 0,
            "rhythm": Rhythm(
                first="first" in typed["invited"],
                last="last" in typed["invited"],
                from_every=int(least),
                to_every=int(most),
                weeks_between=int(typed["weeks_between"] or 2),
                begins_on=typed["begins_on"],
                ends_on=typed["ends_on"],
            ),
        }

    @staticmethod
    def initial_from(terms: Terms) -> dict[str, Any]:
        """The terms as the form shows them."""
        rhythm = terms.rhythm
        return {
            "person_wishes": terms.person_wishes.value if terms.person_wishes else "",
            "member_wishes": terms.member_wishes.value if terms.member_wishes else "",
            "participation": terms.participation.value,
            "invited": [name for name in ("first", "last") if getattr(rhythm, name)],
            "every": f"{rhythm.from_every}-{rhythm.to_every}" if rhythm.from_every else "",
            "weeks_between": str(rhythm.weeks_between),
            "begins_on": rhythm.begins_on,
            "ends_on": rhythm.ends_on or terms.ends_on,
            "meeting_place": terms.meeting_place,
            "meeting_minutes": terms.meeting_minutes or None,
        }


class BoundariesForm(GovForm):
    """What everyone keeps to, when it is looked at again, and how it ends (R148)."""

    boundaries = CheckboxesField(label="What does everyone keep to?", choices=[], called="at least one boundary")
    own_boundary = TextField(
        label="Anything else, in your own words?",
        required=False,
        max_length=300,
        hint="Never a list of what is private: a list gives it away",
    )
    review_on = DateField(label="When do you look at it again?", when=When.FUTURE, called="the day")
    ends_on = DateField(
        label="What is its last day?", required=False, when=When.FUTURE, hint="At the latest when supervision ends"
    )
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["boundaries"].choices = [(key, boundary_words(key)) for key in BOUNDARIES]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """It is looked at again before it ends."""
        cleaned = super().clean() or {}
        review, ends = cleaned.get("review_on"), cleaned.get("ends_on")
        if review and ends and review > ends:
            self.add_error("review_on", "Look at it again before its last day")
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What changes of the terms."""
        typed = dict(self.cleaned_data)
        typed.pop("version")
        return typed | {"boundaries": tuple(typed["boundaries"])}

    @staticmethod
    def initial_from(terms: Terms) -> dict[str, Any]:
        """The terms as the form shows them."""
        return {
            "boundaries": list(terms.boundaries),
            "own_boundary": terms.own_boundary,
            "review_on": terms.review_on,
            "ends_on": terms.ends_on,
        }


class DutyForm(GovForm):
    """One line of the table: who does what, when and where (R145)."""

    who = RadiosField(label="Who?", choices=[], called="who does it")
    what = TextField(
        label="Does what?",
        called="what they do",
        max_length=200,
        hint="Such as: give a lift, remind the evening before",
    )
    when = TextField(label="When?", required=False, max_length=100)
    where = TextField(label="Where?", required=False, max_length=100)
    version = VersionField()

    def __init__(self, *args: Any, names: dict[Who, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(who.value, name) for who, name in names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Whoever helps supports, and never enforces (R173)."""
        cleaned = super().clean() or {}
        if cleaned.get("who") in (Who.FAMILY_MEMBER, Who.TOGETHER):
            for name in ("what", "when"):
                if found := enforcing_words(cleaned.get(name) or ""):
                    self.add_error(name, ValidationError(enforcing_message(found)))
        return cleaned

    def duty(self, key: str) -> Responsibility:
        """The line as it is kept."""
        typed = self.cleaned_data
        return Responsibility(key, Who(typed["who"]), typed["what"], typed["when"], typed["where"])


PARTS: dict[str, tuple[str, type[ContactForm] | type[SessionsForm] | type[BoundariesForm]]] = {
    "contact": ("How we keep in touch", ContactForm),
    "sessions": ("Meeting and sessions", SessionsForm),
    "boundaries": ("Boundaries, and how it ends", BoundariesForm),
}
