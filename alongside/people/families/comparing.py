"""Numbers and addresses in the one form in which two ways of writing them agree, worked out by the database.

Each has its index on contact points, so that whoever looks for a number reads few rows, however many there are.
"""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Lower, Right, Upper

NATIONAL = 9
"""How many digits of a number are compared, from its end: with or without the country's code."""


def _without(unwanted: str) -> Func:
    return Func(F("value"), Value(unwanted), Value(""), Value("g"), function="regexp_replace", output_field=TextField())


def last_digits() -> Right:
    """The last digits of a telephone number."""
    return Right(_without(r"\D"), NATIONAL)


def letters_and_digits() -> Upper:
    """A postal address as letters and digits alone, in capitals."""
    return Upper(_without("[^[:alnum:]]"))


def small_letters() -> Lower:
    """An email address in small letters."""
    return Lower(F("value"))
