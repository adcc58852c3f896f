"""Forms about who holds, covers, may not see, or is given a case."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    DateField,
    EmailField,
    GovForm,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    When,
    Width,
)
from alongside.people.staff.models import Member, Team
from alongside.people.staff.queries import holding_for

NOBODY = "none"
MOST_READERS = 60


class TeamForm(GovForm):
    """Which team takes the case."""

    asks_only = True

    team = SelectField(label=_("Team"), required=False)
    code = TextField(label=_("Or the code of another team"), max_length=20, required=False, look=Look(width=Width.TEN))

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", ""), *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]
        self.chosen: Team | None = None

    def clean(self) -> dict[str, Any]:
        """One team, by name or by code."""
        typed = self.cleaned_data
        teams = Team.objects.filter(active=True)
        if typed.get("code"):
            self.chosen = teams.filter(code__iexact=typed["code"].strip()).first()
            if self.chosen is None:
                self.add_error("code", _("No team has this code. Check it with the team"))
        elif typed.get("team"):
            self.chosen = teams.filter(pk=typed["team"]).first()
        if self.chosen is None and not self.errors:
            self.add_error("team", _("Select a team, or enter the code of another"))
        return typed


class AllocateForm(GovForm):
    """Who takes the case, from when, and why."""

    member = SelectField(label=_("Officer"), called=_("an officer"))
    from_date = DateField(label=_("From"))
    reason = CodedChoiceField("allocation_reason", label=_("Reason"))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(member.pk), member.user.name) for member in members]
        self.fields["member"].choices = [*choices, (NOBODY, str(_("Nobody yet: the team decides")))]  # type: ignore[attr-defined]


class CoverForm(GovForm):
    """Who looks after whose cases, and for how long."""

    absent = SelectField(label=_("Who is away?"), called=_("who is away"))
    covering = SelectField(label=_("Who looks after their cases?"), called=_("who looks after their cases"))
    from_date = DateField(label=_("First day"))
    until_date = DateField(label=_("Last day"), when=When.FUTURE_OR_TODAY)
    reason = CodedChoiceField("cover_reason", label=_("Reason"))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "covering"):
            self.fields[name].choices = [(str(member.pk), member.user.name) for member in members]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two people, and days in their order."""
        typed = self.cleaned_data
        if typed.get("absent") and typed.get("absent") == typed.get("covering"):
            self.add_error("covering", _("Select someone else than the person who is away"))
        _in_order(self)
        return typed


class ExclusionForm(GovForm):
    """Someone who may not see the case."""

    email = EmailField(label=_("Work email of the colleague"), called=_("their work email"))
    message = TextField(
        label=_("What they read if they type the exact number"),
        called=_("what they read"),
        hint=_("Say whom to speak to; give no reason."),
        max_length=300,
    )
    from_date = DateField(label=_("From"))
    until_date = DateField(label=_("Last day"), required=False)

    def clean_email(self) -> User:
        """The colleague."""
        return colleague(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        _in_order(self)
        return self.cleaned_data


class RestrictionForm(GovForm):
    """A case that only listed colleagues may see."""

    readers = LongTextField(
        label=_("Work emails of everyone who may see the case"),
        called=_("at least one work email"),
        hint=_("One on each line. Think of the officer, their senior, cover, and yourself."),
        look=Look(rows=5),
    )
    message = TextField(
        label=_("What others read if they type the exact number"), called=_("what others read"), max_length=300
    )
    speak_to = TextField(
        label=_("Whom they may speak to"),
        called=_("whom they may speak to"),
        hint=_("A role or a team, with a telephone number"),
        max_length=120,
    )
    from_date = DateField(label=_("From"))
    until_date = DateField(label=_("Last day"), required=False)

    def clean_readers(self) -> list[User]:
        """The colleagues, each once."""
        emails = list(dict.fromkeys(self.cleaned_data["readers"].replace(",", " ").split()))
        if len(emails) > MOST_READERS:
            raise ValidationError(_("List at most 60 people. Set a restriction to protect, not to organise"))
        return [colleague(email) for email in emails]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        _in_order(self)
        return self.cleaned_data


class StopForm(GovForm):
    """That an exclusion or a restriction ends, and why."""

    last_day = DateField(label=_("Last day"))
    ground = TextField(label=_("Why does it end?"), called=_("why it ends"), max_length=300)


class GiveForm(GovForm):
    """A case given to someone to read or to work with, for a purpose and a time."""

    email = EmailField(label=_("Work email of the colleague"), called=_("their work email"))
    role = RadiosField(label=_("In which role?"), called=_("their role"))
    purpose = TextField(label=_("What for?"), called=_("what it is for"), max_length=200)
    from_date = DateField(label=_("First day"))
    until_date = DateField(label=_("Last day"), when=When.FUTURE_OR_TODAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [role for role in ROLES.values() if role.reach is Reach.GIVEN]
        self.fields["role"].choices = [(role.code.value, role.label) for role in given]  # type: ignore[attr-defined]

    def clean_email(self) -> User:
        """The colleague."""
        return colleague(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Someone who holds the role, and days in their order."""
        typed = self.cleaned_data
        user, role = typed.get("email"), typed.get("role")
        if user and role and RoleCode(role) not in _roles_of(user):
            self.add_error(
                "role", _("They do not hold this role today. Ask whoever manages accounts to give them the post")
            )
        _in_order(self)
        return typed


class ConfirmForm(GovForm):
    """That somebody has looked up whether access is limited."""

    ground = TextField(
        label=_("Where did you look, and what did you find?"),
        called=_("where you looked and what you found"),
        hint=_("Such as: no restriction or exclusion in the system of record today"),
        max_length=300,
    )


def colleague(email: str) -> User:
    """The colleague with an open account. Raises ValidationError."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise ValidationError(_("Nobody here has the address %(email)s. Check its spelling"), params={"email": email})
    return user


def _roles_of(user: User) -> Collection[RoleCode]:
    return holding_for(user.pk).roles


def _in_order(form: GovForm) -> None:
    first, last = form.cleaned_data.get("from_date"), form.cleaned_data.get("until_date")
    if first and last and last < first:
        form.add_error("until_date", _("The last day must be the same as or after the first"))
