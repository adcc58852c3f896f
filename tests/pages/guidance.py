"""Guidance is for all staff, and says nothing of any case."""

from tests.pages import OPEN, Page

PAGES = [
    Page("guidance:library", OPEN),
    Page("guidance:read", OPEN, args=lambda world: ["flag"]),
    Page("guidance:roles", OPEN),
    Page("guidance:roles_pdf", OPEN, browse=False),
]
