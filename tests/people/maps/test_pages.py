"""The map's pages: drawing by forms alone, versions, undo, two people at once, and who becomes a family member."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.families.tasks import look_for_matches
from alongside.people.maps.models import Element, MapVersion
from alongside.people.maps.queries import map_at
from alongside.safety.young_supporters.queries import young_facts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory, PersonFactory
from tests.people.casework.asking import counted

TREE = b"""0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME <script>alert(1)</script> /Bell/
1 SEX F
0 @I2@ INDI
1 NAME Kid /Bell/
1 BIRT
2 DATE 2020
1 FAMC @F1@
0 @F1@ FAM
1 WIFE @I1@
1 CHIL @I2@
0 TRLR
"""

pytestmark = pytest.mark.django_db


class Desk:
    """A browser without scripts at one map."""

    def __init__(self, cast: Cast, user: object | None = None) -> None:
        self.cast, self.person, self.client = cast, cast.person, Client()
        self.client.force_login(user or cast.owner)

    def url(self, name: str, *args: object) -> str:
        return reverse(f"maps:{name}", args=[self.person.pk, *args])

    def get(self, name: str = "genogram", *args: object, **query: str) -> str:
        answer = self.client.get(self.url(name, *args), query)
        assert answer.status_code == 200, answer
        return answer.content.decode()

    def page_of(self, name: str) -> str:
        """A page of this case that stands elsewhere than on the map."""
        answer = self.client.get(reverse(name, args=[self.person.pk]))
        assert answer.status_code == 200, answer
        return answer.content.decode()

    def post(self, page: str, /, *args: object, **data: object):
        return self.client.post(self.url(page, *args), data)

    def begin(self, who: str = "alone") -> str:
        assert self.post("start", who=who).status_code == 302
        return next(p.id for p in self.network.people if p.is_index)

    def add(self, of: str, relation: str, label: str = "", **more: object) -> str:
        answer = self.post("add", of=of, relation=relation, label=label, **more)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return re.search(r"at=([0-9a-f-]{36})", answer["Location"]).group(1)

    @property
    def network(self):
        return map_at(self.person.pk).network


@pytest.fixture
def desk() -> Desk:
    return Desk(assemble())


def test_a_first_visit_offers_where_to_begin(desk: Desk) -> None:
    page = desk.get()
    assert "Start with Daniel alone" in page
    assert "Place the people already named" not in page
    FamilyMemberFactory(person=desk.person, given_name="Grace")
    assert "Place the people already named" in desk.get()


def test_nobody_drawn_is_an_adult_until_somebody_says_so_or_kinship_does(desk: Desk) -> None:
    me = desk.begin()
    ages = {}
    for relation in ("mother", "son", "sister", "former_partner"):
        key = desk.add(me, relation, relation)
        ages[relation] = young_facts([map_at(desk.person.pk).members[key]], on=today())
    assert {name: next(iter(young.values())).is_under_18 for name, young in ages.items()} == {
        "mother": False,
        "son": None,
        "sister": None,
        "former_partner": False,
    }
    son = FamilyMember.objects.get(given_name="son")
    page = desk.client.get(reverse("casework:family_member", args=[desk.person.pk, son.pk])).content.decode()
    assert "Not said yet: an adult or a child" in page
    given = {"label": "son", "kind": "person", "standing": "family", "gender": "man"}
    desk.post("person", str(son.pk), **given, age_band="7 to 11")
    assert young_facts([son.pk], on=today())[son.pk].is_under_18
    desk.post("person", str(son.pk), **given, age_band="")
    assert young_facts([son.pk], on=today())[son.pk].is_under_18 is None


def test_whoever_is_drawn_and_named_in_the_case_alike_becomes_that_one(desk: Desk) -> None:
    me = desk.begin()
    known = FamilyMemberFactory(person=desk.person, given_name="Grace", family_name="Achebe")
    for label, before, after in (("Sister Grace", 1, 2), ("grace", 2, 2), ("Grace", 2, 3)):
        assert FamilyMember.objects.filter(person=desk.person).count() == before
        key = desk.add(me, "sister" if label.startswith("Sister") else "mother", label)
        assert FamilyMember.objects.filter(person=desk.person).count() == after
        assert (map_at(desk.person.pk).members[key] == known.pk) is (label == "grace")
    desk.post("undo")
    desk.post("undo")
    assert FamilyMember.objects.get(pk=known.pk).ended_on is None


def test_two_presses_add_a_mother_and_the_page_returns_with_her_chosen(desk: Desk) -> None:
    me = desk.begin()
    assert f"?at={me}" in desk.get()
    assert 'value="mother"' in desk.get(at=me)
    mother = desk.add(me, "mother", "Grace Achebe")
    page = desk.get(at=mother)
    assert "Grace Achebe" in page
    assert 'aria-current="true"' in page
    assert desk.network.parentage[0].parent == mother


def test_the_map_keeps_the_person_and_what_they_call_them(desk: Desk) -> None:
    me = desk.begin()
    nan = desk.add(desk.add(me, "mother"), "mother", "Gwen Ellis")
    member = FamilyMember.objects.get()
    assert (member.name, member.relationship_id) == ("Gwen Ellis", "relationship.GMOT")
    assert (member.notice_state, member.notice_ground_id) == ("deferred", "privacy_notice_ground.FIRSTMEET")
    assert (member.notice_review_on - member.notice_on).days == 28
    assert desk.post("name", nan, name="Nan").status_code == 302
    member.refresh_from_db()
    assert member.called == "Nan"
    assert "Nan" in desk.get()


ON_THE_MAP_ALONE = [("mother", ""), ("pregnancy", "Bump"), ("professional", "Sam Key")]


@pytest.mark.parametrize(("relation", "label"), ON_THE_MAP_ALONE)
def test_nobody_becomes_a_family_member_without_a_name_a_birth_or_kinship(
    desk: Desk, relation: str, label: str
) -> None:
    desk.add(desk.begin(), relation, label)
    assert not FamilyMember.objects.exists()


def test_a_match_found_from_the_map_stays_silent(desk: Desk) -> None:
    PersonFactory(given_names="Gwen", family_name="Ellis")
    data = {"of": desk.begin(), "relation": "mother", "label": "Gwen Ellis"}
    answer = desk.client.post(desk.url("add"), data, follow=True)
    look_for_matches.run(by_id=None, ids={"member_id": str(FamilyMember.objects.get().pk)})
    assert PossibleMatch.objects.count() == 1
    page = answer.content.decode()
    assert "match" not in page.lower().replace("match-", "")
    assert not ToDo.objects.filter(case=desk.person.pk, kind__contains="match").exists()
    assert "match" not in desk.get("history").lower()


def test_a_child_has_an_age_and_no_date_of_birth(desk: Desk) -> None:
    efa = desk.add(desk.begin(), "daughter", "Efa")
    given = {"label": "Efa", "kind": "person", "standing": "family", "gender": "woman"}
    refused = desk.post("person", efa, **given, born="2019").content.decode()
    assert "Choose an age for a child" in refused
    assert 'value="2019"' in refused
    assert desk.post("person", efa, **given, age_band="7 to 11").status_code == 302
    assert FamilyMember.objects.get().age_band_id == "age_band.A7_11"
    assert "aged 7 to 11" in desk.get()


def test_undo_brings_back_whoever_was_taken_off_with_every_line(desk: Desk) -> None:
    me = desk.begin()
    mother = desk.add(me, "mother", "Grace")
    desk.add(mother, "partner", "Ben")
    before = {(e.key, str(e.data)) for e in map_at(desk.person.pk).elements}
    assert desk.post("take", mother).status_code == 302
    assert mother not in desk.network.by_id
    assert desk.network.partnerships == ()
    desk.post("undo")
    assert {(e.key, str(e.data)) for e in map_at(desk.person.pk).elements} == before


def test_undo_leaves_nobody_behind_who_was_named_by_mistake(desk: Desk) -> None:
    known = FamilyMemberFactory(person=desk.person, given_name="Huw")
    me = desk.begin("named")
    desk.add(me, "mother", "Grace")
    grace = FamilyMember.objects.get(given_name="Grace")
    assert desk.post("undo").status_code == 302
    grace.refresh_from_db()
    assert grace.end_reason_id == "member_end_reason.MISTAKE"
    assert not ToDo.objects.filter(subject=grace.pk, done_at=None).exists()
    desk.add(me, "mother", "Grace")
    desk.post("undo")
    assert not FamilyMember.objects.filter(given_name="Grace", ended_on=None, pk=grace.pk).exists()
    nobody = desk.add(me, "friend")
    desk.post("name", nobody, name="Bev")
    assert desk.post("undo").status_code == 302
    assert FamilyMember.objects.get(given_name="Bev").end_reason_id == "member_end_reason.MISTAKE"
    desk.post("undo")
    desk.post("undo")
    known.refresh_from_db()
    assert known.ended_on is None, "whom the person had named before stays named"


def test_the_map_can_be_seen_as_it_was_with_what_changed(desk: Desk) -> None:
    me = desk.begin()
    desk.add(me, "mother", "Grace")
    desk.add(me, "father", "Tunde")
    page = desk.get(version="2")
    assert "Tunde" not in page
    assert "Grace was added" in page
    assert "One change later" in page
    on = today()
    day = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    assert "The map as it was" in desk.get(**day)
    assert "There is a problem" in desk.get(**day | {"on-day": "31", "on-month": "2"})
    assert desk.client.get(desk.url("genogram"), {"version": "99"}).status_code == 404


def test_still_right_is_one_press_and_is_recorded(desk: Desk) -> None:
    desk.begin()
    desk.post("still_right")
    assert MapVersion.objects.filter(still_right=True).count() == 1
    assert "Gone through and still right" in desk.get()


def test_two_people_who_change_different_parts_both_succeed(desk: Desk) -> None:
    me = desk.begin()
    seen = map_at(desk.person.pk).version
    other = Desk(desk.cast, desk.cast.colleague)
    desk.add(me, "mother", "Grace", seen=seen)
    other.add(me, "daughter", "Efa", seen=seen)
    assert {p.label for p in desk.network.people} == {"Daniel", "Grace", "Efa"}


def test_the_second_to_change_the_same_person_is_told_and_loses_nothing(desk: Desk) -> None:
    mother = desk.add(desk.begin(), "mother", "Grace")
    seen = map_at(desk.person.pk).version
    given = {"kind": "person", "standing": "family", "gender": "woman", "seen": seen}
    other = Desk(desk.cast, desk.cast.colleague)
    assert other.post("person", mother, label="Mam", **given).status_code == 302
    answer = desk.post("person", mother, label="Mum", born="1966", **given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Someone else changed this part of the map" in page
    assert 'value="Mum"' in page
    assert 'value="1966"' in page
    again = re.search(r'name="seen" value="(\d+)"', page).group(1)
    assert desk.post("person", mother, label="Mum", born="1966", **{**given, "seen": again}).status_code == 302


def test_adding_beside_someone_who_was_taken_off_keeps_what_was_typed(desk: Desk) -> None:
    mother = desk.add(desk.begin(), "mother", "Grace")
    Desk(desk.cast, desk.cast.colleague).post("take", mother)
    answer = desk.post("add", of=mother, relation="sister", label="Auntie Bev")
    assert answer.status_code == 409
    assert "not on the map any more" in answer.content.decode()
    assert "Auntie Bev" in answer.content.decode()


def test_a_partnership_has_stretches(desk: Desk) -> None:
    me = desk.begin()
    desk.add(me, "former_partner", "Nia")
    couple = desk.network.partnerships[0].id
    assert "Stretch 1" in desk.get("partnership", couple)
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 1, "form-MIN_NUM_FORMS": 0, "form-MAX_NUM_FORMS": 12}
    first = {"form-0-kind": "marriage", "form-0-status": "divorced", "form-0-begin": "May 1998", "form-0-end": "2004"}
    second = {"form-1-kind": "living_together", "form-1-status": "current", "form-1-begin": "about 2010"}
    wrong = desk.post("partnership", couple, **form, **{**first, "form-0-begin": "31 February 1998"}, **second)
    assert "There is no 31 February 1998" in wrong.content.decode()
    assert desk.post("partnership", couple, **form, **first, **second).status_code == 302
    assert "Married to Nia from May 1998, divorced 2004; later living together with Nia from about 2010" in desk.get()


def test_lines_between_people_on_the_map_can_be_drawn_and_changed(desk: Desk) -> None:
    me = desk.begin()
    friend = desk.add(me, "friend", "Bev Lane")
    assert desk.post("connect", me, other=friend, join="parent", kind="foster").status_code == 302
    row = next(e for e in map_at(desk.person.pk).elements if e.kind == "parentage")
    assert desk.post("parentage", row.key, kind="kinship", begin="2001").status_code == 302
    assert desk.network.parentage[0].kind == "kinship"
    assert desk.post("add_household", label="Nan's", members=[me, friend]).status_code == 302
    assert "Nan&#x27;s" in desk.get() or "Nan&#39;s" in desk.get()
    son = desk.add(me, "son", "Jac")
    twin = desk.add(me, "daughter", "Non")
    assert desk.post("connect", son, other=twin, join="twin").status_code == 302
    twins = desk.network.twins[0].id
    assert desk.post("twins", twins, members=[son, twin], kind="fraternal").status_code == 302
    assert desk.network.twins[0].kind == "fraternal"


def test_how_people_get_on_is_off_until_asked_for_and_never_on_a_copy(desk: Desk) -> None:
    me = desk.begin()
    father = desk.add(me, "father", "Tunde")
    assert desk.post("quality", me, other=father, kind="cut_off", source="Daniel said so").status_code == 302
    assert "Daniel said so" not in desk.get(at=me)
    shown = desk.get(at=me, opinions="yes")
    assert "Daniel said so" in shown
    assert "Olwen Owner" in shown
    assert "Daniel said so" not in desk.get("paper")
    assert "Cut" not in desk.client.get(desk.url("export", "7.0")).content.decode()
    worker = Desk(desk.cast, desk.cast.family_worker)
    assert "Daniel said so" not in worker.get(at=me, opinions="yes")
    assert "How Daniel" not in worker.get(version="3")


def test_named_people_are_placed_by_what_they_are(desk: Desk) -> None:
    for name, code in (("Grace", "MOT"), ("Efa", "DAU"), ("Gwen", "GMOT"), ("Sam", "BRO"), ("Nia", "EXWIFE")):
        FamilyMemberFactory(person=desk.person, given_name=name, relationship_id=f"relationship.{code}")
    me = desk.begin("named")
    net = desk.network
    key = {p.label: p.id for p in net.people}
    assert {(r.parent, r.child) for r in net.parentage} == {
        (key["Grace"], me),
        (key["Grace"], key["Sam"]),
        (me, key["Efa"]),
    }
    assert net.partnerships[0].stretches[0].kind == "marriage"
    assert net.by_id[key["Gwen"]].role == "Grandmother"
    assert FamilyMember.objects.count() == 5
    assert len(map_at(desk.person.pk).members) == 5


def test_impossible_families_are_drawn_and_said(desk: Desk) -> None:
    me = desk.begin()
    mother = desk.add(me, "mother", "Grace")
    desk.post("connect", mother, other=me, join="parent", kind="birth")
    page = desk.get()
    assert "own ancestors" in page
    assert "<svg" in page


def test_a_file_is_looked_at_first_and_only_adds(desk: Desk) -> None:
    me = desk.begin()
    desk.add(me, "mother", "Grace")
    seen = desk.post("bring_in", file=SimpleUploadedFile("t.ged", TREE)).content.decode()
    assert "Read 2 people" in seen
    assert "One child’s date of birth will be left behind" in seen
    assert "<script>alert" not in seen
    assert len(desk.network.people) == 2
    blob = re.search(r'name="blob" value="([^"]+)"', seen).group(1)
    assert desk.post("bring_in", blob=blob, sure="on").status_code == 302
    assert len(desk.network.people) == 4
    assert all(p.born is None for p in desk.network.people if p.label.startswith("Kid"))
    assert FamilyMember.objects.count() == 1
    desk.post("undo")
    assert len(desk.network.people) == 2
    for hostile in (b"\x00\x01\x02" * 50, b"not a tree", b"0 HEAD\n0 TRLR\n"):
        answer = desk.post("bring_in", file=SimpleUploadedFile("t.ged", hostile))
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
    assert "did not come through" in desk.post("bring_in", blob="!!").content.decode()


def test_copies_on_paper_and_as_files(desk: Desk) -> None:
    me = desk.begin()
    desk.add(me, "mother", "Grace")
    for size in ("A4", "A3"):
        answer = desk.client.get(desk.url("pdf", size))
        assert answer.content[:5] == b"%PDF-"
    assert desk.client.get(desk.url("pdf", "A9")).status_code == 404
    for version in ("5.5.1", "7.0"):
        assert b"Grace" in desk.client.get(desk.url("export", version)).content
    assert "Structure alone" in desk.get("paper")


def test_the_map_takes_no_more_than_ten_statements(desk: Desk) -> None:
    me = desk.begin()
    for name in ("Efa", "Jac", "Non"):
        desk.add(me, "child", name)
    desk.get(at=me)
    with counted() as statements:
        desk.get(at=me)
    assert len(statements) <= 10


def test_elements_of_unknown_people_are_not_there(desk: Desk) -> None:
    desk.begin()
    nobody = uuid4()
    for name in ("person", "connect", "partnership", "parentage", "household", "twins", "quality"):
        assert desk.client.get(desk.url(name, nobody)).status_code == 404
    assert Element.objects.count() == 1


def test_the_map_can_be_seen_on_a_day(desk: Desk) -> None:
    desk.begin()
    names = re.findall(r'name="(on[^"]*)"', desk.get("history"))
    assert len(names) == 3
    assert "had been drawn" in desk.get(**dict(zip(names, ("3", "5", "2020"), strict=True)))


def test_a_name_that_cannot_be_kept_is_refused_in_words(desk: Desk) -> None:
    index = desk.begin()
    mother = desk.add(index, "parent", "Ann")
    refused = desk.post("name", mother, name="A\x00nn")
    assert refused.status_code == 409
    odd = {"of": "\x00", "relation": "\x00", "label": "a\x00b"}
    assert desk.post("add", **odd).status_code < 500
    assert desk.post("add", of=index, relation="parent", label="a\x00b").status_code < 500
    assert (
        desk.client.get(
            desk.url("genogram"), {"at": "\x00", "on": "99999-99-99", "version": "999999999999"}
        ).status_code
        < 500
    )
    assert desk.client.get(desk.url("genogram"), {"on-day": "0", "on-month": "0", "on-year": "0"}).status_code < 500
    assert desk.post("bring_in", blob="!").status_code < 500
    assert desk.post("start", who="\x00").status_code < 500
    assert desk.network.label(mother) == "Ann"
