"""Sign-in through the provider: leaving, coming back, and who a stranger is."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.foundation.accounts import provider
from alongside.foundation.accounts.actions import AccountError, create_user, link_identity
from alongside.foundation.accounts.adapters import tell_of_failure
from alongside.foundation.accounts.backends import ProviderBackend
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.paths import safe_path
from alongside.foundation.accounts.provider import ProviderError, Vouched
from alongside.foundation.accounts.queries import identity_at_provider
from alongside.foundation.accounts.rules import SignInFailure
from alongside.foundation.accounts.views.helpers import page

log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the provider. A link and not a form, since the security policy holds forms to this site."""
    if not provider.is_connected():
        raise Http404
    next_path = safe_path(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_path)
    try:
        return HttpResponseRedirect(provider.sign_in_address(request, next_path=next_path))
    except ProviderError as error:
        log.warning("Sign-in at the provider could not begin: %s", error)
        return page(request, "provider_failed", {"provider_name": settings.OIDC_NAME}, status=503)


@login_not_required
@never_cache
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Come back from the provider, and be the user whom it vouches for."""
    if not provider.is_connected():
        raise Http404
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    try:
        vouched, next_path = provider.finish_sign_in(request)
    except ProviderError as error:
        log.warning("Sign-in at the provider failed: %s", error)
        tell_of_failure(request, address="", reason=SignInFailure.PROVIDER)
        return page(request, "provider_failed", {"provider_name": settings.OIDC_NAME}, status=400)
    user = user_for(vouched)
    if user is None:
        tell_of_failure(request, address=vouched.email, reason=SignInFailure.UNKNOWN_AT_PROVIDER)
        return page(request, "stranger", {"email": vouched.email, "provider_name": settings.OIDC_NAME}, status=403)
    login(request, user, backend=f"{ProviderBackend.__module__}.{ProviderBackend.__qualname__}")
    provider.remember_sign_in(request.session, vouched)
    return HttpResponseRedirect(safe_path(next_path))


def user_for(vouched: Vouched) -> User | None:
    """Which active user this is: by the provider's name for them, else, once, by an address that it has verified.

    Where an account is made for whoever comes, that takes a verified address too.
    """
    known = identity_at_provider(issuer=vouched.issuer, subject=vouched.subject)
    if known is not None:
        return known.user if known.user.is_active else None
    if not vouched.email:
        return None
    user = User.objects.filter(email=vouched.email).first()
    try:
        if user is None and settings.OIDC_CREATE_USERS:
            user = create_user(email=vouched.email, name=vouched.name or vouched.email, by=None)
        if user is None or not user.is_active:
            return None
        link_identity(user=user, issuer=vouched.issuer, subject=vouched.subject)
    except AccountError as error:
        log.warning("Sign-in at the provider was not linked: %s", error)
        return None
    return user


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out, here and at the provider."""
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?signed-out")


def leads_there(address: str) -> bool:
    """May a form of ours end at this address, by the security policy?"""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" in settings.OIDC_ORIGINS
