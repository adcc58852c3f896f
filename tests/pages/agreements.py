"""Who sees working agreements and boundaries, and who makes them."""

from datetime import date, timedelta
from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.involvement.agreements.actions.boundaries import end_contact, make_plan, note_incident
from alongside.involvement.agreements.actions.making import (
    begin_agreement,
    pause_agreement,
    put_to_everyone,
    record_answer,
    write_terms,
)
from alongside.involvement.agreements.models import Agreement, Visit
from alongside.involvement.agreements.rules import Party, Responsibility, Who
from tests.factories import FamilyMemberFactory
from tests.involvement.agreements.scene import at_level, joins_sessions
from tests.pages import FAMILY, TEAM, Page, World

DAY = date(2026, 3, 2)
SUITABILITY = TEAM | {"inspector"}


def furnish(world: World) -> None:
    """An agreement in force, one that waits for answers, one that rests, and contact that ended."""
    owner, person = world.cast.owner, world.person
    for name in ("live", "offered", "paused", "none", "ended"):
        member = FamilyMemberFactory(person=person, given_name=name.capitalize(), family_name="Achebe")
        world.more[f"with_{name}"] = member.pk
        if name in ("live", "offered", "paused"):
            agree(member, owner, answered=name != "offered")
    live = Agreement.objects.get(family_member=world.more["with_live"])
    world.more["agreement_visit"] = Visit.objects.filter(agreement=live).order_by("on")[0].pk
    paused = Agreement.objects.get(family_member=world.more["with_paused"])
    pause_agreement(
        by=owner,
        agreement=paused,
        seen_version=paused.version,
        reason_id="agreement_pause_reason.REVIEW",
        on=today(),
    )
    ended = paused.family_member.__class__.objects.get(pk=world.more["with_ended"])
    note_incident(by=owner, member=ended, on=today(), tags=["boundary_tag.CALLS"], what="Rang nine times", answered="")
    make_plan(
        by=owner,
        member=ended,
        from_date=today(),
        we_say="We speak on Tuesdays.",
        we_do="One call a week",
        review_on=today() + timedelta(days=14),
    )
    end_contact(
        by=owner,
        member=ended,
        on=today(),
        reason_id="contact_end_reason.BOUNDARY",
        why="The plan did not hold",
        message="From today we will no longer call.",
        alternative_route="the duty desk",
    )


def agree(member: Any, owner: Any, *, answered: bool) -> None:
    at_level(member, 6, by=owner)
    agreement = begin_agreement(by=owner, member=member, on=today())
    duty = Responsibility("one", Who.FAMILY_MEMBER, "Give a lift", "Tuesdays", "From home")
    write_terms(by=owner, agreement=agreement, seen_version=1, responsibilities=(duty,), **joins_sessions())
    put_to_everyone(
        by=owner, agreement=agreement, seen_version=agreement.version, what_changed="The first version", on=today()
    )
    for party in Party if answered else ():
        record_answer(by=owner, agreement=agreement, number=1, party=party, agrees=True, how="in_person", on=today())


def case(world: World) -> list[Any]:
    return [world.person.pk]


def member(name: str, *more: Any) -> Any:
    return lambda world: [
        world.person.pk,
        world.more[f"with_{name}"],
        *(world.more.get(f"agreement_{one}", one) for one in more),
    ]


def pressed(page: str, args: Any, seen_by: frozenset[str] = TEAM) -> list[Page]:
    """A button, and what a link to it gets."""
    return [
        Page(page, seen_by, args=args, method="post", data={"version": "1"}, answer=302, browse=False),
        Page(page, frozenset(), args=args, refusal=405, browse=False),
    ]


WRITTEN = (
    "add_duty",
    "offer",
    "pause",
    "end",
    "look_again",
)

PAGES = [
    Page("agreements:agreements", FAMILY, args=case),
    Page("agreements:wishes", TEAM, args=case),
    Page("agreements:agreement", FAMILY, args=member("live")),
    Page("agreements:agreement", FAMILY, args=member("offered"), query="?offered"),
    Page("agreements:agreement", FAMILY, args=member("paused"), query="?paused"),
    Page("agreements:agreement", FAMILY, args=member("none"), query="?none"),
    Page("agreements:agreement", FAMILY, args=member("ended"), query="?ended"),
    *(Page(f"agreements:{name}", TEAM, args=member("live")) for name in WRITTEN),
    Page("agreements:write", TEAM, args=member("live", "contact")),
    Page("agreements:write", TEAM, args=member("live", "sessions"), query="?sessions"),
    Page("agreements:write", TEAM, args=member("live", "boundaries"), query="?boundaries"),
    Page("agreements:duty", TEAM, args=member("live", "one")),
    Page("agreements:answer", TEAM, args=member("offered")),
    Page("agreements:versions", FAMILY, args=member("live")),
    Page("agreements:copy", TEAM, args=member("live", 1, "en"), browse=False),
    Page("agreements:copy", TEAM, args=member("live", 1, "cy"), query="?cy", browse=False),
    Page("agreements:visit", TEAM, args=member("live", "visit")),
    Page("agreements:boundaries", SUITABILITY, args=member("live")),
    Page("agreements:boundaries", SUITABILITY, args=member("ended"), query="?ended"),
    Page("agreements:incident", TEAM, args=member("live")),
    Page("agreements:plan", TEAM, args=member("live")),
    Page("agreements:not_ours", TEAM, args=member("live")),
    Page("agreements:end_contact", TEAM, args=member("live")),
    Page("agreements:take_up", TEAM, args=member("ended")),
    *pressed("agreements:begin", member("none")),
    *pressed("agreements:take_duty", member("live", "one")),
    *pressed("agreements:drop_draft", member("live")),
    *pressed("agreements:resume", member("paused")),
    *pressed("agreements:tick", member("live", "one")),
    *pressed("agreements:end_plan", member("ended")),
    *pressed("agreements:end_seen", member("ended"), frozenset({"senior", "safeguarding"})),
]
