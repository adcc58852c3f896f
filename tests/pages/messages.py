"""Who sees messages and replies."""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.contact.messages.actions.phrases import agree_words
from alongside.contact.messages.actions.replies import Arrived, take_in
from alongside.contact.messages.models import Outgoing, StoppedAddress
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import ContentVersion
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import Channel
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.pages import CASE, FORBIDDEN, TEAM, Page, World


def furnish(world: World) -> None:
    """A brother who was written to and replied, and a reply from nobody whom we know."""
    brother = FamilyMemberFactory(person=world.person, given_name="Emeka", family_name="Achebe")
    point = ContactPointFactory(family_member=brother, value="07700 900444", safety="safe")
    version = ContentVersion.objects.filter(item__key="messages.thanks", language="en").latest("number")
    message = Outgoing.objects.create(
        person=world.person,
        family_member=brother,
        kind="thanks",
        channel="text",
        point=point.pk,
        content_key="messages.thanks",
        content_version=version.pk,
        language="en",
        values={"name": "Emeka", "officer": "Olwen Owner"},
        send_from=timezone.now(),
        state="unknown",
        reason="It may or may not have gone.",
        written_by=world.cast.owner.pk,
        written_by_name="Olwen Owner",
    )
    ContactPointFactory(family_member=brother, value="07700 900446", safety="safe")
    stopped = StoppedAddress.objects.create(address_digest=digest_of("+447700900446"), asked_at=timezone.now())
    owner = world.cast.owner
    phrase = agree_words(by=owner, member=brother, topic="good_news", words="I passed my test.", alone=True, on=today())
    now = timezone.now()
    reply = take_in(by=owner, arrived=Arrived(Channel.TEXT, "07700 900444", "Thanks", now, f"hand:{uuid4()}"))
    for name in ("Ngozi", "Chidi"):
        one = FamilyMemberFactory(person=world.person, given_name=name, family_name="Achebe")
        ContactPointFactory(family_member=one, value="07700 900555")
    unsorted = take_in(
        by=owner,
        arrived=Arrived(Channel.TEXT, "07700 900555", "Who is this", now, f"hand:{uuid4()}"),
        team=world.cast.team,
    )
    world.more |= {
        "messages_brother": brother,
        "messages_message": message,
        "messages_phrase": phrase,
        "messages_stopped": stopped,
        "messages_reply": reply,
        "messages_unsorted": unsorted,
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def brother(world: World) -> list[Any]:
    return [world.person.pk, world.more["messages_brother"].pk]


def message(world: World) -> list[Any]:
    return [world.person.pk, world.more["messages_message"].pk]


def write(world: World) -> list[Any]:
    return [*brother(world), "thanks"]


def phrase(world: World) -> list[Any]:
    return [*brother(world), world.more["messages_phrase"].pk]


def stopped(world: World) -> list[Any]:
    return [*brother(world), world.more["messages_stopped"].pk]


def reply(world: World) -> list[Any]:
    return [world.person.pk, world.more["messages_reply"].pk]


def unsorted(world: World) -> list[Any]:
    return [world.more["messages_unsorted"].pk]


def nowhere(world: World) -> list[Any]:
    return ["letter", UUID("00000000-0000-4000-8000-00000000000a")]


PRACTITIONERS = TEAM | {"outsider", "excluded"}
RECEIVERS = PRACTITIONERS | {"reception", "family_worker"}
GONE = {"anonymous": 404, "closed": 404}

PAGES = [
    Page("messages:messages", CASE, args=case),
    Page("messages:member", CASE, args=brother),
    Page("messages:choose", TEAM, args=brother),
    Page("messages:write", TEAM, args=write),
    Page("messages:message", CASE, args=message),
    Page("messages:reply", CASE, args=reply),
    Page("messages:add_words", TEAM, args=brother),
    Page(
        "messages:words_taken_back",
        frozenset(),
        args=phrase,
        refusal=405,
        browse=False,
    ),
    Page("messages:lift", TEAM, args=stopped),
    Page("messages:letter", frozenset(), args=message, browse=False),
    Page("messages:copy", frozenset(), args=message, browse=False),
    Page("messages:decide", TEAM, args=message, method="post", browse=False),
    Page("messages:call_off", TEAM, args=message, method="post", answer=302, browse=False),
    Page("messages:take_in", RECEIVERS, refusal=FORBIDDEN),
    Page("messages:to_sort", PRACTITIONERS, refusal=FORBIDDEN),
    Page(
        "messages:sort",
        TEAM,
        args=unsorted,
        refusal=FORBIDDEN,
        exceptions={"outsider": 404, "excluded": 404},
    ),
    Page("messages:outbox", frozenset(), browse=False),
    Page("messages:outbox_pdf", frozenset(), args=nowhere, browse=False),
    Page("messages:notify", frozenset(), method="post", browse=False, exceptions=GONE),
]
