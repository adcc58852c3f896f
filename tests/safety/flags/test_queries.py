"""What stops is read for any number of family members in one query, from flags, checks, imports and matches."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.people.families.models import FamilyMember, MatchState, PossibleMatch
from alongside.people.persons.models import Person, SourceCheck, SourceMarker
from alongside.safety.flags.models import Flag, SafetyCheck
from alongside.safety.flags.queries import flag_facts
from alongside.safety.flags.rules import CheckState, FlagFacts, Matter
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def flag(person: Person, kind: str, member: FamilyMember | None = None, **values: object) -> Flag:
    on = today()
    return Flag.objects.create(
        **{
            "person": person,
            "family_member": member,
            "kind_id": f"safety_flag.{kind}",
            "scope": "member" if member else "person",
            "certainty": "known",
            "basis": "reported",
            "source_id": "safety_source.SELF",
            "words": "What was said",
            "recorded_on": on,
            "review_on": on + timedelta(days=28),
            "awaiting_review": False,
        }
        | values
    )


def facts(member: FamilyMember, on: date | None = None) -> FlagFacts:
    return flag_facts([member.pk], on=on or today())[member.pk]


def imported(person: Person, *matters: str, on: date | None = None) -> None:
    for matter in matters:
        SourceCheck.objects.create(person=person, matter=matter, checked_on=on or today())


def marker(person: Person, code: str, matter: str = "registrations", **values: object) -> SourceMarker:
    return SourceMarker.objects.create(
        person=person, matter=matter, code=code, label=code, from_date=today() - timedelta(days=30), **values
    )


@pytest.fixture
def member() -> FamilyMember:
    return FamilyMemberFactory(relationship_id="relationship.PART")


def confirmed(member: FamilyMember, person: Person) -> None:
    PossibleMatch.objects.create(
        family_member=member,
        matched_person=person,
        basis="Same name",
        state=MatchState.CONFIRMED,
        decided_by=UserFactory().pk,
        decided_at=timezone.now(),
    )


def test_every_id_gets_an_answer_and_an_unknown_one_is_not_checked(member: FamilyMember) -> None:
    stranger = uuid4()
    answers = flag_facts([member.pk, stranger], on=today())
    assert set(answers) == {member.pk, stranger}
    assert set(answers[stranger].checks.values()) == {CheckState.NOT_CHECKED}
    assert flag_facts([], on=today()) == {}


def test_an_import_is_a_check_on_its_day_and_goes_stale(member: FamilyMember) -> None:
    imported(member.person, "registrations", "licence_conditions", "limited_access")
    assert set(facts(member).checks.values()) == {CheckState.NONE_FOUND}
    assert facts(member, today() + timedelta(days=92)).checks[Matter.CHILDREN] is CheckState.STALE
    assert facts(member, today() + timedelta(days=92)).checks[Matter.LIMITED_ACCESS] is CheckState.NONE_FOUND


def test_alerts_alone_check_nothing(member: FamilyMember) -> None:
    imported(member.person, "alerts")
    assert set(facts(member).checks.values()) == {CheckState.NOT_CHECKED}


@pytest.mark.parametrize(
    ("code", "matter", "name"),
    [
        ("RCCO", "registrations", "child_concern"),
        ("rcpr", "registrations", "child_concern"),
        ("RVAD", "registrations", "adult_concern"),
        ("DAVICT", "registrations", "person_is_victim"),
        ("STAFF", "registrations", "staff_safety"),
        ("AVIS", "registrations", "seated_apart"),
        ("XCSEA", "alerts", "exploitation"),
        ("VI", "alerts", "person_is_victim"),
    ],
)
def test_what_the_system_of_record_holds_stops_as_a_flag_does(
    member: FamilyMember, code: str, matter: str, name: str
) -> None:
    assert not getattr(facts(member), name)
    marker(member.person, code, matter)
    assert getattr(facts(member), name)
    assert not facts(member).suspended


def test_an_ended_entry_stops_nothing(member: FamilyMember) -> None:
    marker(member.person, "RCCO", ended_on=today() - timedelta(days=1))
    assert not facts(member).child_concern


def test_an_entry_under_a_code_nobody_knows_is_read_by_a_person_first(member: FamilyMember) -> None:
    imported(member.person, "registrations")
    marker(member.person, "ZZZZ")
    assert facts(member).checks[Matter.DOMESTIC_ABUSE] is CheckState.STALE
    SafetyCheck.objects.create(
        case=member.person_id, matter_id="safety_matter.DOMESTIC_ABUSE", checked_on=today(), at=timezone.now()
    )
    assert facts(member).checks[Matter.DOMESTIC_ABUSE] is CheckState.NONE_FOUND


def test_a_flag_about_one_relative_stops_that_one(member: FamilyMember) -> None:
    brother = FamilyMemberFactory(person=member.person, relationship_id="relationship.BRO")
    flag(member.person, "DA_BETWEEN", member, scope="relationship", direction="from_member", awaiting_review=True)
    both = flag_facts([member.pk, brother.pk], on=today())
    assert both[member.pk].abuse_between is CheckState.KNOWN
    assert both[member.pk].suspended
    assert both[brother.pk].abuse_between is CheckState.NOT_CHECKED
    assert not both[brother.pk].suspended
    assert both[brother.pk].person_is_victim


def test_a_flag_about_the_person_suspends_everyone_until_it_is_reviewed(member: FamilyMember) -> None:
    row = flag(member.person, "RCCO", awaiting_review=True)
    assert facts(member).suspended
    Flag.objects.filter(pk=row.pk).update(awaiting_review=False)
    assert not facts(member).suspended


def test_a_removed_flag_leaves_the_matter_to_be_checked_again(member: FamilyMember) -> None:
    imported(member.person, "registrations", on=today() - timedelta(days=1))
    flag(
        member.person,
        "RCCO",
        recorded_on=today() - timedelta(days=9),
        removed_on=today(),
        removal_reason_id="flag_removal_reason.MISTAKE",
    )
    assert not facts(member).child_concern
    assert facts(member).checks[Matter.CHILDREN] is CheckState.STALE
    assert facts(member, today() - timedelta(days=1)).child_concern


@pytest.mark.parametrize("where", ["flag", "marker", "beside another"])
def test_a_stop_travels_along_a_confirmed_match_and_says_nothing_else(member: FamilyMember, where: str) -> None:
    same_human = PersonFactory()
    if where == "flag":
        flag(same_human, "DAPERP")
    elif where == "marker":
        marker(same_human, "DAPERP")
    else:
        twin = FamilyMemberFactory()
        confirmed(twin, same_human)
        flag(twin.person, "DA_BETWEEN", twin, scope="relationship", direction="from_member")
    assert not facts(member).linked_stop
    confirmed(member, same_human)
    found = facts(member)
    assert found.linked_stop
    assert found.checks[Matter.DOMESTIC_ABUSE] is CheckState.NOT_CHECKED
    assert not found.person_is_victim


def test_a_possible_match_that_nobody_confirmed_grants_and_stops_nothing(member: FamilyMember) -> None:
    same_human = PersonFactory()
    flag(same_human, "DAPERP")
    PossibleMatch.objects.create(family_member=member, matched_person=same_human, basis="Same name")
    assert not facts(member).linked_stop


def test_what_is_known_of_the_person_elsewhere_stops_here(member: FamilyMember) -> None:
    named_elsewhere = FamilyMemberFactory()
    confirmed(named_elsewhere, member.person)
    assert not facts(member).linked_stop
    flag(named_elsewhere.person, "RCCO", named_elsewhere)
    assert facts(member).linked_stop


def test_a_risk_to_staff_does_not_travel(member: FamilyMember) -> None:
    same_human = PersonFactory()
    flag(same_human, "STAFF")
    confirmed(member, same_human)
    assert not facts(member).linked_stop


@pytest.mark.parametrize("people", [1, 20])
def test_the_cost_does_not_grow_with_the_caseload(people: int) -> None:
    members = [FamilyMemberFactory() for _ in range(people)]
    for one in members:
        flag(one.person, "RCCO")
        marker(one.person, "RVAD")
        imported(one.person, "registrations")
    on = today()
    flag_facts([members[0].pk], on=on)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        flag_facts([one.pk for one in members], on=on)
    # Whether coded lists were loaded anew is asked twice a minute, by whoever reads one next.
    assert len([one for one in queries if "foundation_reference" not in one["sql"]]) == 1
