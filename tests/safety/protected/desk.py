"""What the tests of these pages type, and how they type it."""

from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.foundation.records.identity import identity
from tests.cast import Cast

WORDS = "He keeps a knife by the door"
TOLD = {
    "limits_said": "yes",
    "told_by": "told_by.FAMILY",
    "channel": "told_channel.PHONE",
    "seen": WORDS,
    "wishes": "Do not tell social services",
    "duties": ["duty_owed.CHILD"],
}
PARTS = ("day", "month", "year")
AROUND_EVERY_PAGE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")
DISCLOSURE = {
    "what": "That he must keep away from the school",
    "recipient": "disclosure_recipient.CHILDREN",
    "recipient_name": "Duty desk",
    "purpose": "To keep the child safe",
    "ground": "disclosure_ground.CHILD",
    "of_family": "no",
    "regime": "processing_regime.PART3",
    "necessity": "They cannot act without it",
    "proportionality": "One fact, to one desk",
    "informed": "person_informed.NORISK",
    "informed_reason": "He would guess who told us",
}
DANGER = {
    "about": "A woman at the flat above the chip shop",
    "recipient": "disclosure_recipient.POLICE",
    "recipient_name": "Log 442",
    "what": "That she is alone with him and he has a knife",
    "why": "She rang and the line went dead",
    "channel": "told_channel.PHONE",
}


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(name: str, *args: object) -> str:
    return reverse(f"protected:{name}", args=args)


def write_down(cast: Cast, mother, by: User | None = None, **changes: object):
    return as_(by or cast.owner).post(
        page_of("listen", cast.person.pk), TOLD | {"family_member": str(mother.pk)} | changes
    )


def one(model, by: User):
    with identity(by.pk):
        return model.objects.get()
