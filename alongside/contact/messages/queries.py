"""Reading messages and replies: those of a case or a family member, what waits to go, and what waits to be sorted."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from alongside.contact.log.models import Contact, Party
from alongside.contact.messages.duty import is_on_duty, may_deal_with
from alongside.contact.messages.kinds import FOR_MISSED
from alongside.contact.messages.limits import closed_among, limited_among
from alongside.contact.messages.models import Outgoing, Phrase, Reply
from alongside.contact.messages.rules import OPEN, WENT, Lately, State
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.content.markup import fill, title_and_body
from alongside.foundation.content.models import ContentVersion
from alongside.people.allocations.queries import visible_to

SPOKE = "contact_outcome.SPOKE"


def messages_of(person_id: UUID, *, member_id: UUID | None = None) -> QuerySet[Outgoing]:
    """Messages of a case, or to one of its family members, newest first."""
    rows = Outgoing.objects.filter(person=person_id).select_related("family_member").order_by("-written_at", "id")
    return rows.filter(family_member=member_id) if member_id else rows


def message_of(person_id: UUID, outgoing_id: UUID) -> Outgoing:
    """One message of a case; 404 where the case has no such message."""
    rows = Outgoing.objects.filter(person=person_id, pk=outgoing_id)
    found = rows.select_related("person", "family_member", "message", "letter", "phrase").first()
    if found is None:
        raise Http404
    return found


def text_of(outgoing: Outgoing) -> tuple[str, str]:
    """Subject and text as they were written; empty where the words have been erased."""
    text = ContentVersion.objects.filter(pk=outgoing.content_version).values_list("text", flat=True).first() or ""
    return title_and_body(fill(text, _Forgiving(outgoing.values)))


class _Forgiving(dict[str, object]):
    """Values of which some may have been erased: a gap stands in their place."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return "…"


def passed_on_to(member_id: UUID) -> datetime | None:
    """When what was agreed for missed contact was last passed on to them, or is about to be."""
    rows = Outgoing.objects.filter(family_member=member_id, kind=FOR_MISSED, state__in=[*OPEN, *WENT])
    return rows.order_by("-written_at").values_list("written_at", flat=True).first()


def what_waits(at: datetime) -> QuerySet[Outgoing, UUID]:
    """Ids of the messages whose time has come."""
    return (
        Outgoing.objects.filter(state=State.WAITING, send_from__lte=at)
        .order_by("send_from", "id")
        .values_list("pk", flat=True)
    )


def phrases_of(member_id: UUID, *, topic: str = "") -> list[Phrase]:
    """Words that the person agreed for one family member and did not take back, newest first."""
    rows = Phrase.objects.filter(family_member=member_id, withdrawn_at=None).order_by("-agreed_on", "id")
    return list(rows.filter(topic=topic) if topic else rows)


def lately_with(member_id: UUID) -> Lately:
    """Whether somebody met them and called them yet, as far as contacts tell. One query."""
    ways = set(
        Contact.objects.filter(
            family_member=member_id,
            party=Party.FAMILY,
            outcome=SPOKE,
            channel__in=["contact_channel.face", "contact_channel.phone"],
        )
        .values_list("channel", flat=True)
        .distinct()
    )
    return Lately(met="contact_channel.face" in ways, called="contact_channel.phone" in ways)


def replies_of(person_id: UUID, *, member_id: UUID | None = None) -> QuerySet[Reply]:
    """What came back on a case, newest first."""
    rows = Reply.objects.filter(person=person_id).select_related("family_member").order_by("-came_at", "id")
    return rows.filter(family_member=member_id) if member_id else rows


def reply_of(person_id: UUID, reply_id: UUID) -> Reply:
    """One reply of a case; 404 where the case has no such reply."""
    found = Reply.objects.filter(person=person_id, pk=reply_id).select_related("person", "family_member").first()
    if found is None:
        raise Http404
    return found


def to_sort(user: object) -> QuerySet[Reply]:
    """Replies from nobody whom we could tell, in the teams for which the user reads what is told, the oldest first.

    What came to no team at all is sorted by whoever is on duty, and by those who approve. What may come from a case of
    limited access is sorted by those who may see that case, and hidden from everyone to whom one such case is closed.
    """
    holding = holding_of(user)
    waiting = Reply.objects.filter(person=None, settled="")
    limited, reached, barred = _by_limited_access(user, waiting)
    mine = Q(team__in=list(holding.teams_reached_with(Right.TRIAGE_CONCERNS))) | Q(pk__in=reached)
    if (holding.may(Right.APPROVE) and holding.may(Right.TRIAGE_CONCERNS)) or is_on_duty(user):
        mine |= Q(team=None) & ~Q(pk__in=limited)
    return waiting.filter(mine).exclude(pk__in=barred).select_related("team").order_by("came_at", "id")


def opens(user: User, _case_id: UUID | None, reply_id: UUID) -> bool:
    """Whether a user may deal with a reply that is to be read or sorted, as its page asks."""
    reply = Reply.objects.filter(pk=reply_id).first()
    if reply is None or not may_deal_with(user, reply):
        return False
    return reply.person_id is not None or to_sort(user).filter(pk=reply.pk).exists()


def _by_limited_access(user: object, waiting: QuerySet[Reply]) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """Replies that may come from a case of limited access, those of them whose case the user sees, those closed."""
    cases_of = dict(waiting.exclude(cases=[]).values_list("pk", "cases"))
    every = {case for cases in cases_of.values() for case in cases}
    limited = limited_among(every)
    if not limited:
        return set(), set(), set()
    seen = set(visible_to(user, Right.TRIAGE_CONCERNS).filter(pk__in=limited).values_list("pk", flat=True))
    closed = closed_among(user, limited)
    found = {pk: set(cases) & limited for pk, cases in cases_of.items()}
    return (
        {pk for pk, cases in found.items() if cases},
        {pk for pk, cases in found.items() if cases & seen},
        {pk for pk, cases in found.items() if cases & closed},
    )
