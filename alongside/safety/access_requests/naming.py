"""Whose names may be said in what goes out: nobody's whose own record is withheld, or whose name is taken out of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from alongside.people.families.models import FamilyMember
from alongside.people.maps.models import Element
from alongside.safety.access_requests.gathering import as_parts
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.readable import filled
from alongside.safety.access_requests.rules import Part, Verdict, lines_of, redacted
from alongside.safety.access_requests.wall import read_through_gate

SOMEONE = "Someone else"
THE_PERSON = "The person on probation"
_MEMBER, _ELEMENT = FamilyMember._meta.label, Element._meta.label
_NAME_PARTS = frozenset({"given_name", "family_name", "data", "data.label"})


@dataclass(frozen=True)
class Names:
    """Names by the id of a family member, or by the key of a part of the map."""

    by_key: dict[str, str]

    def of(self, key: str) -> str:
        """Who it is, or that it is someone else."""
        return self.by_key.get(key, SOMEONE)

    def in_parts(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """Parts with their marks replaced by names."""
        return tuple(replace(part, value=filled(part.value, self.of)) for part in parts)


def names_for(request: AccessRequest) -> Names:
    """Names that may be said to whoever asks, as the items are decided now. Three queries.

    Whoever asks for themselves hears of their own family by name. A relative hears their own, and of nobody else's.
    """
    keeps_back = _kept_back(request)
    members = {
        row.pk: row.name
        for row in FamilyMember.objects.filter(person=request.person_id)
        if request.family_member in (None, row.pk) and not keeps_back(_MEMBER, row.pk)
    }
    found = {str(pk): name for pk, name in members.items()}
    withheld: set[str] = set()
    for element in Element.objects.filter(person=request.person_id).order_by("from_version", "pk"):
        key, data = str(element.key), element.data or {}
        if data.get("is_index"):
            found[key] = THE_PERSON if request.family_member else data.get("label") or THE_PERSON
            continue
        member = element.family_member_id
        if request.family_member is not None and member != request.family_member:
            continue
        if (member is not None and member not in members) or keeps_back(_ELEMENT, element.pk):
            withheld.add(key)
        elif called := data.get("label") or (members[member] if member else ""):
            found[key] = called
    for key in withheld:
        found.pop(key, None)
    return Names(found)


def _kept_back(request: AccessRequest) -> Callable[[str, UUID], bool]:
    """Whether a record must not lend its name: it is withheld, its name is taken out, or it is not among the items."""
    items = {
        (row.model, row.source): row for row in Item.objects.filter(request=request, model__in=(_MEMBER, _ELEMENT))
    }

    def asked(model: str, source: UUID) -> bool:
        item = items.get((model, source))
        if item is None or item.verdict in (Verdict.WITHHOLD, Verdict.SILENT):
            return True
        if item.verdict != Verdict.REDACT:
            return False
        parts = tuple(part for part in as_parts(item.parts) if part.key in _NAME_PARTS)
        words = (*lines_of(request.taken_out), *lines_of(item.taken_out))
        return redacted(parts, left_out=item.left_out, words=words) != parts

    return asked


def readable_parts(request: AccessRequest, item: Item, names: Names) -> tuple[Part, ...] | None:
    """What an item holds, with the names that may be said; None while it is behind the wall and the gate is shut."""
    parts: tuple[Part, ...] | None = (
        as_parts(item.parts) if item.parts else read_through_gate(request.pk, item.model, item.source)
    )
    return None if parts is None else names.in_parts(parts)
