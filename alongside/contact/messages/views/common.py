"""What the pages of this room have in common."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.contact.messages.kinds import KINDS
from alongside.contact.messages.models import Outgoing, Reply
from alongside.contact.messages.rules import STATE_TONES, STATE_WORDS, State
from alongside.foundation.access.rights import Right
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_member
from alongside.people.families.models import FamilyMember

CASE_PAGE, MEMBER_PAGE = "messages:messages", "messages:member"
TEMPLATES = "contact/messages"
CHANNELS = {"text": "Text", "email": "Email", "letter": "Letter"}


@dataclass(frozen=True)
class Line:
    """A message as lists show it."""

    title: str
    link: str
    state: str
    tone: str
    detail: str
    outgoing: Outgoing


def line_of(outgoing: Outgoing) -> Line:
    """One message of a list."""
    state = State(outgoing.state)
    kind = KINDS.get(outgoing.kind)
    what = kind.title.lower() if kind else outgoing.kind
    return Line(
        title=f"{CHANNELS[outgoing.channel]} to {outgoing.family_member.called}: {what}",
        link=reverse("messages:message", args=[outgoing.person_id, outgoing.pk]),
        state=STATE_WORDS[state],
        tone=f"moj-badge--{STATE_TONES[state]}",
        detail=outgoing.reason,
        outgoing=outgoing,
    )


@dataclass(frozen=True)
class ReplyLine:
    """A reply as lists show it."""

    title: str
    link: str
    state: str
    tone: str
    reply: Reply


def reply_line_of(reply: Reply) -> ReplyLine:
    """One reply of a list of a case."""
    called = reply.family_member.called if reply.family_member else ""
    return ReplyLine(
        title=f"{CHANNELS[reply.channel]} from {called}{': asks us to stop' if reply.stop else ''}",
        link=reverse("messages:reply", args=[reply.person_id, reply.pk]),
        state="Read" if reply.settled else "To read",
        tone="moj-badge--grey" if reply.settled else "moj-badge--orange",
        reply=reply,
    )


def sight_of_member(
    request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right, what: str
) -> tuple[Sight, FamilyMember]:
    """The case and one of its family members; 404 for anyone else and for anyone else's."""
    sight = case_for(request, person_id, right=right, what=what)
    member = member_or_404(person_id, member_id)
    member.person = sight.person
    return sight, member


def draw_member(
    request: HttpRequest, template: str, sight: Sight, member: FamilyMember, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one family member in the frame of the case."""
    return render_member(
        request,
        f"{TEMPLATES}/{template}",
        sight,
        member,
        here=MEMBER_PAGE,
        status=status,
        **context,
    )
