"""Forms about orders and conditions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms

from alongside.foundation.calendar.rules import today
from alongside.foundation.files.forms import UploadField
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded, coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
)
from alongside.safety.orders.actions import ORDER_PAPERS, OrderSaid, PlaceSaid
from alongside.safety.orders.queries import OrderShown
from alongside.safety.orders.rules import faults_of

PERSON, MEMBER, NOTHING = "person", "member", "nothing"
FORBIDS = ("contact", "places", "children")
MOST_NAMES = 10
LONGEST_NAME = 120


class OrderForm(GovForm):
    """What an order is, whom it binds and protects, what it forbids, and until when."""

    type = CodedChoiceField(
        "protective_order_type",
        grouped=True,
        label="What is it?",
        error_messages={"required": "Select what it is"},
    )
    binds = RadiosField(
        label="Whom does it bind?",
        error_messages={"required": "Select whom it binds"},
        look=Look(reveals={MEMBER: ["bound_member"]}),
    )
    bound_member = SelectField(label="Which family member?", required=False, look=Look(needed=True))
    forbids = CheckboxesField(
        label="What does it forbid?",
        error_messages={"required": "Select what it forbids, or that it forbids none of these"},
        choices=[
            ("contact", "Contact with someone"),
            ("places", "Going to a place, or near it"),
            ("children", "Contact with children, or living with them"),
            (NOTHING, "None of these"),
        ],
        look=Look(
            item_hints={
                "contact": "Direct, or through somebody else",
                "places": "You can add the place on the next page",
                NOTHING: "For example where they must live",
            }
        ),
    )
    protects = CheckboxesField(
        label="Whom does it protect?", hint="Leave all empty if it names nobody", required=False, look=Look(needed=True)
    )
    names = LongTextField(
        label="Anyone else whom it protects",
        hint="Names of people who are not in the family, one a line",
        max_length=1300,
        required=False,
        look=Look(rows=2),
    )
    from_date = DateField(label="First day", hint="For example, 27 3 2026")
    until_date = DateField(
        label="Last day", hint="Leave empty if it stands until further order", required=False, look=Look(needed=True)
    )
    made_by = TextField(label="Which court, prison or police made it?", max_length=120, required=False)
    reference = TextField(label="Its number", max_length=60, required=False)
    words = LongTextField(
        label="What it says, in its own words",
        hint="Leave addresses out: a protected address belongs on the next page, where it is masked.",
        max_length=2000,
        required=False,
        look=Look(rows=4),
    )
    once = OnceField()

    def __init__(self, *args: Any, person: str, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = [(str(member_id), name) for member_id, name in members.items()]
        if "binds" in self.fields:
            one_of_them = [(MEMBER, "A family member")] if family else []
            self.fields["binds"].choices = [(PERSON, person), *one_of_them]  # type: ignore[attr-defined]
            self.fields["bound_member"].choices = [("", ""), *family]  # type: ignore[attr-defined]
        self.fields["protects"].choices = [*family, (PERSON, person)]  # type: ignore[attr-defined]
        if not family:
            self.fields["protects"].help_text = "Nobody is named as family yet. Write names below."

    def bound_member_id(self) -> UUID | None:
        """Whom it binds, where not the person."""
        typed = self.cleaned_data
        return UUID(typed["bound_member"]) if typed.get("binds") == MEMBER and typed.get("bound_member") else None

    def clean_names(self) -> tuple[str, ...]:
        """One name a line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = tuple(dict.fromkeys(filter(None, lines)))
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Write {MOST_NAMES} names at most, one a line")
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(f"A name may have {LONGEST_NAME} letters at most. Write one name a line")
        return names

    def clean(self) -> dict[str, Any]:
        """What no field can know alone."""
        typed = super().clean() or self.cleaned_data
        if typed.get("binds") == MEMBER and not typed.get("bound_member"):
            self.add_error("bound_member", "Select which family member it binds")
        forbids = typed.get("forbids") or []
        if NOTHING in forbids and len(forbids) > 1:
            self.add_error("forbids", "Select what it forbids, or that it forbids none of these, not both")
        self._judge_kind(typed)
        if self.errors:
            return typed
        for name, words in faults_of(self.said().judged).items():
            self.add_error({"until": "until_date"}.get(name, name), words)
        return typed

    def _judge_kind(self, typed: Mapping[str, Any]) -> None:
        kind_id, first, last = typed.get("type"), typed.get("from_date"), typed.get("until_date")
        if not kind_id or not first:
            return
        kind = coded(kind_id)
        if not kind.live_on(first):
            law = kind.attributes.get("law", "the law")
            self.add_error(
                "type", f"No such order could be made on that day under {law}. Check the kind or the first day"
            )
        longest = kind.attributes.get("longest_days")
        if longest and last and (last - first).days > int(longest):
            self.add_error("until_date", f"This kind of order holds for {longest} days at most. Check the days")

    def said(self) -> OrderSaid:
        """What was typed, for the action."""
        typed = self.cleaned_data
        protects = set(typed["protects"])
        return OrderSaid(
            type_id=typed["type"],
            from_date=typed["from_date"],
            until_date=typed["until_date"],
            bound_member_id=self.bound_member_id(),
            protects_person=PERSON in protects,
            members=frozenset(UUID(one) for one in protects - {PERSON}),
            names=typed["names"],
            forbids_contact="contact" in typed["forbids"],
            forbids_places="places" in typed["forbids"],
            forbids_children="children" in typed["forbids"],
            made_by=typed["made_by"],
            reference=typed["reference"],
            words=typed["words"],
        )


class CorrectForm(OrderForm):
    """The same of an order that is there, with what changed. Whom it binds stays: that would be another order."""

    once = None  # type: ignore[assignment]
    binds = None  # type: ignore[assignment]
    bound_member = None  # type: ignore[assignment]
    why = LongTextField(
        label="What changed, and who says so?",
        hint="For example: the court made it longer on 3 May, as its letter says.",
        max_length=500,
        look=Look(called="what changed, and who says so", rows=2),
    )
    version = VersionField()

    def __init__(self, *args: Any, bound: UUID | None, **kwargs: Any) -> None:
        self.bound = bound
        super().__init__(*args, **kwargs)

    def bound_member_id(self) -> UUID | None:
        """Whom it binds, where not the person: as it stands."""
        return self.bound


def initial_order(shown: OrderShown) -> dict[str, Any]:
    """The first values of CorrectForm."""
    row = shown.row
    forbids = [name for name in FORBIDS if getattr(row, f"forbids_{name}")]
    return {
        "type": str(row.type_id),
        "forbids": forbids or [NOTHING],
        "protects": [*map(str, shown.members), *([PERSON] if row.protects_person else [])],
        "names": "\n".join(shown.names),
        "from_date": row.from_date,
        "until_date": row.until_date,
        "made_by": row.made_by,
        "reference": row.reference,
        "words": row.words,
        "version": row.version,
    }


class EndForm(GovForm):
    """That an order no longer holds."""

    reason = CodedChoiceField(
        "protective_order_end",
        label="Why does it no longer hold?",
        error_messages={"required": "Select why it no longer holds"},
        empty_label=None,
        widget=forms.RadioSelect,
    )
    ended_on = DateField(label="Since which day does it no longer hold?", when=When.PAST_OR_TODAY)
    note = LongTextField(
        label="How do you know?",
        hint="Which paper, or who said so and when. Contact becomes possible again, so be sure.",
        max_length=500,
        look=Look(called="how you know", rows=2),
    )
    version = VersionField()


class ReopenForm(GovForm):
    """That an end was wrong."""

    why = LongTextField(
        label="Why does it still stand?", max_length=500, look=Look(called="why it still stands", rows=2)
    )
    version = VersionField()


class PlaceForm(GovForm):
    """A place that an order names."""

    kind = CodedChoiceField(
        "order_place_kind",
        label="What kind of place?",
        error_messages={"required": "Select what kind of place it is"},
        empty_label=None,
        widget=forms.RadioSelect,
    )
    family_member = SelectField(
        label="Whose is it?", hint="If it is where somebody lives, works or goes to school", required=False
    )
    address = LongTextField(
        label="Where is it?",
        hint="Address, or the area in the words of the order",
        max_length=500,
        look=Look(called="where it is", rows=3),
    )
    masked = RadiosField(
        label="Is it a protected address?",
        choices=[
            ("yes", "Yes, or not sure: show it to nobody without a reason"),
            ("no", "No: everyone who works with the case needs to see it"),
        ],
        error_messages={"required": "Select whether it is a protected address"},
    )
    version = VersionField()

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(member_id), name) for member_id, name in members.items()]
        self.fields["family_member"].choices = [("", "Nobody in the family"), *choices]  # type: ignore[attr-defined]

    def said(self) -> PlaceSaid:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return PlaceSaid(
            kind_id=typed["kind"],
            address=typed["address"],
            masked=typed["masked"] == "yes",
            family_member_id=UUID(typed["family_member"]) if typed["family_member"] else None,
        )


class RemovePlaceForm(GovForm):
    """That an order no longer names a place."""

    why = LongTextField(label="Why is it taken away?", max_length=500, look=Look(called="why it is taken away", rows=2))
    version = VersionField()


class PaperForm(GovForm):
    """The paper of an order."""

    paper = UploadField(
        ORDER_PAPERS,
        label="The paper",
        help_text="A PDF, or a photograph (PNG or JPEG), up to 10 MB. What the file really is gets checked.",
    )
    version = VersionField()


class AskForm(GovForm):
    """Why someone needs to see a protected address. One ask shows it once."""

    reason = LongTextField(
        label="Why do you need to see it?",
        hint="Your name, the time and this reason are kept.",
        max_length=500,
        min_length=10,
        error_messages={"min_length": "Say why in a few words, so that someone can understand it later"},
        look=Look(called="why you need to see it", rows=3),
    )
    ask = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ConditionForm(GovForm):
    """Why an imported condition keeps nobody from anyone or anywhere."""

    note = LongTextField(
        label="Why does it keep nobody apart?",
        hint="For example: it only says that he must tell us of a new relationship.",
        max_length=500,
        look=Look(called="why it keeps nobody apart", rows=2),
    )
    sure = ConfirmField(
        label="I have read what the condition itself says",
        error_messages={"required": "Read what the condition itself says, then confirm that you have"},
    )


def first_of_condition(code: str, from_day: Any) -> dict[str, Any]:
    """The first values of OrderForm for an imported condition: the kind that reads it, and what that kind stops."""
    for kind in coded_list("protective_order_type", on=today()):
        if code in kind.attributes.get("reads", ()):
            stops = [name for name in FORBIDS if name in kind.attributes.get("stops", ())]
            return {"type": kind.id, "forbids": stops or [NOTHING], "binds": PERSON, "from_date": from_day}
    return {"binds": PERSON, "from_date": from_day}
