"""Reads of coded lists. None of them costs a query once the lists have been read."""

from datetime import date

from alongside.foundation.reference.cache import Coded, snapshot


class UnknownListError(LookupError):
    """No list of that name has been loaded: a fault in the code, or `alongside reference load` never ran."""


class UnknownCodeError(LookupError):
    """The list has no such value."""


def coded_list(name: str, *, on: date | None = None, include_off: bool = False) -> tuple[Coded, ...]:
    """The values of the list in order of display.

    Only those still offered, unless `include_off`; with `on`, only those that law or policy offers on that day. Raises
    UnknownListError.
    """
    try:
        values = snapshot().by_list[name]
    except KeyError:
        raise UnknownListError(f"No coded list is called {name}. Run `alongside reference load`.") from None
    if include_off:
        return values
    if on is not None:
        return tuple(value for value in values if value.live_on(on))
    return tuple(value for value in values if value.active)


def coded(value_id: str) -> Coded:
    """The value with the id `<list>.<code>`, whether or not it is still offered. Raises UnknownCodeError."""
    try:
        return snapshot().by_id[value_id]
    except KeyError:
        raise UnknownCodeError(f"No coded value is called {value_id}.") from None


def label_of(value_id: str, language: str | None = None) -> str:
    """What people read for the value, in `language` or in the reader's own; nothing for an empty id."""
    return coded(value_id).label(language) if value_id else ""


def value_for_outside_code(name: str, *, nomis: str = "", delius: str = "") -> Coded | None:
    """The value of the list `name` that the prison or the probation system knows by this code, or None."""
    for value in coded_list(name, include_off=True):
        if (nomis and value.nomis_code == nomis) or (delius and value.delius_code == delius):
            return value
    return None
