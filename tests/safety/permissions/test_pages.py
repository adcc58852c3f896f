"""Bad input and bad faith at the pages about permissions: answered, kept, and never believed."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.safety.permissions.actions import refuse, withdraw
from alongside.safety.permissions.models import Permission, Step
from alongside.safety.permissions.queries import permission_facts
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory, PersonFactory
from tests.safety.permissions.histories import days, take
from tests.safety.permissions.people import SAID_ALONE, Officer, permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db) -> Cast:
    return assemble()


@pytest.fixture
def sister(cast):
    return FamilyMemberFactory(person=cast.person, given_name="Ifeoma", family_name="Achebe")


@pytest.fixture
def officer(cast) -> Officer:
    return Officer(cast.owner, cast.person)


def live(member) -> int:
    return len(permission_facts([member.pk], at=timezone.now())[member.pk].live)


def test_withdrawing_is_offered_once_something_was_said(officer, cast, sister) -> None:
    page = reverse("casework:family_member", args=[cast.person.pk, sister.pk])
    assert "Withdraw every permission" not in officer.client.get(page).content.decode()
    take(sister)
    assert "Withdraw every permission" in officer.client.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_on": days(-1)}, "The last day is before the first"),
        ({"ends_on": days(400)}, "A permission lasts a year at most"),
        ({"ends_on": days(365 * 70)}, "A permission lasts a year at most"),
        ({"topics": []}, "Select what may be talked about"),
        ({"topics": ["weather"]}, "Choose one of the answers that are offered"),
        ({"channels": []}, "Select how we may be in touch"),
        ({"alone": ""}, "Select whether they were on their own"),
        ({"alone": "no"}, "Enter who else was there"),
        ({"pressed": ""}, "felt they had to"),
        ({"when": "missed", "missed_days": "0", "words": "x"}, "between 1 and 60"),
        ({"when": "missed", "missed_days": "3", "words": ""}, "Enter the words that you agreed"),
        ({"when": "missed", "missed_days": "-3", "words": "x"}, "between 1 and 60"),
        ({"when": "missed", "missed_days": "9" * 400, "words": "x"}, "days"),
        ({"where": "x" * 5000}, "characters"),
        ({"where": "a\x00b"}, "govuk-error-summary"),
        ({"ends_on-day": "31", "ends_on-month": "2"}, "real date"),
        ({"interpreter": "nobody"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_stand_is_answered_at_its_field_and_what_was_typed_stays(officer, sister, typed, words) -> None:
    address = officer.address("give", sister)
    answer = officer.client.post(address, officer.opened(address) | permission(support="Her aunt", **typed))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert 'value="Her aunt"' in answer.content.decode()
    assert not Permission.objects.exists()


def test_a_form_sent_twice_is_one_permission(officer, sister) -> None:
    address = officer.address("give", sister)
    sent = officer.opened(address) | permission()
    for _ in range(2):
        assert officer.client.post(address, sent).status_code == 302
    assert Permission.objects.count() == 1


def test_a_form_opened_before_a_withdrawal_says_so_and_is_sent_again_on_purpose(officer, sister) -> None:
    take(sister)
    address = officer.address("give", sister)
    sent = officer.opened(address) | permission()
    withdraw(by=None, member=sister)
    answer = officer.client.post(address, sent)
    assert "after you opened this page" in answer.content.decode()
    assert live(sister) == 0
    assert officer.client.post(address, sent | {"seen": "2"}).status_code == 302
    assert live(sister) == 1


@pytest.mark.parametrize("seen", ["", "-1", "9" * 10, "x", "1' OR 1=1"])
def test_a_number_that_was_altered_lets_nothing_pass(officer, sister, seen) -> None:
    address = officer.address("give", sister)
    assert officer.client.post(address, permission() | {"seen": seen}).status_code == 200
    assert not Permission.objects.exists()


def test_nobody_reaches_a_stranger_or_another_persons_permission_through_this_case(officer, sister) -> None:
    stranger = FamilyMemberFactory(person=PersonFactory())
    theirs = take(stranger)
    for page in ("member", "give", "today", "private", "answer", "safe_contact"):
        assert officer.client.get(officer.address(page, stranger)).status_code == 404
    assert officer.client.get(officer.address("confirm", sister, theirs.pk)).status_code == 404
    for sent in ({"permission": str(theirs.pk)}, {"permission": str(uuid4())}, {"permission": "x"}):
        assert officer.client.post(officer.address("withdraw", sister), sent).status_code == 404
    assert officer.client.post(officer.address("withdraw", stranger)).status_code == 404
    assert live(stranger) == 1


def test_a_key_of_another_family_members_permission_neither_answers_nor_overwrites(officer, cast, sister) -> None:
    other = take(FamilyMemberFactory(person=cast.person))
    address = officer.address("give", sister)
    answer = officer.client.post(address, officer.opened(address) | permission() | {"key": str(other.pk)})
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.family_member != sister.pk
    assert live(sister) == 1


def test_one_press_stops_everything_from_either_page_and_a_second_changes_nothing(officer, sister) -> None:
    take(sister)
    assert "From now on nobody may talk with Ifeoma Achebe about: appointments, attendance" in officer.press(
        "withdraw", sister
    )
    assert "nothing changes" in officer.press("withdraw", sister)
    assert Step.objects.count() == 1
    page = officer.client.get(f"/cases/{officer.person.pk}/family/{sister.pk}/").content.decode()
    assert officer.address("withdraw", sister) in page
    assert officer.address("pause", sister) in page


def test_a_refusal_shows_the_script_and_no_way_to_permit(officer, sister) -> None:
    refuse(by=None, member=sister)
    page = officer.read("member", sister)
    assert "I cannot say whether we know anyone of that name" in page
    assert "Just for today" not in page
    assert "asked us not to talk to Ifeoma" in officer.fill("give", sister, **permission())
    assert "Noted." in officer.fill("lift", sister, **SAID_ALONE)


def test_the_family_worker_reads_and_changes_nothing(cast, sister) -> None:
    take(sister)
    worker = Officer(cast.family_worker, cast.person)
    page = worker.read("member", sister)
    assert "Daniel permits 2 topics" in page
    assert "takes everything back" not in page
    assert worker.client.post(worker.address("withdraw", sister)).status_code == 404
    assert live(sister) == 1


def test_an_agreement_needs_their_word_apart_and_the_statement(officer, sister) -> None:
    take(sister)
    yes = {"state": "agreed", "language": "en"}
    assert "Ask them without the person there" in officer.fill("answer", sister, **yes)
    assert "Read them what we keep to ourselves" in officer.fill("answer", sister, **yes, apart="on")
    said = officer.fill("answer", sister, **yes, apart="on", read="on")
    assert "Thinking it over until" in said
    welsh = officer.fill("answer", sister, **(yes | {"language": "cy"}), apart="on", read="on")
    assert "Welsh" in welsh


def test_safe_times_have_two_ends_and_the_profile_is_shown(officer, sister) -> None:
    half = officer.fill("safe_contact", sister, from_time="10:00", voicemail="never")
    assert "Select both times, or neither" in half
    wrong = officer.fill("safe_contact", sister, from_time="10:00", until_time="09:00", voicemail="never")
    assert "the last is not after the first" in wrong
    page = officer.fill(
        "safe_contact",
        sister,
        days=["0", "2"],
        from_time="10:00",
        until_time="15:00",
        never=["text"],
        voicemail="never",
        code_word="Bluebell",
    )
    assert "Mondays, Wednesdays, 10:00 to 15:00" in page
    assert "Bluebell" in page


def test_nothing_is_offered_for_someone_who_died(officer, sister) -> None:
    type(sister).objects.filter(pk=sister.pk).update(deceased=True)
    page = officer.read("member", sister)
    assert "Nothing can be permitted" in page
    assert "Stop, at once" not in page
    assert "has died" in officer.fill("give", sister, **permission())
