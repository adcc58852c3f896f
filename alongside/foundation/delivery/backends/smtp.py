"""Email through the service's own mail server."""

import smtplib
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from alongside.foundation.delivery.backends.base import (
    LostAnswerError,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
)
from alongside.foundation.delivery.rules import Channel

SECONDS_TO_ANSWER = 10
"""Kept short: whoever withdraws a permission waits until what is being handed over has been."""

BEFORE_ANYTHING_WENT = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    ConnectionRefusedError,
)


class SmtpCarrier:
    """Sends plain email from a neutral sender. The subject is the wording's own and must give nothing away."""

    name = "smtp"
    certain_after = 0.0

    def send(self, parcel: Parcel) -> Receipt:
        if parcel.channel is not Channel.EMAIL:
            raise ParcelRefusedError("The mail server carries emails alone.")
        message_id = f"<{parcel.reference}@{settings.DELIVERY_MAIL_DOMAIN}>"
        email = EmailMessage(
            subject=parcel.subject,
            body=parcel.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[parcel.address],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=SECONDS_TO_ANSWER),
        )
        try:
            email.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            if _is_for_good(error):
                raise ParcelRefusedError("The mail server does not take this address.") from None
            raise TryLaterError("The mail server asks to try later.") from None
        except BEFORE_ANYTHING_WENT as error:
            raise TryLaterError("The mail server does not answer.") from error
        except (smtplib.SMTPException, OSError) as error:
            raise LostAnswerError("The mail server went away in the middle.") from error
        return Receipt(message_id)

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        raise LookupError


def _is_for_good(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> bool:
    """Whether the server refuses for good (5xx) rather than for now (4xx)."""
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return all(code >= 500 for code, _ in error.recipients.values())
