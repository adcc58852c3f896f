"""A father to whom a message may go, an officer who writes, and a carrier that does what the test says."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.contact.log.actions import ContactFacts, log_contact
from alongside.contact.log.models import Direction, Party
from alongside.contact.messages.actions.following import follow
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.backends import LostAnswerError, Parcel, Receipt, TryLaterError
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.people.families.models import FamilyMember
from tests.cast import Cast
from tests.involvement.decisions.family import permit, trusted_father
from tests.people.casework.asking import signed_in

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=LONDON)
"""A Wednesday in working hours, so that nothing waits unless a test has it wait."""


class Carrier:
    """Keeps what it was given; raises `fault` once it is set."""

    name = "test"
    certain_after = 0.0

    def __init__(self) -> None:
        self.given: list[Parcel] = []
        self.fault: Exception | None = None
        self.found: Receipt | None = None

    def send(self, parcel: Parcel) -> Receipt:
        if self.fault:
            raise self.fault
        self.given.append(parcel)
        return Receipt("theirs")

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        return self.found


def ready(cast: Cast, *, met: bool = True) -> FamilyMember:
    """A father whom somebody has met and rung, and to whom appointments and practical things may be told by text."""
    father = trusted_father(cast.person, cast.owner)
    permit(cast.owner, father, "appointments", "good_news", channels=frozenset({"text", "email", "letter"}))
    for channel in ("face", "phone") if met else ():
        contact(cast, father, channel)
    return father


def contact(cast: Cast, father: FamilyMember, channel: str) -> None:
    """Somebody met or rang him a week ago."""
    facts = ContactFacts(
        party=Party.FAMILY,
        at=NOON - timedelta(days=7),
        channel_id=f"contact_channel.{channel}",
        direction=Direction.TO_THEM,
        purpose_id="contact_purpose.WELCOME",
        outcome_id="contact_outcome.SPOKE",
        heard="He is glad to help.",
    )
    log_contact(by=cast.owner, person=cast.person, member=father, facts=facts)


class Desk:
    """An officer at the pages about one family member."""

    def __init__(self, cast: Cast, father: FamilyMember, name: str = "owner") -> None:
        self.cast, self.father = cast, father
        self.client = signed_in(cast.named(name))
        self.ids = [cast.person.pk, father.pk]

    def address(self, kind: str) -> str:
        return reverse("messages:write", args=[*self.ids, kind])

    def fill(self, kind: str = "appointment", *, intent: str = "preview", **typed: Any) -> Any:
        """Fill a message in and press on."""
        from alongside.people.families.models import ContactPoint

        point = ContactPoint.objects.filter(family_member=self.father, kind=typed.pop("by", "mobile")).first()
        day = typed.pop("day", NOON.date() + timedelta(days=2))
        data: dict[str, Any] = {"intent": intent, "where": str(point.pk) if point else "", "language": "en"}
        if kind in ("appointment", "call_invitation", "agreement_review", "receipt"):
            data |= {"day-day": day.day, "day-month": day.month, "day-year": day.year}
        if kind in ("appointment", "call_invitation", "agreement_review"):
            data |= {"clock": "2pm"}
        return self.client.post(self.address(kind), data | typed)

    def send(self, kind: str = "appointment", **typed: Any) -> Any:
        """Fill it in, read it, and send it."""
        shown = self.fill(kind, **typed)
        prepared = shown.context.get("prepared")
        if prepared is None:
            return shown
        carried = dict(shown.context["carried"])
        return self.client.post(self.address(kind), carried | {"intent": "send", "seen": shown.context["seen"]})


def deliver() -> None:
    """What workers do: hand every message over, and follow what became of it."""
    for pk in list(Message.objects.values_list("pk", flat=True)):
        with suppress(TryLaterError, LostAnswerError):
            sending.send_message.run(by_id=None, ids={"message_id": str(pk)})
        follow(message_id=pk)
