"""What the case page and a family member's page say of safety, for those who may see it."""

from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import CardFacts, put_card
from alongside.safety.flags.models import Certainty, Flag
from alongside.safety.flags.queries import live_flags

CARD = "flags"
TITLE = "Safety"


@action
def refresh_cards(person_id: UUID, *, member_id: UUID | None) -> None:
    """Bring the card on the case page and, where it is about one, on the family member's page up to date."""
    standing = list(
        live_flags(today()).filter(person=person_id).select_related("family_member").order_by("recorded_on")
    )
    _put(person_id, None, standing)
    if member_id is not None:
        _put(person_id, member_id, [flag for flag in standing if flag.family_member_id == member_id])


def _put(person_id: UUID, member_id: UUID | None, standing: list[Flag]) -> None:
    waiting = sum(flag.awaiting_review for flag in standing)
    if waiting:
        headline = "Stop: a new or changed flag waits for review"
    elif standing:
        headline = f"{len(standing)} flags stand" if len(standing) != 1 else "1 flag stands"
    else:
        headline = "No flag stands"
    put_card(
        case_id=person_id,
        card=CardFacts(
            key=CARD,
            title=TITLE,
            headline=headline,
            lines=tuple(_line(flag, named=member_id is None) for flag in standing),
            order=10,
            right=Right.SEE_SAFETY,
            family_member_id=member_id,
        ),
    )


def _line(flag: Flag, *, named: bool) -> str:
    about = f"{flag.family_member.name}: " if named and flag.family_member else ""
    return f"{about}{label_of(str(flag.kind_id))} ({Certainty(flag.certainty).label.lower()})"
