"""The approvals queue: what others prepared, each to be read first and then decided with a reason. Never one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.ui.forms import GovForm, LongTextField, Look, RadiosField, posted
from alongside.foundation.ui.paging import page_of
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError, decide_approval
from alongside.foundation.work.decided import is_decided_at_its_own_place
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.people.casework.queries.to_dos import approvals_for, as_due

WHAT = "casework.approvals"
READ = "approvals_read"
"""In the session: the approvals whose work this user has opened since they signed in."""
MOST_REMEMBERED = 99


class DecideForm(GovForm):
    """What somebody decides on another's work, and why."""

    state = RadiosField(
        label="What do you decide?",
        choices=[
            (ApprovalState.APPROVED.value, "Approve"),
            (ApprovalState.RETURNED.value, "Return it with a question"),
            (ApprovalState.REFUSED.value, "Refuse"),
        ],
        look=Look(called="what you decide"),
    )
    reason = LongTextField(
        label="Why?",
        hint="Whoever asked reads this, and whoever looks back in a year",
        max_length=1000,
        look=Look(called="your reason", rows=3),
    )


@require_GET
@needs(Right.APPROVE)
def show_queue(request: HttpRequest) -> HttpResponseBase:
    """Everything that waits for this user, soonest due first."""
    page = page_of(approvals_for(request.user), request)
    record_consultation(by=user_of(request), what=WHAT)
    return render(
        request, "people/casework/approvals.html", {"page": page, "waiting": as_due(page.rows), "total": page.total}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.APPROVE)
def decide(request: HttpRequest, approval_id: UUID) -> HttpResponseBase:
    """One thing to decide. What is decided already, one's own or out of remit is not there.

    What is decided at a place of its own is led to there: nothing that is said of it belongs into this queue.
    """
    user = user_of(request)
    approval = approvals_for(user).filter(pk=approval_id).first()
    if approval is None:
        if request.method == "POST":
            return _too_late(request, approval_id, user)
        raise Http404
    if approval.address and is_decided_at_its_own_place(approval.kind):
        return redirect(approval.address)
    form = DecideForm(**posted(request))
    to_be_read = bool(approval.address) and str(approval.pk) not in request.session.get(READ, [])
    if form.is_valid() and to_be_read:
        form.add_error(None, "Read it first: nothing is decided unread.")
    if form.is_valid():
        try:
            decide_approval(
                by=user,
                approval=approval,
                state=ApprovalState(form.cleaned_data["state"]),
                reason=form.cleaned_data["reason"],
            )
        except (OwnWorkError, DecidedAlreadyError) as fault:
            form.add_error("state", str(fault))
        else:
            messages.success(request, "Decided. Whoever asked has been told.")
            return redirect("casework:approvals")
    record_consultation(by=user, what="casework.approval", case_id=approval.case)
    asker = User.objects.filter(pk=approval.asked_by).first()
    return render(
        request,
        "people/casework/approval.html",
        {
            "form": form,
            "approval": approval,
            "person_name": getattr(approval, "person_name", ""),
            "asked_by": asker.name if asker else "",
            "read_first": reverse("casework:read_approval", args=[approval.pk]) if approval.address else "",
            "to_be_read": to_be_read,
        },
    )


@require_GET
@needs(Right.APPROVE)
def read(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Open what waits for a decision, and remember that it was opened."""
    approval = approvals_for(user_of(request)).filter(pk=approval_id).first()
    if approval is None or not approval.address:
        raise Http404
    opened = [one for one in request.session.get(READ, []) if one != str(approval.pk)]
    request.session[READ] = [*opened[-MOST_REMEMBERED:], str(approval.pk)]
    return redirect(approval.address)


def _too_late(request: HttpRequest, approval_id: UUID, user: User) -> HttpResponse:
    """Someone posted to what waits no more: said plainly where they could have decided it, hidden otherwise."""
    if not Approval.objects.filter(pk=approval_id, decided_by__isnull=False).exclude(asked_by=user.pk).exists():
        raise Http404
    messages.error(request, "Someone else has decided this already.")
    return redirect("casework:approvals")
