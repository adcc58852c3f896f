"""Who reads trails, holds, erases and corrects."""

from typing import Any
from uuid import UUID

from alongside.foundation.audit.holds import place_hold
from alongside.foundation.audit.models import Event, RetentionRule
from alongside.foundation.calendar.rules import today
from tests.pages import FORBIDDEN, Page, World

OFFICER = frozenset({"data_protection"})
ADMINISTRATOR = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()
NO_ROW = UUID(int=9)


def furnish(world: World) -> None:
    """A legal hold on the case."""
    world.more["hold"] = place_hold(
        by=world.cast.data_protection, case_id=world.person.pk, reason="An inquest", review_on=today()
    )


def case(world: World) -> list[Any]:
    return [world.person.pk]


def user(world: World) -> list[Any]:
    return [world.cast.owner.pk]


def refused_but_hidden(name: str, args: Any) -> Page:
    """A page of something that is not there: hidden from the officer, and refused to anyone else."""
    return Page(name, NOBODY, refusal=FORBIDDEN, exceptions={"data_protection": 404}, args=args, browse=False)


PAGES = [
    Page("oversight:trails", OFFICER, refusal=FORBIDDEN),
    Page("oversight:case_trail", OFFICER, refusal=FORBIDDEN, answer=302, args=case, browse=False),
    Page("oversight:case_trail_export", OFFICER, refusal=FORBIDDEN, answer=302, args=case, browse=False),
    Page("oversight:user_trail", OFFICER, refusal=FORBIDDEN, answer=302, args=user, browse=False),
    Page("oversight:user_trail_export", OFFICER, refusal=FORBIDDEN, answer=302, args=user, browse=False),
    Page(
        "oversight:event",
        OFFICER,
        refusal=FORBIDDEN,
        answer=302,
        args=lambda world: [Event.objects.first().pk],
        browse=False,
    ),
    Page("oversight:retention", OFFICER, refusal=FORBIDDEN),
    Page("oversight:retention_rules", ADMINISTRATOR, refusal=FORBIDDEN),
    Page(
        "oversight:retention_rule",
        ADMINISTRATOR,
        refusal=FORBIDDEN,
        args=lambda world: [RetentionRule.objects.order_by("pk").first().pk],
    ),
    Page("oversight:new_hold", OFFICER, refusal=FORBIDDEN),
    Page("oversight:end_hold", OFFICER, refusal=FORBIDDEN, args=lambda world: [world.more["hold"].pk]),
    refused_but_hidden("oversight:erase_case", lambda world: [NO_ROW]),
    refused_but_hidden("oversight:erase_family_member", lambda world: [NO_ROW, NO_ROW]),
    refused_but_hidden("oversight:certificate", lambda world: [NO_ROW]),
    refused_but_hidden("oversight:certificate_pdf", lambda world: [NO_ROW]),
    Page("oversight:correct", OFFICER, refusal=FORBIDDEN),
    Page("oversight:correct_case", OFFICER, refusal=FORBIDDEN, args=case),
    refused_but_hidden("oversight:correct_record", lambda world: [world.person.pk, "persons.Person", NO_ROW]),
]
