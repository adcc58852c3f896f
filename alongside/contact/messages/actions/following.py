"""What becomes of a message once it is out of our hands: sent, stopped, not known, arrived, or sent back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.contact.log.actions import ContactFacts, correct_contact, log_contact
from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.messages.actions.telling import NOT_SENT, UNKNOWN, a_channel, ask, done, named, record, tell
from alongside.contact.messages.actions.writing import NotOpenError, address_of, change, held, not_gone
from alongside.contact.messages.deciding import letters_of, plan_for, plan_told, told_by, wishes_of
from alongside.contact.messages.kinds import KINDS
from alongside.contact.messages.models import Outgoing
from alongside.contact.messages.queries import text_of
from alongside.contact.messages.rules import FROM_DELIVERY, FURTHEST, RECEIPTS, WENT, State, first_moment
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.delivery import rules as delivery
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.jobs.models import OutboxEvent
from alongside.involvement.agreements.actions.living import take_back_draw
from alongside.safety.flags.actions import take_back_told, tell_plan
from alongside.safety.permissions.gate import NOT_SAFE
from alongside.safety.permissions.queries import permission_facts

SPOKE, WRONG = "contact_outcome.SPOKE", "contact_outcome.WRONG"


def message_over(event: OutboxEvent) -> None:
    """Whoever carries it has said what became of it."""
    follow(message_id=event.subject)


@action
def follow(*, message_id: UUID) -> None:
    """Bring a message up to date with what became of it where it is carried. Heard twice, it changes nothing."""
    found = Outgoing.objects.filter(message=message_id).values_list("pk", flat=True).first()
    outgoing = held(found) if found else None
    if outgoing is None or outgoing.state != State.ON_ITS_WAY:
        return
    message = Message.objects.get(pk=message_id)
    state = FROM_DELIVERY[delivery.State(message.state)]
    early = RECEIPTS.get(outgoing.receipt)
    if state is State.SENT:
        _sent(outgoing, message, is_back=early is State.NOT_DELIVERED)
    elif state is State.UNKNOWN:
        change(outgoing, state=state, reason=message.reason)
        title = f"Decide what to do: {a_channel(outgoing.channel)} to {named(outgoing.family_member)} may not have gone"
        ask(outgoing, kind=UNKNOWN, title=title)
    elif state in (State.STOPPED, State.FAILED):
        take_back_draw(by=None, source_id=outgoing.pk)
        if message.reason != NOT_SAFE or not _waits_again(outgoing):
            not_gone(outgoing, state=state, reason=message.reason)
    if early is not None and state in (State.SENT, State.UNKNOWN):
        _take_receipt(outgoing, early)


def _waits_again(outgoing: Outgoing) -> bool:
    """A text that came to be sent outside their safe times waits for the next; answers whether there is one.

    That may be now, where this is heard late. Then all is asked again as it is handed over.
    """
    now = timezone.now()
    safe = permission_facts([outgoing.family_member_id], at=now)[outgoing.family_member_id].safe_contact
    is_about_time = outgoing.channel == Channel.TEXT and Channel.TEXT not in safe.never and bool(address_of(outgoing))
    if not is_about_time or now - outgoing.written_at > FURTHEST:
        return False
    moment = first_moment(
        safe,
        wishes_of(outgoing.person_id),
        now=now,
        channel=Channel(outgoing.channel),
        prompt=KINDS[outgoing.kind].prompt,
    )
    if moment is None:
        return False
    change(outgoing, state=State.WAITING, message=None, send_from=moment)
    return True


def _sent(outgoing: Outgoing, message: Message, *, is_back: bool) -> None:
    change(outgoing, state=State.SENT, over_at=message.over_at or timezone.now())
    _write_down(outgoing)
    if not is_back:
        _note_told(outgoing)


def _write_down(outgoing: Outgoing) -> None:
    """One note feeds timeline, budget, reviews and measures: the contact has the message's own id."""
    if Contact.objects.filter(pk=outgoing.pk).exists():
        return
    kind = KINDS[outgoing.kind]
    log_contact(
        by=User.objects.filter(pk=outgoing.written_by).first(),
        person=outgoing.person,
        member=outgoing.family_member,
        key=outgoing.pk,
        facts=ContactFacts(
            party=Party.FAMILY,
            at=outgoing.over_at or timezone.now(),
            channel_id=f"contact_channel.{outgoing.channel}",
            direction=Direction.TO_THEM,
            purpose_id=f"contact_purpose.{kind.about}",
            outcome_id=SPOKE,
            shared=text_of(outgoing)[1],
            topics=list(told_by(outgoing)),
            decisions=[UUID(one) for one in outgoing.decisions],
            thanked=kind.code == "thanks",
        ),
    )


def _went_on(outgoing: Outgoing) -> date:
    return (outgoing.over_at or timezone.now()).astimezone(LONDON).date()


def _note_told(outgoing: Outgoing) -> None:
    """The letter of a stand-down plan has gone, so they are told: what others may see changes from now on."""
    if not KINDS[outgoing.kind].stand_down:
        return
    on = _went_on(outgoing)
    plan = plan_for(outgoing.family_member_id, on=on, hold=True)
    if plan is not None and plan.words_key == outgoing.content_key:
        writer = User.objects.filter(pk=outgoing.written_by).first()
        tell_plan(by=writer, plan=plan, seen_version=plan.version, told_on=on)


def _note_not_told(outgoing: Outgoing) -> None:
    """The letter that told them of a stand-down plan did not arrive, and no other went: they are to be told still."""
    if not KINDS[outgoing.kind].stand_down:
        return
    plan = plan_told(outgoing.family_member_id, on=_went_on(outgoing), words_key=outgoing.content_key)
    if plan is not None and not letters_of(plan).exclude(pk=outgoing.pk).filter(state__in=WENT).exists():
        take_back_told(by=None, plan=plan, seen_version=plan.version, why="The letter that told them did not arrive")


@action
def settle_unknown(*, by: User, outgoing_id: UUID, went: bool) -> None:
    """Somebody decided about a message of which nobody knows whether it went. Raises NotOpenError."""
    outgoing = held(outgoing_id)
    if outgoing is None or outgoing.state != State.UNKNOWN:
        raise NotOpenError("Somebody has decided about this message already.")
    state = State.SENT if went else State.GIVEN_UP
    change(outgoing, state=state, over_at=timezone.now(), settled_by=by.pk)
    record(
        by=by,
        row=outgoing,
        name="messages.message.settled",
        case_id=outgoing.person_id,
        member_id=outgoing.family_member_id,
        after={"state": state.value},
    )
    if went:
        _write_down(outgoing)
        _note_told(outgoing)
    else:
        tell(
            by=by,
            outgoing=outgoing,
            verb="given_up",
            title=f"Not known whether {a_channel(outgoing.channel)} to {named(outgoing.family_member)} went",
        )
    done(by=by, case_id=outgoing.person_id, kind=UNKNOWN, subject_id=outgoing.pk)


@action
def note_receipt(*, reference: UUID, status: str) -> bool:
    """What the carrier says of a message afterwards; answers whether it told anything new.

    A carrier may be quicker than we are: what it says while a message is on its way is kept until that is followed.
    """
    state = RECEIPTS.get(status)
    found = Outgoing.objects.filter(message__reference=reference).values_list("pk", flat=True).first()
    outgoing = held(found) if found and state else None
    if outgoing is None or state is None or outgoing.state == state:
        return False
    if outgoing.state == State.ON_ITS_WAY:
        change(outgoing, receipt=status)
        return True
    if outgoing.state not in {*WENT, State.UNKNOWN, State.NOT_DELIVERED, State.GIVEN_UP}:
        return False
    _take_receipt(outgoing, state)
    return True


def _take_receipt(outgoing: Outgoing, state: State) -> None:
    before = outgoing.state
    change(outgoing, state=state, over_at=outgoing.over_at or timezone.now())
    record(
        by=None,
        row=outgoing,
        name=f"messages.message.{state.value}",
        case_id=outgoing.person_id,
        member_id=outgoing.family_member_id,
        before={"state": before},
        after={"state": state.value},
    )
    done(by=None, case_id=outgoing.person_id, kind=UNKNOWN, subject_id=outgoing.pk)
    if state is State.DELIVERED:
        _write_down(outgoing)
        _note_told(outgoing)
    else:
        _did_not_arrive(outgoing)


def _did_not_arrive(outgoing: Outgoing) -> None:
    take_back_draw(by=None, source_id=outgoing.pk)
    contact = Contact.objects.filter(pk=outgoing.pk).first()
    if contact is not None:
        with transaction.atomic():
            correct_contact(
                by=None,
                contact=contact,
                seen_version=contact.version,
                reason="Whoever carries it said that it did not arrive",
                outcome_id=WRONG,
                thanked=False,
            )
    _note_not_told(outgoing)
    what = f"{a_channel(outgoing.channel)} to {named(outgoing.family_member)} did not arrive"
    tell(by=None, outgoing=outgoing, verb="not_delivered", title=what[:1].upper() + what[1:])
    ask(outgoing, kind=NOT_SENT, title=f"Check the number or address: {what}", by_hand=True)
