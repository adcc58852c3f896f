"""Words and keepings that the rows of this room share."""

from django.db import models

from alongside.foundation.records.classification import Erasure, Keeping
from alongside.involvement.suitability import rules

OF_A_MEMBER = Keeping(rule="family_member", person="family_member__person", family_member="family_member")
OF_AN_ASSESSMENT = Keeping(
    rule="family_member",
    person="assessment__family_member__person",
    family_member="assessment__family_member",
)
WRITTEN_ONCE = Keeping(rule="family_member", person="case", family_member="family_member", erasure=Erasure.EMPTY)
LEVELS = [(level.value, level.words) for level in rules.Level]
SUMMARIES = [(summary.value, summary.words) for summary in rules.Summary]


class Variant(models.TextChoices):
    """Where the person lives: some questions are put differently."""

    COMMUNITY = "community", "In the community"
    CUSTODY = "custody", "In prison"


class Party(models.TextChoices):
    """With whom we talked."""

    PERSON = "person", "The person on probation, alone"
    MEMBER = "member", "The family member"
    OTHER = "other", "Someone else who knows them"


class Source(models.TextChoices):
    """Where something is known from."""

    PERSON = "person", "The person on probation"
    MEMBER = "member", "The family member"
    OTHER = "other", "Someone else who knows them"
    RECORDS = "records", "Records"
    SEEN = "seen", "What we saw ourselves"


class Nature(models.TextChoices):
    """What kind of evidence it is."""

    FACT = "fact", "Fact: seen, or on record"
    REPORTED = "reported", "Reported: someone told us"
    OPINION = "opinion", "Opinion"


class Rating(models.TextChoices):
    """What was found on one item."""

    PRESENT = rules.Rating.PRESENT.value, "Present"
    PARTLY = rules.Rating.PARTLY.value, "Partly"
    NOT_PRESENT = rules.Rating.NOT_PRESENT.value, "Not present"
    NOT_KNOWN = rules.Rating.NOT_KNOWN.value, "Not known"


class Confidence(models.TextChoices):
    """How sure the assessor is."""

    HIGH = rules.Confidence.HIGH.value, "Sure"
    MIDDLING = rules.Confidence.MIDDLING.value, "Fairly sure"
    LOW = rules.Confidence.LOW.value, "Not sure: I want to talk it through"


class How(models.TextChoices):
    """How a conversation was held, or a request reached us."""

    MEETING = "meeting", "In person"
    PHONE = "phone", "By telephone"
    VIDEO = "video", "By video"
    LETTER = "letter", "In writing"
