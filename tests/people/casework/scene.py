"""A caseload that looks like one: a person with a family, orders, checks, to-dos and neighbours. All invented."""

from datetime import date, timedelta

from django.db import transaction

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import CardFacts, ToDoFacts, add_to_timeline, open_to_do, put_card
from alongside.people.families.actions import add_contact_point, add_family_member
from alongside.people.families.models import FamilyMember
from alongside.people.persons.actions import NeedFacts, record_circumstance, set_needs
from alongside.people.persons.models import Person, Requirement, SourceCheck, SourceMarker
from tests.cast import Cast, assemble
from tests.factories import AllocationFactory, OrderFactory, PersonFactory

NEIGHBOURS = [
    ("Siân", "Prosser"),
    ("Kofi", "Mensah"),
    ("Aleksandra", "Wiśniewska"),
    ("Tyrone", "Campbell"),
    ("Bethan", "Rowlands"),
    ("Imran", "Siddiqui"),
    ("Shannon", "Doherty-Pike"),
]
NOTICE = {"notice_state": "given", "notice_on": date(2026, 3, 2)}


def add_relative(scene_cast: Cast, person: Person, given: str, relationship: str, **values: object) -> FamilyMember:
    facts = {"family_name": person.family_name, **NOTICE, **values}
    return add_family_member(
        by=scene_cast.owner, person=person, given_name=given, relationship_id=f"relationship.{relationship}", **facts
    )


@transaction.atomic
def furnish() -> Cast:
    """The cast round Daniel Achebe, who has a family, and seven neighbours on the same caseload."""
    cast = assemble()
    person, on = cast.person, today()
    Person.objects.filter(pk=person.pk).update(
        known_as="Dan", pronouns="he/him", source="nDelius", preferred_language="language.cy"
    )
    person.refresh_from_db()
    order = OrderFactory(
        person=person,
        type_id="order_type.CO",
        court="Caernarfon Magistrates’ Court",
        from_date=on - timedelta(60),
        until_date=on + timedelta(300),
    )
    Requirement.objects.create(
        order=order,
        type_id="requirement_type.RAR",
        from_date=order.from_date,
        until_date=order.until_date,
        detail="20 days",
    )
    SourceCheck.objects.create(person=person, matter="registrations", checked_on=on - timedelta(9))
    SourceCheck.objects.create(person=person, matter="alerts", checked_on=on - timedelta(9))
    SourceMarker.objects.create(
        person=person,
        matter="registrations",
        code="RVLN",
        label="Vulnerable",
        from_date=on - timedelta(40),
        review_on=on + timedelta(20),
    )
    set_needs(by=cast.owner, person=person, needs=[NeedFacts("communication_need.EASYREAD")])
    grace = add_relative(cast, person, "Grace", "MOT", phrase="Mam", year_of_birth=1966)
    add_contact_point(by=cast.owner, member=grace, kind="mobile", value="07700 900123", safety="safe")
    nia = add_relative(
        cast,
        person,
        "Nia",
        "EXPART",
        family_name="Roberts",
        notice_state="deferred",
        notice_on=on - timedelta(20),
        notice_ground_id="privacy_notice_ground.NOTSAFE",
        notice_review_on=on - timedelta(2),
    )
    add_contact_point(by=cast.owner, member=nia, kind="mobile", value="07700 900456", safety="unsafe")
    add_relative(cast, person, "Efa", "DAU", age_band_id="age_band.A7_11", age_band_on=on - timedelta(500))
    samuel = add_relative(cast, person, "Samuel", "BRO", lives_with_person="yes")
    add_contact_point(by=cast.owner, member=samuel, kind="mobile", value="07700 900789")
    record_circumstance(by=cast.owner, person=person, kind="parent", answer="yes", asked_on=on)
    _work(cast, person, on)
    for number, (given, family) in enumerate(NEIGHBOURS):
        neighbour = PersonFactory(given_names=given, family_name=family)
        AllocationFactory(
            person=neighbour, team=cast.team, member=cast.owner_member, from_date=on - timedelta(5 + number * 20)
        )
        OrderFactory(person=neighbour, type_id="order_type.LIC_STD" if number % 2 else "order_type.SSO")
        if number % 3 == 0:
            to_do = ToDoFacts(
                kind="tests.review",
                title="Review what was agreed with the family",
                due_on=on + timedelta(number - 2),
                right=Right.SEE_CASE,
            )
            open_to_do(case_id=neighbour.pk, to_do=to_do)
    return cast


def _work(cast: Cast, person: Person, on: date) -> None:
    for days, title in (
        (-3, "Ask Grace when she would like a call"),
        (0, "Say when the next home visit is"),
        (4, "Plan the next three months together"),
    ):
        open_to_do(
            case_id=person.pk,
            to_do=ToDoFacts(kind=f"tests.to_do{days}", title=title, due_on=on + timedelta(days), right=Right.SEE_CASE),
        )
    put_card(
        case_id=person.pk,
        card=CardFacts(
            key="tests.goals",
            title="Goals",
            headline="2 of 3 on the way",
            lines=("Back in touch with Efa, by Christmas", "Forklift licence, with Samuel’s help"),
            order=30,
            right=Right.SEE_CASE,
        ),
    )
    add_to_timeline(
        by=cast.owner,
        case_id=person.pk,
        kind="tests.call",
        title="Rang Grace: she will come on Tuesday",
        right=Right.SEE_FAMILY,
    )
