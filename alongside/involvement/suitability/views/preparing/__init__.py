"""Preparing a full judgement: the table with everything on it, conversations, and weighing. In any order (R067)."""

from alongside.involvement.suitability.views.preparing.table import notes, prepare, prepared, start, stop
from alongside.involvement.suitability.views.preparing.talking import add_conversation, ask, change_talk, note_source
from alongside.involvement.suitability.views.preparing.weighing import enquiry, weigh

__all__ = [
    "add_conversation",
    "ask",
    "change_talk",
    "enquiry",
    "note_source",
    "notes",
    "prepare",
    "prepared",
    "start",
    "stop",
    "weigh",
]
