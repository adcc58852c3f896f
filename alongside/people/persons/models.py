"""People under supervision, and what the system of record says of them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable
from alongside.foundation.reference.fields import CodedForeignKey

OF_A_CASE = Keeping(rule="case", person="person")


class Person(Editable):
    """Someone under supervision: the centre of one case, which shares this id.

    Identifiers, names, dates and orders come from the system of record where `source` says so, and are changed there.
    `search_name` holds every name the person uses, lower case and without accents, and is written by actions alone.
    """

    crn = models.CharField("CRN", max_length=8, unique=True)
    prison_number = models.CharField(max_length=7, blank=True)
    pnc = models.CharField("PNC number", max_length=13, blank=True)
    cro = models.CharField("CRO number", max_length=13, blank=True)
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True, help_text="What they like to be called")
    pronouns = models.CharField(max_length=40, blank=True)
    search_name = models.TextField(editable=False)
    date_of_birth = models.DateField()
    date_of_death = models.DateField(null=True, blank=True)
    sex = CodedForeignKey("sex", null=True, blank=True)
    gender = CodedForeignKey("gender", null=True, blank=True)
    ethnicity = CodedForeignKey("ethnicity", null=True, blank=True)
    disability = CodedForeignKey("disability", null=True, blank=True)
    preferred_language = CodedForeignKey("language", null=True, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    home_area = models.CharField(max_length=8, blank=True, help_text="First half of the postcode, such as LL57")
    supervision_ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=20, blank=True, help_text="System of record; empty where entered here")
    synthetic_mark = models.UUIDField(null=True, editable=False, help_text="Set only on invented people")
    added_at = models.DateTimeField(auto_now_add=True)

    classification = classed(
        plain="id version source synthetic_mark added_at supervision_ends_on interpreter_needed",
        personal="crn prison_number pnc cro given_names family_name known_as pronouns search_name date_of_birth"
        " date_of_death sex gender preferred_language home_area",
        sensitive="ethnicity disability",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="self")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prison_number"], condition=~Q(prison_number=""), name="persons_prison_number_once"
            ),
            models.UniqueConstraint(fields=["pnc"], condition=~Q(pnc=""), name="persons_pnc_once"),
            models.UniqueConstraint(fields=["cro"], condition=~Q(cro=""), name="persons_cro_once"),
            models.CheckConstraint(
                condition=Q(date_of_death__isnull=True) | Q(date_of_death__gte=F("date_of_birth")),
                name="persons_dies_after_birth",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="persons_search_name"),
            models.Index(fields=["family_name", "given_names", "id"], name="persons_by_name"),
            models.Index(fields=["date_of_birth"], name="persons_by_birth"),
            models.Index(fields=["id"], condition=Q(synthetic_mark__isnull=True), name="persons_without_birth_mark"),
        ]

    @property
    def called(self) -> str:
        """What to call them: the name they like, or the first given name."""
        return self.known_as or self.given_names.split(" ")[0]

    @property
    def name(self) -> str:
        """What to call them, with the family name."""
        return f"{self.called} {self.family_name}"


class NameKind(models.TextChoices):
    """Why someone has another name."""

    ALSO_USED = "also_used", "Also uses"
    PREVIOUS = "previous", "Used before"
    BIRTH = "birth", "Name at birth"


class OtherName(Editable):
    """A further name that a person uses or used."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NameKind.choices)
    name = models.CharField(max_length=200)

    classification = classed(plain="id version person kind", personal="name")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "name"], name="persons_other_name_once")]


class Need(Editable):
    """Something that helps a person to understand and be understood: easy read, a signer, large print."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    need = CodedForeignKey("communication_need")
    detail = models.CharField(max_length=300, blank=True)

    classification = classed(plain="id version person", sensitive="need detail")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "need"], name="persons_need_once")]


class CircumstanceKind(models.TextChoices):
    """What everyone is asked, because services for families depend on it (R032, R033)."""

    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    EXPECTING = "expecting", "Expecting a child"


class Answer(models.TextChoices):
    """An answer; that nobody has asked yet is the absence of a row."""

    NOT_SAID = "not_said", "Asked, not said"
    NO = "no", "No"
    YES = "yes", "Yes"


class Circumstance(Editable):
    """Whether a person is a parent, a carer or expecting, once somebody has asked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=CircumstanceKind.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    asked_on = models.DateField()
    asked_by = models.UUIDField(null=True, help_text="The user who asked; empty where it was imported")

    classification = classed(plain="id version person kind asked_on asked_by", personal="answer")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="persons_circumstance_once")]
        indexes = [models.Index(fields=["kind", "answer"], name="persons_circumstance_coverage")]


class Order(Editable):
    """A community order, suspended sentence, licence or other term of supervision, as dated data."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    type = CodedForeignKey("order_type")
    reference = models.CharField(max_length=40, blank=True, help_text="Its number in the system of record")
    court = models.CharField(max_length=120, blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(plain="id version person", personal="type reference court from_date until_date ended_on")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="persons_order_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "reference"], condition=~Q(reference=""), name="persons_order_reference_once"
            ),
        ]


class Requirement(Editable):
    """What an order asks of the person: unpaid work, a programme, a curfew, days of activity."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="+")
    type = CodedForeignKey("requirement_type")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    classification = classed(plain="id version order", personal="type from_date until_date detail")
    keeping: ClassVar[Keeping] = Keeping(rule="case", person="order__person")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="persons_requirement_ends_after_start",
            )
        ]


class Matter(models.TextChoices):
    """A safety matter of which the system of record may have been asked."""

    REGISTRATIONS = "registrations", "Registrations"
    ALERTS = "alerts", "Alerts"
    LICENCE_CONDITIONS = "licence_conditions", "Licence conditions"
    LIMITED_ACCESS = "limited_access", "Limited access"


class SourceMarker(Editable):
    """A registration, alert or licence condition as the system of record holds it, with its dates."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    matter = models.CharField(max_length=20, choices=Matter.choices)
    code = models.CharField(max_length=80, help_text="As the system of record codes it")
    label = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    from_date = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    classification = classed(
        plain="id version person matter", sensitive="code label detail from_date review_on ended_on"
    )
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "matter", "code", "from_date"], name="persons_marker_once"),
        ]


class SourceCheck(Editable):
    """That a safety matter was looked up in the system of record, and when: silence is never read as safe."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    matter = models.CharField(max_length=20, choices=Matter.choices)
    checked_on = models.DateField()

    classification = classed(plain="id version person matter checked_on")
    keeping: ClassVar[Keeping] = OF_A_CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "matter"], name="persons_source_check_once")]
