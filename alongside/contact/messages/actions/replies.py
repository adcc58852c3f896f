"""Taking in what comes back, sorting it, and saying what became of it. A number on a screen proves nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.contact.log.actions import ContactFacts, correct_contact, log_contact
from alongside.contact.log.models import Contact, Direction, Party
from alongside.contact.messages.actions.stopping import bind, note_stop
from alongside.contact.messages.actions.telling import READ, SORT, a_channel, done, named, record
from alongside.contact.messages.actions.unread import close_unread
from alongside.contact.messages.actions.writing import NotOpenError
from alongside.contact.messages.duty import Whom, who_next, who_reads, who_sorts
from alongside.contact.messages.limits import limited_among
from alongside.contact.messages.matching import cases_at, members_at, team_for
from alongside.contact.messages.models import Reply, Settled
from alongside.contact.messages.rules import Asked, as_sender, cleaned, is_stop
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.safety.protected.actions import record_told
from alongside.safety.protected.actions.told import ToldFacts
from alongside.safety.protected.models import Told

NOT_READ = "A reply came in. Its words stand on its own page until somebody has read it."
READ_ALREADY = "It has been read, and what follows from it is in hand."
NOT_PROVEN = "It came from a number or address on record. That does not prove who wrote."
TOLD_BY = {
    Channel.TEXT: "told_channel.TEXT",
    Channel.EMAIL: "told_channel.EMAIL",
    Channel.LETTER: "told_channel.LETTER",
}


@dataclass(frozen=True)
class Arrived:
    """Something that came back. `key` is the carrier's name for it, or the form's, so that it counts once."""

    channel: Channel
    sender: str
    words: str
    came_at: datetime
    key: str


@action
def take_in(*, by: User | None, arrived: Arrived, team: Team | None = None) -> Reply:
    """Keep something that came back. It belongs to a family member only where its sender is theirs alone.

    Whoever hands it in is told the same whatever comes of it. The same `key` again changes nothing.
    """
    known = Reply.objects.filter(key=arrived.key).first()
    if known is not None:
        return known
    sender = as_sender(arrived.channel, arrived.sender)
    digest = digest_of(sender)
    words = cleaned(arrived.words)
    found = members_at(arrived.channel, sender)
    cases = sorted(cases_at(arrived.channel, sender))
    stop = arrived.channel is not Channel.LETTER and is_stop(words)
    if stop and sender:
        bind(digest, found)
    reply = Reply.objects.create(
        channel=arrived.channel.value,
        sender=cleaned(arrived.sender)[:300],
        sender_digest=digest,
        words=words,
        stop=stop,
        came_at=min(arrived.came_at, timezone.now()),
        key=arrived.key,
        team=None if limited_among(cases) else team_for(found, digest=digest) or team,
        cases=cases,
        taken_by=by.pk if by else None,
        taken_by_name=by.name if by else "",
    )
    record(by=by, row=reply, name="messages.reply.taken_in", case_id=None, member_id=None, kind=EventKind.COLLECTION)
    theirs = found[0] if len(found) == 1 else None
    if stop:
        note_stop(reply, chosen=theirs, by=by)
    if theirs is not None:
        _give_to(reply, theirs, by=by)
    else:
        _ask_to_sort(reply)
    return reply


UNCLEAR = "A reply came in, and it is not clear from whom: sort it"
STILL_UNCLEAR = "Nobody can tell yet from whom a reply is: find out, without answering it"


def _ask_to_sort(reply: Reply) -> None:
    """Put it before the seniors of its team; without a team, before someone who is on duty."""
    _put_before(reply, who_sorts(reply), title=UNCLEAR)


def _put_before(reply: Reply, whom: Whom, *, title: str) -> None:
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(
            kind=SORT, title=title, due_on=today(), right=Right.TRIAGE_CONCERNS, subject_id=reply.pk, **whom
        ),
    )


def _give_to(reply: Reply, member: FamilyMember, *, by: User | None) -> None:
    """It is theirs: a contact and a to-do. What a “stop” locks is locked before, as it is where messages are sent."""
    contact = log_contact(
        by=by,
        person=member.person,
        member=member,
        facts=ContactFacts(
            party=Party.FAMILY,
            at=reply.came_at,
            channel_id=f"contact_channel.{reply.channel}",
            direction=Direction.FROM_THEM,
            purpose_id="contact_purpose.REPLY",
            outcome_id="contact_outcome.SPOKE",
            heard=NOT_READ,
        ),
    )
    reply.person, reply.family_member, reply.contact = member.person, member, contact.pk
    reply.version += 1
    reply.save(update_fields=["person", "family_member", "contact", "version"])
    record(
        by=by,
        row=reply,
        name="messages.reply.matched",
        case_id=member.person_id,
        member_id=member.pk,
        after={"channel": reply.channel, "stop": reply.stop},
    )
    ending = "they ask us to stop" if reply.stop else "read it"
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=READ,
            title=f"A reply from {named(member)}, {a_channel(reply.channel)}: {ending}",
            due_on=today(),
            right=Right.LOG_CONTACTS,
            subject_id=reply.pk,
            family_member_id=member.pk,
            **who_reads(member.person_id),
        ),
    )


@action
def ask_again() -> int:
    """Put what came to no team and nobody sorted before whoever is on duty today; answers how much that was."""
    rows = list(Reply.objects.filter(team=None, person=None, settled="").order_by("came_at", "id"))
    for reply in rows:
        _ask_to_sort(reply)
    return len(rows)


@action
def sort(*, by: User, reply_id: UUID, member: FamilyMember | None) -> Reply:
    """Say from whom a reply is; None where it is from nobody whom we know. Raises NotOpenError."""
    reply = _to_sort(reply_id)
    if reply.stop:
        note_stop(reply, chosen=member, by=by)
    if member is not None:
        _give_to(reply, member, by=by)
    else:
        _settle(reply, by=by, settled=Settled.NOBODY)
        record(by=by, row=reply, name="messages.reply.from_nobody", case_id=None, member_id=None)
    done(by=by, case_id=None, kind=SORT, subject_id=reply.pk)
    close_unread(by=by, reply=reply)
    return reply


@action
def cannot_tell(*, by: User, reply_id: UUID) -> Reply:
    """Say that nobody can tell from whom a reply is. Raises NotOpenError.

    It stays nobody's, in the list of what waits to be sorted, and lies before whoever is on duty; said once more,
    before everyone who leads. No case and no family member learns of it.
    """
    reply = _to_sort(reply_id)
    asked = Asked.DUTY if reply.unclear_at is None else Asked.LEADERS
    reply.unclear_at = timezone.now()
    reply.version += 1
    reply.save(update_fields=["unclear_at", "version"])
    record(
        by=by,
        row=reply,
        name="messages.reply.cannot_be_told",
        case_id=None,
        member_id=None,
        after={"asked": asked.name.lower()},
    )
    done(by=by, case_id=None, kind=SORT, subject_id=reply.pk)
    close_unread(by=by, reply=reply)
    _put_before(reply, who_next(reply, asked=asked, but=by), title=STILL_UNCLEAR)
    return reply


@action
def hand_on(*, by: User, reply_id: UUID, team: Team) -> Reply:
    """Give a reply to another team to sort. Raises NotOpenError."""
    reply = _to_sort(reply_id)
    before = reply.team_id
    reply.team = team
    reply.version += 1
    reply.save(update_fields=["team", "version"])
    record(
        by=by,
        row=reply,
        name="messages.reply.handed_on",
        case_id=None,
        member_id=None,
        before={"team": str(before)},
        after={"team": str(team.pk)},
    )
    done(by=by, case_id=None, kind=SORT, subject_id=reply.pk)
    close_unread(by=by, reply=reply)
    _ask_to_sort(reply)
    return reply


@action
def write_down(*, by: User, reply_id: UUID) -> Reply:
    """What a reply says goes into the contacts. Raises NotOpenError where somebody dealt with it before."""
    reply = _to_read(reply_id)
    _read(reply, by=by, settled=Settled.WRITTEN_DOWN, heard=reply.words or "")
    return reply


@action
def keep_in_confidence(*, by: User, reply_id: UUID, duties: Collection[str] = ()) -> Told:
    """What a reply says goes behind the wall, with its source protected, and from here: one step, so nothing is lost.

    `duties` are values of duty_owed. Raises NotOpenError where somebody dealt with it before.
    """
    reply = _to_read(reply_id)
    told = record_told(
        by=by,
        person=_case_of(reply),
        facts=ToldFacts(
            at=reply.came_at,
            told_by_id="told_by.FAMILY",
            channel_id=TOLD_BY[Channel(reply.channel)],
            limits_said=False,
            family_member=reply.family_member_id,
            seen=reply.words or "",
            opinion=NOT_PROVEN,
            duties=tuple(duties),
        ),
    )
    reply.words = None
    _read(reply, by=by, settled=Settled.IN_CONFIDENCE, heard=READ_ALREADY)
    return told


def _read(reply: Reply, *, by: User, settled: Settled, heard: str) -> None:
    contact = Contact.objects.filter(pk=reply.contact).first() if reply.contact else None
    if contact is not None:
        correct_contact(by=by, contact=contact, seen_version=contact.version, reason="The reply was read", heard=heard)
    _settle(reply, by=by, settled=settled)
    record(
        by=by,
        row=reply,
        name="messages.reply.read",
        case_id=reply.person_id,
        member_id=reply.family_member_id,
    )
    done(by=by, case_id=reply.person_id, kind=READ, subject_id=reply.pk)
    close_unread(by=by, reply=reply)


def _case_of(reply: Reply) -> Person:
    if reply.person is None:
        raise NotOpenError("Nobody has said yet whose case it is.")
    return reply.person


def _to_read(reply_id: UUID) -> Reply:
    reply = Reply.objects.select_for_update().get(pk=reply_id)
    if reply.settled or reply.person_id is None:
        raise NotOpenError("Somebody has dealt with this reply already.")
    return reply


def _to_sort(reply_id: UUID) -> Reply:
    reply = Reply.objects.select_for_update().get(pk=reply_id)
    if reply.person_id is not None or reply.settled:
        raise NotOpenError("Somebody has sorted this reply already.")
    return reply


def _settle(reply: Reply, *, by: User, settled: Settled) -> None:
    reply.settled, reply.settled_at, reply.settled_by = settled, timezone.now(), by.pk
    reply.version += 1
    reply.save(update_fields=["settled", "settled_at", "settled_by", "words", "version"])
