"""A call promised to the person that nobody answered is missed contact; speaking with them ends it (R072)."""

from datetime import date

from django.db.models import Q

from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.log.outcomes import outcomes_that, was_reached
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.work.models import ToDo
from alongside.safety.permissions.actions import note_back_in_contact, note_missed_contact, stands_as_missed


def note_missed_or_back(by: User | None, contact: Contact, *, promised: str) -> None:
    """Note what a contact with the person says of it. `promised` is the kind of to-do that a promise opens."""
    if was_reached(contact):
        if stands_as_missed(contact.person):
            note_back_in_contact(by=by, person=contact.person)
        return
    due_on = _broken_promise(contact, promised)
    tried = contact.direction == Direction.TO_THEM
    if due_on is not None and tried and not stands_as_missed(contact.person):
        note_missed_contact(by=by, person=contact.person, since=due_on)


def _broken_promise(contact: Contact, promised: str) -> date | None:
    """The day for which the person was promised a call, if it came and nobody has spoken with them since.

    Speaking with them on the day or after it kept the promise, even where its to-do still stands, and even where that
    was after `contact`, which somebody writes down late.
    """
    with_them = Contact.objects.filter(person=contact.person_id, party=Party.PERSON)
    before = with_them.filter(at__lte=contact.at)
    spoken = with_them.filter(outcome__in=outcomes_that("reached")).order_by("-at", "-written_at").first()
    since = Q(due_on__gt=spoken.at.astimezone(LONDON).date()) | Q(subject=spoken.pk) if spoken else Q()
    promises = ToDo.objects.filter(
        since,
        case=contact.person_id,
        kind=promised,
        subject__in=before.filter(outcome__in=outcomes_that("reached", "promised")).values("pk"),
        done_at=None,
        due_on__lte=contact.at.astimezone(LONDON).date(),
    )
    return promises.order_by("due_on").values_list("due_on", flat=True).first()
