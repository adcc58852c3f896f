"""Oversight as its users meet it: trails, retention, holds, erasure and corrections."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.audit.models import Certificate, Consultation, Event, LegalHold, Payload, RetentionRule
from alongside.people.allocations.models import Restriction, RestrictionReader, UnconfirmedAccess
from alongside.people.families.actions import decide_match
from alongside.people.families.models import FamilyMember, PossibleMatch
from alongside.people.persons.actions import change_person
from alongside.people.persons.models import Person
from tests.cast import STAFF, Cast, assemble
from tests.everything import MARKER, case_with_everything
from tests.factories import ExclusionFactory, FamilyMemberFactory, PersonFactory, RestrictionFactory

pytestmark = pytest.mark.django_db
WHY = "?purpose=lawfulness"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.data_protection)
    return client


def text_of(response) -> str:
    return response.content.decode()


def day_typed(year: str) -> dict[str, str]:
    """The first of March, as the three boxes of a date."""
    return {"review_on-day": "1", "review_on-month": "3", "review_on-year": year}


def open_access(person: Person) -> None:
    """Take every limit off a case."""
    RestrictionReader.objects.filter(restriction__person=person).delete()
    Restriction.objects.filter(person=person).delete()
    UnconfirmedAccess.objects.filter(person=person).delete()


def test_a_case_s_trail_opens_by_number_and_purpose(client: Client, cast: Cast) -> None:
    change_person(by=cast.owner, person=cast.person, seen_version=1, known_as="Dan")
    answer = client.post("/trails/", {"of": "case", "case-number": "x100001", "case-purpose": "security"}, follow=True)
    assert answer.redirect_chain == [(f"/trails/cases/{cast.person.pk}/?purpose=security", 302)]
    assert "Person changed" in text_of(answer)
    assert "Olwen Owner" in text_of(answer)
    assert "Dan" not in text_of(answer)


def test_reading_a_trail_leaves_a_trail_with_its_purpose(client: Client, cast: Cast) -> None:
    client.get(f"/trails/cases/{cast.person.pk}/{WHY}")
    look = Consultation.objects.get(case=cast.person.pk)
    assert (look.actor, look.what, look.detail) == (cast.data_protection.pk, "oversight.case_trail", "lawfulness")


def test_a_trail_does_not_open_without_a_purpose(client: Client, cast: Cast) -> None:
    assert client.get(f"/trails/cases/{cast.person.pk}/").url == "/trails/"
    assert client.get(f"/trails/cases/{cast.person.pk}/?purpose=curiosity").url == "/trails/"


def test_an_event_shows_its_values_to_a_right_holder(client: Client, cast: Cast) -> None:
    change_person(by=cast.owner, person=cast.person, seen_version=1, known_as="Dan")
    event = Event.objects.get(name="persons.person.changed")
    assert "Dan" in text_of(client.get(f"/trails/events/{event.pk}/{WHY}"))


def test_an_emptied_event_says_so(client: Client, cast: Cast) -> None:
    change_person(by=cast.owner, person=cast.person, seen_version=1, known_as="Dan")
    event = Event.objects.get(name="persons.person.changed")
    Payload.objects.filter(event=event).update(content=None, salt=None, erasure=event.subject)
    assert "The values were erased" in text_of(client.get(f"/trails/events/{event.pk}/{WHY}"))


@pytest.mark.parametrize("closing", [ExclusionFactory, RestrictionFactory])
def test_limited_access_closes_a_trail_too(client: Client, cast: Cast, closing) -> None:
    change_person(by=cast.owner, person=cast.person, seen_version=1, known_as="Dan")
    extra = {"user": cast.data_protection} if closing is ExclusionFactory else {}
    closing(person=cast.person, **extra)
    event = Event.objects.get(name="persons.person.changed")
    for page in (
        f"/trails/cases/{cast.person.pk}/",
        f"/trails/cases/{cast.person.pk}/export/",
        f"/trails/events/{event.pk}/",
        f"/corrections/{cast.person.pk}/",
    ):
        assert client.get(page + WHY).status_code == 404
    answer = client.post("/trails/", {"of": "case", "case-number": "X100001", "case-purpose": "security"})
    unknown = client.post("/trails/", {"of": "case", "case-number": "X999999", "case-purpose": "security"})
    assert "There is no trail that you may read under this number" in text_of(answer)
    assert "There is no trail that you may read under this number" in text_of(unknown)
    assert Consultation.objects.filter(case=cast.person.pk, refused=True).count() == 4


def test_a_user_s_trail_hides_the_number_of_a_closed_case(client: Client, cast: Cast) -> None:
    hidden = PersonFactory(crn="X555555")
    RestrictionFactory(person=hidden)
    record_consultation(by=cast.owner, what="casework.case", case_id=hidden.pk)
    record_consultation(by=cast.owner, what="casework.case", case_id=cast.person.pk)
    answer = text_of(client.get(f"/trails/users/{cast.owner.pk}/{WHY}"))
    assert "X100001" in answer
    assert "X555555" not in answer
    assert "A case with limited access" in answer


def test_a_user_s_trail_does_not_tell_why_a_match_was_decided(client: Client, cast: Cast) -> None:
    match = PossibleMatch.objects.create(
        family_member=FamilyMemberFactory(person=cast.person), matched_person=PersonFactory(), basis="Same name"
    )
    decide_match(by=cast.safeguarding, match=match, seen_version=1, state="confirmed", reason="Told me at the gate")
    answer = text_of(client.get(f"/trails/events/{Event.objects.get(name='families.match.decided').pk}/{WHY}"))
    assert "Told me at the gate" not in answer
    assert "for the safeguarding lead alone" in answer


def test_a_trail_is_taken_away_as_a_file(client: Client, cast: Cast) -> None:
    cast.owner.name = "=HYPERLINK(1)"
    cast.owner.save()
    change_person(by=cast.owner, person=cast.person, seen_version=1, known_as="Dan")
    answer = client.get(f"/trails/cases/{cast.person.pk}/export/{WHY}")
    assert answer["Content-Disposition"] == 'attachment; filename="trail-X100001.csv"'
    assert "Person changed" in text_of(answer)
    assert "'=HYPERLINK" in text_of(answer)
    assert "Dan" not in text_of(answer)


def test_the_trail_of_an_erased_case_can_still_be_read(client: Client, cast: Cast) -> None:
    person, _ = case_with_everything(cast.owner)
    Person.objects.filter(pk=person.pk).update(supervision_ends_on=date(2015, 1, 1))
    LegalHold.objects.all().delete()
    page = f"/retention/erase/{person.pk}/"
    # Limited access wins over everything: the restricted case is not even offered.
    assert client.get(page).status_code == 404
    open_access(person)
    answer = client.post(page, {"ground": "Its time is over", "sure": "on"}, follow=True)
    assert "Certificate of erasure" in text_of(answer)
    assert not Person.objects.filter(pk=person.pk).exists()
    trail = text_of(client.get(f"/trails/cases/{person.pk}/{WHY}"))
    assert "Erased case" in trail
    assert MARKER not in trail


def test_what_is_not_due_cannot_be_erased(client: Client, cast: Cast) -> None:
    assert client.post(f"/retention/erase/{cast.person.pk}/", {"ground": "x", "sure": "on"}).status_code == 404
    assert Person.objects.filter(pk=cast.person.pk).exists()


def test_erasure_asks_for_a_ground_and_whether_one_is_sure(client: Client) -> None:
    member = FamilyMemberFactory(person=PersonFactory(supervision_ends_on=date(2024, 1, 1)))
    page = f"/retention/erase/{member.person_id}/family/{member.pk}/"
    assert "Enter the ground" in text_of(client.post(page, {"ground": ""}))
    assert FamilyMember.objects.exists()
    client.post(page, {"ground": "Over a year", "sure": "on"})
    assert not FamilyMember.objects.exists()
    certificate = Certificate.objects.get()
    assert certificate.ground == "Over a year"
    document = client.get(f"/retention/certificates/{certificate.pk}/pdf/")
    assert document["Content-Type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(document.content)).pages)
    assert "Over a year" in words
    assert "Dilys Data" in words


def test_a_hold_is_placed_by_number_and_lifted_with_a_reason(client: Client, cast: Cast) -> None:
    typed = {
        "number": "X100001",
        "reason": "Inquest",
        "review_on-day": "1",
        "review_on-month": "3",
        "review_on-year": "2027",
    }
    answer = client.post("/retention/holds/new/", typed, follow=True)
    assert "Inquest" in text_of(answer), text_of(answer)
    again = client.post("/retention/holds/new/", typed)
    assert "A legal hold stands on this case already" in text_of(again)
    hold = LegalHold.objects.get()
    client.post(f"/retention/holds/{hold.pk}/lift/", {"reason": "Inquest closed"})
    hold.refresh_from_db()
    assert hold.lifted_reason == "Inquest closed"
    assert client.get(f"/retention/holds/{hold.pk}/lift/").status_code == 404


def test_a_hold_needs_a_review_within_a_year(client: Client, cast: Cast) -> None:
    typed = {
        "number": "X100001",
        "reason": "Inquest",
        "review_on-day": "1",
        "review_on-month": "3",
        "review_on-year": "2031",
    }
    answer = text_of(client.post("/retention/holds/new/", typed))
    assert "A hold is reviewed within a year" in answer
    assert "Inquest" in answer


def test_a_record_is_corrected_with_its_ground(client: Client, cast: Cast) -> None:
    member = FamilyMemberFactory(person=cast.person, about="Owes him money")
    listing = text_of(client.get(f"/corrections/{cast.person.pk}/"))
    page = f"/corrections/{cast.person.pk}/people_families.familymember/{member.pk}/"
    assert page in listing
    typed = {
        name: field.value() or ""
        for name, field in ((f.name, f) for f in client.get(page).context["form"])
        if name not in ("ground", "forget")
    }
    refused = text_of(client.post(page, {**typed, "ground": "She told us", "forget": "no"}))
    assert "Nothing was changed" in refused
    saved = client.post(page, {**typed, "about": "He says he owes her", "ground": "She told us", "forget": "yes"})
    assert saved.status_code == 302, text_of(saved)
    member.refresh_from_db()
    assert member.about == "He says he owes her"


def test_only_offered_records_are_corrected(client: Client, cast: Cast) -> None:
    person, member = case_with_everything(cast.owner)
    match = PossibleMatch.objects.get()
    open_access(person)
    assert client.get(f"/corrections/{person.pk}/people_families.familymember/{member.pk}/").status_code == 200
    assert client.get(f"/corrections/{person.pk}/people_families.possiblematch/{match.pk}/").status_code == 404


def test_a_retention_rule_is_changed_by_whoever_keeps_it(cast: Cast) -> None:
    keeper = Client()
    keeper.force_login(cast.administrator)
    rule = RetentionRule.objects.get(code="family_member")
    page = f"/retention/rules/{rule.pk}/"
    keeper.post(page, {"months": "6", "source": "Local schedule, 2026", "version": "1"})
    rule.refresh_from_db()
    assert (rule.months, rule.version) == (6, 2)
    late = text_of(keeper.post(page, {"months": "9", "source": "Local schedule, 2026", "version": "1"}))
    assert "Someone else" in late
    assert Event.objects.filter(name="audit.retention_rule.changed").count() == 1


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("/trails/", {"data_protection"}),
        ("/retention/", {"data_protection"}),
        ("/corrections/", {"data_protection"}),
        ("/retention/holds/new/", {"data_protection"}),
        ("/retention/rules/", {"administrator"}),
    ],
)
def test_pages_open_for_the_right_alone(cast: Cast, page: str, may: set[str]) -> None:
    for name in STAFF:
        asker = Client()
        asker.force_login(cast.named(name))
        status = asker.get(page).status_code
        if name == "closed":
            assert status == 302
        else:
            assert status == (200 if name in may else 403), name
    assert Client().get(page).status_code == 302
