"""The form for a turn of duty."""

from typing import Any

from alongside.foundation.ui.forms import DateField, GovForm, ModelSelectField, RadiosField, When
from alongside.people.staff.models import DeliveryUnit, DutyKind, Member


class TurnForm(GovForm):
    """Who is on duty for a unit, from when to when."""

    delivery_unit = ModelSelectField(label="For which delivery unit?", queryset=DeliveryUnit.objects.none())
    kind = RadiosField(
        label="As what?",
        choices=DutyKind.choices,
        error_messages={"required": "Select whether they are the duty senior or the duty officer"},
    )
    member = ModelSelectField(
        label="Who?", queryset=Member.objects.none(), error_messages={"required": "Select who is on duty"}
    )
    from_date = DateField(label="From", when=When.FUTURE_OR_TODAY)
    until_date = DateField(label="Until, the last day", when=When.FUTURE_OR_TODAY)

    def __init__(self, *args: Any, units: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivery_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["delivery_unit"].label_from_instance = lambda unit: unit.name  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda member: member.user.name  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["delivery_unit"].initial = units[0].pk

    def clean(self) -> dict[str, Any]:
        """A turn ends after it begins."""
        typed = super().clean() or self.cleaned_data
        begins, ends = typed.get("from_date"), typed.get("until_date")
        if begins and ends and ends < begins:
            self.add_error("until_date", "The last day cannot be before the first")
        return typed
