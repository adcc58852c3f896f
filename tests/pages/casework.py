"""Who sees the practitioner's pages."""

from typing import Any

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.allocations.models import Cover, Exclusion
from alongside.people.families.models import PossibleMatch
from tests.factories import ContactPointFactory, FamilyMemberFactory, OrderFactory, PersonFactory
from tests.pages import CASE, FAMILY, FORBIDDEN, IDENTITY, OPEN, TEAM, Page, World

MANAGERS = frozenset({"senior", "safeguarding"})
SENIOR = frozenset({"senior"})
EDITS_FAMILY = TEAM | {"family_worker"}
LISTS = IDENTITY | {"outsider", "excluded", "adviser", "former_inspector", "reception"}


def furnish(world: World) -> None:
    """A mother with a telephone, an order, a match, and a restriction that has everyone on the case as a reader."""
    from alongside.people.allocations.actions import restrict

    OrderFactory(person=world.person, type_id="order_type.CO")
    mother = FamilyMemberFactory(person=world.person, given_name="Grace", family_name="Achebe")
    match = PossibleMatch.objects.create(
        family_member=mother, matched_person=PersonFactory(), basis="Same name and year of birth"
    )
    to_ring = ToDoFacts("test.ring", "Ring the school", today(), Right.SEE_CASE, by_hand=True)
    names = sorted(IDENTITY | {"data_protection"})
    restriction = restrict(
        by=None,
        person=world.person,
        readers=[world.cast.named(name) for name in names],
        message="This case is restricted.",
        speak_to="Public protection, 01632 960999",
        from_date=today(),
        until_date=None,
    )
    world.more |= {
        "member": mother,
        "point": ContactPointFactory(family_member=mother),
        "match": match,
        "cover": Cover.objects.get(),
        "to_do": open_to_do(case_id=world.person.pk, to_do=to_ring),
        "exclusion": Exclusion.objects.get(person=world.person),
        "restriction": restriction,
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def asked(world: World) -> list[Any]:
    return [world.person.pk, "parent"]


def member(world: World) -> list[Any]:
    return [world.person.pk, world.more["member"].pk]


def point(world: World) -> list[Any]:
    return [*member(world), world.more["point"].pk]


def covered_point(world: World) -> list[Any]:
    return [world.person.pk, world.more["adviser_member"].pk, world.more["adviser_covered"].pk]


def of_case(key: str) -> Any:
    return lambda world: [world.person.pk, world.more[key].pk]


def row(key: str) -> Any:
    return lambda world: [world.more[key].pk]


PAGES = [
    Page("casework:today", OPEN),
    Page("casework:caseload", LISTS, refusal=FORBIDDEN),
    Page("casework:add_person", TEAM | {"outsider", "excluded"}, refusal=FORBIDDEN),
    Page("casework:to_do", TEAM, args=row("to_do")),
    Page("casework:case", IDENTITY, args=case),
    Page("casework:timeline", IDENTITY, args=case),
    Page("casework:case_to_dos", IDENTITY, args=case),
    Page("casework:details", CASE, args=case),
    Page("casework:change_details", TEAM, args=case),
    Page("casework:asked", TEAM, args=asked),
    Page("casework:family", FAMILY, args=case),
    Page("casework:add_family_member", EDITS_FAMILY, args=case),
    Page("casework:family_member", FAMILY, args=member),
    Page("casework:change_family_member", EDITS_FAMILY, args=member),
    Page("casework:notice", EDITS_FAMILY, args=member),
    Page("casework:end_family_member", EDITS_FAMILY, args=member),
    Page("casework:add_contact_point", EDITS_FAMILY, args=member),
    Page("casework:change_contact_point", EDITS_FAMILY, args=point),
    Page("casework:contact_point_safe_again", EDITS_FAMILY, args=point),
    Page(
        "casework:contact_point_safety",
        EDITS_FAMILY,
        args=point,
        method="post",
        data={"safety": "unsafe", "version": "1"},
        answer=302,
        browse=False,
    ),
    Page("casework:remove_contact_point", EDITS_FAMILY, args=point),
    Page("casework:show_contact_point", TEAM, args=covered_point),
    Page("casework:allocation", CASE, args=case),
    Page("casework:allocate", SENIOR, args=case),
    Page("casework:access", TEAM, args=case),
    Page("casework:add_exclusion", MANAGERS, args=case),
    Page("casework:end_exclusion", MANAGERS, args=of_case("exclusion")),
    Page("casework:add_restriction", MANAGERS, args=case),
    Page("casework:end_restriction", MANAGERS, args=of_case("restriction")),
    Page("casework:give_case", SENIOR, args=case),
    Page("casework:confirm_access", TEAM, args=case, answer=302, browse=False),
    Page("casework:cover", SENIOR, refusal=FORBIDDEN),
    Page("casework:arrange_cover", SENIOR, refusal=FORBIDDEN),
    Page("casework:end_cover", SENIOR, refusal=FORBIDDEN, args=row("cover")),
    Page("casework:to_confirm", MANAGERS, refusal=FORBIDDEN),
    Page("casework:refused_looks", MANAGERS | {"data_protection"}, refusal=FORBIDDEN),
    Page("casework:matches", frozenset({"safeguarding"}), refusal=FORBIDDEN),
    Page("casework:match", frozenset({"safeguarding"}), refusal=FORBIDDEN, args=row("match")),
    Page(
        "casework:coverage",
        frozenset({"senior", "head", "commissioner", "data_protection", "policy"}),
        refusal=FORBIDDEN,
    ),
]
