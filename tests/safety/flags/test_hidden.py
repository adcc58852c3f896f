"""A flag changes nothing that a narrow role can see (invariant 5), and reception learns what to do, never why.

Each page that a narrow role may open is read before and after everything that staff may record about safety. Then a
leak is planted on purpose, to show that the comparison would notice.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from difflib import unified_diff

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import add_to_timeline
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import (
    IncidentFacts,
    agree_plan,
    prepare_plan,
    put_marker,
    record_check,
    record_flag,
    record_incident,
    review_flag,
    tell_plan,
)
from alongside.safety.flags.queries import NOTHING_ARRANGED
from tests.cast import Cast, assemble, member_in
from tests.factories import CaseGrantFactory, FamilyMemberFactory
from tests.safety.flags.scene import abuse, flag_values, plan_values

pytestmark = pytest.mark.django_db
DIFFERS_ANYWAY = re.compile(
    r'name="(?:csrfmiddlewaretoken|once|counts_once)" value="[^"]*"|nonce="[^"]*"|[^\n]*ui-session[^\n]*\n[^\n]*'
)
EVERYONE = "/at-the-desk/?everyone=yes"
NARROW = ("reception", "family_worker", "engagement_worker", "unpaid_work", "colleague_elsewhere")


class Scene:
    """One case, a partner on it, and everyone whose view of it is narrow."""

    def __init__(self) -> None:
        self.cast: Cast = assemble()
        self.member: FamilyMember = FamilyMemberFactory(
            person=self.cast.person, given_name="Lee", relationship_id="relationship.BOF"
        )
        unpaid = member_in(self.cast.team, RoleCode.UNPAID_WORK, "Una Unpaid").user
        CaseGrantFactory(person=self.cast.person, user=unpaid, role=RoleCode.UNPAID_WORK, purpose="Saturday project")
        self.users: dict[str, User] = {
            "reception": self.cast.reception,
            "family_worker": self.cast.family_worker,
            "engagement_worker": self.cast.engagement_worker,
            "unpaid_work": unpaid,
            "colleague_elsewhere": self.cast.outsider,
        }

    def addresses(self) -> Iterator[str]:
        """Every page on which the case, or the family member, could show itself."""
        case, member = [self.cast.person.pk], [self.cast.person.pk, self.member.pk]
        yield from (reverse("casework:today"), reverse("casework:caseload"), EVERYONE)
        yield f"{reverse('flags:desk')}?name=Lee"
        yield f"{reverse('casework:caseload')}?q={self.cast.person.crn}"
        for page in (
            "case",
            "timeline",
            "case_to_dos",
            "details",
            "family",
            "allocation",
            "access",
            "add_family_member",
        ):
            yield reverse(f"casework:{page}", args=case)
        for page in ("family_member", "change_family_member", "notice", "end_family_member", "add_contact_point"):
            yield reverse(f"casework:{page}", args=member)
        for page in ("safety", "add", "incident", "add_marker"):
            yield reverse(f"flags:{page}", args=case)
        yield reverse("flags:member", args=member)

    def seen_by(self, name: str) -> dict[str, tuple[int, str]]:
        """Every page as someone gets it, without what differs on each request anyway."""
        client = Client()
        client.force_login(self.users[name])
        seen = {}
        for address in self.addresses():
            answer = client.get(address)
            seen[address] = (answer.status_code, DIFFERS_ANYWAY.sub("", answer.content.decode()))
        return seen

    def record_everything(self) -> None:
        """Everything that staff may record about safety short of telling reception or the family."""
        owner, senior, safeguarding = self.cast.owner, self.cast.senior, self.cast.safeguarding
        person, member = self.cast.person, self.member
        flag = record_flag(by=owner, person=person, member=member, values=abuse(), may_set_named=False)
        review_flag(by=senior, flag=flag, seen_version=1, note="Stands", review_on=today() + timedelta(days=20))
        for kind in ("RCCO", "DAPERP", "EXPLOIT", "SEATAPART", "STAFF", "LAONOTE"):
            values = flag_values(kind, "person")
            record_flag(by=safeguarding, person=person, member=None, values=values, may_set_named=True)
        control = flag_values("CONTROL", "relationship", signs=("control_sign.ASKSIN",))
        record_flag(by=owner, person=person, member=member, values=control, may_set_named=False)
        record_check(
            by=owner,
            person=person,
            member=member,
            matter_id="safety_matter.ORDERS",
            checked_on=today(),
            looked_at=["safety_source.COURT"],
        )
        happened = IncidentFacts(
            kind_id="incident_kind.THREAT",
            happened_on=today(),
            words="Said what he would do to her.",
            police_called=True,
            staff_at_risk=False,
        )
        record_incident(by=owner, person=person, member=member, facts=happened)
        plan = prepare_plan(by=owner, member=member, values=plan_values())
        agree_plan(by=senior, plan=plan, seen_version=1)


def difference(before: tuple[int, str], after: tuple[int, str]) -> list[str]:
    """The lines of one page that are not the same before and after."""
    lines = unified_diff(before[1].splitlines(), after[1].splitlines(), lineterm="", n=0)
    return [f"{before[0]} {after[0]}", *lines]


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.parametrize("name", NARROW)
def test_nothing_that_a_narrow_role_sees_differs(scene: Scene, name: str) -> None:
    before = scene.seen_by(name)
    assert any(status == 200 for status, _ in before.values()), "They see nothing at all, so this would prove nothing."
    scene.record_everything()
    after = scene.seen_by(name)
    assert [
        difference(before[address], after[address]) for address in before if before[address] != after[address]
    ] == []


def test_telling_the_family_is_the_officers_and_shows_no_narrow_role_why(scene: Scene) -> None:
    scene.record_everything()
    from alongside.safety.flags.models import StandDownPlan

    plan = StandDownPlan.objects.get()
    tell_plan(by=scene.cast.owner, plan=plan, seen_version=plan.version, told_on=today())
    desk = scene.seen_by("reception")[f"{reverse('flags:desk')}?name=Lee"][1]
    assert desk.count("Nothing is arranged with them for now. Ring the officer when they come") == 1
    for name in NARROW:
        words = " ".join(text for _, text in scene.seen_by(name).values()).lower()
        for secret in ("domestic abuse", "stand-down", "what he would do", "suspected", "safety flag"):
            assert secret not in words, f"{name} reads “{secret}”."


def test_the_desk_reads_the_same_whatever_a_stand_down_is_for_and_like_a_marker_for_any_reason(scene: Scene) -> None:
    def stand_down(occasion: str, words_key: str, cover: str) -> None:
        values = plan_values(occasion=occasion, words_key=words_key, cover=cover)
        plan = prepare_plan(by=scene.cast.owner, member=scene.member, values=values)
        agree_plan(by=scene.cast.senior, plan=plan, seen_version=1)
        tell_plan(by=scene.cast.owner, plan=plan, seen_version=plan.version, told_on=today())

    def ordinary_marker() -> None:
        arranged = {"action_id": NOTHING_ARRANGED, "from_date": today(), "until_date": today()}
        put_marker(by=None, person=scene.cast.person, member=scene.member, **arranged)

    worlds: list[Callable[[], None]] = [
        lambda: stand_down("safety", "stand_down.pause", "zqcover"),
        lambda: stand_down("leave", "stand_down.change_of_staff", "Nothing"),
        ordinary_marker,
    ]
    read, desk = [], Client()
    desk.force_login(scene.cast.reception)
    for world in worlds:
        with transaction.atomic():
            world()
            read.append(desk.get(EVERYONE).content.decode())
            transaction.set_rollback(True)
    assert len({DIFFERS_ANYWAY.sub("", page) for page in read}) == 1
    assert "Nothing is arranged" in read[0]


@pytest.mark.parametrize("name", ["family_worker", "engagement_worker", "unpaid_work"])
def test_a_planted_line_on_the_timeline_would_be_noticed(scene: Scene, name: str) -> None:
    before = scene.seen_by(name)
    add_to_timeline(
        by=None, case_id=scene.cast.person.pk, kind="flags.flag.recorded", title="Leak", right=Right.SEE_IDENTITY
    )
    assert before != scene.seen_by(name)


def test_a_planted_marker_would_be_noticed_at_the_desk(scene: Scene) -> None:
    before = scene.seen_by("reception")
    put_marker(
        by=None,
        person=scene.cast.person,
        member=scene.member,
        action_id="reception_action.CALLFIRST",
        from_date=today(),
        until_date=today(),
    )
    after = scene.seen_by("reception")
    assert before != after
    desk = after[EVERYONE][1]
    assert "Ring the officer as soon as they arrive" in desk
    assert "Olwen Owner" in desk


def test_the_desk_shows_nobody_whose_case_is_restricted(scene: Scene) -> None:
    from alongside.people.allocations.actions import restrict

    put_marker(
        by=None,
        person=scene.cast.person,
        member=None,
        action_id="reception_action.SIDEROOM",
        from_date=today(),
        until_date=today(),
    )
    restrict(
        by=None,
        person=scene.cast.person,
        readers=[scene.cast.owner],
        message="Restricted",
        speak_to="A senior",
        from_date=today(),
        until_date=None,
    )
    assert scene.cast.person.family_name not in scene.seen_by("reception")[EVERYONE][1]
