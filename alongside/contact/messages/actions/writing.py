"""Writing a message, handing it to whoever carries it once it may go, and calling it off."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.contact.messages.actions.telling import NOT_SENT, a_channel, ask, done, named, record, tell
from alongside.contact.messages.addresses import address_on
from alongside.contact.messages.deciding import ASKED_TO_STOP, asked_to_stop, weigh, why_not_now, wishes_of, worst_of
from alongside.contact.messages.kinds import KINDS
from alongside.contact.messages.models import Outgoing
from alongside.contact.messages.preparing import Prepared, Typed
from alongside.contact.messages.rules import FURTHEST, State, first_moment
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import NotApprovedError, UnknownWordingError, wording_for_sending
from alongside.foundation.delivery import rules as delivery
from alongside.foundation.delivery.actions import (
    NotQueuedError,
    Recipient,
    Words,
    digest_of,
    queue_message,
    stop_message,
)
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import AddressError, Channel, RecipientKind
from alongside.foundation.files.actions import Belongs, store_made
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.purposes import purpose_of
from alongside.involvement.agreements.actions.living import take_back_draw
from alongside.involvement.decisions.actions.keeping import keep_answer
from alongside.involvement.decisions.models import Use
from alongside.involvement.decisions.queries.gathering import May
from alongside.involvement.decisions.queries.kept import live_purpose_of
from alongside.involvement.decisions.rules import Outcome
from alongside.people.families.marks import safe_points
from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.permissions.queries import lock, permission_facts

LETTERS = "messages.letter"
CHANGED_WORDS = "The approved words changed after you read them. Read the new ones and send it again."
NO_SAFE_TIME = "There was no safe time in four weeks. Choose another way to reach them."
NO_ADDRESS = "The number or address is no longer on record as safe. Look at their page."
NO_LETTER = "The letter itself is no longer kept. Write it again."
TOO_OLD = "It has waited for more than four weeks, so it does not go. Write again if it still matters."
STALE = FURTHEST + timedelta(days=1)


class NotAllowedError(Exception):
    """May I? does not say yes. `answers` are what it says."""

    def __init__(self, answers: Sequence[May]) -> None:
        super().__init__("May I? does not say yes to this.")
        self.answers = answers


class NotOpenError(ValueError):
    """The message has gone on since. The message says so."""


@action
def write_message(
    *, by: User, person: Person, member: FamilyMember, prepared: Prepared, key: UUID, again_of: UUID | None = None
) -> Outgoing:
    """Write one message, and hand it over at once where it may go now.

    Raises NotAllowedError where May I? does not say yes, and NotQueuedError where a gate stops it.
    """
    now, typed = timezone.now(), prepared.typed
    answers = weigh(
        user=by,
        member_id=member.pk,
        kind=typed.kind,
        channel=typed.channel,
        at=now,
        topics=typed.topics,
        waits=prepared.moment > now,
    )
    if worst_of(answers).answer.outcome > Outcome.CONDITIONS:
        raise NotAllowedError(answers)
    if asked_to_stop(digest_of(prepared.address)):
        raise NotQueuedError(ASKED_TO_STOP)
    outgoing = Outgoing.objects.create(
        pk=key,
        person=person,
        family_member=member,
        kind=typed.kind.code,
        channel=typed.channel.value,
        point=typed.point.pk,
        content_key=prepared.key,
        content_version=prepared.version,
        language=typed.language,
        values=dict(prepared.values),
        phrase=typed.phrase,
        letter=_keep_letter(by, person, member, prepared),
        decisions=_kept(by, member, answers),
        discretion=typed.discretion,
        send_from=prepared.moment,
        address_digest=digest_of(prepared.address),
        again_of=again_of,
        written_by=by.pk,
        written_by_name=by.name,
    )
    record(
        by=by,
        row=outgoing,
        name="messages.message.written",
        case_id=person.pk,
        member_id=member.pk,
        kind=EventKind.COLLECTION,
        after={"kind": typed.kind.code, "channel": typed.channel.value, "discretion": typed.discretion},
    )
    if prepared.moment > now:
        what = f"{a_channel(outgoing.channel)} to {named(member)} waits to go: {typed.kind.title.lower()}"
        tell(by=by, outgoing=outgoing, verb="waits", title=what[:1].upper() + what[1:])
    else:
        _queue(outgoing, by=by, address=prepared.address)
    return outgoing


def _keep_letter(by: User, person: Person, member: FamilyMember, prepared: Prepared) -> StoredFile | None:
    if prepared.pdf is None:
        return None
    return store_made(
        by=by,
        name="letter.pdf",
        content=prepared.pdf,
        purpose=purpose_of(LETTERS),
        belongs=Belongs(person.pk, member.pk),
    )


def _kept(by: User, member: FamilyMember, answers: Sequence[May]) -> list[str]:
    """Every answer is kept: whether it may be written, and whether each topic may be told so."""
    purpose = live_purpose_of(member.pk, on=today())
    return [str(keep_answer(by=by, member=member, may=may, use=Use.DONE, purpose=purpose).pk) for may in answers]


def _queue(outgoing: Outgoing, *, by: User | None, address: str) -> None:
    """Give it to whoever carries it. Raises NotQueuedError, AddressError or NotApprovedError."""
    member = outgoing.family_member
    message = queue_message(
        by=by,
        channel=Channel(outgoing.channel),
        to=Recipient(
            RecipientKind.FAMILY_MEMBER,
            member.pk,
            address,
            case_id=outgoing.person_id,
            family_member_id=member.pk,
        ),
        words=Words(outgoing.content_key, outgoing.language, outgoing.values, letter=outgoing.letter),
        purpose=KINDS[outgoing.kind].purpose,
    )
    change(outgoing, state=State.ON_ITS_WAY, message=message, address_digest=message.address_digest)


def change(outgoing: Outgoing, **values: object) -> None:
    """Write values to a message that is held."""
    for name, value in values.items():
        setattr(outgoing, name, value)
    outgoing.version += 1
    outgoing.save(update_fields=[*values, "version"])


@action
def send_what_waits(*, outgoing_id: UUID) -> None:
    """Hand over a message whose time has come, if it may still go; else it waits on, or is stopped with a to-do."""
    member_id = Outgoing.objects.filter(pk=outgoing_id).values_list("family_member", flat=True).first()
    if member_id is None:
        return
    lock(member_id)  # first of all that is held, as in the gate: two orders would wait for each other
    outgoing = held(outgoing_id)
    now = timezone.now()
    if outgoing is None or outgoing.state != State.WAITING or outgoing.send_from > now:
        return
    if reason := _why_stop(outgoing):
        stop(outgoing, reason=reason)
        return
    safe = permission_facts([outgoing.family_member_id], at=now)[outgoing.family_member_id].safe_contact
    moment = first_moment(
        safe,
        wishes_of(outgoing.person_id),
        now=now,
        channel=Channel(outgoing.channel),
        prompt=KINDS[outgoing.kind].prompt,
    )
    if moment is None:
        stop(outgoing, reason=NO_SAFE_TIME)
        return
    if moment > now:
        change(outgoing, send_from=moment)
        return
    if reason := why_not_now(outgoing, at=now):
        stop(outgoing, reason=reason)
        return
    try:
        _queue(outgoing, by=User.objects.get(pk=outgoing.written_by), address=address_of(outgoing))
    except (NotQueuedError, AddressError, NotApprovedError, UnknownWordingError) as error:
        stop(outgoing, reason=str(error))


def held(outgoing_id: UUID) -> Outgoing | None:
    """A message, held until the transaction ends; None where it has been erased."""
    return (
        Outgoing.objects.select_for_update(of=("self",))
        .select_related("person", "family_member", "phrase", "letter")
        .filter(pk=outgoing_id)
        .first()
    )


def _why_stop(outgoing: Outgoing) -> str:
    """Why a message that waited cannot go as it was read."""
    if timezone.now() - outgoing.written_at > STALE:
        return TOO_OLD
    if outgoing.channel == Channel.LETTER and outgoing.letter is None:
        return NO_LETTER
    try:
        wording = wording_for_sending(outgoing.content_key, outgoing.language)
    except (NotApprovedError, UnknownWordingError):
        return CHANGED_WORDS
    if wording.version_id != outgoing.content_version:
        return CHANGED_WORDS
    return "" if address_of(outgoing) else NO_ADDRESS


def address_of(outgoing: Outgoing) -> str:
    """Where it goes, as the record says now; "" where that is no longer safe or no longer what was read."""
    point = safe_points(ContactPoint.objects.filter(pk=outgoing.point, family_member=outgoing.family_member_id)).first()
    if point is None:
        return ""
    try:
        address = address_on(Channel(outgoing.channel), point.value, member=outgoing.family_member)
    except AddressError:
        return ""
    return address if digest_of(address) == outgoing.address_digest else ""


def stop(outgoing: Outgoing, *, reason: str) -> None:
    """Keep a message from going, and have whoever holds the case told."""
    not_gone(outgoing, state=State.STOPPED, reason=reason)


def not_gone(outgoing: Outgoing, *, state: State, reason: str) -> None:
    """Note that a message did not go, with a line, a to-do and its reason."""
    change(outgoing, state=state, reason=reason[:200], over_at=timezone.now())
    what = f"{a_channel(outgoing.channel)} to {named(outgoing.family_member)} did not go"
    record(
        by=None,
        row=outgoing,
        name=f"messages.message.{state.value}",
        case_id=outgoing.person_id,
        member_id=outgoing.family_member_id,
        after={"state": state.value},
        ground=reason[:200],
    )
    tell(by=None, outgoing=outgoing, verb=state.value, title=what[:1].upper() + what[1:])
    ask(outgoing, kind=NOT_SENT, title=f"See why {what}", by_hand=True)


@action
def call_off(*, by: User, outgoing_id: UUID) -> bool:
    """Keep a message from going that has not been handed over; answers whether it was still in time.

    That holds also for one that was stopped or refused where nobody has heard of it yet: it might have waited on.
    """
    outgoing = held(outgoing_id)
    if outgoing is None or outgoing.state not in (State.WAITING, State.ON_ITS_WAY):
        return False
    if outgoing.message is not None and not _is_kept_back(outgoing.message, by=by):
        return False
    take_back_draw(by=by, source_id=outgoing.pk)
    change(outgoing, state=State.CALLED_OFF, over_at=timezone.now())
    record(
        by=by,
        row=outgoing,
        name="messages.message.called_off",
        case_id=outgoing.person_id,
        member_id=outgoing.family_member_id,
    )
    tell(
        by=by,
        outgoing=outgoing,
        verb="called_off",
        title=f"A message to {named(outgoing.family_member)} was called off",
    )
    done(by=by, case_id=outgoing.person_id, kind=NOT_SENT, subject_id=outgoing.pk)
    return True


def _is_kept_back(message: Message, *, by: User) -> bool:
    """Whether it has not gone, and now does not go."""
    if stop_message(by=by, message=message, reason="Called off"):
        return True
    message.refresh_from_db()
    return message.state in (delivery.State.STOPPED, delivery.State.FAILED)


__all__ = ["NotAllowedError", "NotOpenError", "Typed", "call_off", "held", "send_what_waits", "stop", "write_message"]
