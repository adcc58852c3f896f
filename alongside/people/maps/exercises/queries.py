"""Reading the exercises of one case."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from alongside.people.maps.closeness import Run
from alongside.people.maps.elements import from_data
from alongside.people.maps.exercises.parts import Support, ValueOfFamily
from alongside.people.maps.lifemap import LifeEvent
from alongside.people.maps.models import ElementKind
from alongside.people.maps.queries import MapView, map_at, members_not_on_map
from alongside.people.persons.models import Person

Part = TypeVar("Part")


@dataclass(frozen=True)
class SomeoneKnown:
    """Someone whom an exercise may be about: on the map by key, or named as family and not on the map yet."""

    ref: str
    label: str
    member_id: UUID | None


@dataclass(frozen=True)
class Exercises:
    """A case's map with what the exercises keep beside it."""

    view: MapView
    person: Person
    together: bool = False

    def supports(self) -> tuple[Support, ...]:
        """Who helps with what, by area and name."""
        found = self._all(ElementKind.SUPPORT, Support)
        return tuple(sorted(found, key=lambda support: (support.area, support.label, support.id)))

    def events(self) -> tuple[LifeEvent, ...]:
        """Life events, earliest first."""
        found = self._all(ElementKind.EVENT, LifeEvent)
        return tuple(sorted(found, key=lambda event: (event.begin.sort_key, event.id)))

    def values(self) -> tuple[ValueOfFamily, ...]:
        """What family was worth, earliest day first."""
        found = self._all(ElementKind.VALUE, ValueOfFamily)
        return tuple(sorted(found, key=lambda value: (value.day.sort_key, value.id)))

    def runs(self) -> tuple[tuple[str, Run], ...]:
        """The runs of the button exercise with their keys, earliest first."""
        found = [(stored.key, from_data(stored)) for stored in self.view.of_kind(ElementKind.TOKEN)]
        return tuple(sorted(found, key=lambda pair: (pair[1].date.sort_key if pair[1].date else (0, 0, 0), pair[0])))

    def _all(self, kind: ElementKind, shape: type[Part]) -> list[Part]:
        return [from_data(stored) for stored in self.view.of_kind(kind)]

    def people(self) -> list[SomeoneKnown]:
        """Everyone whom an exercise may be about: those on the map, and family members who are not on it yet.

        With the screen turned, only those on the map: whom staff noted alone is not for the person to find there.
        """
        network = self.view.network
        known = [
            SomeoneKnown(someone.id, network.label(someone.id), self.view.members.get(someone.id))
            for someone in network.people
            if not someone.is_index and not someone.is_dead
        ]
        known += [
            SomeoneKnown(str(member.pk), member.called, member.pk)
            for member in ([] if self.together else members_not_on_map(self.person.pk, self.view))
            if not member.deceased
        ]
        return sorted(known, key=lambda someone: (someone.label.casefold(), someone.ref))


def exercises_of(person: Person, *, together: bool = False) -> Exercises:
    """The exercises of a case as they now stand; `together` for a screen that is turned to the person."""
    return Exercises(map_at(person.pk), person, together)


def fields_by_key(view: MapView, key: str) -> Any:
    """The element with this key, read; None where it is gone."""
    return next((from_data(stored) for stored in view.elements if stored.key == key), None)
