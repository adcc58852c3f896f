"""A case with at least one row in every table that belongs to people, a marker in every personal text.

A new model that belongs to a case fails the tests of erasure until it is added here.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils import timezone

from alongside.contact.log.actions import ContactFacts, correct_contact, log_contact
from alongside.contact.log.models import Direction, FamilyView, Party
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.holds import lift_hold, place_hold
from alongside.foundation.delivery.models import Message
from alongside.foundation.files.actions import Belongs, store_made
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.purposes import Purpose
from alongside.foundation.records.identity import identity
from alongside.foundation.records.models import Record
from alongside.foundation.work.actions import (
    CardFacts,
    ToDoFacts,
    add_to_timeline,
    ask_for_approval,
    open_to_do,
    put_card,
)
from alongside.involvement.goals.actions import (
    Reviewed,
    add_step,
    change_step,
    end_goal,
    name_helper,
    review_goals,
    set_goal,
)
from alongside.involvement.goals.models import GoalState
from alongside.people.allocations.actions import exclude, give_case, restrict
from alongside.people.arrivals.models import Arrival, StagedChange, StagedRow
from alongside.people.families.actions import add_contact_point, add_family_member, change_family_member
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.maps.actions import change_map, element_changes
from alongside.people.maps.changes import Changes, Relation, Set, add_relative, new_key
from alongside.people.maps.network import FamilyNetwork
from alongside.people.maps.network import Person as OnMap
from alongside.people.maps.observations.actions import VisitFacts, expect, say_seen
from alongside.people.persons.actions import (
    NameFacts,
    NeedFacts,
    add_person,
    change_person,
    record_circumstance,
    set_needs,
    set_other_names,
)
from alongside.people.persons.models import NameKind, Order, Person, Requirement, SourceCheck, SourceMarker
from alongside.people.staff.models import Member
from tests.contact.concerns.rows import concerns_of
from tests.contact.helpdesk.rows import desk_of
from tests.contact.messages.rows import messages_of
from tests.factories import AllocationFactory, MemberFactory, PostFactory, UnconfirmedAccessFactory, UserFactory
from tests.involvement.agreements.rows import agreements_of
from tests.involvement.decisions.rows import decisions_of
from tests.involvement.suitability.rows import involvement_of
from tests.safety.access_requests.rows import access_request_of
from tests.safety.advocacy.rows import advocacy_of
from tests.safety.flags.everything import flags_of
from tests.safety.orders.rows import orders_of
from tests.safety.permissions.histories import permissions_of
from tests.safety.protected.rows import protected_of
from tests.safety.young_supporters.rows import young_supporter

MARKER = "zqmarker"
DAY = date(2026, 3, 2)
FILES = Purpose("tests.files", "Files of a test", (Kind.CSV,), largest=1000, days_kept=None)


def case_with_everything(by: User) -> tuple[Person, FamilyMember]:
    """A person and a family member with a row in every room, made through actions so that the trail tells of each."""
    person = add_person(
        by=by,
        crn="X900001",
        given_names=f"Aled {MARKER}",
        family_name=MARKER,
        date_of_birth=date(1985, 4, 3),
        ethnicity_id="ethnicity.W3",
    )
    change_person(by=by, person=person, seen_version=1, known_as=MARKER, pronouns=MARKER)
    set_other_names(by=by, person=person, names=[NameFacts(NameKind.PREVIOUS, MARKER)])
    set_needs(by=by, person=person, needs=[NeedFacts("communication_need.EASYREAD", MARKER)])
    record_circumstance(by=by, person=person, kind="parent", answer="yes", asked_on=DAY)
    order = Order.objects.create(person=person, type_id=code("order_type"), court=MARKER, from_date=DAY)
    Requirement.objects.create(order=order, type_id=code("requirement_type"), from_date=DAY, detail=MARKER)
    SourceMarker.objects.create(
        person=person, matter="registrations", code="RCCO", label=MARKER, detail=MARKER, from_date=DAY
    )
    SourceCheck.objects.create(person=person, matter="registrations", checked_on=DAY)
    _staged_of(person)
    member = _family_of(person, by)
    AllocationFactory(person=person, member=_officer(by))
    UnconfirmedAccessFactory(person=person)
    exclude(by=by, person=person, user=UserFactory(), message=MARKER, from_date=DAY, until_date=None)
    restrict(
        by=by,
        person=person,
        readers=[by],
        message=MARKER,
        speak_to=MARKER,
        from_date=DAY,
        until_date=None,
    )
    give_case(by=by, person=person, user=by, role="quality", purpose=MARKER, from_date=DAY, until_date=date(2027, 1, 1))
    _work_on(person, member, by)
    decisions_of(person, member, by, MARKER, code)
    _goals_of(person, member, by)
    agreements_of(person, member, by, MARKER, code)
    _contacts_of(person, member, by)
    messages_of(person, member, by, MARKER)
    desk_of(person.pk, by, MARKER)
    store_made(by=by, name=f"{MARKER}.csv", content=b"a,b", purpose=FILES, belongs=Belongs(person.pk, member.pk))
    message_to(member)
    with identity(by.pk):
        protected_of(person, member, by, MARKER, code)
        concerns_of(person, member, by, MARKER, code)
    _map_of(person, member, by)
    with identity(by.pk):
        advocacy_of(person, member, by, MARKER, code)
    access_request_of(person, member, by, MARKER)
    involvement_of(person, member, by, MARKER)
    flags_of(person, member, marker=MARKER, day=DAY)
    orders_of(person, member, by, MARKER)
    young_supporter(member, by, MARKER)
    permissions_of(member, by, MARKER)
    hold = place_hold(by=by, case_id=person.pk, reason=MARKER, review_on=DAY)
    lift_hold(by=by, hold=hold, reason=MARKER)
    return person, member


def _officer(by: User) -> Member:
    """Whoever writes holds the case, and so stands behind its wall, and may look back on what others decided."""
    member = Member.objects.filter(user=by).first() or MemberFactory(user=by)
    PostFactory(member=member, role=RoleCode.SENIOR)
    return member


def message_to(member: FamilyMember) -> Message:
    """A message in the queue. Queuing asks rooms that are not built here, so the row is made as it would stand."""
    return Message.objects.create(
        channel="text",
        recipient_kind="family_member",
        recipient=member.pk,
        case=member.person_id,
        family_member=member.pk,
        purpose="test.thing.sent",
        content_key="test",
        content_version=uuid4(),
        language="en",
        values={"name": MARKER},
        address=MARKER,
        address_digest=MARKER,
        reference=uuid4(),
    )


def code(list_name: str) -> str:
    """The id of the first value of a coded list that is in use."""
    from alongside.foundation.reference.models import CodedValue

    return CodedValue.objects.filter(list=list_name, active=True).order_by("order").values_list("pk", flat=True)[0]


def _family_of(person: Person, by: User) -> FamilyMember:
    member = add_family_member(
        by=by,
        person=person,
        given_name=MARKER,
        family_name=MARKER,
        phrase=MARKER,
        relationship_id="relationship.MOT",
        about=MARKER,
        justice_history=MARKER,
        notice_state="deferred",
        notice_on=DAY,
        notice_ground_id="privacy_notice_ground.NOCONTACT",
        notice_review_on=date(2026, 4, 1),
    )
    change_family_member(by=by, member=member, seen_version=1, relationship_note=MARKER)
    add_contact_point(by=by, member=member, kind="mobile", value=MARKER, when=MARKER, shared_with=MARKER)
    other = add_person(by=by, crn="X900002", given_names="Someone", family_name="Else", date_of_birth=date(1960, 1, 1))
    PossibleMatch.objects.create(family_member=member, matched_person=other, basis=MARKER)
    return member


def _staged_of(person: Person) -> None:
    """What a file that is being brought in holds about the person."""
    arrival = Arrival.objects.create(file_name="caseload.csv", file_size=1, file_digest="0" * 64)
    words = dict.fromkeys(("cells", "family_name", "given_names", "known_as", "search_name", "court"), MARKER)
    staged = {"arrival": arrival, "row": 2, "person": person.pk, "crn": person.crn}
    StagedRow.objects.create(**staged, **words, person_digest=b"1", faults=[["crn", MARKER]], markers=[MARKER])
    StagedChange.objects.create(**staged, field="court", item=MARKER, before=MARKER, after=MARKER)


def _contacts_of(person: Person, member: FamilyMember, by: User) -> None:
    facts = ContactFacts(
        party=Party.FAMILY,
        at=timezone.now(),
        channel_id="contact_channel.phone",
        direction=Direction.FROM_THEM,
        purpose_id="contact_purpose.WELLBEING",
        outcome_id="contact_outcome.SPOKE",
        heard=MARKER,
        shared=MARKER,
        next_step=MARKER,
    )
    contact = log_contact(by=by, person=person, member=member, facts=facts, view=MARKER)
    FamilyView.objects.filter(contact=contact).update(became="not_used", reason=MARKER)
    correct_contact(by=by, contact=contact, seen_version=1, reason=MARKER, heard=f"{MARKER} again")
    agency = replace(facts, party=Party.AGENCY, agency=MARKER)
    log_contact(by=by, person=person, member=member, facts=agency)


def _map_of(person: Person, member: FamilyMember, by: User) -> None:
    index = OnMap(id=new_key(), label=MARKER, is_index=True)
    first = Changes(sets=(Set(index.id, "person", index),), summary=MARKER)
    second = add_relative(FamilyNetwork(people=(index,)), of=index.id, relation=Relation.MOTHER, label=MARKER)
    for number, changes in enumerate((first, second)):
        change_map(
            by=by,
            person=person,
            seen_version=number,
            changes=element_changes(changes, kinds={}, members={second.new_person: member.pk}),
            summary=changes.summary,
        )

    visit = VisitFacts(setting_id=code("observation_setting"), happens_on=DAY, place=MARKER, present=(member.pk,))
    expected = expect(by=by, person=person, visit=visit, expected=MARKER)
    for number, reason in ((1, ""), (2, MARKER)):
        say_seen(
            by=by,
            person=person,
            visit=visit,
            seen=MARKER,
            outcome="cannot_tell",
            meaning=MARKER,
            reason=reason,
            key=expected.key,
            seen_number=number,
        )


def _goals_of(person: Person, member: FamilyMember, by: User) -> None:
    goal = set_goal(by=by, person=person, words=MARKER, why=MARKER, area_id=code("goal_area"), set_on=DAY)
    add_step(by=by, goal=goal, words=MARKER, by_whom="helper", helper=member, by_when=DAY)
    step = add_step(by=by, goal=goal, words=MARKER, by_whom="officer", helper=None, by_when=DAY)
    change_step(by=by, step=step, seen_version=1, words=f"{MARKER} again")
    name_helper(by=by, goal=goal, member=member, what=MARKER, says="yes", since=DAY)
    seen = [Reviewed(goal.pk, "well", MARKER)]
    review_goals(by=by, person=person, on=DAY, reviewed=seen, present=MARKER, next_on=date(2026, 4, 1))
    end_goal(by=by, goal=goal, seen_version=1, state=GoalState.LEFT, reason=MARKER, on=DAY)


def _work_on(person: Person, member: FamilyMember, by: User) -> None:
    facts: dict[str, Any] = {"kind": "test.thing.done", "right": Right.SEE_CASE}
    add_to_timeline(by=by, case_id=person.pk, title=MARKER, **facts)
    open_to_do(case_id=person.pk, to_do=ToDoFacts(title=MARKER, due_on=DAY, subject_id=uuid4(), **facts))
    open_to_do(
        case_id=None,
        to_do=ToDoFacts(title=MARKER, due_on=DAY, family_member_id=member.pk, **facts),
    )
    put_card(
        case_id=person.pk,
        card=CardFacts(
            key="test",
            title="Test",
            headline=MARKER,
            lines=(MARKER,),
            order=1,
            right=Right.SEE_CASE,
            family_member_id=member.pk,
        ),
    )
    put_card(
        case_id=person.pk,
        card=CardFacts(key="test", title="Test", headline=MARKER, lines=(MARKER,), order=1, right=Right.SEE_CASE),
    )
    ask_for_approval(
        by=by,
        case_id=person.pk,
        kind="test.thing.approved",
        subject_id=uuid4(),
        title=MARKER,
        right=Right.APPROVE,
        due_on=timezone.localdate(),
    )


def models_of_people() -> list[type[Record]]:
    """Every model whose rows belong to a case."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Record) and model.keeping is not None and model.keeping.person
    ]
