"""Texts, emails and letters through GOV.UK Notify's REST interface (version 2).

Templates live in Notify, so the service makes one of each kind there that only passes on: a text with ((message)), an
email with ((subject)) and ((message)). Letters go as finished PDFs. Our wording stays governed here.
"""

import base64
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import requests
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import OctKey
from urllib3.exceptions import NewConnectionError

from alongside.foundation.delivery.backends.base import (
    LostAnswerError,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
)
from alongside.foundation.delivery.rules import Channel

SECONDS_TO_REACH, SECONDS_TO_ANSWER = 4, 10
"""Kept short: whoever withdraws a permission waits until what is being handed over has been."""

NOT_TAKEN = frozenset({408, 429})
"""Answers that say for sure that nothing was taken. After a fault of theirs (5xx) it may have been."""

# A key is a name, the service's id and a secret, both as UUIDs.
_ID_LENGTH = 36


class NotifyCarrier:
    """Hands messages to GOV.UK Notify, which keeps our reference, so that one can be looked up after a crash."""

    name = "notify"

    @property
    def certain_after(self) -> float:
        """A message that they hold is found as soon as their own queue is through."""
        return float(settings.NOTIFY_SECONDS_UNTIL_CERTAIN)

    def __init__(self) -> None:
        key = settings.NOTIFY_API_KEY
        if len(key) < 2 * _ID_LENGTH + 1:
            raise ParcelRefusedError("The key for GOV.UK Notify is missing or not whole. Tell your service desk.")
        self._secret = key[-_ID_LENGTH:]
        self._service = key[-(2 * _ID_LENGTH + 1) : -(_ID_LENGTH + 1)]
        self._base = settings.NOTIFY_ADDRESS.rstrip("/")

    def send(self, parcel: Parcel) -> Receipt:
        kind = {Channel.TEXT: "sms", Channel.EMAIL: "email", Channel.LETTER: "letter"}[parcel.channel]
        answer = self._ask("POST", f"/v2/notifications/{kind}", json=_body(parcel))
        if not isinstance(answer, dict) or "id" not in answer:
            raise LostAnswerError("GOV.UK Notify answers without a name for the message.")
        return Receipt(str(answer["id"]))

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        try:
            answer = self._ask("GET", "/v2/notifications", params={"reference": str(reference)})
        except ParcelRefusedError as error:
            raise LookupError from error
        found = answer.get("notifications") or []
        return Receipt(str(found[0]["id"])) if found else None

    def _ask(self, method: str, path: str, **what: Any) -> Mapping[str, Any]:
        try:
            response = requests.request(
                method,
                self._base + path,
                headers=self._headers(),
                timeout=(SECONDS_TO_REACH, SECONDS_TO_ANSWER),
                **what,
            )
        except requests.RequestException as error:
            if _never_reached(error):
                raise TryLaterError("GOV.UK Notify cannot be reached.") from error
            raise LostAnswerError("GOV.UK Notify does not answer.") from error
        if response.status_code in NOT_TAKEN:
            raise TryLaterError(f"GOV.UK Notify asks to try later ({response.status_code}).")
        if response.status_code >= 500:
            raise LostAnswerError(f"GOV.UK Notify has a fault ({response.status_code}).")
        if not response.ok:
            raise ParcelRefusedError(f"GOV.UK Notify does not take it: {_error_of(response)}.")
        try:
            answer: Mapping[str, Any] = response.json()
        except ValueError as error:
            raise LostAnswerError("GOV.UK Notify answers what cannot be read.") from error
        return answer

    def _headers(self) -> dict[str, str]:
        claims = {"iss": self._service, "iat": int(time.time())}
        token = jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, OctKey.import_key(self._secret))
        return {"Authorization": f"Bearer {token}", "User-Agent": "alongside"}


def _body(parcel: Parcel) -> dict[str, Any]:
    body: dict[str, Any] = {"reference": str(parcel.reference)}
    if parcel.channel is Channel.LETTER:
        if parcel.pdf is None:
            raise ParcelRefusedError("The letter has no PDF.")
        return body | {"content": base64.b64encode(parcel.pdf).decode()}
    if parcel.channel is Channel.TEXT:
        template, to = settings.NOTIFY_TEXT_TEMPLATE, {"phone_number": parcel.address}
        words = {"message": parcel.text}
    else:
        template, to = settings.NOTIFY_EMAIL_TEMPLATE, {"email_address": parcel.address}
        words = {"subject": parcel.subject, "message": parcel.text}
    return body | to | {"template_id": template, "personalisation": words}


def _never_reached(error: requests.RequestException) -> bool:
    """Whether no connection came about, so that nothing can have been taken."""
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError)


def _error_of(response: requests.Response) -> str:
    """The kind of error alone: its message may repeat what a person is called."""
    try:
        errors = response.json().get("errors") or []
        return str(errors[0]["error"])[:60] if errors else str(response.status_code)
    except (ValueError, KeyError, AttributeError, TypeError):
        return str(response.status_code)
