"""Reading what staff saw of one case. Who may read is decided by `people.allocations`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.reference.queries import label_of
from alongside.people.families.models import FamilyMember
from alongside.people.maps.models import Observation
from alongside.people.maps.observations.rules import Stage, Written, stage_of, was_beforehand
from alongside.people.persons.models import Person


@dataclass(frozen=True)
class Observed:
    """One observation with all of its versions, from the first to the newest, which stands."""

    versions: tuple[Observation, ...]
    names: dict[UUID, str]

    @property
    def latest(self) -> Observation:
        """The version that stands."""
        return self.versions[-1]

    @property
    def earlier(self) -> tuple[Observation, ...]:
        """What it said before, newest first."""
        return self.versions[-2::-1]

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """The versions as rules read them."""
        return tuple(as_written(row) for row in self.versions)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.written[-1])

    @property
    def beforehand(self) -> bool:
        """Whether what was expected was written before anything was seen."""
        return was_beforehand(self.written)

    @property
    def erased(self) -> bool:
        """Whether its words went with somebody who was erased."""
        return self.latest.seen is None

    @property
    def heading(self) -> str:
        """What kind of visit, and when."""
        return f"{label_of(self.latest.setting_id)}, {self.latest.happens_on:%-d %B %Y}"

    @property
    def expected_by(self) -> Observation:
        """The version in which the expectation that stands was first written."""
        return next(row for row in self.versions if row.expected == self.latest.expected)

    @property
    def who(self) -> str:
        """Who was there, or is to be there, by what the case calls them."""
        known = [self.names[pk] for pk in self.latest.present if pk in self.names]
        return ", ".join(known)


def as_written(row: Observation) -> Written:
    """A version as rules read it."""
    return Written(
        on=row.at.astimezone(LONDON).date(),
        happens_on=row.happens_on,
        expected=row.expected or "",
        seen=row.seen or "",
        outcome=row.outcome,
    )


def observations_of(person: Person) -> list[Observed]:
    """Everything that was seen or expected on a case, the newest day first; two queries, however much there is."""
    by_key: dict[UUID, list[Observation]] = defaultdict(list)
    for row in Observation.objects.filter(case=person.pk).order_by("key", "number"):
        by_key[row.key].append(row)
    names = _names(person, by_key.values())
    found = [Observed(tuple(rows), names) for rows in by_key.values()]
    return sorted(found, key=lambda one: (one.latest.happens_on, one.latest.at, one.latest.key), reverse=True)


def observed(person: Person, key: UUID) -> Observed | None:
    """One observation of a case; None where the case has no such one."""
    rows = tuple(Observation.objects.filter(case=person.pk, key=key).order_by("number"))
    return Observed(rows, _names(person, [rows])) if rows else None


def _names(person: Person, groups: Iterable[Sequence[Observation]]) -> dict[UUID, str]:
    wanted = {pk for rows in groups for row in rows for pk in row.present}
    if not wanted:
        return {}
    members = FamilyMember.objects.filter(person=person.pk, pk__in=wanted)
    return {person.pk: person.called, **{member.pk: member.called for member in members}}
