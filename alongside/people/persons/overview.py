"""Everything that is recorded about one person, read together with the person in one query."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.foundation.reference.queries import label_of
from alongside.people.persons.models import (
    Answer,
    Circumstance,
    CircumstanceKind,
    Matter,
    NameKind,
    Need,
    Order,
    OtherName,
    Person,
    Requirement,
    SourceCheck,
    SourceMarker,
)


@dataclass(frozen=True)
class RequirementFacts:
    """What an order asks of someone, and until when."""

    type_id: str
    from_date: date | None
    until_date: date | None
    detail: str

    @property
    def label(self) -> str:
        """What kind of requirement, in the reader's language."""
        return label_of(self.type_id)


@dataclass(frozen=True)
class OrderFacts:
    """An order or licence with its requirements. It is over once `ended_on` is set or `until_date` has passed."""

    type_id: str
    court: str
    from_date: date | None
    until_date: date | None
    ended_on: date | None
    requirements: tuple[RequirementFacts, ...]

    @property
    def label(self) -> str:
        """What kind of order, in the reader's language."""
        return label_of(self.type_id)

    def over_on(self, on: date) -> bool:
        """Whether it no longer holds on a day."""
        return bool(self.ended_on and self.ended_on <= on) or bool(self.until_date and self.until_date < on)


@dataclass(frozen=True)
class MatterFacts:
    """One safety matter in the system of record: when it was last looked up there, and what stands.

    `checked_on` is None where nobody has looked: that is not the same as nothing found.
    """

    matter: Matter
    checked_on: date | None
    entries: tuple["MarkerFacts", ...]


@dataclass(frozen=True)
class MarkerFacts:
    """A registration, alert or licence condition that has not ended."""

    label: str
    detail: str
    from_date: date | None
    review_on: date | None


@dataclass(frozen=True)
class AskedFacts:
    """A question that everyone is asked; `answer` is None where nobody has asked yet."""

    kind: CircumstanceKind
    answer: Answer | None
    asked_on: date | None
    version: int | None


@dataclass(frozen=True)
class NeedShown:
    """A communication need and what helps."""

    need_id: str
    detail: str


@dataclass(frozen=True)
class NameShown:
    """A further name and why it is kept."""

    kind: NameKind
    name: str


@dataclass(frozen=True)
class PersonOverview:
    """What a case page says about its person."""

    orders: tuple[OrderFacts, ...]
    matters: tuple[MatterFacts, ...]
    asked: tuple[AskedFacts, ...]
    other_names: tuple[NameShown, ...]

    @property
    def to_ask(self) -> tuple[AskedFacts, ...]:
        """The questions that nobody has asked yet."""
        return tuple(question for question in self.asked if question.answer is None)


THIS_PERSON = OuterRef("pk")


def with_needs(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `needs_of` reads."""
    needs = Need.objects.filter(person=THIS_PERSON).order_by("need__order")
    return cases.annotate(need_rows=rows_of(needs, need_id=F("need_id"), detail=F("detail")))


def needs_of(person: Person) -> tuple[NeedShown, ...]:
    """The communication needs of a person read by `with_needs`."""
    return tuple(NeedShown(row["need_id"], row["detail"]) for row in read_rows(person, "need_rows"))


@steady
def with_overview(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `overview_of` reads."""
    asks = Requirement.objects.filter(order=OuterRef("pk")).order_by("from_date", "id")
    requirements = rows_of(
        asks, type_id=F("type_id"), from_date=F("from_date"), until_date=F("until_date"), detail=F("detail")
    )
    orders = Order.objects.filter(person=THIS_PERSON).order_by(F("ended_on").desc(nulls_first=True), "-from_date", "id")
    markers = SourceMarker.objects.filter(person=THIS_PERSON, ended_on=None).order_by("-from_date", "id")
    return cases.annotate(
        order_rows=rows_of(
            orders,
            type_id=F("type_id"),
            court=F("court"),
            from_date=F("from_date"),
            until_date=F("until_date"),
            ended_on=F("ended_on"),
            requirements=requirements,
        ),
        marker_rows=rows_of(
            markers,
            matter=F("matter"),
            label=F("label"),
            detail=F("detail"),
            from_date=F("from_date"),
            review_on=F("review_on"),
        ),
        check_rows=rows_of(
            SourceCheck.objects.filter(person=THIS_PERSON), matter=F("matter"), checked_on=F("checked_on")
        ),
        asked_rows=rows_of(
            Circumstance.objects.filter(person=THIS_PERSON),
            kind=F("kind"),
            answer=F("answer"),
            asked_on=F("asked_on"),
            version=F("version"),
        ),
        name_rows=rows_of(
            OtherName.objects.filter(person=THIS_PERSON).order_by("kind", "name"), kind=F("kind"), name=F("name")
        ),
    )


def overview_of(person: Person) -> PersonOverview:
    """What was read together with a person by `with_overview`."""
    return PersonOverview(
        orders=tuple(_order(row) for row in read_rows(person, "order_rows")),
        matters=_matters(person),
        asked=_asked(person),
        other_names=tuple(NameShown(NameKind(row["kind"]), row["name"]) for row in read_rows(person, "name_rows")),
    )


def without_answer(cases: QuerySet[Person]) -> QuerySet[Person]:
    """Those of `cases` to whom at least one of the questions has not been put."""
    asked = Circumstance.objects.filter(person=THIS_PERSON)
    unasked = [~Exists(asked.filter(kind=kind)) for kind in CircumstanceKind]
    return cases.filter(unasked[0] | unasked[1] | unasked[2])


def _order(row: Row) -> OrderFacts:
    return OrderFacts(
        type_id=row["type_id"],
        court=row["court"],
        from_date=day(row["from_date"]),
        until_date=day(row["until_date"]),
        ended_on=day(row["ended_on"]),
        requirements=tuple(
            RequirementFacts(asked["type_id"], day(asked["from_date"]), day(asked["until_date"]), asked["detail"])
            for asked in row["requirements"] or []
        ),
    )


def _matters(person: Person) -> tuple[MatterFacts, ...]:
    checked = {row["matter"]: day(row["checked_on"]) for row in read_rows(person, "check_rows")}
    markers = read_rows(person, "marker_rows")
    return tuple(
        MatterFacts(
            matter=matter,
            checked_on=checked.get(matter.value),
            entries=tuple(
                MarkerFacts(row["label"], row["detail"], day(row["from_date"]), day(row["review_on"]))
                for row in markers
                if row["matter"] == matter.value
            ),
        )
        for matter in Matter
    )


def _asked(person: Person) -> tuple[AskedFacts, ...]:
    answers = {row["kind"]: row for row in read_rows(person, "asked_rows")}
    return tuple(
        AskedFacts(kind, Answer(row["answer"]), day(row["asked_on"]), row["version"])
        if (row := answers.get(kind.value))
        else AskedFacts(kind, None, None, None)
        for kind in CircumstanceKind
    )
