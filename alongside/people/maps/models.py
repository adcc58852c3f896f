"""One network a person, kept as elements that hold from one version to another, so that any day can be seen again.

An element is a person, a partnership, a parentage, a household, a quality, a tie, an event, a token. Its data are JSON
that `elements` reads and writes, one shape for each kind; nothing else looks inside.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.records.classification import Erasure, Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.people.families.models import FamilyMember
from alongside.people.maps.observations.rules import OUTCOMES, Outcome
from alongside.people.persons.models import Person


class ElementKind(models.TextChoices):
    """What an element of the network is."""

    PERSON = "person", "Person"
    PARTNERSHIP = "partnership", "Partnership"
    PARENTAGE = "parentage", "Parent and child"
    SIBLINGS = "siblings", "Brothers and sisters"
    TWINS = "twins", "Twins"
    HOUSEHOLD = "household", "Household"
    QUALITY = "quality", "How two people get on"
    SYSTEM = "system", "Part of life"
    TIE = "tie", "Tie"
    EVENT = "event", "Life event"
    TOKEN = "token", "Token of closeness"
    SUPPORT = "support", "Support"
    VALUE = "value", "Value of family"


class MapVersion(AppendOnly):
    """One change of a network, or the word that it is still right (R019). `case` is the person's id."""

    case = models.UUIDField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    together = models.BooleanField(default=False, help_text="Drawn with the person beside")
    still_right = models.BooleanField(default=False, help_text="Nothing changed: somebody asked, and it still holds")
    undoes = models.PositiveIntegerField(null=True, help_text="The version that this one takes back")
    summary = models.CharField(max_length=200, null=True)  # noqa: DJ001 - emptied is not the same as empty

    classification = classed(plain="id case number at by by_name together still_right undoes", personal="summary")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="maps_version_once")]


class Element(Editable):
    """A part of the network, from the version that brought it until the version that took it away or replaced it.

    `key` stays the same through replacements. `family_member` is set where the element is one of the person's family
    members, or is about one.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.UUIDField()
    kind = models.CharField(max_length=12, choices=ElementKind.choices)
    data = models.JSONField()
    family_member = models.ForeignKey(FamilyMember, models.CASCADE, null=True, blank=True, related_name="+")
    from_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True, blank=True, help_text="The first without it")

    classification = classed(
        plain="id version person key kind family_member from_version until_version", sensitive="data"
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person", family_member="family_member")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=Q(until_version__isnull=True), name="maps_element_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(until_version__isnull=True) | Q(until_version__gt=F("from_version")),
                name="maps_element_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "until_version"], name="maps_elements_of_a_person")]


class MapReview(Editable):
    """By when a drawn map is to be gone through again (R019). Every change, and every "Still right", sets it anew."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    due_on = models.DateField()
    latest_on = models.DateField(help_text="The day that falls due by itself; an officer may choose a sooner one")

    classification = classed(plain="id version person due_on latest_on")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="person")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_on__lte=F("latest_on")), name="maps_review_never_later"),
        ]
        indexes = [models.Index(fields=["due_on"], name="maps_reviews_by_day")]


class Observation(AppendOnly):
    """What staff saw of how a family gets on, or expect to see (R026, R027): one version of it, its author's opinion.

    `key` is the same through all versions, the id of the first; the newest stands. `present` are ids of family members,
    and the person's own where they were there. Words are NULL once they were erased.
    """

    key = models.UUIDField()
    case = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    setting = CodedForeignKey("observation_setting")
    happens_on = models.DateField()
    place = models.CharField(max_length=120, null=True)  # noqa: DJ001 - emptied is not the same as empty
    present = ArrayField(models.UUIDField(), default=list)
    expected = models.TextField(null=True)  # noqa: DJ001
    seen = models.TextField(null=True)  # noqa: DJ001
    outcome = models.CharField(max_length=14, blank=True, choices=[(code.value, OUTCOMES[code]) for code in Outcome])
    meaning = models.TextField(null=True, help_text="What it may mean")  # noqa: DJ001
    reason = models.CharField(max_length=200, null=True, help_text="Why it was corrected")  # noqa: DJ001

    classification = classed(
        plain="id key case number at by by_name setting happens_on present outcome",
        personal="place reason",
        sensitive="expected seen meaning",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="case", erasure=Erasure.EMPTY)

    @property
    def heading_before(self) -> str:
        """What an earlier version is called on a page."""
        return f"What it said before: {self.by_name}, {self.at.astimezone(LONDON):%-d %B %Y, %H:%M}"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="maps_observation_version_once")]
        indexes = [
            models.Index(fields=["case", "key", "number"], name="maps_observations_of_a_case"),
            models.Index(fields=["happens_on"], condition=Q(outcome=""), name="maps_observations_by_day"),
        ]
