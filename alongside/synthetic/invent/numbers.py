"""Numbers that belong to nobody: sound in shape and check letter, each used once, and unlike the one before."""

from alongside.people.persons.identifiers import check_letter

MOST_PEOPLE = 1_000_000
"""How many people may be invented: the serials of CRO numbers go no further."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CRN_LETTER = "X"
_STEP = 387_421
_BACK = pow(_STEP, -1, MOST_PEOPLE)


def scattered(index: int) -> int:
    """Another number below a million for each index below a million, so that neighbours do not look alike."""
    return index * _STEP % MOST_PEOPLE


def crn_of(index: int) -> str:
    """The CRN of the person with that index."""
    return f"{_CRN_LETTER}{scattered(index):06d}"


def index_of(crn: str) -> int | None:
    """The index of an invented person by their CRN; None for a CRN that was not made here."""
    return int(crn[1:]) * _BACK % MOST_PEOPLE if crn.startswith(_CRN_LETTER) else None


def prison_number_of(index: int) -> str:
    """The prison number of the person with that index."""
    number = scattered(index)
    tail, digits = divmod(number, 10_000)
    return f"A{digits:04d}{LETTERS[tail // 24 % 24]}{LETTERS[tail % 24]}"


def pnc_of(index: int, *, year: int) -> str:
    """The PNC number of the person with that index, first known to the police in `year`."""
    serial = f"{scattered(index):07d}"
    return f"{year}/{serial}{check_letter(f'{year % 100:02d}{serial}')}"


def cro_of(index: int, *, year: int) -> str:
    """The CRO number of the person with that index, first convicted in `year`."""
    serial = f"{scattered(index):06d}"
    return f"{serial}/{year % 100:02d}{check_letter(f'{year % 100:02d}{serial}')}"


def mobile_of(number: int) -> str:
    """A mobile number out of the range that is kept for drama."""
    return f"07700 900{number % 1000:03d}"


def landline_of(number: int) -> str:
    """A landline number out of the range that is kept for drama."""
    return f"01632 960{number % 1000:03d}"
