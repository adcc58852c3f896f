"""What goes out is plain to whoever receives it: headings in words, labels of codes, names where they may be said."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alongside.foundation.audit.erasure import personal_fields
from alongside.foundation.audit.models import Event
from alongside.foundation.files.models import StoredFile
from alongside.foundation.jobs.progress import JobFailedError
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.reference.queries import label_of
from alongside.involvement.agreements.models import Version
from alongside.involvement.agreements.rules import terms_to_begin_with, to_data
from alongside.involvement.decisions.models import Basis
from alongside.involvement.suitability.models import Judgement
from alongside.people.families.actions import change_family_member
from alongside.people.families.models import FamilyMember
from alongside.people.maps.models import Element, ElementKind
from alongside.safety.access_requests.actions.deciding import Decision, decide
from alongside.safety.access_requests.actions.gathering import gather
from alongside.safety.access_requests.actions.releasing import build_package
from alongside.safety.access_requests.gathering import NOT_FOR_PEOPLE, _models, _tells, parts_of
from alongside.safety.access_requests.models import Item
from alongside.safety.access_requests.naming import SOMEONE, names_for
from alongside.safety.access_requests.readable import has_choice, has_kind, has_words, kind_words
from alongside.safety.access_requests.rules import Verdict
from alongside.safety.access_requests.wall import gated_models
from alongside.safety.orders.models import OrderVersion
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory
from tests.safety.access_requests.support import RELEASE, decide_each, gathered, packed
from tests.safety.access_requests.test_package import everything_in, streams_of, withheld

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\u2983|\u2984")


@pytest.fixture
def cast(db: None, settings, tmp_path) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def test_every_record_that_can_go_out_and_every_part_of_it_has_plain_words() -> None:
    """A new model or field has to say what the person who receives it reads."""
    held = [*_models(), *gated_models()]
    assert [model._meta.label for model in held if not has_kind(model._meta.label)] == []
    kinds = [kind_words(model._meta.label) for model in held]
    assert sorted({kind for kind in kinds if kinds.count(kind) > 1}) == [], "a kind is decided on as a whole"
    unsaid = []
    for model in held:
        wanted = {field.name for field in personal_fields(model)}
        for field in model._meta.concrete_fields:
            coded = isinstance(field, models.ForeignKey) and field not in wanted and not _tells(field)
            silent = coded or isinstance(field, models.UUIDField | models.BinaryField | models.GeneratedField)
            if field.name in NOT_FOR_PEOPLE or silent or not (field.name in wanted or _tells(field)):
                continue
            if not has_words(model._meta.label, field.name):
                unsaid.append(f"{model._meta.label}.{field.name}")
            if field.choices:
                codes = [str(label) for _value, label in field.flatchoices if not has_choice(field.name, str(label))]
                unsaid.extend(f"{model._meta.label}.{field.name}: {code}" for code in codes)
    assert unsaid == []


def mapped(cast: Cast, member: FamilyMember) -> dict[str, Element]:
    """The person, their mother and how the two are bound, on a map."""
    me, her, far = uuid4(), uuid4(), uuid4()
    rows = {
        "me": (me, ElementKind.PERSON, {"label": "Daniel", "is_index": True}, None),
        "her": (her, ElementKind.PERSON, {"label": "Mum", "gender": "woman", "born": "~1958"}, member),
        "far": (far, ElementKind.PERSON, {"label": "Uncle Ray", "sex_assigned": "AMAB"}, None),
        "line": (uuid4(), ElementKind.PARENTAGE, {"child": str(me), "parent": str(her), "kind": "birth"}, member),
        "home": (uuid4(), ElementKind.HOUSEHOLD, {"label": "At Nan's", "members": [str(me), str(far)]}, None),
        "near": (
            uuid4(),
            ElementKind.TOKEN,
            {"tokens": [{"person": str(her), "label": "Mum", "x": 0.25, "y": -0.5, "reason": "She listens"}]},
            member,
        ),
    }
    return {
        name: Element.objects.create(
            person=cast.person, key=key, kind=kind, data=data, family_member=of, from_version=1
        )
        for name, (key, kind, data, of) in rows.items()
    }


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_map_reads_by_names_and_never_by_keys(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person, given_name="Moira", family_name="Achebe")
    mapped(cast, member)
    request = gathered(cast)
    decide_each(cast, request, {})
    pdf = packed(cast, request)
    text = text_of(pdf)
    for words in ("Part of the family map", "Parent Mum", "Child Daniel", "Child by birth", "Uncle Ray"):
        assert words in text
    assert "about 1958" in text
    assert "Who: Mum, Reason: She listens" in text
    assert not ID.search(text)
    assert not ID.search(everything_in(pdf).partition("%PDF")[0])
    assert not {"Element", "Birth order", "is_index", "0.25", "AMAB"} & set(text.split())


@pytest.mark.parametrize("verdict", [Verdict.WITHHOLD, Verdict.SILENT, Verdict.REDACT])
@pytest.mark.parametrize("whose", ["people_families.FamilyMember", "people_maps.Element"])
def test_a_name_that_is_withheld_is_lent_to_nothing(cast: Cast, verdict: Verdict, whose: str) -> None:
    member = FamilyMemberFactory(person=cast.person, given_name="Zephyrine", family_name="Quill")
    elements = mapped(cast, member)
    elements["her"].data["label"] = "Zephyrine"
    elements["her"].save()
    request = gathered(cast)
    takes = {"taken_out": "Zephyrine"} if verdict is Verdict.REDACT else {}
    with identity(cast.data_protection.pk):
        for item in Item.objects.filter(request=request, verdict="open").select_related("request"):
            names_her = "Zephyrine" in str(item.parts)
            is_other = names_her and item.model != whose
            decision = withheld(verdict, **takes) if names_her and not is_other else RELEASE
            if is_other:  # The other record that holds the name in its own words is the reader's own business.
                decision = Decision(
                    Verdict.REDACT,
                    RELEASE.about,
                    RELEASE.provider,
                    False,
                    "withholding_ground.OTHERS",
                    "x",
                    taken_out="Zephyrine",
                )
            decide(by=cast.data_protection, item=item, seen_version=item.version, decision=decision)
    assert names_for(request).of(str(elements["her"].key)) == SOMEONE
    decide_each(cast, request, {})
    pdf = packed(cast, request)
    assert "Zephyrine" not in everything_in(pdf)
    assert b"Zephyrine" not in streams_of(pdf)
    assert f"Parent {SOMEONE}" in text_of(pdf)


def test_a_relative_who_asks_hears_of_nobody_else_by_name(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person, given_name="Moira", family_name="Achebe")
    elements = mapped(cast, member)
    request = gathered(cast)
    request.family_member = member.pk
    request.save(update_fields=["family_member"])
    Item.objects.filter(request=request).delete()
    with identity(cast.data_protection.pk):
        gather(by=cast.data_protection, request=request)
    names = names_for(request)
    said = {name: names.of(str(row.key)) for name, row in elements.items()}
    assert said["her"] == "Mum"
    assert said["me"] == "The person on probation"
    assert said["far"] == SOMEONE


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            Version(terms=to_data(terms_to_begin_with(review_on=date(2026, 5, 1), ends_on=None))),
            ["By phone", "At most 1 a fortnight", "Within 2 working days", "By 1 May 2026"],
        ),
        (
            OrderVersion(said={"binds": ["person"], "protects": ["name:Ann Bell"], "from_date": "2026-03-02"}),
            ["The person on probation", "Ann Bell", "2 March 2026", "Whom it protects"],
        ),
        (
            Basis(content='{"abuse_known": true, "case": "0b9c9cf2-24a0-4d3b-8a21-1c0f5a7c2d11", "on": "2026-03-02"}'),
            ["Abuse known", "Yes", "2 March 2026"],
        ),
        (
            Judgement(
                kind="full",
                grounds={
                    "expected": "It goes well",
                    "conversations": [
                        {"party": "member", "who": "Her", "held_on": "2026-03-02", "how": "phone", "alone": True}
                        | {"present": "", "narrative": "She wants to help"}
                    ],
                },
                safety_then={"matters": {"domestic_abuse": 2, "exploitation": 0}, "gate_closed": True},
            ),
            ["It goes well", "alone", "She wants to help", "Domestic abuse", "What staff expected"],
        ),
    ],
)
def test_what_is_kept_as_a_whole_reads_in_words(db: None, row, expected: list[str]) -> None:
    said = "\n".join(f"{part.label}: {part.value}" for part in parts_of(row))
    for words in expected:
        assert words in said
    assert not ID.search(said)
    assert not re.search(r"\{|\[|\b[a-z]+_[a-z]+\b|\d{4}-\d{2}-\d{2}", said), said


def test_lists_of_codes_read_by_their_labels(db: None) -> None:
    for model in (*_models(), *gated_models()):
        for field in model._meta.concrete_fields:
            if isinstance(field, ArrayField) and field.name == "topics" and field.null:
                row = model(**{field.name: ["health"]})
                assert [part.value for part in parts_of(row) if part.key == "topics"] == [
                    label_of("permission_topic.health")
                ]


def test_what_was_typed_stays_as_it_was_typed(db: None) -> None:
    member = FamilyMember(given_name="to_centre", about="person", relationship_note="2026-03-02 \u2983x\u2984")
    said = {part.key: part.value for part in parts_of(member)}
    assert (said["given_name"], said["about"], said["relationship_note"]) == ("to_centre", "person", "2026-03-02 {x}")


def test_what_was_gathered_under_older_rules_is_marked_anew_before_anything_goes_out(cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person, given_name="Moira")
    with identity(cast.owner.pk):
        change_family_member(by=cast.owner, member=member, seen_version=1, about="She rang us")
    request = gathered(cast)
    rows = Item.objects.filter(request=request)
    rows.filter(model="people_families.FamilyMember").update(
        guarded=False, kind="Family member", parts=[["about", "About", "x"]]
    )
    decide_each(cast, request, {})
    request.marked_under = "older"
    request.save()
    client = Client()
    client.force_login(cast.data_protection)
    address = reverse("access_requests:request", args=[request.pk])
    assert "Gather it again" in client.get(address).content.decode()
    with identity(cast.data_protection.pk), pytest.raises(JobFailedError, match="Gather it again"):
        build_package(request.pk, by_id=cast.data_protection.pk)
    page = client.post(reverse("access_requests:gather", args=[request.pk]), follow=True).content.decode()
    assert "1 item that was decided" in page
    item = rows.get(model="people_families.FamilyMember")
    assert (item.guarded, item.verdict, item.decided_by, item.checked_by) == (True, Verdict.OPEN, None, None)
    assert item.kind == kind_words("people_families.FamilyMember")
    assert "She rang us" in str(item.parts)
    assert not rows.exclude(pk=item.pk).filter(verdict=Verdict.OPEN.value).exists(), "the others stay decided"
    assert Event.objects.filter(name="access_requests.items.marked_anew").count() == 1


def test_what_turns_out_to_be_told_in_confidence_is_withheld_at_once_and_once(cast: Cast) -> None:
    request = gathered(cast)
    rows = Item.objects.filter(request=request, withheld_first=False)
    told = rows.filter(model="people_persons.Person").get()
    with identity(cast.owner.pk):
        from alongside.foundation.work.models import Card

        card = Card.objects.create(case=cast.person.pk, key="x", headline="Something", right="SEE_CASE", order=1)
        gather(by=cast.data_protection, request=request)
        item = rows.get(source=card.pk)
        decide(by=cast.data_protection, item=item, seen_version=item.version, decision=RELEASE)
        Card.objects.filter(pk=card.pk).update(right="SEE_PROTECTED")
        assert gather(by=cast.data_protection, request=request).again == 1
        item = Item.objects.get(source=card.pk)
        assert (item.verdict, item.withheld_first, item.source_protected) == (Verdict.SILENT, True, True)
        decide(
            by=cast.data_protection,
            item=item,
            seen_version=item.version,
            decision=withheld(Verdict.WITHHOLD),
        )
        assert gather(by=cast.data_protection, request=request).again == 0, "what people decide about it then stands"
    assert Item.objects.get(pk=told.pk).verdict == Verdict.OPEN
    assert not StoredFile.objects.exists()
