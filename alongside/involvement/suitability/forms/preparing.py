"""Forms for preparing a judgement. All may be saved half filled in: one comes back to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.involvement.suitability.actions.preparing import AnswerFacts, FindingFacts
from alongside.involvement.suitability.forms.judging import PurposeForm
from alongside.involvement.suitability.models import Account, EnquiryEnd, Finding, How, Nature, Party, Rating, Variant
from alongside.involvement.suitability.questions import Item

RATINGS = [(rating.value, rating.label) for rating in Rating]


class StartForm(PurposeForm):
    """What it is for, and what one expects before one asks anybody."""

    field_order = ["variant", "purpose", "why_person", "why_now", "will_do", "hypothesis"]

    variant = RadiosField(
        label="Where is the person?",
        choices=Variant.choices,
        initial=Variant.COMMUNITY,
        look=Look(inline=True),
    )
    hypothesis = LongTextField(
        label="What do you expect to find?",
        hint="Write it down before you ask anyone. Afterwards you say whether it was so.",
        required=False,
        max_length=1000,
        look=Look(rows=3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("why_person", "why_now", "will_do"):
            self.fields[name].required = False


class NotesForm(PurposeForm):
    """Why, and one's own notes beside the questions."""

    narrative = LongTextField(
        label="Your notes",
        hint="Whatever does not fit a question.",
        required=False,
        look=Look(rows=6),
    )
    agenda_stated = LongTextField(
        label="What they say they want out of it", required=False, max_length=1000, look=Look(rows=2)
    )
    agenda_inferred = LongTextField(
        label="What else they may want",
        hint="Your reading, kept apart from what they say.",
        required=False,
        max_length=1000,
        look=Look(rows=2),
    )
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("why_person", "why_now", "will_do"):
            self.fields[name].required = False

    def values(self) -> dict[str, Any]:
        """What was typed, as columns."""
        typed = dict(self.cleaned_data)
        typed.pop("version")
        return {("purpose_id" if name == "purpose" else name): value for name, value in typed.items()}


class ConversationForm(GovForm):
    """With whom, when, how, and who else was there."""

    who = TextField(
        label="Who are they to the person?",
        hint="Their part is enough, such as “keyworker at the hostel”. Leave names out.",
        max_length=120,
        called="who they are to the person",
    )
    held_on = DateField(label="When?", when=When.PAST_OR_TODAY, called="the day")
    how = RadiosField(label="How?", choices=How.choices, look=Look(inline=True))
    alone = YesNoField(label="Were they alone?", hint="Nobody else could hear, see, or read over their shoulder.")
    present = TextField(label="Who else was there?", required=False, max_length=200)
    narrative = LongTextField(
        label="What they said, as far as you can in their own words",
        required=False,
        look=Look(rows=5),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        if party is not Party.OTHER:
            del self.fields["who"]


class ChangeConversationForm(ConversationForm):
    """The same, of one that is there already."""

    version = VersionField()


class ItemsForm(GovForm):
    """Several items on one page; each may stay without an answer."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        self.items = tuple(items)
        super().__init__(*args, **kwargs)

    def rows(self) -> list[dict[str, Any]]:
        """For each item, its fields as they are drawn."""
        return [
            {
                "item": item,
                **{name: self[f"{name}_{item.key}"] for name in self.parts if f"{name}_{item.key}" in self.fields},
            }
            for item in self.items
        ]

    parts: tuple[str, ...] = ()

    def seen(self, key: str) -> int:
        """The version of the row that the page showed; 0 for none."""
        typed = self.cleaned_data.get(f"seen_{key}") or "0"
        return int(typed) if typed.isdecimal() and len(typed) < 9 else 0

    def now_seen(self, versions: Mapping[str, int]) -> None:
        """Save against what stands now; everything typed stays."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        for key, version in versions.items():
            data[f"seen_{key}"] = str(version)
        self.data = data


class AccountsForm(ItemsForm):
    """What one source says on the items of a section."""

    parts = ("rating", "evidence", "nature", "seen")

    def __init__(self, *args: Any, items: Sequence[Item], standing: Mapping[str, Account], **kwargs: Any) -> None:
        super().__init__(*args, items=items, **kwargs)
        for item in items:
            row = standing.get(item.key)
            self.fields[f"rating_{item.key}"] = RadiosField(
                label="From what they say, this is",
                choices=RATINGS,
                required=False,
                initial=row.rating if row else None,
                look=Look(inline=True, small=True, needed=True),
            )
            if not item.minimum:
                self.fields[f"evidence_{item.key}"] = LongTextField(
                    label="What do you go by?",
                    required=False,
                    max_length=1000,
                    initial=row.evidence if row else "",
                    look=Look(rows=2, needed=True),
                )
                self.fields[f"nature_{item.key}"] = RadiosField(
                    label="That is",
                    choices=[
                        (Nature.FACT, "a fact"),
                        (Nature.REPORTED, "what was reported"),
                        (Nature.OPINION, "an opinion"),
                    ],
                    required=False,
                    initial=row.nature if row else Nature.REPORTED,
                    look=Look(inline=True, small=True, needed=True),
                )
            self.fields[f"seen_{item.key}"] = HiddenField(
                label="", required=False, initial=str(row.version) if row else "0", max_length=9
            )

    def clean(self) -> dict[str, Any]:
        """Evidence without an answer says nothing."""
        typed = super().clean() or {}
        for item in self.items:
            if typed.get(f"evidence_{item.key}") and not typed.get(f"rating_{item.key}"):
                self.add_error(f"rating_{item.key}", f"Select what this says about “{item.statement}”")
        return typed

    def answers(self) -> list[AnswerFacts]:
        """What was answered."""
        typed = self.cleaned_data
        return [
            AnswerFacts(
                item=item.key,
                rating=typed[f"rating_{item.key}"],
                nature=typed.get(f"nature_{item.key}") or Nature.REPORTED,
                evidence=typed.get(f"evidence_{item.key}", ""),
                seen_version=self.seen(item.key),
            )
            for item in self.items
            if typed.get(f"rating_{item.key}")
        ]


TIMES = [("recent", "in the last 12 months"), ("earlier", "before that")]
CRITICAL = [("critical", "This weighs much on its own")]


class FindingsForm(ItemsForm):
    """What the assessor makes of the items of a section."""

    parts = ("rating", "times", "critical", "reason", "differs", "seen")

    def __init__(
        self,
        *args: Any,
        items: Sequence[Item],
        standing: Mapping[str, Finding],
        agreed: Mapping[str, str],
        differing: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, items=items, **kwargs)
        for item in items:
            row = standing.get(item.key)
            self.fields[f"rating_{item.key}"] = RadiosField(
                label="You find that this is",
                choices=RATINGS,
                required=False,
                initial=row.rating if row else agreed.get(item.key),
                look=Look(inline=True, small=True, needed=True),
            )
            self.fields[f"times_{item.key}"] = CheckboxesField(
                label="When was it so?",
                choices=TIMES,
                required=False,
                initial=[name for name, _ in TIMES if row and getattr(row, name)],
                look=Look(small=True, needed=True, inline=True),
            )
            self.fields[f"critical_{item.key}"] = CheckboxesField(
                label="Weight",
                choices=CRITICAL,
                required=False,
                initial=["critical"] if row and row.critical else [],
                look=Look(small=True, needed=True, reveals={"critical": [f"reason_{item.key}"]}),
            )
            self.fields[f"reason_{item.key}"] = TextField(
                label="Why it weighs so much",
                required=False,
                max_length=500,
                initial=row.critical_reason if row else "",
                look=Look(needed=True),
            )
            if item.key in differing:
                self.fields[f"differs_{item.key}"] = TextField(
                    label="The accounts differ. How do you explain that?",
                    required=False,
                    max_length=500,
                    initial=row.differs if row else "",
                    look=Look(needed=True),
                )
            self.fields[f"seen_{item.key}"] = HiddenField(
                label="", required=False, initial=str(row.version) if row else "0", max_length=9
            )

    def clean(self) -> dict[str, Any]:
        """What weighs much says why; where accounts differ it is said how that is explained (R054)."""
        typed = super().clean() or {}
        for item in self.items:
            key = item.key
            if typed.get(f"critical_{key}") and not typed.get(f"reason_{key}"):
                self.add_error(f"reason_{key}", f"Enter why “{item.statement}” weighs so much")
            if (typed.get(f"critical_{key}") or typed.get(f"times_{key}")) and not typed.get(f"rating_{key}"):
                self.add_error(f"rating_{key}", f"Select what you find on “{item.statement}”")
            if f"differs_{key}" in self.fields and typed.get(f"rating_{key}") and not typed.get(f"differs_{key}"):
                self.add_error(f"differs_{key}", f"Accounts differ on “{item.statement}”. Enter how you explain that")
        return typed

    def findings(self) -> list[FindingFacts]:
        """What was found."""
        typed = self.cleaned_data
        return [
            FindingFacts(
                item=item.key,
                rating=typed[f"rating_{item.key}"],
                recent="recent" in typed[f"times_{item.key}"],
                earlier="earlier" in typed[f"times_{item.key}"],
                critical=bool(typed[f"critical_{item.key}"]),
                critical_reason=typed[f"reason_{item.key}"] if typed[f"critical_{item.key}"] else "",
                differs=typed.get(f"differs_{item.key}", ""),
                seen_version=self.seen(item.key),
            )
            for item in self.items
            if typed.get(f"rating_{item.key}")
        ]


class EnquiryForm(GovForm):
    """What came of an enquiry."""

    ended_as = RadiosField(
        label="What came of it?", choices=EnquiryEnd.choices, error_messages={"required": "Select what came of it"}
    )
    finding = LongTextField(
        label="What did you find out, and from whom?", required=False, max_length=1000, look=Look(rows=3, needed=True)
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """What was found out is said."""
        typed = super().clean() or {}
        if typed.get("ended_as") == EnquiryEnd.FOUND and not typed.get("finding"):
            self.add_error("finding", "Enter what you found out")
        return typed


class SetAsideForm(GovForm):
    """Why one stops."""

    reason = TextField(label="Why do you set it aside?", called="why you set it aside", max_length=300)
    version = VersionField()
