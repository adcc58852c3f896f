"""What is done about something, whose case it is, and to which team it belongs."""

from collections.abc import Iterable
from typing import Any

from alongside.contact.concerns.rules import Offer
from alongside.foundation.ui.forms import (
    ConfirmField,
    GovForm,
    LongTextField,
    Look,
    ModelSelectField,
    RadiosField,
    SelectField,
    TextField,
)
from alongside.people.families.models import FamilyMember
from alongside.people.staff.models import Team
from alongside.safety.protected.forms.told import ReferralForm


class OutcomeForm(GovForm):
    """What is to be decided: the next page asks what that needs."""

    outcome = RadiosField(
        label="What is done about it?", choices=(), error_messages={"required": "Select what is done about it"}
    )

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(offers)
        self.fields["outcome"].choices = [(one.id, one.label) for one in listed]  # type: ignore[attr-defined]
        self.fields["outcome"].look = Look(  # type: ignore[attr-defined]
            item_hints={one.id: one.description for one in listed if one.description}
        )


class DecideForm(GovForm):
    """Why, and with whom it was talked over."""

    why = LongTextField(
        label="Why?", hint="What was weighed, so that a colleague understands it in a year", look=Look(rows=4)
    )
    discussed_with = TextField(label="Whom did you talk it over with?", max_length=120, required=False)


class ReferredForm(DecideForm):
    """A referral of something that stands with no case: to whom, and what they gave as receipt."""

    receipt = TextField(
        label="Who took it, and what number did they give?",
        hint="Such as: duty desk, Sergeant Rees, 0417 of 22 November",
        max_length=200,
    )


class ReferOnCaseForm(ReferralForm):
    """A referral with its case, as every safeguarding referral is written; its receipt is asked for."""

    agency_name = TextField(
        label="Who took it, and what number did they give?",
        hint="Such as: duty desk, Anwen Rees, 0417 of 22 November",
        max_length=120,
        error_messages={"required": "Enter who took it, so that you can ask them what came of it"},
    )
    discussed_with = TextField(label="Whom did you talk it over with?", max_length=120, required=False)

    def __init__(self, *args: Any, agency: str, protects: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_agency = agency
        self.protecting = protects
        del self.fields["agency"]
        if protects:
            del self.fields["protects"]

    def values(self) -> dict[str, Any]:
        """What was typed, as columns of a referral to this agency."""
        self.cleaned_data |= {"agency": f"safeguarding_agency.{self.to_agency}"}
        self.cleaned_data.setdefault("protects", self.protecting)
        return super().values()


class StepForm(GovForm):
    """What came of a step."""

    note = TextField(label="What came of it", max_length=300, required=False)


class PassForm(GovForm):
    """To which team it belongs, where it is nobody of ours."""

    number = TextField(
        label="Its case number", hint="The team that holds the case is found by it", max_length=20, required=False
    )
    team = ModelSelectField(label="Or the team", queryset=Team.objects.none(), required=False)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["team"].label_from_instance = lambda team: team.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("number") and not typed.get("team") and not self.errors:
            self.add_error("number", "Enter a case number, or choose a team")
        return typed


class PlaceForm(GovForm):
    """Whose case it is, and who of the family told us."""

    family_member = SelectField(label="Was it one of their family who told us?", required=False)
    sure = ConfirmField(
        label="I have checked that this is the person whom it is about",
        error_messages={"required": "Check that this is the right person, then tick the box"},
    )

    def __init__(self, *args: Any, members: Iterable[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["family_member"].choices = [  # type: ignore[attr-defined]
            ("", "No, or we do not know"),
            *((key, member.name) for key, member in self.members.items()),
        ]

    @property
    def member(self) -> FamilyMember | None:
        """Who told us, where one was chosen."""
        return self.members.get(self.cleaned_data.get("family_member", ""))
