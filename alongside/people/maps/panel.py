"""What stands beside the drawing for the person chosen on it: what may be added, and the lines that hang on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.maps.changes import Relation, partners_of
from alongside.people.maps.elements import Stored, as_network, from_data, mentions
from alongside.people.maps.genogram.legend import QUALITY_WORDS
from alongside.people.maps.genogram.twin import parentage_words, partnership_words
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person
from alongside.people.maps.queries import MapView
from alongside.people.maps.vocabulary import PersonKind

Words = str | Promise


@dataclass(frozen=True)
class AddButton:
    """One press adds this relation. `key` is the letter that does the same on the drawing."""

    relation: Relation
    words: Words
    key: str = ""


BUTTONS: list[tuple[Words, list[AddButton]]] = [
    (
        _("Parents"),
        [
            AddButton(Relation.MOTHER, _("Mother"), "m"),
            AddButton(Relation.FATHER, _("Father"), "f"),
            AddButton(Relation.PARENT, _("Parent")),
        ],
    ),
    (
        _("Partners"),
        [
            AddButton(Relation.PARTNER, _("Partner"), "p"),
            AddButton(Relation.FORMER_PARTNER, _("Former partner"), "x"),
        ],
    ),
    (
        _("Children"),
        [
            AddButton(Relation.DAUGHTER, _("Daughter"), "d"),
            AddButton(Relation.SON, _("Son"), "o"),
            AddButton(Relation.CHILD, _("Child"), "c"),
            AddButton(Relation.PREGNANCY, _("Pregnancy"), "g"),
        ],
    ),
    (
        _("Brothers and sisters"),
        [
            AddButton(Relation.SISTER, _("Sister"), "t"),
            AddButton(Relation.BROTHER, _("Brother"), "b"),
            AddButton(Relation.SIBLING, _("Sibling"), "s"),
        ],
    ),
    (
        _("Others"),
        [
            AddButton(Relation.FRIEND, _("Friend"), "r"),
            AddButton(Relation.PROFESSIONAL, _("Professional"), "l"),
        ],
    ),
]


@dataclass(frozen=True)
class Tie:
    """A line that hangs on the person chosen: what it says, and the page that changes it (its kind names it)."""

    key: str
    kind: str
    words: str


@dataclass(frozen=True)
class Panel:
    """Somebody chosen on the map."""

    person: Person
    name: str
    ties: tuple[Tie, ...]
    partners: tuple[tuple[str, str], ...]

    @property
    def may_have_kin(self) -> bool:
        """A pregnancy or a loss has parents, and nobody else."""
        return self.person.kind is PersonKind.PERSON

    @property
    def groups(self) -> list[tuple[Words, list[AddButton]]]:
        """What may be added beside them."""
        return BUTTONS if self.may_have_kin else BUTTONS[:1]


def panel_for(view: MapView, network: FamilyNetwork, key: str) -> Panel | None:
    """The panel for somebody on the map; None for nobody."""
    person = network.by_id.get(key)
    if person is None:
        return None
    ties = [_tie(network, stored, key) for stored in view.elements if stored.kind in _WORDS and mentions(stored, key)]
    partners = tuple((other, network.label(other)) for other in dict.fromkeys(partners_of(network, key)))
    order = list(_WORDS)
    ties.sort(key=lambda tie: (order.index(tie.kind), tie.words, tie.key))
    return Panel(person, name_on(network, person), tuple(ties), partners)


def name_on(network: FamilyNetwork, person: Person) -> str:
    """What to call somebody on the map in a sentence, also where they have no name."""
    return network.label(person.id)


def _tie(network: FamilyNetwork, stored: Stored, key: str) -> Tie:
    return Tie(stored.key, stored.kind, _WORDS[stored.kind](network, stored, key))


def _partnership(network: FamilyNetwork, stored: Stored, key: str) -> str:
    couple: Partnership = from_data(stored)
    other = couple.second if couple.first == key else couple.first
    return partnership_words(couple, network.label(other))


def _parentage(network: FamilyNetwork, stored: Stored, key: str) -> str:
    row: Parentage = from_data(stored)
    return parentage_words(network, row, seen_from=key)


def _siblings(network: FamilyNetwork, stored: Stored, key: str) -> str:
    return "Brothers and sisters: " + _others(network, stored, key)


def _twins(network: FamilyNetwork, stored: Stored, key: str) -> str:
    return "Born together with " + _others(network, stored, key)


def _household(network: FamilyNetwork, stored: Stored, key: str) -> str:
    home = str(stored.data.get("label", "")).strip() or "A home"
    others = _others(network, stored, key)
    return f"Lives at {home}" + (f" with {others}" if others else "")


def _quality(network: FamilyNetwork, stored: Stored, key: str) -> str:
    part = as_network([stored]).qualities[0]
    other = part.second if part.first == key else part.first
    return f"With {network.label(other)}: {QUALITY_WORDS[part.kind].lower()} ({part.author}, {part.source})"


def _others(network: FamilyNetwork, stored: Stored, key: str) -> str:
    return ", ".join(network.label(member) for member in stored.data.get("members", ()) if member != key)


_WORDS = {
    "partnership": _partnership,
    "parentage": _parentage,
    "siblings": _siblings,
    "twins": _twins,
    "household": _household,
    "quality": _quality,
}
