"""Days in England and Wales."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """The day it is in England and Wales."""
    return timezone.localdate()
