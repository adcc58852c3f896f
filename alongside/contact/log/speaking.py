"""In which language a family member is spoken with, told before anything else is said."""

from alongside.contact.log.rules import words_on_language
from alongside.foundation.reference.queries import coded
from alongside.people.families.models import FamilyMember

ENGLISH = "en"


def how_they_speak(member: FamilyMember) -> str:
    """What to know of their language before speaking with them; "" where they speak English and need nobody."""
    spoken = coded(member.language_id) if member.language_id else None
    is_other = spoken is not None and spoken.code != ENGLISH
    return words_on_language(
        spoken.label() if spoken is not None and is_other else "",
        is_signed=bool(spoken and spoken.attributes.get("signed")),
        is_welsh=bool(spoken and spoken.code == "cy"),
        interpreter=member.interpreter_needed,
    )
