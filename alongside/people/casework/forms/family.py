"""Forms about family members."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    NumberField,
    OnceField,
    RadiosField,
    TextField,
    VersionField,
    When,
    Width,
    YesNoField,
)
from alongside.people.families.models import (
    NUMBERS,
    ContactPoint,
    FamilyMember,
    NoticeState,
    PointKind,
    PointSafety,
    YesNoUnknown,
)
from alongside.people.families.rules import NOTICE_REVIEW_AFTER, telephone_fault

ADULT, CHILD = "adult", "child"
OLDEST = 120
CODED = ("relationship", "gender", "language")


class WhoForm(GovForm):
    """Who someone is to the person: what one needs to name them, and no more."""

    given_name = TextField(label=_("First name"), called=_("their first name"), max_length=100)
    family_name = TextField(
        label=_("Family name"), max_length=100, required=False, hint=_("Leave it out if it is not known")
    )
    relationship = CodedChoiceField(
        "relationship",
        label=_("Who they are to the person"),
        grouped=True,
        error_messages={"required": _("Select who they are to the person")},
    )
    phrase = TextField(
        label=_("What the person calls them"),
        hint=_("In their own words, such as Nan or our kid"),
        max_length=60,
        required=False,
        look=Look(width=Width.TWENTY),
    )
    age = RadiosField(
        label=_("Are they an adult or a child?"),
        choices=[(ADULT, _("Adult")), (CHILD, _("Child under 18, or expected"))],
        error_messages={"required": _("Select whether they are an adult or a child")},
        look=Look(reveals={ADULT: ["year_of_birth"], CHILD: ["age_band"]}),
    )
    year_of_birth = NumberField(
        label=_("Year of birth"), hint=_("If it is known. It helps us to notice safety matters"), required=False
    )
    age_band = CodedChoiceField(
        "age_band",
        label=_("Age"),
        required=False,
        help_text=_("We never ask for a child’s date of birth"),  # noqa: RUF001
        look=Look(needed=True),
    )

    def __init__(self, *args: Any, member: FamilyMember | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = today().year
        self.fields["year_of_birth"].validators += [
            MinValueValidator(this_year - OLDEST, _("Year of birth must be %(limit_value)s or later")),
            MaxValueValidator(
                this_year - 17, _("Year of birth must be %(limit_value)s or earlier. For a child choose Child")
            ),
        ]
        for name in (*CODED, "age_band"):
            field = self.fields.get(name)
            if member is not None and isinstance(field, CodedChoiceField):
                field.keep(getattr(member, f"{name}_id"))

    def clean(self) -> dict[str, Any]:
        """An adult has no age band, a child has one and no year."""
        typed = super().clean() or self.cleaned_data
        if typed.get("age") == CHILD:
            typed["year_of_birth"] = None
            if "age_band" in typed and not typed["age_band"]:
                self.add_error("age_band", _("Select their age"))
        elif typed.get("age") == ADULT:
            typed["age_band"] = ""
        return typed

    def who_values(self, standing: FamilyMember | None = None) -> dict[str, Any]:
        """What was typed, as columns. An age band keeps the day on which it was noted while it stays the same."""
        typed = self.cleaned_data
        band = typed["age_band"] or None
        same = standing is not None and standing.age_band_id == band
        return {
            "given_name": typed["given_name"],
            "family_name": typed["family_name"],
            "phrase": typed["phrase"],
            "relationship_id": typed["relationship"],
            "year_of_birth": typed["year_of_birth"],
            "age_band_id": band,
            "age_band_on": standing.age_band_on if same and standing else (today() if band else None),
            "age_said": True,
        }


class NoticeForm(GovForm):
    """Whether a family member knows that we hold their details."""

    notice_state = RadiosField(
        label=_("Do they know that we hold their details?"),
        hint=_("Everyone has a right to know, unless there is a good reason to wait."),
        choices=[(NoticeState.GIVEN, _("Yes, they have been told")), (NoticeState.DEFERRED, _("Not yet"))],
        error_messages={"required": _("Select whether they have been told that we hold their details")},
        look=Look(
            reveals={NoticeState.GIVEN: ["notice_on"], NoticeState.DEFERRED: ["notice_ground", "notice_review_on"]}
        ),
    )
    notice_on = DateField(
        label=_("When were they told?"),
        hint=_("Leave empty for today"),
        when=When.PAST_OR_TODAY,
        required=False,
    )
    notice_ground = CodedChoiceField(
        "privacy_notice_ground", label=_("Why not yet?"), required=False, look=Look(needed=True)
    )
    notice_review_on = DateField(
        label=_("When shall we think again?"),
        hint=_("Leave empty for the usual time for this reason"),
        when=When.FUTURE_OR_TODAY,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Waiting needs a reason."""
        typed = super().clean() or self.cleaned_data
        if typed.get("notice_state") == NoticeState.DEFERRED and not typed.get("notice_ground"):
            self.add_error("notice_ground", _("Select why they have not been told yet"))
        return typed

    def notice_values(self) -> dict[str, Any]:
        """What was typed, as columns; a review day that was left out follows from the reason."""
        typed = self.cleaned_data
        if typed["notice_state"] == NoticeState.GIVEN:
            on = typed["notice_on"] or today()
            return {
                "notice_state": NoticeState.GIVEN,
                "notice_on": on,
                "notice_ground_id": None,
                "notice_review_on": None,
            }
        return {
            "notice_state": NoticeState.DEFERRED,
            "notice_on": today(),
            "notice_ground_id": typed["notice_ground"],
            "notice_review_on": typed["notice_review_on"] or _usual_review(typed["notice_ground"]),
        }


class ChangeNoticeForm(NoticeForm):
    """The same, of a family member who is there already."""

    version = VersionField()


class AddMemberForm(WhoForm, NoticeForm):
    """Someone whom the person names: in under a minute."""

    # As the page shows them, so that the summary lists faults from top to bottom.
    field_order = (
        *("given_name", "family_name", "relationship", "phrase", "age", "year_of_birth", "age_band"),
        *("telephone", "safety", "notice_state", "notice_on", "notice_ground", "notice_review_on"),
    )

    telephone = TextField(
        label=_("Telephone number"),
        hint=_("If the person gave you one"),
        max_length=30,
        required=False,
        look=Look(width=Width.TWENTY, inputmode="tel"),
    )
    safety = RadiosField(
        label=_("Is it safe to ring or text this number?"),
        hint=_("Ask who else sees or answers it."),
        choices=PointSafety.choices,
        initial=PointSafety.NOT_ASKED,
        required=False,
        look=Look(needed=True),
    )
    once = OnceField()

    def clean_telephone(self) -> str:
        """A telephone number can be one."""
        typed = str(self.cleaned_data["telephone"])
        if fault := telephone_fault(typed) if typed else "":
            raise ValidationError(fault)
        return typed


class ChangeMemberForm(WhoForm):
    """Everything about a family member that is changed together."""

    lives_with_person = RadiosField(
        label=_("Do they live with the person?"), choices=YesNoUnknown.choices[::-1], look=Look(inline=True)
    )
    gender = CodedChoiceField("gender", label=_("Gender"), required=False)
    language = CodedChoiceField("language", label=_("Language they prefer"), required=False)
    interpreter_needed = YesNoField(label=_("Do they need an interpreter?"))
    relationship_note = TextField(label=_("More about the relationship"), required=False, max_length=200)
    about = LongTextField(
        label=_("What matters to know"),
        hint=_("What they bring, and what they would like. They may read this one day."),
        max_length=2000,
        required=False,
        look=Look(rows=4),
    )
    justice_history = LongTextField(
        label=_("Their own history with justice"),
        hint=_("Only what the person chose to say. It is never shown on a shared map."),
        max_length=1000,
        required=False,
        look=Look(rows=3),
    )
    deceased = ConfirmField(label=_("They have died"), required=False)
    version = VersionField()

    def __init__(self, *args: Any, sees_history: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_history:
            del self.fields["justice_history"]

    def values(self, standing: FamilyMember) -> dict[str, Any]:
        """What was typed, as columns."""
        typed = self.cleaned_data
        plain = ("lives_with_person", "interpreter_needed", "relationship_note", "about", "deceased", "justice_history")
        return (
            self.who_values(standing)
            | {name: typed[name] for name in plain if name in typed}
            | {"gender_id": typed["gender"] or None, "language_id": typed["language"] or None}
        )


class EndMemberForm(GovForm):
    """That the person no longer names someone."""

    ended_on = DateField(label=_("Since when?"), when=When.PAST_OR_TODAY)
    reason = CodedChoiceField(
        "member_end_reason", label=_("Why?"), error_messages={"required": _("Select why they are no longer named")}
    )
    version = VersionField()


class PointForm(GovForm):
    """A way to reach a family member, and whether it is safe."""

    kind = RadiosField(label=_("What is it?"), choices=PointKind.choices)
    value = TextField(label=_("Number or address"), called=_("the number or address"), max_length=300)
    safety = RadiosField(
        label=_("Is it safe to use?"),
        hint=_("Ask who else sees it or answers it, and what happens at home if we get in touch."),
        choices=PointSafety.choices,
        initial=PointSafety.NOT_ASKED,
    )
    when = TextField(label=_("Safe or good times"), max_length=200, required=False)
    shared_with = TextField(label=_("Who else sees or answers it"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A telephone number can be one."""
        typed = super().clean() or self.cleaned_data
        fault = telephone_fault(typed["value"]) if typed.get("kind") in NUMBERS and typed.get("value") else ""
        if fault:
            self.add_error("value", fault)
        return typed


class SafeAgainForm(GovForm):
    """Who says that something is safe that was marked as not safe: they themselves, alone."""

    said_by = TextField(
        label="Who told you that it is safe now?",
        called="who told you that it is safe now",
        hint="They themselves, or somebody whom they asked to tell us. The person on probation cannot say it for them.",
        max_length=120,
    )
    said_on = DateField(label="When?", when=When.PAST_OR_TODAY)
    alone = YesNoField(
        label="Were they alone when they said so?",
        error_messages={"required": "Say whether they were alone"},
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """What is said with somebody listening makes nothing safe."""
        typed = super().clean() or self.cleaned_data
        if typed.get("alone") is False:
            self.add_error("alone", "Ask them again when nobody else can hear. Until then it stays marked as not safe")
        return typed


class ChangePointForm(PointForm):
    """The same, of one that is there already."""

    version = VersionField()


class ShowPointForm(GovForm):
    """Why someone has to see a way to reach a family member that is covered."""

    reason = LongTextField(
        label=_("Who is in danger, and what will you do with it?"),
        hint=_("Your name, the time and this reason are kept, and the team’s senior can read them."),  # noqa: RUF001
        max_length=500,
        min_length=10,
        error_messages={"min_length": _("Say why in a few words, so that someone can understand it later")},
        look=Look(called=_("why you need to see it"), rows=3),
    )


def initial_member(member: FamilyMember) -> dict[str, Any]:
    """The first values of ChangeMemberForm."""
    plain = (
        "given_name",
        "family_name",
        "phrase",
        "year_of_birth",
        "lives_with_person",
        "interpreter_needed",
        "relationship_note",
        "about",
        "justice_history",
        "deceased",
        "version",
    )
    return {
        **{name: getattr(member, name) for name in plain},
        **{name: getattr(member, f"{name}_id") or "" for name in (*CODED, "age_band")},
        "age": (CHILD if member.age_band_id else ADULT) if member.age_said else "",
    }


def initial_notice(member: FamilyMember) -> dict[str, Any]:
    """The first values of ChangeNoticeForm."""
    given = member.notice_state == NoticeState.GIVEN
    return {
        "notice_state": member.notice_state,
        "notice_on": member.notice_on if given else None,
        "notice_ground": member.notice_ground_id or "",
        "notice_review_on": member.notice_review_on,
        "version": member.version,
    }


def initial_point(point: ContactPoint) -> dict[str, Any]:
    """The first values of ChangePointForm."""
    return {name: getattr(point, name) for name in ("kind", "value", "safety", "when", "shared_with", "version")}


def _usual_review(ground_id: str) -> date:
    days = coded(ground_id).attributes.get("review_days", NOTICE_REVIEW_AFTER.days)
    return today() + timedelta(days=int(days))
