"""Who sees the pages of advocacy: the practitioner's, the adviser's, victim liaison's."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.safety.advocacy.actions.referring import decline_request
from alongside.safety.advocacy.actions.supporting import PlanWords, add_detail, write_entry, write_plan
from alongside.safety.advocacy.models import Clash, EntryKind, SupportedPerson
from alongside.safety.advocacy.rules import Asker, Request
from tests.factories import AllocationFactory, ContactPointFactory, PersonFactory
from tests.pages import FORBIDDEN, TEAM, Page, World
from tests.safety.advocacy.support import known_victim, named, referred, taken_on

ADVISER = frozenset({"adviser"})
LIAISON = frozenset({"victim_liaison"})
NOBODY: frozenset[str] = frozenset()


def furnish(world: World) -> None:
    """Someone supported, someone who waits, a request that was declined, and a name that clashed."""
    cast, kept = world.cast, world.more
    # A case of its own: other rooms limit access to the cast's, which closes the workspace too.
    other = PersonFactory(given_names="Aled", family_name="Invented")
    AllocationFactory(person=other, team=cast.team, member=cast.owner_member)
    kept["adviser_victim"] = known_victim(cast, name="Sian Invented")
    kept["adviser_member"] = named(cast, given_name="Moira")
    kept["adviser_covered"] = ContactPointFactory(family_member=kept["adviser_member"])
    referred(cast, name="Moira Invented", member=kept["adviser_member"])
    named(cast, given_name="Sian", person=other)
    kept["adviser_supported"] = taken_on(cast, name="Kelly Invented", person=other).pk
    kept["adviser_waiting"] = referred(cast, name="Moira Invented", person=other).pk
    with identity(cast.adviser.pk):
        row = SupportedPerson.objects.get(pk=kept["adviser_supported"])
        kept["adviser_entry"] = write_entry(
            by=cast.adviser, supported=row, kind=EntryKind.REACHED, at=timezone.now(), text="She is at her sister's"
        ).pk
        kept["adviser_detail"] = add_detail(by=cast.adviser, supported=row, kind="phone", value="07700 900111").pk
        words = PlanWords("His drinking", "He goes quiet", "Go to Sian's", "Sian's", "Sian", "They know the word")
        write_plan(by=cast.adviser, supported=row, seen_number=0, words=words, review_on=today())
    with identity(cast.owner.pk):
        kept["adviser_declined"] = decline_request(
            by=cast.owner, person=world.person, request=Request.AT_HOME_VISIT, asked_by=Asker.SERVICE
        ).pk
    with identity(cast.victim_liaison.pk):
        kept["adviser_clash"] = Clash.objects.first().pk


def case(world: World) -> list[Any]:
    return [world.person.pk]


def member(world: World) -> list[Any]:
    return [world.person.pk, world.more["adviser_member"].pk]


def supported(*more: str) -> Any:
    return lambda world: [world.more["adviser_supported"], *(world.more[f"adviser_{name}"] for name in more)]


def one(name: str) -> Any:
    def args(world: World) -> list[Any]:
        found = world.more[f"adviser_{name}"]
        return [found if isinstance(found, UUID) else found.pk]

    return args


PAGES = [
    Page("advocacy:case", TEAM, args=case),
    Page("advocacy:refer", TEAM, args=case),
    Page("advocacy:asked", TEAM, args=case),
    Page("advocacy:declined", TEAM, args=lambda world: [world.person.pk, world.more["adviser_declined"]]),
    Page("advocacy:ask_name", TEAM, args=case),
    Page("advocacy:member", TEAM, args=member),
    Page("advocacy:refer_member", TEAM, args=member),
    Page("advocacy:workspace", ADVISER, refusal=FORBIDDEN),
    Page("advocacy:workspace", ADVISER, refusal=FORBIDDEN, query="?pile=mine"),
    Page("advocacy:support", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:acknowledge", NOBODY, refusal=405, args=one("waiting"), browse=False),
    Page(
        "advocacy:acknowledge",
        ADVISER,
        refusal=FORBIDDEN,
        args=one("waiting"),
        method="post",
        answer=302,
        browse=False,
    ),
    Page("advocacy:change", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:hand_over", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:close", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:correct", ADVISER, refusal=FORBIDDEN, args=supported("entry")),
    Page("advocacy:plan", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:plans", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:details", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:add_detail", ADVISER, refusal=FORBIDDEN, args=supported()),
    Page("advocacy:change_detail", ADVISER, refusal=FORBIDDEN, args=supported("detail")),
    Page("advocacy:clashes", LIAISON, refusal=FORBIDDEN),
    Page("advocacy:clash", LIAISON, refusal=FORBIDDEN, args=one("clash")),
    Page("advocacy:victims", LIAISON, refusal=FORBIDDEN),
    Page("advocacy:add_victim", LIAISON, refusal=FORBIDDEN),
    Page("advocacy:change_victim", LIAISON, refusal=FORBIDDEN, args=one("victim")),
    Page("advocacy:end_victim", LIAISON, refusal=FORBIDDEN, args=one("victim")),
]
