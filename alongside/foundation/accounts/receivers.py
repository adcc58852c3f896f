"""What Django and allauth say about sign-in, said again in this product's own signals."""

from typing import Any

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.adapters import tell_of_failure
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.rules import SignInFailure
from alongside.foundation.accounts.sessions import begin, method_of


@receiver(user_logged_in, dispatch_uid="accounts.begin_session")
def begin_session(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Start the session's clocks and tell of the sign-in."""
    now = timezone.now()
    begin(request.session, now=now)
    User.objects.filter(pk=user.pk).update(last_seen_at=now)
    signals.signed_in.send(sender=User, user=user, request=request, method=method_of(request.session))


@receiver(user_logged_out, dispatch_uid="accounts.tell_of_sign_out")
def tell_of_sign_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Tell of a sign-out that someone chose."""
    if user is not None:
        signals.signed_out.send(sender=User, user=user, request=request)


@receiver(authentication_failed, dispatch_uid="accounts.tell_of_wrong_code")
def tell_of_wrong_code(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Tell of a second factor that was not right."""
    tell_of_failure(request, address=user.email, reason=SignInFailure.SECOND_FACTOR, user=user)
