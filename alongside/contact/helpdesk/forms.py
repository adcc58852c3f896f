"""Forms of the help desk. What is logged is codes; the few free words are tried for what could name somebody."""

from collections.abc import Sequence
from typing import Any

from alongside.contact.helpdesk.models import Decision, Result
from alongside.contact.helpdesk.rules import Answer, identifying, may_name
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    ConfirmField,
    GovForm,
    HiddenField,
    Look,
    NumberField,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    Width,
)
from alongside.people.staff.models import Team


def choices_of(name: str) -> list[tuple[str, str]]:
    """A coded list as the choices of radios."""
    return [(value.id, value.label()) for value in coded_list(name)]


class AskedForm(GovForm):
    """Who asked, as a kind of person, how, and how long it took. It takes no name and no number."""

    asker = RadiosField(
        label="Who asked?", choices=(), error_messages={"required": "Select who asked, as a kind of person"}
    )
    channel = RadiosField(
        label="How?", choices=(), error_messages={"required": "Select how they asked"}, look=Look(inline=True)
    )
    minutes = NumberField(
        label="How many minutes did it take?",
        called="how many minutes it took",
        min_value=1,
        max_value=240,
        look=Look(width=Width.THREE, called="how many minutes it took"),
    )
    once = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = choices_of("help_asker")  # type: ignore[attr-defined]
        self.fields["channel"].choices = choices_of("contact_channel")  # type: ignore[attr-defined]


class GivenForm(AskedForm):
    """That an approved text was given, and which: the version that was read out."""

    given = HiddenField(max_length=36)


class NamesNobodyForm(GovForm):
    """A form with free words that end up in a log: what could say who somebody is goes no further."""

    guarded: tuple[str, ...] = ()
    no_names = ConfirmField(label="The words above name nobody", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warned = False

    def clean(self) -> dict[str, Any]:
        """Numbers and addresses are refused; what looks like a name is asked about."""
        typed = super().clean() or self.cleaned_data
        for name in self.guarded:
            words = typed.get(name) or ""
            if found := identifying(words):
                self.add_error(name, f"Take out what looks like {found}. What is logged says nothing about anyone")
            elif (named := may_name(words)) and not typed.get("no_names"):
                self.warned = True
                self.add_error(name, f"Take out “{named}” if it is a name. If it is not, tick the box below")
        return typed


class AboutForm(NamesNobodyForm):
    """Free words about one of the topics of the desk."""

    topic = CodedChoiceField(
        "help_topic",
        label="What is it about?",
        empty_label="Select",
        error_messages={"required": "Select what it is about"},
    )


def told_field(label: str, *, hint: str | None = None, wanted: str) -> TextField:
    """What somebody was told, in general words; `wanted` completes "Enter …" where it is missing."""
    return TextField(label=label, hint=hint, max_length=300, error_messages={"required": f"Enter {wanted}"})


def place_field(label: str, *, wanted: str) -> CodedChoiceField:
    """Where somebody was told something; `wanted` completes "Select …" where it is missing."""
    return CodedChoiceField(
        "help_place", label=label, empty_label="Select", error_messages={"required": f"Select {wanted}"}
    )


class HandOnForm(AboutForm, AskedForm):
    """A question that needs an officer: general words for the log, and a slip that says whom to ring."""

    guarded = ("question",)

    question = TextField(
        label="The question, in general words",
        hint="No names, numbers or addresses. For example: wants to know when someone comes home.",
        max_length=200,
        error_messages={"required": "Enter the question in general words"},
    )
    reach = TextField(
        label="A number or address where they may safely be reached",
        max_length=200,
        error_messages={"required": "Enter where they may safely be reached"},
    )
    when = TextField(label="When is it safe to ring?", max_length=120, required=False)
    name = TextField(label="What they want to be called", max_length=120, required=False)
    about = TextField(
        label="Whom they ask about, as they say it",
        hint="Write down what they say. Do not say whether you know the name.",
        max_length=200,
        required=False,
    )
    team = SelectField(label="Which team rings back?", choices=(), look=Look(needed=True))

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["team"].choices = [(key, team.name) for key, team in self.teams.items()]  # type: ignore[attr-defined]


class SettleForm(GovForm):
    """What came of a question that was handed on."""

    result = RadiosField(
        label="What came of it?",
        choices=Result.choices,
        error_messages={"required": "Select what came of it"},
        look=Look(item_hints={Result.NOT_REACHED: "After trying on two days"}, reveals={Result.CASE: ["asked_first"]}),
    )
    asked_first = ConfirmField(label="I asked May I? for what I shared, and logged it on the case", required=False)

    def clean(self) -> dict[str, Any]:
        """What was said of a case was asked about first."""
        typed = super().clean() or self.cleaned_data
        if typed.get("result") == Result.CASE and not typed.get("asked_first"):
            self.add_error("asked_first", "Ask May I? first, log it on the case, then tick the box")
        return typed


class FlagForm(AboutForm):
    """Advice that does not agree: what was said, and where. By whom and about whom is not asked."""

    guarded = ("said", "other")

    said = told_field(
        "What they were told first",
        hint="In general words. No names, numbers or addresses.",
        wanted="what they were told first",
    )
    said_where = place_field("Where was that?", wanted="where they were told it")
    other = told_field("What they were told elsewhere", wanted="what they were told elsewhere")
    other_where = place_field("And where was that?", wanted="where they were told the other thing")
    once = OnceField()


class DecideForm(NamesNobodyForm):
    """Which answer stands, or which wording has to change, and what whoever flagged it is told."""

    guarded = ("words",)

    decision = RadiosField(
        label="What is decided?", choices=Decision.choices, error_messages={"required": "Select what is decided"}
    )
    answer = SelectField(
        label="Which answer is it?",
        hint="Leave it where it depends on the person",
        choices=(),
        required=False,
        look=Look(needed=True),
    )
    words = TextField(
        label="What do you tell the colleague who flagged it?",
        max_length=300,
        error_messages={"required": "Enter what you tell them"},
    )

    def __init__(self, *args: Any, answers: Sequence[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = {answer.key: answer for answer in answers}
        titles = ((key, answer.title) for key, answer in self.answers.items())
        self.fields["answer"].choices = [("", "None of these: one is missing"), *titles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An answer that stands has a name."""
        typed = super().clean()
        if typed.get("decision") == Decision.STANDS and not typed.get("answer"):
            self.add_error("answer", "Select the answer that stands")
        return typed
