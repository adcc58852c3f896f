"""What each room takes and makes: which kinds of file, how large, and how long they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.foundation.files.kinds import Kind

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Purpose:
    """Why files are kept. `days_kept` counts from storing; None keeps a file as long as the case that it belongs to."""

    code: str
    label: str
    kinds: tuple[Kind, ...]
    largest: int
    days_kept: int | None

    @property
    def accept(self) -> str:
        """For a file input: the endings of names that it offers."""
        return ",".join(ending for kind in self.kinds for ending in kind.extensions)


class PurposeError(LookupError):
    """A purpose that no room has declared, or one declared twice: a fault in the code."""


_purposes: dict[str, Purpose] = {}


def register_purpose(
    code: str, *, label: str, kinds: Iterable[Kind], largest_megabytes: int, days_kept: int | None
) -> Purpose:
    """Declare a purpose, where a room's app is made ready. Declaring the same again changes nothing."""
    purpose = Purpose(code, label, tuple(kinds), largest_megabytes * MEGABYTE, days_kept)
    if _purposes.setdefault(code, purpose) != purpose:
        raise PurposeError(f"The purpose {code} is declared twice, differently.")
    return purpose


def purpose_of(code: str) -> Purpose:
    """The purpose with that code. Raises PurposeError."""
    try:
        return _purposes[code]
    except KeyError:
        raise PurposeError(f"No room has declared the purpose {code}.") from None
