"""GOV.UK Notify, played by a server of our own: what is asked of it, and what its answers come to."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from alongside.foundation.delivery.backends import (
    LostAnswerError,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
)
from alongside.foundation.delivery.backends.notify import NotifyCarrier
from alongside.foundation.delivery.rules import Channel

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"


class Notify(HTTPServer):
    """Answers as told and keeps what it was asked."""

    asked: list[tuple[str, str, dict[str, str], Any]]
    status = 201
    answer: Any = {"id": "theirs"}


class Handler(BaseHTTPRequestHandler):
    server: Notify

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        content = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def notify(settings) -> Iterator[Notify]:
    server = Notify(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.NOTIFY_ADDRESS = f"http://127.0.0.1:{server.server_port}/"
    settings.NOTIFY_API_KEY = f"a_key-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEXT_TEMPLATE, settings.NOTIFY_EMAIL_TEMPLATE = "text-template", "email-template"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def parcel(channel: Channel = Channel.TEXT, **facts: Any) -> Parcel:
    return Parcel(**{
        "channel": channel, "address": "+447700900123", "reference": uuid4(), "subject": "About your meeting",
        "text": "We meet on 2 March.", **facts,
    })  # fmt: skip


def test_a_text(notify):
    given = parcel()
    assert NotifyCarrier().send(given) == Receipt("theirs")
    ((command, path, headers, body),) = notify.asked
    assert (command, path) == ("POST", "/v2/notifications/sms")
    assert body == {
        "phone_number": "+447700900123",
        "template_id": "text-template",
        "personalisation": {"message": "We meet on 2 March."},
        "reference": str(given.reference),
    }
    token = jwt.decode(headers["Authorization"].removeprefix("Bearer "), OctKey.import_key(SECRET))
    assert token.header == {"typ": "JWT", "alg": "HS256"}
    assert token.claims["iss"] == SERVICE
    assert abs(token.claims["iat"] - time.time()) < 30


def test_an_email_and_a_letter(notify):
    NotifyCarrier().send(parcel(Channel.EMAIL, address="carys@example.org"))
    NotifyCarrier().send(parcel(Channel.LETTER, address="x", pdf=b"%PDF-1.7"))
    (_, path, _, email), (_, letter_path, _, letter) = notify.asked
    assert (path, letter_path) == ("/v2/notifications/email", "/v2/notifications/letter")
    assert email["email_address"] == "carys@example.org"
    assert email["personalisation"] == {"subject": "About your meeting", "message": "We meet on 2 March."}
    assert base64.b64decode(letter["content"]) == b"%PDF-1.7"
    with pytest.raises(ParcelRefusedError, match="no PDF"):
        NotifyCarrier().send(parcel(Channel.LETTER))


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (400, ParcelRefusedError),
        (403, ParcelRefusedError),
        (429, TryLaterError),
        (500, LostAnswerError),
        (503, LostAnswerError),
    ],
)
def test_its_refusals(notify, status, raised):
    notify.status = status
    notify.answer = {"errors": [{"error": "ValidationError", "message": "phone_number +447700900123 is wrong"}]}
    with pytest.raises(raised) as caught:
        NotifyCarrier().send(parcel())
    assert "7700900123" not in str(caught.value)


def test_nobody_answers(settings, notify):
    settings.NOTIFY_ADDRESS = "http://127.0.0.1:1"
    with pytest.raises(TryLaterError):
        NotifyCarrier().send(parcel())
    with pytest.raises(TryLaterError):
        NotifyCarrier().find(uuid4(), Channel.TEXT)


def test_an_answer_that_cannot_be_read_is_a_lost_one(notify):
    notify.answer = ["no id"]
    with pytest.raises(LostAnswerError):
        NotifyCarrier().send(parcel())


def test_looking_up_after_a_crash(notify):
    reference = uuid4()
    notify.status, notify.answer = 200, {"notifications": [{"id": "theirs"}], "links": {}}
    assert NotifyCarrier().find(reference, Channel.TEXT) == Receipt("theirs")
    assert notify.asked[0][:2] == ("GET", f"/v2/notifications?reference={reference}")
    notify.answer = {"notifications": [], "links": {}}
    assert NotifyCarrier().find(reference, Channel.TEXT) is None


def test_a_key_that_is_not_whole(settings):
    settings.NOTIFY_API_KEY = "nonsense"
    with pytest.raises(ParcelRefusedError, match="key"):
        NotifyCarrier()
