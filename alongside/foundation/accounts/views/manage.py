"""Managing the accounts of others, for those who may."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.foundation.accounts.actions import (
    AccountError,
    deactivate_user,
    end_sessions,
    invite_user,
    reactivate_user,
    reset_factors,
    send_invitation,
)
from alongside.foundation.accounts.forms import InviteForm, ReasonForm
from alongside.foundation.accounts.queries import accounts_matching, factors_of
from alongside.foundation.accounts.views.helpers import account_manager, base_url, page, posted, user_of
from alongside.foundation.records.actions import ChangedMeanwhileError

PAGE_SIZE = 25


@account_manager
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, searchable, with what still has to happen before its holder can sign in."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    paginator = Paginator(accounts_matching(words), PAGE_SIZE)
    return page(request, "accounts", {"page": paginator.get_page(request.GET.get("page")), "words": words})


@account_manager
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send its holder a link."""
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite_user(by=user_of(request), base_url=base_url(request), **form.cleaned_data)
        except AccountError as error:
            form.add_error("email", str(error))
        else:
            return page(request, "invited", {"invited": invited})
    return page(request, "invite", {"form": form})


@account_manager
@require_safe
def one_account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: how its holder signs in, and what can be done for them."""
    holder = get_object_or_404(accounts_matching(""), pk=user_id)
    return page(request, "one_account", {"holder": holder, "factors": factors_of(holder)})


@account_manager
@require_POST
def send_link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Send a new link; the old one stops working."""
    holder = get_object_or_404(accounts_matching(""), pk=user_id)
    try:
        invited = send_invitation(user=holder, by=user_of(request), base_url=base_url(request))
    except AccountError as error:
        messages.error(request, str(error))
        return redirect("accounts:one_account", user_id)
    return page(request, "invited", {"invited": invited})


@account_manager
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account, or open it again, with a reason."""
    holder = get_object_or_404(accounts_matching(""), pk=user_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        change = deactivate_user if holder.is_active else reactivate_user
        try:
            change(user=holder, by=user_of(request), reason=form.cleaned_data["reason"])
        except AccountError as error:
            form.add_error(None, str(error))
        except ChangedMeanwhileError:
            messages.error(request, _("Someone else changed this account while you were reading. Look again first."))
            return redirect("accounts:one_account", user_id)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:one_account", user_id)
    return page(request, "close_account", {"holder": holder, "form": form})


@account_manager
@require_POST
def reset_second_factors(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """For someone who has lost their phone or key: take their second factors away, so that they set up new ones."""
    holder = get_object_or_404(accounts_matching(""), pk=user_id)
    try:
        reset_factors(user=holder, by=user_of(request))
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("%(name)s will set up a new second factor when they next sign in.") % {"name": holder.name}
        )
    return redirect("accounts:one_account", user_id)


@account_manager
@require_POST
def end_all_sessions(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign someone out everywhere, for example when a laptop is stolen."""
    holder = get_object_or_404(accounts_matching(""), pk=user_id)
    end_sessions(user=holder, by=user_of(request))
    messages.success(request, _("%(name)s was signed out everywhere.") % {"name": holder.name})
    return redirect("accounts:one_account", user_id)
