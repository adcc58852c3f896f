"""Forms for managing teams, members and posts."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.roles import ROLES
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    Look,
    ModelSelectField,
    OnceField,
    PhoneField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
    YesNoField,
)
from alongside.people.staff.models import DeliveryUnit, Employment, Member, Place, Post, Region, Service, Team
from alongside.people.staff.queries import accounts_without_member, places_in_order
from alongside.people.staff.rules import postcode_district

ROLE_CHOICES = sorted(((role.code.value, role.label) for role in ROLES.values()), key=lambda choice: choice[1])


class FindMemberForm(GovForm):
    """Find a member of staff."""

    asks_only = True

    q = TextField(label=_("Name, email address or officer code"), required=False, max_length=100)


class MemberForm(GovForm):
    """A member of staff."""

    grade = TextField(label=_("Grade"), required=False, max_length=60, hint=_("For example, probation officer"))
    telephone = PhoneField(label=_("Telephone number"), required=False)
    staff_code = TextField(
        label=_("Officer code"), required=False, max_length=20, hint=_("Their code in the system of record")
    )
    employment = RadiosField(label=_("How do they work for us?"), choices=Employment.choices, look=Look(inline=True))
    vetted_until = DateField(label=_("Vetted until"), called=_("the day to which they are vetted"), required=False)
    trained_on = DateField(label=_("Family work training completed"), called=_("that day"), required=False)
    version = VersionField(required=False)

    def __init__(self, *args: Any, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_staff_code(self) -> str:
        """An officer code belongs to one member."""
        code: str = self.cleaned_data["staff_code"].strip().upper()
        others = Member.objects.filter(staff_code=code)
        if self.member is not None:
            others = others.exclude(pk=self.member.pk)
        if code and others.exists():
            raise ValidationError(_("Another member of staff has this officer code. Check it in the system of record."))
        return code


class NewMemberForm(MemberForm):
    """An account that becomes a member of staff."""

    user = ModelSelectField(label=_("Whose account?"), queryset=None, called=_("an account"))

    field_order = ["user"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts_without_member()  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = lambda user: f"{user.name} ({user.email})"  # type: ignore[attr-defined]


class PostForm(GovForm):
    """A role in a place."""

    role = SelectField(label=_("Role"), choices=ROLE_CHOICES, called=_("a role"))
    place = SelectField(
        label=_("Where?"),
        called=_("a place"),
        hint=_("A role in a delivery unit or region reaches every team in it."),
    )
    from_date = DateField(label=_("First day"), called=_("the first day"))
    until_date = DateField(label=_("Last day, if it is known"), called=_("the last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Place] = {f"service-{service.pk}": service for service in Service.objects.all()}
        for region, units in places_in_order():
            self.places[f"region-{region.pk}"] = region
            for unit, teams in units:
                self.places[f"unit-{unit.pk}"] = unit
                self.places |= {f"team-{team.pk}": team for team in teams}
        self.fields["place"].choices = [("", ""), *((key, _place_name(place)) for key, place in self.places.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """A post ends on or after the day on which it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_date"), cleaned.get("until_date")
        if first and last and last < first:
            self.add_error("until_date", _("The last day cannot be before the first day. Change one of them."))
        return cleaned

    @property
    def chosen_place(self) -> Place:
        """The team, unit, region or service that was chosen."""
        return self.places[self.cleaned_data["place"]]


class EndForm(GovForm):
    """The last day of something."""

    last_day = DateField(label=_("Last day"), called=_("the last day"))
    version = VersionField(required=False)


class TeamForm(GovForm):
    """A team."""

    name = TextField(label=_("Name of the team"), called=_("the team's name"), max_length=120)
    telephone = PhoneField(label=_("Telephone number"), required=False)
    active = YesNoField(label=_("Does it still take cases?"), called=_("whether it still takes cases"))
    version = VersionField(required=False)


class PlaceForm(GovForm):
    """A new region, delivery unit or team."""

    name = TextField(label=_("Name"), called=_("the name"), max_length=120)
    code = TextField(
        label=_("Code"),
        called=_("its code"),
        max_length=20,
        hint=_("Its code in the system of record. The caseload is matched by it."),
        look=Look(called=_("its code"), width=Width.TEN),
    )

    def __init__(self, *args: Any, model: type[Team | DeliveryUnit | Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model

    def clean_code(self) -> str:
        """A code stands for one place."""
        code: str = self.cleaned_data["code"].strip().upper()
        if self.model._default_manager.filter(code=code).exists():
            raise ValidationError(_("This code is in use. Check it in the system of record."))
        return code


class PatchForm(GovForm):
    """A place that a team looks after."""

    place = TextField(label=_("Place"), called=_("the place"), max_length=120, hint=_("A town, estate or village"))
    postcode_district = TextField(
        label=_("First half of its postcode"), required=False, max_length=8, hint=_("For example, LL57")
    )
    member = ModelSelectField(label=_("Who in the team, if it is one person"), queryset=None, required=False)
    from_date = DateField(label=_("From"), called=_("the first day"))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.filter(pk__in=team_member_ids(team)).select_related("user").order_by("user__name")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda member: member.user.name  # type: ignore[attr-defined]

    def clean_postcode_district(self) -> str:
        """The first half of a postcode."""
        try:
            return postcode_district(self.cleaned_data["postcode_district"])
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


WHOLE_SERVICE = "service"


class ClosureForm(GovForm):
    """Days on which nobody of a unit, or of the whole service, is at work."""

    unit = SelectField(label="Which office is closed?", called="which office is closed")
    from_date = DateField(label="First day", called="the first day", when=When.FUTURE_OR_TODAY)
    until_date = DateField(label="Last day", called="the last day", hint="The same day, where it is one day only")
    reason = TextField(
        label="Reason",
        called="the reason",
        max_length=80,
        hint="In words that may be said to anyone on the telephone. For example: staff training, heating repairs",
    )
    once = OnceField()

    def __init__(self, *args: Any, units: Iterable[DeliveryUnit], whole_service: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choices = [(key, unit.name) for key, unit in self.units.items()]
        everywhere = [(WHOLE_SERVICE, "The whole service")] if whole_service else []
        self.fields["unit"].choices = [("", ""), *everywhere, *choices]  # type: ignore[attr-defined]
        if len(choices) + len(everywhere) == 1:
            self.fields["unit"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        """A closure ends on or after the day on which it begins."""
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("from_date"), typed.get("until_date")
        if first and last and last < first:
            self.add_error("until_date", "The last day cannot be before the first day. Change one of them.")
        return typed

    @property
    def chosen_unit(self) -> DeliveryUnit | None:
        """The unit that was chosen; None for the whole service."""
        return self.units.get(self.cleaned_data["unit"])


def team_member_ids(team: Team) -> Any:
    """Members who hold a post in the team itself."""
    return Post.objects.filter(team=team).values("member")


def _place_name(place: Place) -> str:
    if isinstance(place, Service):
        return f"{place.name}, all of it"
    if isinstance(place, Team):
        return f"— — {place.name}"
    return f"— {place.name}" if isinstance(place, DeliveryUnit) else place.name
