"""Agreements: the row that stands, its versions that are never altered, and each party's answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.involvement.agreements.rules import Party, State
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

OF_A_PAIR = Keeping(rule="family_member", person="person", family_member="family_member")
EMPTIED_WITH_A_PAIR = Keeping(rule="family_member", person="case", family_member="family_member", erasure=Erasure.EMPTY)
STATES = [
    (State.DRAFT.value, "Being written"),
    (State.LIVE.value, "In force"),
    (State.PAUSED.value, "Paused"),
    (State.ENDED.value, "Ended"),
]


class Agreement(Editable):
    """The working agreement with one family member, from its first draft to its end.

    `draft` is what is being written; `offered` the version that waits for answers; `live` the one that everyone agreed
    to. `review_on` and `ends_on` are those of the live version.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=State.DRAFT.value)
    draft = models.JSONField(null=True, blank=True)
    offered = models.PositiveIntegerField(null=True, blank=True)
    live = models.PositiveIntegerField(null=True, blank=True)
    begun_on = models.DateField()
    live_since = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day")
    paused_on = models.DateField(null=True, blank=True)
    pause_reason = CodedForeignKey("agreement_pause_reason", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = CodedForeignKey("agreement_end_reason", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id version person family_member state offered live begun_on live_since review_on ends_on paused_on"
        " pause_reason ended_on end_reason made_at",
        personal="draft",
    )
    keeping: ClassVar[Keeping] = OF_A_PAIR

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family_member"], condition=~Q(state=State.ENDED.value), name="agreements_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value, live__isnull=True)
                | Q(state=State.ENDED.value)
                | Q(live__isnull=False, live_since__isnull=False, review_on__isnull=False),
                name="agreements_in_force_has_version_and_review",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.PAUSED.value, paused_on__isnull=False, pause_reason__isnull=False)
                    | (~Q(state=State.PAUSED.value) & Q(paused_on__isnull=True, pause_reason__isnull=True))
                ),
                name="agreements_pause_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.ENDED.value, ended_on__isnull=False, end_reason__isnull=False)
                    | (~Q(state=State.ENDED.value) & Q(ended_on__isnull=True, end_reason__isnull=True))
                ),
                name="agreements_end_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(live_since__isnull=True) | Q(ends_on__gte=F("live_since")),
                name="agreements_end_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="agreements_of_a_person")]


class Version(AppendOnly):
    """One version as it was put to everyone. Never altered: a change is a new version that is agreed again."""

    agreement = models.UUIDField()
    case = models.UUIDField()
    family_member = models.UUIDField()
    number = models.PositiveIntegerField()
    terms = models.JSONField(null=True)
    what_changed = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.UUIDField(null=True)

    classification = classed(
        plain="id agreement case family_member number written_at written_by", personal="terms what_changed"
    )
    keeping: ClassVar[Keeping] = EMPTIED_WITH_A_PAIR

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_once")]


class How(models.TextChoices):
    """How someone gave their answer. None of them needs the internet."""

    IN_PERSON = "in_person", "In person"
    BY_POST = "by_post", "By post, on a signed copy"
    BY_PHONE = "by_phone", "By telephone"
    PORTAL = "portal", "On their own page"


class Answer(AppendOnly):
    """What one party says to one version. A change of mind is another row; the last word of each counts."""

    agreement = models.UUIDField()
    case = models.UUIDField()
    family_member = models.UUIDField()
    number = models.PositiveIntegerField()
    party = models.CharField(max_length=14, choices=[(party.value, party.value) for party in Party])
    agrees = models.BooleanField()
    how = models.CharField(max_length=10, choices=How.choices)
    on = models.DateField()
    words = models.CharField(max_length=500, null=True)  # noqa: DJ001 - emptied is not the same as empty
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=120, blank=True)

    classification = classed(
        plain="id agreement case family_member number party agrees how on recorded_at recorded_by recorded_by_name",
        personal="words",
    )
    keeping: ClassVar[Keeping] = EMPTIED_WITH_A_PAIR

    class Meta:
        indexes = [models.Index(fields=["agreement", "number", "recorded_at"], name="agreements_answers")]
