"""Everything that lies on the table while a judgement is being prepared, read in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.involvement.suitability.models import Account, Assessment, Conversation, Finding, Party, Source, Variant
from alongside.involvement.suitability.questions import AIMS, Bank, Item, Section, bank_of
from alongside.involvement.suitability.rules import Direction, Rating, SafetyThen
from alongside.involvement.suitability.rules.concordance import (
    AccountFacts,
    agreed_ratings,
    differing_items,
    is_young_adult,
)
from alongside.involvement.suitability.rules.judging import Grounds
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.persons.overview import needs_of
from alongside.people.persons.rules import age_on


@dataclass(frozen=True)
class Preparation:
    """A judgement that is being prepared, with what was said and found so far."""

    assessment: Assessment
    member: FamilyMember
    person: Person
    bank: Bank
    conversations: Sequence[Conversation]
    accounts: Sequence[Account]
    findings: Mapping[str, Finding]

    @property
    def custody(self) -> bool:
        """Whether the questions are those for people in prison."""
        return self.assessment.variant == Variant.CUSTODY

    @cached_property
    def prompts(self) -> frozenset[str]:
        """What about the person calls for further questions: being 18 to 25, or needing help to understand."""
        found = set()
        if is_young_adult(age_on(today(), born=self.person.date_of_birth)):
            found.add("young_adult")
        if needs_of(self.person) or self.person.disability_id:
            found.add("support_needs")
        return frozenset(found)

    def shown(self, section: Section) -> tuple[Item, ...]:
        """The items of a section that are asked about this person."""
        return tuple(item for item in section.items if not item.shown_when or item.shown_when in self.prompts)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that is asked about this person."""
        return tuple(item for section in self.bank.sections for item in self.shown(section))

    def accounts_of(self, item: str) -> list[Account]:
        """What each source says on one item."""
        return [account for account in self.accounts if account.item == item]

    @cached_property
    def differing(self) -> tuple[str, ...]:
        """The items on which accounts contradict each other (R054)."""
        return differing_items(self._said)

    @cached_property
    def agreed(self) -> Mapping[str, Rating]:
        """The ratings on which everyone who knows agrees."""
        return agreed_ratings(self._said)

    @property
    def _said(self) -> list[AccountFacts]:
        return [AccountFacts(row.item, row.source, Rating(row.rating)) for row in self.accounts]

    @property
    def spoke_alone(self) -> bool:
        """Whether the person was heard alone (R060)."""
        return any(talk.party == Party.PERSON and talk.alone for talk in self.conversations)

    @property
    def contributors(self) -> set[str]:
        """Everyone who had a hand in it."""
        return {str(self.assessment.started_by), *self.assessment.hands}

    def rating_of(self, item: str) -> Rating | None:
        """What was found on an item; None where nobody has said yet."""
        finding = self.findings.get(item)
        return Rating(finding.rating) if finding else None

    def grounds(self, safety: SafetyThen) -> Grounds:
        """What the rules need to know of it."""
        return Grounds(
            safety_findings={
                item.statement: self.rating_of(item.key) for item in self.items if item.direction is Direction.SAFETY
            },
            spoke_alone=self.spoke_alone,
            safety=safety,
            knows_aims=AIMS in self.findings,
        )

    def as_grounds(self) -> dict[str, Any]:
        """The whole of it as it is kept with the judgement."""
        return {
            "expected": self.assessment.hypothesis,
            "narrative": self.assessment.narrative,
            "agenda_stated": self.assessment.agenda_stated,
            "agenda_inferred": self.assessment.agenda_inferred,
            "conversations": [
                {
                    "party": talk.party,
                    "who": talk.who,
                    "held_on": talk.held_on.isoformat(),
                    "how": talk.how,
                    "alone": talk.alone,
                    "present": talk.present,
                    "narrative": talk.narrative,
                }
                for talk in self.conversations
            ],
            "items": [
                self._kept(item) for item in self.items if item.key in self.findings or self.accounts_of(item.key)
            ],
        }

    def _kept(self, item: Item) -> dict[str, Any]:
        finding = self.findings.get(item.key)
        kept = ("rating", "recent", "earlier", "critical", "critical_reason", "differs")
        return {
            "item": item.key,
            "statement": item.statement,
            "direction": item.direction.value,
            "finding": {name: getattr(finding, name) for name in kept} if finding else None,
            "accounts": [
                {"source": row.source, "rating": row.rating, "nature": row.nature, "evidence": row.evidence}
                for row in self.accounts_of(item.key)
            ],
        }


def open_assessment(member_id: UUID) -> Assessment | None:
    """What is being prepared about a family member, if anything."""
    return Assessment.objects.filter(family_member=member_id, closed_at=None).first()


def open_preparation(*, member: FamilyMember, person: Person) -> Preparation | None:
    """Everything that lies on the table about a family member, if anything does. `person` is read with `with_needs`."""
    return _read(Assessment.objects.filter(family_member=member, closed_at=None), member=member, person=person)


def preparation_of(assessment: Assessment, *, member: FamilyMember, person: Person) -> Preparation:
    """Everything that lies on one table, as it is now."""
    found = _read(Assessment.objects.filter(pk=assessment.pk), member=member, person=person)
    if found is None:
        raise Assessment.DoesNotExist
    return found


_TALK = ("id", "version", "party", "who", "held_on", "how", "alone", "present", "narrative", "by")
_ACCOUNT = ("id", "version", "item", "source", "rating", "nature", "evidence", "by")
_FINDING = (*("id", "version", "item", "rating", "recent", "earlier", "critical", "critical_reason", "differs", "by"),)


def _read(assessments: QuerySet[Assessment], *, member: FamilyMember, person: Person) -> Preparation | None:
    """One query for the preparation and all that lies on it."""
    rows = {
        f"{model._meta.model_name}_rows": rows_of(
            model.objects.filter(assessment=OuterRef("pk")).order_by(*order), **{name: F(name) for name in names}
        )
        for model, names, order in (
            (Conversation, _TALK, ("held_on", "at")),
            (Account, _ACCOUNT, ("item",)),
            (Finding, _FINDING, ("item",)),
        )
    }
    assessment = assessments.annotate(**rows).first()
    if assessment is None:
        return None
    order = {source: place for place, source in enumerate(Source.values)}
    accounts = [Account(assessment=assessment, **_own(row)) for row in read_rows(assessment, "account_rows")]
    findings = [Finding(assessment=assessment, **_own(row)) for row in read_rows(assessment, "finding_rows")]
    return Preparation(
        assessment=assessment,
        member=member,
        person=person,
        bank=bank_of(assessment.bank),
        conversations=[
            Conversation(assessment=assessment, **(_own(row) | {"held_on": day(row["held_on"])}))
            for row in read_rows(assessment, "conversation_rows")
        ],
        accounts=sorted(accounts, key=lambda row: order[row.source]),
        findings={row.item: row for row in findings},
    )


def _own(row: Row) -> dict[str, Any]:
    return dict(row) | {"id": UUID(row["id"]), "by": UUID(row["by"])}
