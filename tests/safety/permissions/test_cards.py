"""The card to take home: what the person chose, and never a no or anything private."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from alongside.foundation.content.models import ContentItem, Language
from alongside.foundation.content.queries import NotApprovedError
from alongside.foundation.editorial.actions import approve_version, newest_version
from alongside.foundation.work.models import Card
from alongside.safety.permissions.actions import keep_private, pause, refuse
from alongside.safety.permissions.cards import CALL, CHANGE, Named, NothingChosenError, Office, card_lines, make_card
from alongside.safety.permissions.queries import permission_facts
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory
from tests.safety.permissions.histories import take

pytestmark = pytest.mark.django_db
OFFICE = Office("Ann Officer", "01632 960123")
DAY = date(2026, 11, 22)


@pytest.fixture
def person(db):
    return PersonFactory(given_names="Gary", family_name="Webb")


def named(*members) -> list[Named]:
    facts = permission_facts([member.pk for member in members], at=timezone.now())
    return [Named(member.pk, member.called, facts[member.pk]) for member in members]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def member(person, given_name: str):
    return FamilyMemberFactory(person=person, given_name=given_name, phrase="")


def test_only_what_stands_is_offered(person) -> None:
    wife, father, aunt, friend = (member(person, name) for name in ("Lorraine", "Ronald", "Ngozi", "Josh"))
    take(wife, "appointments", "health")
    keep_private(by=None, member=wife, topics=["health"], words="Nothing about money")
    take(wife, "progress", alone=False, company="Her sister")
    take(wife, "good_news", today_only=True, ends_on=timezone.localdate())
    take(aunt)
    pause(by=None, member=aunt)
    take(father)
    refuse(by=None, member=father)
    keep_private(by=None, member=friend, topics=["offence"])
    words = " ".join(line.words for line in card_lines(named(wife, father, aunt, friend), OFFICE, language="en"))
    assert "Lorraine and my officer may talk about: appointments." in words
    for never in ("Ronald", "Ngozi", "Josh", "ealth", "ffence", "money", "rogress", "news"):
        assert never not in words


def test_the_card_holds_the_chosen_lines_and_no_other(person) -> None:
    wife = member(person, "Lorraine")
    take(wife)
    people = named(wife)
    lines = card_lines(people, OFFICE, language="en")
    assert [line.key for line in lines][1:] == [CHANGE, CALL]
    pdf = make_card(by=None, person=person, members=people, office=OFFICE, chosen=[CALL], language="en", day=DAY)
    text = text_of(pdf)
    assert "I can ring Ann Officer: 01632 960123." in text
    assert "Lorraine" not in text
    assert "change my mind" not in text
    assert "pdfuaid" in PdfReader(BytesIO(pdf)).xmp_metadata.rdf_root.toxml()


def test_a_card_needs_a_line(person) -> None:
    with pytest.raises(NothingChosenError):
        make_card(by=None, person=person, members=[], office=OFFICE, chosen=["forged"], language="en", day=DAY)


def test_welsh_waits_for_a_named_approver_and_is_whole_then(person) -> None:
    wife = member(person, "Lorraine")
    take(wife, "appointments")
    people = named(wife)
    facts = {"by": None, "person": person, "members": people, "office": OFFICE, "day": DAY}
    chosen = [line.key for line in card_lines(people, OFFICE, language="cy")]
    with pytest.raises(NotApprovedError):
        make_card(chosen=chosen, language="cy", **facts)
    approver = UserFactory()
    for item in ContentItem.objects.filter(key__startswith="permissions.card"):
        version = newest_version(item, Language.WELSH)
        assert version is not None
        approve_version(by=approver, version=version)
    text = text_of(make_card(chosen=chosen, language="cy", **facts))
    assert "Caiff Lorraine a’m swyddog siarad am: apwyntiadau." in text
    assert "Gallaf newid fy meddwl" in text


def test_the_case_card_counts_whoever_may_be_talked_with_though_more_waits_to_be_confirmed(person) -> None:
    father = member(person, "Martin")
    take(father, "appointments")
    take(father, "health", alone=False, company="Himself")
    card = Card.objects.get(case=person.pk, family_member=None, key="permissions")
    assert card.headline.startswith("1 of 1")
    assert card.lines == [f"{father.name}: Gary permits 1 topic"]
