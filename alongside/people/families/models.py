"""Family members: anyone whom a person on probation names as family or friend."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.comparing import last_digits, letters_and_digits, small_letters
from alongside.people.persons.models import Person

OF_A_RELATIVE = Keeping(rule="family_member", person="family_member__person", family_member="family_member")


class YesNoUnknown(models.TextChoices):
    """An answer that may be missing."""

    UNKNOWN = "unknown", "Not known"
    NO = "no", "No"
    YES = "yes", "Yes"


class NoticeState(models.TextChoices):
    """Whether a family member has been told that we hold their details."""

    GIVEN = "given", "Given"
    DEFERRED = "deferred", "Deferred"


class FamilyMember(Editable):
    """A relative or friend whom one person on probation names. Belongs to that person's network alone.

    The same human beside two people on probation is two family members. A child has an age band and no date of birth.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    phrase = models.CharField(max_length=60, blank=True, help_text="What the person calls them, such as Nan")
    relationship = CodedForeignKey("relationship")
    relationship_note = models.CharField(max_length=200, blank=True)
    gender = CodedForeignKey("gender", null=True, blank=True)
    age_band = CodedForeignKey("age_band", null=True, blank=True, help_text="For children only")
    age_band_on = models.DateField(null=True, blank=True, help_text="The day on which the age band was right")
    year_of_birth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="For adults, where known")
    age_said = models.BooleanField(
        default=True, help_text="False where nobody has said yet whether they are an adult or a child"
    )
    lives_with_person = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    language = CodedForeignKey("language", null=True, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    deceased = models.BooleanField(default=False)
    about = models.TextField(blank=True, help_text="In the person's or the practitioner's own words")
    justice_history = models.TextField(
        blank=True, help_text="Only what the person chose to say; never shown on a shared map (R034)"
    )
    notice_state = models.CharField(max_length=8, choices=NoticeState.choices)
    notice_on = models.DateField(help_text="When the notice was given, or when it was deferred")
    notice_ground = CodedForeignKey("privacy_notice_ground", null=True, blank=True)
    notice_review_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True, help_text="When the person stopped naming them")
    end_reason = CodedForeignKey("member_end_reason", null=True, blank=True)

    classification = classed(
        plain="id version person added_at ended_on end_reason notice_state notice_on notice_ground notice_review_on",
        personal="given_name family_name phrase relationship relationship_note gender age_band age_band_on"
        " year_of_birth age_said lives_with_person language interpreter_needed deceased about",
        sensitive="justice_history",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="family_member", person="person", family_member="self")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(notice_state=NoticeState.GIVEN)
                | Q(notice_ground__isnull=False, notice_review_on__isnull=False),
                name="families_deferred_notice_has_ground_and_review",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason__isnull=True)
                | Q(ended_on__isnull=False, end_reason__isnull=False),
                name="families_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(age_band__isnull=True, age_band_on__isnull=True)
                | Q(age_band__isnull=False, age_band_on__isnull=False, year_of_birth__isnull=True),
                name="families_child_has_band_and_no_year",
            ),
            models.CheckConstraint(
                condition=Q(age_said=True) | Q(age_band__isnull=True, year_of_birth__isnull=True),
                name="families_an_age_was_said",
            ),
            models.CheckConstraint(
                condition=Q(notice_review_on__isnull=True) | Q(notice_review_on__gte=F("notice_on")),
                name="families_notice_review_after_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "ended_on"], name="families_of_a_person"),
            GinIndex(
                SearchVector("given_name", "family_name", "phrase", config="simple"), name="families_by_word_of_name"
            ),
        ]

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """What the person calls them, or else their given name."""
        return self.phrase or self.given_name


class PointKind(models.TextChoices):
    """A way to reach someone."""

    MOBILE = "mobile", "Mobile phone"
    PHONE = "phone", "Home phone"
    EMAIL = "email", "Email"
    ADDRESS = "address", "Address"


NUMBERS = (PointKind.MOBILE, PointKind.PHONE)


class PointSafety(models.TextChoices):
    """Whether a way to reach someone is safe for them. Not asked is not safe."""

    NOT_ASKED = "not_asked", "Not asked yet"
    SAFE = "safe", "Safe to use"
    UNSAFE = "unsafe", "Not safe: do not use"


class ContactPoint(Editable):
    """A phone number, email or address of a family member, and whether it is safe to use (R358)."""

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=PointKind.choices)
    value = models.CharField(max_length=300)
    safety = models.CharField(max_length=10, choices=PointSafety.choices, default=PointSafety.NOT_ASKED)
    when = models.CharField(max_length=200, blank=True, help_text="Safe or convenient times")
    shared_with = models.CharField(max_length=200, blank=True, help_text="Who else sees or answers it")

    classification = classed(plain="id version family_member kind safety", personal="value when shared_with")
    keeping: ClassVar[Keeping] = OF_A_RELATIVE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "kind", "value"], name="families_contact_point_once")
        ]
        indexes = [
            models.Index(last_digits(), name="families_points_by_number", condition=Q(kind__in=NUMBERS)),
            models.Index(small_letters(), name="families_points_by_email", condition=Q(kind=PointKind.EMAIL)),
            models.Index(letters_and_digits(), name="families_points_by_address", condition=Q(kind=PointKind.ADDRESS)),
        ]


class MatchState(models.TextChoices):
    """Where a possible match stands."""

    OPEN = "open", "To decide"
    CONFIRMED = "confirmed", "The same person"
    DISMISSED = "dismissed", "Not the same person"


class PossibleMatch(Editable):
    """A family member who may be under supervision too. Only a named role sees it; the page that led to it does not.

    A confirmed match grants nothing: it lets safety matters be weighed by the safeguarding lead.
    """

    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    matched_person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    basis = models.CharField(max_length=200, help_text="What agreed: name, year of birth")
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=MatchState.choices, default=MatchState.OPEN)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    classification = classed(
        plain="id version family_member found_at state decided_by decided_at",
        sensitive="matched_person basis decision_reason",
    )
    keeping: ClassVar[Keeping] = Keeping(
        rule="family_member", person="family_member__person matched_person", family_member="family_member"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_member", "matched_person"], name="families_match_once"),
            models.CheckConstraint(
                condition=Q(state=MatchState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=MatchState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="families_match_decided_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["state", "found_at"], name="families_match_queue")]
