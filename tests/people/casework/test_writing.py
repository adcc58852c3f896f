"""Writing through the pages: what is kept, what is refused and how, and that nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from alongside.foundation.audit.models import Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.involvement.decisions.queries.gathering import facts_about
from alongside.people.allocations.models import Allocation, CaseGrant, Cover, Exclusion, Restriction, UnconfirmedAccess
from alongside.people.allocations.queries import visible_to
from alongside.people.casework.forms.family import PointForm
from alongside.people.families.marks import safe_points
from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.families.rules import telephone_fault
from alongside.people.persons.models import Circumstance, Need, OtherName, Person
from tests.cast import Cast, assemble
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db

MOTHER = {
    "given_name": "Grace",
    "relationship": "relationship.MOT",
    "age": "adult",
    "notice_state": "given",
    "safety": "not_asked",
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def day(name: str, days: int) -> dict[str, str]:
    when = today() + timedelta(days)
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def errors(content: bytes) -> list[str]:
    summary = BeautifulSoup(content, "html.parser").select_one(".govuk-error-summary__list")
    return [item.get_text(strip=True) for item in summary.select("li")] if summary else []


def add(cast: Cast, **changes: str) -> Any:
    return signed_in(cast.owner).post(f"/cases/{cast.person.pk}/family/add/", MOTHER | changes)


class TestNamingSomeone:
    """Wrong, missing, hostile and oversize input: the field, the reason, the way out, and what was typed."""

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"given_name": ""}, "Enter their first name"),
            ({"given_name": "x" * 101}, "First name must be 100 characters or fewer. You entered 101"),
            ({"relationship": ""}, "Select who they are to the person"),
            (
                {"relationship": "relationship.NOPE"},
                "Select an option that is on the list",
            ),
            (
                {"relationship": "order_type.CO"},
                "Select an option that is on the list",
            ),
            ({"age": ""}, "Select whether they are an adult or a child"),
            ({"age": "child"}, "Select their age"),
            ({"year_of_birth": "1066"}, "Year of birth must be"),
            ({"year_of_birth": str(2026)}, "Year of birth must be"),
            ({"year_of_birth": "ninety"}, "Year of birth must be a whole number, like 15"),
            ({"notice_state": "deferred"}, "Select why they have not been told yet"),
            ({"notice_state": ""}, "Select whether they have been told that we hold their details"),
            ({"given_name": "a\x00b"}, "First name holds a character that cannot be kept. Type it again"),
        ],
    )
    def test_each_fault_is_said_and_nothing_is_kept(self, cast: Cast, changes: dict[str, str], error: str) -> None:
        answer = add(cast, **({"phrase": "Mam o’r môr"} | changes))
        assert answer.status_code == 200
        assert any(said.startswith(error) for said in errors(answer.content)), errors(answer.content)
        assert "Mam o’r môr" in answer.content.decode()
        assert not FamilyMember.objects.exists()

    @pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Robert'); DROP TABLE--", "🙂‍↕️", "Ŵyn’s"])
    def test_any_name_is_kept_and_shown_as_text(self, cast: Cast, name: str) -> None:
        answer = add(cast, given_name=name)
        assert answer.status_code == 302, errors(answer.content)
        assert FamilyMember.objects.get().given_name == name
        for address in (answer.headers["Location"], f"/cases/{cast.person.pk}/", "/"):
            assert b"<script>alert" not in signed_in(cast.owner).get(address).content

    def test_a_child_has_an_age_band_and_never_a_year(self, cast: Cast) -> None:
        add(cast, age="child", age_band="age_band.A3_6", year_of_birth="1990")
        child = FamilyMember.objects.get()
        assert (child.age_band_id, child.year_of_birth, child.age_band_on) == ("age_band.A3_6", None, today())

    def test_a_notice_that_waits_is_looked_at_again_when_its_reason_says(self, cast: Cast) -> None:
        add(cast, notice_state="deferred", notice_ground="privacy_notice_ground.NOREFUSED")
        assert FamilyMember.objects.get().notice_review_on == today() + timedelta(90)

    def test_a_number_starts_as_not_asked(self, cast: Cast) -> None:
        add(cast, telephone="07700 900123", safety="")
        point = ContactPoint.objects.get()
        assert (point.kind, point.safety) == ("mobile", "not_asked")


def test_someone_no_longer_named_can_be_named_again(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person)
    address = f"/cases/{cast.person.pk}/family/{member.pk}/end/"
    client = signed_in(cast.owner)
    client.post(address, {"reason": "member_end_reason.MISTAKE", "version": "1", **day("ended_on", 0)})
    member.refresh_from_db()
    assert member.ended_on == today()
    client.post(address)
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason_id) == (None, None)


def test_a_stale_press_never_makes_an_unsafe_number_safe(cast: Cast) -> None:
    point = ContactPointFactory(family_member=FamilyMemberFactory(person=cast.person))
    address = f"/cases/{cast.person.pk}/family/{point.family_member_id}/contact/{point.pk}/safety/"
    signed_in(cast.colleague).post(address, {"safety": "unsafe", "version": "1"})
    late = signed_in(cast.owner).post(address, {"safety": "safe", "version": "1"})
    assert late.headers["Location"].endswith(f"/contact/{point.pk}/safe-again/")
    point.refresh_from_db()
    assert point.safety == "unsafe"


def test_what_is_not_safe_becomes_safe_only_with_who_said_so_alone_and_when(cast: Cast) -> None:
    point = ContactPointFactory(family_member=FamilyMemberFactory(person=cast.person), safety="unsafe")
    at, officer = f"/cases/{cast.person.pk}/family/{point.family_member_id}/contact/{point.pk}", signed_in(cast.owner)

    def now_safe(part: str, **values: str) -> bool:
        version = str(type(point).objects.get(pk=point.pk).version)
        officer.post(f"{at}/{part}/", {"version": version} | values)
        return type(point).objects.get(pk=point.pk).safety != "unsafe"

    whole = {"said_by": "She herself", "alone": "yes", **day("said_on", 0)}
    assert not now_safe("safety", safety="safe")
    assert not now_safe("safety", safety="not_asked")
    assert not now_safe("change", kind=point.kind, value=point.value, safety="safe")
    for missing in ({"said_by": ""}, {"alone": ""}, {"alone": "no"}, {"said_on-day": ""}):
        assert not now_safe("safe-again", **whole | missing)
    assert now_safe("safe-again", **whole)
    kept = Payload.objects.filter(event__name="families.contact_point.safe_again")
    assert "She herself, alone, on" in str(kept.get().content)
    assert not now_safe("safety", safety="unsafe")


def test_a_number_that_is_not_safe_for_one_is_safe_for_nobody_in_the_case(cast: Cast) -> None:
    mother, son = (FamilyMemberFactory(person=cast.person) for _ in range(2))
    stranger = FamilyMemberFactory()
    for member, value in ((son, "07700 900123"), (stranger, "07700900123")):
        ContactPointFactory(family_member=member, value=value, safety="safe")
    address = f"/cases/{cast.person.pk}/family/{son.pk}/"
    page = signed_in(cast.owner).get(address).content.decode()
    assert "Safe to use" in page
    mark = ContactPointFactory(family_member=mother, kind="phone", value="+44 (0)7700-900 123", safety="unsafe")
    page = signed_in(cast.owner).get(address).content.decode()
    assert "Safe to use" not in page
    assert "Also recorded for somebody else here, where it is marked not to be used" in page
    assert "It is safe" not in page
    points = ContactPoint.objects.exclude(pk=mark.pk)
    assert [point.family_member_id for point in safe_points(points)] == [stranger.pk]
    found = facts_about([son.pk, stranger.pk], at=timezone.now())
    assert (found[son.pk].facts.safe_ways, found[son.pk].facts.unsafe_ways) == (frozenset(), {"phone", "text"})
    assert found[stranger.pk].facts.safe_ways == {"phone", "text"}


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("07700 900123", True),
        ("+44 (0)7700 900123", True),
        ("0044 7700 900123", True),
        ("01632 960001", True),
        ("016977 2345", True),
        ("01632 960001 ext 12", True),
        ("+353 87 123 4567", True),
        ("00 48 601 234 567", True),
        ("+48601234567", True),
        ("077009", False),
        ("07700 9001234", False),
        ("+44 7700 90012", False),
        ("960001", False),
        ("ring next door", False),
        ("+1", False),
    ],
)
def test_a_telephone_number_can_be_one_here_or_abroad(number: str, fits: bool) -> None:
    assert (telephone_fault(number) == "") is fits
    form = PointForm({"kind": "mobile", "value": number, "safety": "not_asked"})
    assert form.is_valid() is fits


def test_a_member_of_another_case_is_not_found_through_this_one(cast: Cast) -> None:
    other = ContactPointFactory()
    case = f"/cases/{cast.person.pk}/family/{other.family_member_id}/"
    own = FamilyMemberFactory(person=cast.person)
    for address in (case, f"{case}change/", f"/cases/{cast.person.pk}/family/{own.pk}/contact/{other.pk}/change/"):
        assert signed_in(cast.owner).get(address).status_code == 404


def test_two_answer_the_same_question_and_the_second_is_shown_the_first(cast: Cast) -> None:
    address = f"/cases/{cast.person.pk}/asked/parent/"
    signed_in(cast.colleague).post(address, {"answer": "yes", "version": "0"})
    second = signed_in(cast.owner).post(address, {"answer": "no", "version": "0"})
    assert second.headers["Location"] == address
    assert Circumstance.objects.get().answer == "yes"


def test_details_are_kept_together_and_found_by_every_name(cast: Cast) -> None:
    data = {
        "known_as": "Dan",
        "also_uses": "Danny Boy, Dee",
        "interpreter_needed": "yes",
        "needs": ["communication_need.EASYREAD", "communication_need.QUIET"],
        "version": "1",
    }
    client = signed_in(cast.owner)
    assert client.post(f"/cases/{cast.person.pk}/details/change/", data).status_code == 302
    assert set(OtherName.objects.values_list("name", flat=True)) == {"Danny Boy", "Dee"}
    assert Need.objects.count() == 2
    assert Person.objects.get(pk=cast.person.pk).version == 2
    assert str(cast.person.pk) in client.get("/cases/?q=danny+boy").content.decode()
    assert client.post(f"/cases/{cast.person.pk}/details/change/", data).status_code == 302
    assert Event.objects.filter(chain=cast.person.pk, name="persons.person.changed").count() == 1


class TestAddingByHand:
    """Someone whom the system of record has not sent yet."""

    def data(self, cast: Cast, **changes: str) -> dict[str, str]:
        born = {"date_of_birth-day": "3", "date_of_birth-month": "May", "date_of_birth-year": "1988"}
        names = {"crn": "x765432", "given_names": "Kofi", "family_name": "Mensah", "team": str(cast.team.pk)}
        return names | born | changes

    def test_they_stand_on_one_s_caseload_and_nobody_else_sees_them_yet(self, cast: Cast) -> None:
        assert signed_in(cast.owner).post("/cases/add/", self.data(cast)).status_code == 302
        person = Person.objects.get(crn="X765432")
        assert visible_to(cast.owner).filter(pk=person.pk).exists()
        assert not visible_to(cast.colleague).filter(pk=person.pk).exists()
        address = f"/cases/{person.pk}/access/confirm/"
        signed_in(cast.owner).post(address, {"ground": "No restriction in nDelius today"})
        assert UnconfirmedAccess.objects.get(person=person).confirmed_by == cast.owner.pk
        cast.colleague.__dict__.pop("_holding", None)
        assert visible_to(cast.colleague).filter(pk=person.pk).exists()

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"crn": "X12"}, "CRN must be one letter and six digits, like X123456"),
            ({"crn": "X1O0001"}, "CRN must be"),
            ({"pnc": "2019/0123456A"}, "PNC number has a mistake in it"),
            (
                {"crn": "X100001"},
                "Someone in Alongside has this number already. Search for it",
            ),
            ({"date_of_birth-year": "2999"}, "Date of birth must be"),
            ({"team": "elsewhere"}, "Choose one of the answers that are offered"),
        ],
    )
    def test_a_wrong_or_taken_number_is_refused_with_the_way_out(
        self, cast: Cast, changes: dict[str, str], error: str
    ) -> None:
        before = Person.objects.count()
        answer = signed_in(cast.owner).post("/cases/add/", self.data(cast, **changes))
        assert any(said.startswith(error) for said in errors(answer.content)), errors(answer.content)
        assert Person.objects.count() == before


class TestSeniors:
    """Allocation, cover, limited access."""

    def test_a_case_changes_hands_and_keeps_its_history(self, cast: Cast) -> None:
        client = signed_in(cast.senior)
        address = f"/cases/{cast.person.pk}/allocation/change/?team={cast.team.pk}"
        colleague = Allocation.objects.get().member
        data = {"member": "none", "reason": "allocation_reason.WORKLOAD", **day("from_date", 0)}
        assert client.post(address, data).status_code == 302
        held = list(Allocation.objects.order_by("from_date").values_list("member", "until_date"))
        assert held == [(colleague.pk if colleague else None, today()), (None, None)]
        again = client.post(address, data)
        assert "Choose a later day" in errors(again.content)[0]

    def test_an_unknown_team_code_says_so(self, cast: Cast) -> None:
        answer = signed_in(cast.senior).get(f"/cases/{cast.person.pk}/allocation/change/?code=NOPE")
        assert errors(answer.content) == ["No team has this code. Check it with the team"]

    def test_cover_is_arranged_and_ends(self, cast: Cast) -> None:
        client = signed_in(cast.senior)
        members = [str(member) for member in Allocation.objects.values_list("member", flat=True)]
        page = client.get("/cover/arrange/").content
        options = [
            option["value"]
            for option in BeautifulSoup(page, "html.parser").select("#id_covering option")
            if option["value"]
        ]
        other = next(option for option in options if option not in members)
        data = {"absent": members[0], "covering": other, "reason": "cover_reason.LEAVE"}
        data |= day("from_date", 0) | day("until_date", 7)
        backwards = data | day("until_date", 0) | day("from_date", 3)
        assert "same as or after" in errors(client.post("/cover/arrange/", backwards).content)[0]
        assert client.post("/cover/arrange/", data | {"covering": members[0]}).status_code == 200
        assert client.post("/cover/arrange/", data).status_code == 302
        assert "already covers" in errors(client.post("/cover/arrange/", data).content)[0]
        cover = Cover.objects.get(covering=other)
        assert client.post(f"/cover/{cover.pk}/end/").status_code == 302
        cover.refresh_from_db()
        assert cover.until_date == today()

    def test_an_exclusion_is_set_works_and_ends(self, cast: Cast) -> None:
        client, case = signed_in(cast.senior), f"/cases/{cast.person.pk}/"
        data = {"email": cast.colleague.email, "message": "Speak to the duty senior", **day("from_date", 0)}
        assert client.post(f"{case}access/exclude/", data).status_code == 302
        assert signed_in(cast.colleague).get(case).status_code == 404
        row = Exclusion.objects.get(user=cast.colleague)
        ended = {"ground": "Set by mistake", **day("last_day", -1)}
        assert client.post(f"{case}access/exclusions/{row.pk}/end/", ended).status_code == 200
        ended |= day("last_day", 0)
        assert client.post(f"{case}access/exclusions/{row.pk}/end/", ended).status_code == 302
        nobody = client.post(f"{case}access/exclude/", data | {"email": "nobody@alongside.example"})
        assert "Nobody here has the address" in errors(nobody.content)[0]

    def test_a_restriction_closes_the_case_even_to_who_set_it_if_they_are_not_named(self, cast: Cast) -> None:
        client, case = signed_in(cast.senior), f"/cases/{cast.person.pk}/"
        data = {
            "readers": f"{cast.owner.email}\n{cast.safeguarding.email}",
            "message": "Restricted",
            "speak_to": "Public protection, 01632 960999",
            **day("from_date", 0),
        }
        answer = client.post(f"{case}access/restrict/", data)
        assert answer.headers["Location"] == "/cases/"
        assert [signed_in(user).get(case).status_code for user in (cast.owner, cast.senior)] == [200, 404]
        assert Restriction.objects.count() == 1

    def test_a_case_is_given_only_in_a_role_that_is_held(self, cast: Cast) -> None:
        client, address = signed_in(cast.senior), f"/cases/{cast.person.pk}/access/give/"
        data = {"email": cast.adviser.email, "purpose": "Consultation", **day("from_date", 0), **day("until_date", 14)}
        wrong = client.post(address, data | {"role": "psychologist"})
        assert "They do not hold this role today" in errors(wrong.content)[0]
        assert client.post(address, data | {"role": "abuse_adviser"}).status_code == 302
        assert CaseGrant.objects.filter(user=cast.adviser).count() == 1
        assert signed_in(cast.adviser).get(f"/cases/{cast.person.pk}/").status_code == 200


class TestWhatEachRoleSees:
    """Rights cut a page; nothing that a role may not see is in it."""

    def page(self, cast: Cast, name: str) -> str:
        FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Zephyrine")
        return str(signed_in(cast.named(name)).get(f"/cases/{cast.person.pk}/").content.decode())

    def test_an_engagement_worker_sees_who_it_is_and_whom_to_call(self, cast: Cast) -> None:
        page = self.page(cast, "engagement_worker")
        assert all(words in page for words in ("Daniel Achebe", "Olwen Owner", "01632 960123"))
        assert not any(words in page for words in ("X100001", "Zephyrine", "Not checked", "Ask Daniel"))

    def test_a_family_worker_sees_the_family_and_no_orders(self, cast: Cast) -> None:
        page = self.page(cast, "family_worker")
        assert "Zephyrine" in page
        assert not any(words in page for words in ("X100001", "Not checked", "Ask Daniel"))

    def test_an_inspector_reads_and_changes_nothing(self, cast: Cast) -> None:
        page = self.page(cast, "inspector")
        assert all(words in page for words in ("X100001", "Zephyrine", "Not checked"))
        assert not any(words in page for words in ("Add someone", "Ask Daniel", "Allocate or transfer"))
