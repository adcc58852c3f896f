"""What relatives do unpaid (R142): whom to thank, and whom to ask, alone, whether it is too much. Nobody is judged."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.contact.log.models import Contact
from alongside.contact.log.reaching import whom_to_reach
from alongside.contact.log.rules import ASKED_AGAIN, EFFORT_WEEKS, Effort, asks_much, owed_thanks
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import LONDON, add_working_days, end_of, start_of, today
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.people.allocations.queries import days_closed_for
from alongside.people.families.models import FamilyMember

THANK, TOO_MUCH = "log.effort.thank", "log.effort.too_much"
WITHIN = 5
"""Working days in which whoever holds the case thanks them, or asks."""


def efforts_of(member_id: UUID, *, by_law: bool, on: date) -> list[Effort]:
    """What a family member did, and when they were thanked, in the last weeks, the latest first. One query.

    `by_law` as for contacts: what few may know of counts for those few alone.
    """
    rows = Contact.objects.filter(
        family_member=member_id, at__gte=start_of(on - EFFORT_WEEKS), at__lt=end_of(on)
    ).exclude(efforts=[], thanked=False)
    rows = rows if by_law else rows.filter(by_law=False)
    return [
        Effort(
            on=row.at.astimezone(LONDON).date(),
            kinds=tuple(label_of(f"family_effort.{code}") for code in row.efforts),
            hours=row.effort_hours or 0,
            pounds=row.effort_pounds or 0,
            thanked=row.thanked,
        )
        for row in rows.order_by("-at", "id").only("at", "efforts", "effort_hours", "effort_pounds", "thanked")
    ]


def follow_effort(by: User | None, contact: Contact) -> None:
    """Ask whoever holds the case to thank a family member, or to ask how they bear it, where they may be reached.

    Thanking closes the first, and a correction after which there is less to ask about closes what it opened. What was
    told under a decision to disclose opens nothing: others would learn that they are in touch.
    """
    if contact.family_member is not None and not contact.by_law:
        follow_effort_of(by, contact.family_member)


def follow_effort_of(by: User | None, member: FamilyMember) -> None:
    """The same for one family member, whatever told of it."""
    done = efforts_of(member.pk, by_law=False, on=today())
    may_reach = member.pk in whom_to_reach([member.pk], on=today(), at=timezone.now())
    if may_reach and owed_thanks(done):
        _ask(member, THANK, f"Thank {member.name} for what they do, unpaid")
    else:
        close_to_do(by=by, case_id=member.person_id, kind=THANK, subject_id=member.pk)
    if not may_reach or not asks_much(done, on=today()):
        close_to_do(by=None, case_id=member.person_id, kind=TOO_MUCH, subject_id=member.pk)
    elif not _asked_lately(member):
        _ask(member, TOO_MUCH, f"Ask {member.name}, alone, whether what they do is too much")


def _asked_lately(member: FamilyMember) -> bool:
    """Whether somebody asked, or has it to do; what closed by itself was asked of nobody."""
    lately = ToDo.objects.filter(kind=TOO_MUCH, subject=member.pk, made_at__gte=start_of(today() - ASKED_AGAIN))
    return lately.filter(Q(done_at=None) | Q(done_by__isnull=False)).exists()


def _ask(member: FamilyMember, kind: str, title: str) -> None:
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=kind,
            title=title,
            due_on=add_working_days(today(), WITHIN, closures=days_closed_for(member.person_id)),
            right=Right.LOG_CONTACTS,
            subject_id=member.pk,
            family_member_id=member.pk,
            by_hand=True,
        ),
    )
