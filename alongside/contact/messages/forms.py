"""Choosing a kind of message, filling it in, agreeing words, and what to do about replies."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.utils import timezone

from alongside.contact.log.forms import time_of
from alongside.contact.messages.kinds import WORDED, Kind
from alongside.contact.messages.models import Phrase, Settled
from alongside.contact.messages.preparing import CHANNEL_OF_POINT, WRITTEN_WAYS, Typed
from alongside.contact.messages.rules import LONGEST_REPLY
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
)
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.people.staff.models import Team
from alongside.safety.permissions.rules import AgreedWords

LANGUAGES = (("en", "English"), ("cy", "Welsh"))
NOBODY = "nobody"
ANOTHER_TEAM = "team"
CANNOT_TELL = "unclear"


class WriteForm(GovForm):
    """One message of a kind: where it goes, in which language, and what its words need."""

    where = RadiosField(label="Where should it go?", choices=(), error_messages={"required": "Select where it goes"})
    language = RadiosField(label="In which language?", choices=LANGUAGES, look=Look(inline=True))
    day = DateField(label="Which day?", error_messages={"required": "Enter the day"})
    clock = TextField(
        label="At what time?",
        hint="Such as 14:05 or 2pm",
        max_length=8,
        look=Look(width=Width.FIVE),
        error_messages={"required": "Enter the time"},
    )
    phrase = RadiosField(
        label="Which words?", choices=(), error_messages={"required": "Select the words that the person agreed"}
    )
    discretion = TextField(
        label="Why write, all the same?",
        hint="What makes a message the right thing here.",
        max_length=300,
        required=False,
        look=Look(needed=True),
    )
    seen = HiddenField(required=False, max_length=40)
    once = OnceField()

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        points: Sequence[ContactPoint],
        phrases: Sequence[Phrase] = (),
        agreed: Sequence[AgreedWords] = (),
        needs_reason: bool,
        spent: frozenset[str] = frozenset(),
        no_welsh: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.points = {str(point.pk): point for point in points}
        self.phrases = {str(phrase.pk): phrase for phrase in phrases}
        self.agreed = {str(one.permission): one for one in agreed}
        worded = [*self.phrases.items(), *self.agreed.items()]
        self.needs_reason, self.spent, self.no_welsh = needs_reason, spent, no_welsh
        if no_welsh:
            hints = {"cy": "The Welsh of these words is not approved yet, so it cannot be sent."}
            self.fields["language"].look = Look(item_hints=hints)  # type: ignore[attr-defined]
        self.fields["where"].choices = [(key, place_words(point)) for key, point in self.points.items()]  # type: ignore[attr-defined]
        self.fields["phrase"].choices = [(key, f"“{one.words}”") for key, one in worded]  # type: ignore[attr-defined]
        for name, field in (("day", "day"), ("clock", "clock"), ("words", "phrase")):
            if name not in kind.fields:
                del self.fields[field]
        self.fields["where"].look = Look(  # type: ignore[attr-defined]
            item_hints={key: words for key, point in self.points.items() if (words := beside_words(point))}
        )
        asks_why = needs_reason or any(self._is_spent(point) or self._is_shared(point) for point in points)
        if not asks_why:
            del self.fields["discretion"]

    def clean(self) -> dict[str, Any]:
        """A day that is still to come, a time that can be read, and a reason where one is asked for."""
        typed = super().clean() or self.cleaned_data
        day = typed.get("day")
        if day is not None and self.kind.code != "receipt" and day < today():
            self.add_error("day", "The day must be today or later")
        if day is not None and self.kind.code == "receipt" and day > today():
            self.add_error("day", "The day on which it arrived must be today or in the past")
        if typed.get("clock"):
            typed["at"] = time_of(typed["clock"])
            if typed["at"] is None:
                self.add_error("clock", "Enter the time as 14:05 or 2pm")
            elif day == today() and typed["at"] <= timezone.localtime(timezone=LONDON).time():
                self.add_error("clock", "The time must be still to come")
        self._say_why(typed)
        return typed

    def _say_why(self, typed: dict[str, Any]) -> None:
        """Writing before meeting or calling, or more often than agreed, has its reason."""
        if typed.get("discretion"):
            return
        if self.needs_reason:
            self.add_error("discretion", "Enter why you write all the same, or meet or ring them first")
        point = self.points.get(typed.get("where") or "")
        if point is None:
            return
        if self._is_spent(point):
            self.add_error("discretion", "Enter why you write more often than was agreed, or use another way")
        if self._is_shared(point):
            self.add_error("discretion", "Enter why it may be told where somebody else reads it, or use another way")

    def _is_spent(self, point: ContactPoint) -> bool:
        return CHANNEL_OF_POINT[PointKind(point.kind)].value in self.spent

    def _is_shared(self, point: ContactPoint) -> bool:
        """Whether somebody else may read there what is told of the person."""
        return bool((self.kind.topic or self.kind.for_missed) and point.shared_with)

    def typed(self) -> Typed:
        """What was chosen. Only for a form that is valid."""
        chosen = self.cleaned_data
        clock: time | None = chosen.get("at")
        return Typed(
            kind=self.kind,
            point=self.points[chosen["where"]],
            language=chosen["language"],
            day=chosen.get("day"),
            clock=clock,
            phrase=self.phrases.get(chosen.get("phrase") or ""),
            agreed=self.agreed.get(chosen.get("phrase") or ""),
            discretion=chosen.get("discretion") or "",
        )


def place_words(point: ContactPoint) -> str:
    """Where a message goes, in words."""
    way = WRITTEN_WAYS[CHANNEL_OF_POINT[PointKind(point.kind)]]
    return f"{way} {' '.join(point.value.split())}"


def beside_words(point: ContactPoint) -> str:
    """Who else reads what goes there, and when it suits them, as they said; "" where they said nothing."""
    shared = f"Who else sees or answers it: {point.shared_with}." if point.shared_with else ""
    when = f"When it suits them: {point.when}." if point.when else ""
    return " ".join(words for words in (shared, when) if words)


class PhraseForm(GovForm):
    """Words that the person agreed."""

    topic = RadiosField(
        label="What are the words about?",
        choices=(),
        error_messages={"required": "Select what the words are about"},
    )
    words = LongTextField(
        label="The words, exactly as agreed",
        hint="They are sent as they stand, and nothing else is. For example: He has come to every session this month.",
        max_length=300,
        look=Look(rows=3),
        error_messages={"required": "Enter the words"},
    )
    alone = ConfirmField(
        label="They agreed to these words with nobody else there or listening",
        error_messages={"required": "Ask them alone first. Words agreed in company are not sent"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(code, label_of(f"permission_topic.{code}")) for code in sorted(WORDED)]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """One line, as it stands in a sentence."""
        return " ".join(self.cleaned_data["words"].split())


class LiftForm(GovForm):
    """That they want messages again at a number or address that asked us to stop."""

    why = TextField(
        label="How do you know?",
        hint="When they told you, and how.",
        max_length=300,
        error_messages={"required": "Enter when they told you, and how"},
    )
    themselves = ConfirmField(
        label="They told me themselves, not by message and not through anyone else",
        error_messages={"required": "Ask them yourself first. Nobody else can say it for them"},
    )
    version = VersionField()


class TakeInForm(GovForm):
    """Something that somebody sent to the office."""

    how = RadiosField(
        label="How did it come?",
        choices=[(Channel.TEXT.value, "Text"), (Channel.EMAIL.value, "Email"), (Channel.LETTER.value, "Letter")],
        look=Look(inline=True),
        error_messages={"required": "Select how it came"},
    )
    sender = TextField(
        label="From which number or address?",
        hint="As it stands on the message. Leave it empty if there is none.",
        max_length=300,
        required=False,
        look=Look(needed=True),
    )
    words = LongTextField(
        label="What does it say?",
        hint="Word for word, in whatever language.",
        max_length=LONGEST_REPLY,
        error_messages={"required": "Enter what it says"},
    )
    on = DateField(label="When did it come?", hint="Leave it empty for today", when=When.PAST, required=False)
    once = OnceField()


SORT_HINTS = {
    CANNOT_TELL: "It stays nobody’s, and waits in this list. Whoever is on duty is asked to find out from whom it is;"  # noqa: RUF001
    " nobody is answered until then. If it tells of danger, do not wait for that.",
    NOBODY: "It is closed, and nobody is told.",
}


class SortForm(GovForm):
    """From whom a reply is."""

    whose = RadiosField(
        label="From whom is it?",
        choices=(),
        error_messages={"required": "Select from whom it is, another team, nobody, or that you cannot tell"},
    )
    team = SelectField(label="Which team?", choices=(), required=False, look=Look(needed=True))

    def __init__(self, *args: Any, members: Sequence[FamilyMember], teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.teams = {str(team.pk): team for team in teams}
        named = [(key, f"{member.name}, named by {member.person.name}") for key, member in self.members.items()]
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            *named,
            (ANOTHER_TEAM, "Another team should look at it"),
            (CANNOT_TELL, "I cannot tell which of them it is"),
            (NOBODY, "Nobody whom we know"),
        ]
        self.fields["whose"].look = Look(reveals={ANOTHER_TEAM: ["team"]}, item_hints=SORT_HINTS)  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Select"), *((key, team.name) for key, team in self.teams.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another team has a name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("whose") == ANOTHER_TEAM and not typed.get("team"):
            self.add_error("team", "Select which team")
        return typed


class SettleForm(GovForm):
    """What becomes of a reply, and what duty asks where it is kept in confidence."""

    settled = RadiosField(
        label="What do you do with it?",
        choices=[
            (Settled.WRITTEN_DOWN.value, "Write it into the contacts"),
            (Settled.IN_CONFIDENCE.value, "Keep it in confidence"),
        ],
        look=Look(
            item_hints={
                Settled.WRITTEN_DOWN.value: "Everyone who reads this case’s contacts can then read it.",  # noqa: RUF001
                Settled.IN_CONFIDENCE.value: "Its words go behind the wall, protected, and leave here.",
            },
            reveals={Settled.IN_CONFIDENCE.value: ["duties"]},
        ),
        error_messages={"required": "Select what you do with it"},
    )
    duties = CheckboxesField(
        label="Does any of this hold?",
        hint="Then we act today, whatever they wish. Tick none if none holds.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = [(value.id, value.label()) for value in coded_list("duty_owed")]  # type: ignore[attr-defined]


class DecideForm(GovForm):
    """What to do about a message of which nobody knows whether it went."""

    decision = RadiosField(
        label="What do you want to do?",
        choices=[
            ("went", "It went: they have told me, or I know it otherwise"),
            ("again", "It did not go: write it again"),
            ("leave", "I cannot tell: leave it"),
        ],
        error_messages={"required": "Select what you want to do"},
    )


def team_of(form: SortForm) -> Team | None:
    """The team that was chosen."""
    return form.teams.get(form.cleaned_data.get("team") or "")


def member_of(form: SortForm) -> FamilyMember | None:
    """The family member who was chosen."""
    return form.members.get(form.cleaned_data["whose"])
