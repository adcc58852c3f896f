"""Signing in for tests that are about something else."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from alongside.foundation.accounts.sessions import ASSURED


def stand_in_for_second_factor(sender: Any, request: HttpRequest, **_: Any) -> None:
    """`Client.force_login` stands for a whole sign-in. Its request was never sent and so has no method."""
    if request.method is None:
        request.session[ASSURED] = True


user_logged_in.connect(stand_in_for_second_factor, dispatch_uid="tests.stand_in_for_second_factor")
