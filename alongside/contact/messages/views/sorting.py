"""Replies of which it is not clear from whom they are: a person sorts them, among the cases that they may see."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.messages.actions.replies import cannot_tell, hand_on, sort
from alongside.contact.messages.actions.writing import NotOpenError
from alongside.contact.messages.forms import ANOTHER_TEAM, CANNOT_TELL, SortForm, member_of, team_of
from alongside.contact.messages.limits import closed_among
from alongside.contact.messages.matching import cases_at, members_at
from alongside.contact.messages.models import Reply
from alongside.contact.messages.queries import to_sort
from alongside.contact.messages.rules import as_sender
from alongside.contact.messages.stopped import yes_since
from alongside.contact.messages.views.common import CHANNELS, TEMPLATES
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.involvement.decisions.finding import found_for
from alongside.people.allocations.queries import visible_to
from alongside.people.families.models import FamilyMember
from alongside.people.staff.queries import teams_in_order

WHAT = "messages.sorting"


@require_GET
@needs(Right.TRIAGE_CONCERNS)
def show(request: HttpRequest) -> HttpResponse:
    """What waits to be sorted, the oldest first."""
    user = user_of(request)
    record_consultation(by=user, what=WHAT)
    page = page_of(to_sort(user), request)
    rows = [(reply, CHANNELS[reply.channel]) for reply in page.rows]
    return render(request, f"{TEMPLATES}/to_sort.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@needs(Right.TRIAGE_CONCERNS)
def sort_one(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """One reply, and the family members it may be from, of those whom the user may see."""
    user = user_of(request)
    reply = _reply_or_404(user, reply_id)
    record_consultation(by=user, what=WHAT)
    text = request.GET.get("q", "").strip()[:100]
    form = SortForm(**posted(request), members=_candidates(user, reply, text), teams=list(teams_in_order()))
    if form.is_valid():
        try:
            messages.success(request, _sorted(user, reply, form))
        except NotOpenError as refusal:
            messages.warning(request, str(refusal))
        return redirect("messages:to_sort")
    return render(
        request,
        f"{TEMPLATES}/sort.html",
        {
            "form": form,
            "reply": reply,
            "channel": CHANNELS[reply.channel].lower(),
            "q": text,
            "yes_since": _yes_since(reply, form.members.values()),
        },
    )


def _sorted(user: User, reply: Reply, form: SortForm) -> str:
    """Do what was chosen, and say in a sentence what follows. Raises NotOpenError."""
    whose, team = form.cleaned_data["whose"], team_of(form)
    if whose == CANNOT_TELL:
        cannot_tell(by=user, reply_id=reply.pk)
        return "Kept here, and nobody’s. Whoever is on duty is asked to find out from whom it is."  # noqa: RUF001
    if whose == ANOTHER_TEAM and team is not None:
        hand_on(by=user, reply_id=reply.pk, team=team)
    else:
        sort(by=user, reply_id=reply.pk, member=member_of(form))
    return "Sorted."


def _reply_or_404(user: User, reply_id: UUID) -> Reply:
    """A reply that the user may sort. A look that limited access refuses is recorded, on the case that is closed.

    Whose number it is, is asked again: it may stand on record in a closed case only since the reply came.
    """
    reply = Reply.objects.filter(pk=reply_id, person=None, settled="").first()
    if reply is None:
        raise Http404
    there = cases_at(Channel(reply.channel), _sender(reply))
    for case_id in sorted(closed_among(user, {*reply.cases, *there})):
        record_consultation(by=user, what=WHAT, case_id=case_id, refused=True)
        raise Http404
    if not to_sort(user).filter(pk=reply_id).exists():
        raise Http404
    return reply


def _yes_since(reply: Reply, members: Iterable[FamilyMember]) -> list[tuple[FamilyMember, datetime]]:
    """Of those whom the user may choose, whom a “stop” no longer takes from: they have said yes since it came."""
    if not reply.stop:
        return []
    rows = {member.pk: member for member in members}
    return [(rows[pk], at) for pk, at in yes_since(reply, rows).items()]


def _sender(reply: Reply) -> str:
    return as_sender(Channel(reply.channel), reply.sender)


def _candidates(user: User, reply: Reply, text: str) -> list[FamilyMember]:
    """Those who are reached there, and those whom a name finds: of cases that the user may see, and of no other."""
    there = [member.pk for member in members_at(Channel(reply.channel), _sender(reply))]
    seen = FamilyMember.objects.filter(pk__in=there, person__in=visible_to(user, Right.LOG_CONTACTS).values("pk"))
    found = list(seen.select_related("person").order_by("given_name", "pk"))
    if text:
        known = {member.pk for member in found}
        found += [member for member in found_for(user, text) if member.pk not in known]
    return found
