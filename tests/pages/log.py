"""Who sees the log."""

from typing import Any

from django.utils import timezone

from alongside.contact.log.actions import ContactFacts, log_contact
from alongside.contact.log.models import Direction, Party
from tests.factories import FamilyMemberFactory
from tests.pages import CASE, FORBIDDEN, TEAM, Page, World


def furnish(world: World) -> None:
    """A call from an aunt, in which something was said that nothing permitted."""
    aunt = FamilyMemberFactory(person=world.person, given_name="Ngozi", family_name="Achebe")
    facts = ContactFacts(
        party=Party.FAMILY,
        at=timezone.now(),
        channel_id="contact_channel.phone",
        direction=Direction.FROM_THEM,
        purpose_id="contact_purpose.WELLBEING",
        outcome_id="contact_outcome.SPOKE",
        heard="She had not seen him since Sunday.",
        shared="That he came on Monday.",
        topics=["attendance"],
        unpermitted=True,
    )
    contact = log_contact(
        by=world.cast.owner, person=world.person, member=aunt, facts=facts, view="He should come with her"
    )
    world.more |= {"log_aunt": aunt, "log_contact": contact}


def case(world: World) -> list[Any]:
    return [world.person.pk]


def contact(world: World) -> list[Any]:
    return [world.person.pk, world.more["log_contact"].pk]


def aunt(world: World) -> list[Any]:
    return [world.person.pk, world.more["log_aunt"].pk]


SEARCHERS = CASE | {"outsider", "excluded", "former_inspector"}
APPROVERS = frozenset({"senior", "safeguarding"})

PAGES = [
    Page("log:search", SEARCHERS, refusal=FORBIDDEN, query="?q=sunday"),
    Page("log:contacts", CASE, args=case),
    Page("log:contacts", CASE, args=case, query="?q=sunday"),
    Page("log:add", TEAM, args=case),
    Page("log:contact", CASE, args=contact),
    Page("log:correct", TEAM, args=contact),
    Page("log:give_back", TEAM, args=case, browse=False),
    Page("log:member_contacts", CASE, args=aunt),
    Page("log:welcome", TEAM, args=aunt),
    Page("log:looked_at", APPROVERS, args=contact, method="post", answer=302, data={"words": "Talked"}, browse=False),
    Page("log:looked_at", frozenset(), args=contact, refusal=405, browse=False),
]
