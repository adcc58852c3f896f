"""Alongside: the practice platform for family-inclusive probation."""

__version__ = "0.1.0"
