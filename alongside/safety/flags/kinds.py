"""The coded lists of this room as rules need them: what each kind of flag does, and what an imported code means."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.foundation.reference.cache import Coded, Snapshot, snapshot
from alongside.foundation.reference.queries import coded, coded_list, value_for_outside_code
from alongside.safety.flags.rules import OF_ABUSE, TRAVELS, Effect, Matter, Scope

LISTS = {"registrations": "registration_type", "alerts": "alert"}
UNREADABLE = frozenset({"registration_type.OTHER", "alert.OTHER"})
NAMED = "named"
_worked_out: tuple[Snapshot, Mapping[str, "FlagKind"]] | None = None


@dataclass(frozen=True)
class FlagKind:
    """One kind of flag: what it does, of whom it may be said, who may record it, and who may take it away."""

    id: str
    effects: frozenset[Effect]
    matter: Matter | None
    scopes: tuple[Scope, ...]
    set_by_named: bool
    removed_by_named: bool
    review_days: int

    @property
    def is_of_abuse(self) -> bool:
        """Whether it speaks of domestic abuse."""
        return bool(self.effects & OF_ABUSE)

    @property
    def needs_direction(self) -> bool:
        """Whether, said of two people, it has to say who harms whom."""
        return Effect.ABUSE in self.effects


def flag_kind(kind_id: str) -> FlagKind:
    """The kind with this id, such as safety_flag.RCCO."""
    return _kind(coded(kind_id))


def flag_kinds(*, scope: Scope | None = None) -> list[FlagKind]:
    """The kinds that staff may record, in the order of the list."""
    kinds = [_kind(value) for value in coded_list("safety_flag")]
    return [kind for kind in kinds if kind.scopes and (scope is None or scope in kind.scopes)]


def fresh_for() -> dict[Matter, int]:
    """For how many days a check of each matter holds."""
    return {Matter(value.code): int(value.attributes["fresh_for_days"]) for value in coded_list("safety_matter")}


def imported_matters() -> dict[str, list[Matter]]:
    """Which matters an import of each kind checks: registrations, alerts, licence conditions, limited access."""
    found: dict[str, list[Matter]] = {}
    for value in coded_list("safety_matter"):
        for name in value.attributes["imported_from"]:
            found.setdefault(name, []).append(Matter(value.code))
    return found


def meaning_of(matter: str, code: str) -> tuple[FlagKind | None, bool]:
    """What an entry of the system of record means as a flag, and whether its code could be read at all."""
    value = _imported(matter, code)
    if value is None or value.id in UNREADABLE:
        return None, False
    return _meanings().get(value.id), True


def codes_that_travel() -> list[str]:
    """Codes of imported entries that stop wherever the same human being is, as any system writes them."""
    codes = set()
    for imported_id, kind in _meanings().items():
        if kind.effects & TRAVELS:
            value = coded(imported_id)
            codes |= {value.code, value.nomis_code, value.delius_code} - {""}
    return sorted(codes)


def kinds_that_travel() -> list[str]:
    """Kinds of flag that stop wherever the same human being is."""
    return [value.id for value in coded_list("safety_flag", include_off=True) if _kind(value).effects & TRAVELS]


def _imported(matter: str, code: str) -> Coded | None:
    list_name = LISTS.get(matter)
    if list_name is None:
        return None
    own = [value for value in coded_list(list_name, include_off=True) if value.code.lower() == code.strip().lower()]
    if own:
        return own[0]
    return value_for_outside_code(list_name, nomis=code) or value_for_outside_code(list_name, delius=code)


def _meanings() -> Mapping[str, FlagKind]:
    """By imported value, the kind that means the same: worked out once for each edition of the lists."""
    global _worked_out
    lists = snapshot()
    if _worked_out is None or _worked_out[0] is not lists:
        found = {
            same: _kind(value)
            for value in coded_list("safety_flag", include_off=True)
            for same in value.attributes.get("same_as", ())
        }
        _worked_out = (lists, found)
    return _worked_out[1]


def _kind(value: Coded) -> FlagKind:
    attributes = value.attributes
    matter = attributes.get("matter")
    return FlagKind(
        id=value.id,
        effects=frozenset(Effect(one) for one in attributes.get("effects", ())),
        matter=Matter(str(matter).upper()) if matter else None,
        scopes=tuple(Scope(one) for one in attributes.get("scopes", ())),
        set_by_named=attributes.get("set_by") == NAMED,
        removed_by_named=attributes.get("removed_by") == NAMED,
        review_days=int(attributes.get("review_days", 91)),
    )
