"""What someone tells us and what is passed on, as those who use the pages meet it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation.audit.models import Event, EventKind, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.safety.protected.models import (
    DisclosureDecision,
    Handling,
    Referral,
    Told,
)
from tests.cast import Cast
from tests.factories import AllocationFactory, PersonFactory
from tests.safety.protected.desk import AROUND_EVERY_PAGE, DISCLOSURE, TOLD, WORDS, as_, one, page_of, write_down

pytestmark = pytest.mark.django_db


def test_what_is_told_is_protected_until_someone_decides(cast: Cast, mother) -> None:
    answer = write_down(cast, mother)
    told = one(Told, cast.owner)
    assert answer.url == page_of("told", cast.person.pk, told.pk)
    handling = one(Handling, cast.owner)
    assert (handling.may_know_id, handling.status_id) == ("source_handling.PROTECTED", "held_status.NEW")
    shown = as_(cast.owner).get(answer.url).content.decode()
    assert WORDS in shown
    assert "We must act on this, whatever they wish" in shown
    to_do = ToDo.objects.get(kind="protected.told.discuss")
    assert (to_do.due_on, to_do.subject) == (today(), told.pk)


def test_nothing_of_it_stands_outside_the_wall(cast: Cast, mother) -> None:
    write_down(cast, mother)
    assert not TimelineEntry.objects.filter(case=cast.person.pk, kind__startswith="protected").exists()
    assert not Payload.objects.filter(content__contains="knife").exists()
    assert not Card.objects.filter(case=cast.person.pk).exists()
    event = Event.objects.get(name="protected.told.recorded")
    assert (event.kind, event.payload_digest) == (EventKind.COLLECTION, None)
    assert "knife" not in ToDo.objects.get(kind="protected.told.discuss").title


def test_a_colleague_writes_down_what_they_hear_and_no_longer_sees_it(cast: Cast, mother) -> None:
    answer = write_down(cast, mother, by=cast.colleague)
    assert answer.url == page_of("page", cast.person.pk)
    told = one(Told, cast.owner)
    colleague = as_(cast.colleague)
    assert WORDS not in colleague.get(answer.url).content.decode()
    assert colleague.get(page_of("told", cast.person.pk, told.pk)).status_code == 404
    assert as_(cast.owner).get(page_of("told", cast.person.pk, told.pk)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("limits_said", "", "Say whether you told them"),
        ("told_by", "", "Select who told you"),
        ("family_member", "", "Select which family member told you"),
        ("family_member", "00000000-0000-4000-8000-00000000dead", "answers that are offered"),
        ("seen", "", "Write down what they told you"),
        ("seen", "x" * 4001, "4,000|4000"),
        ("duties", ["duty_owed.NONSENSE"], "answers that are offered"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast, mother, field, value, says) -> None:
    answer = write_down(cast, mother, **{field: value, "reported": "" if field == "seen" else "heard it too"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert any(part in shown for part in says.split("|"))
    assert "Do not tell social services" in shown
    with identity(cast.owner.pk):
        assert not Told.objects.exists()


def test_letting_the_person_know_more_needs_a_reason(cast: Cast, mother) -> None:
    write_down(cast, mother)
    told = one(Told, cast.owner)
    address = page_of("handle", cast.person.pk, told.pk)
    typed = {"may_know": "source_handling.OPEN", "status": "held_status.ACT", "version": 1, "discussed_with": "Sunita"}
    refused = as_(cast.owner).post(address, typed)
    assert "Say why the person may learn more" in refused.content.decode()
    taken = as_(cast.owner).post(address, typed | {"reason": "She agreed"})
    assert taken.status_code == 302
    assert ToDo.objects.get(kind="protected.told.discuss").done_at is not None


def test_the_second_of_two_sees_what_the_first_decided(cast: Cast, mother) -> None:
    write_down(cast, mother)
    told = one(Told, cast.owner)
    address = page_of("handle", cast.person.pk, told.pk)
    first = {
        "may_know": "source_handling.PROTECTED",
        "status": "held_status.ACT",
        "version": 1,
        "discussed_with": "Sam",
    }
    assert as_(cast.senior).post(address, first).status_code == 302
    second = as_(cast.owner).post(address, first | {"status": "held_status.NOTNOW", "reason": "We would show her hand"})
    shown = second.content.decode()
    assert second.status_code == 200
    assert "Sunita Senior" in shown
    assert "We would show her hand" in shown
    with identity(cast.owner.pk):
        assert Handling.objects.count() == 2


def test_a_correction_keeps_what_was_written_before(cast: Cast, mother) -> None:
    write_down(cast, mother)
    told = one(Told, cast.owner)
    address = page_of("correct", cast.person.pk, told.pk)
    typed = TOLD | {"family_member": str(mother.pk), "seen": "He keeps a bat by the door"}
    answer = as_(cast.owner).post(address, typed)
    with identity(cast.owner.pk):
        later = Told.objects.get(replaces=told.pk)
        assert Told.objects.get(pk=told.pk).seen == WORDS
    assert answer.url == page_of("told", cast.person.pk, later.pk)
    listed = as_(cast.owner).get(page_of("page", cast.person.pk)).content.decode()
    assert str(later.pk) in listed
    assert str(told.pk) not in listed
    assert as_(cast.senior).get(address).url == answer.url
    second = as_(cast.senior).post(address, typed | {"seen": "It was an axe"})
    assert second.status_code == 200
    words = second.content.decode()
    assert "Someone else corrected this while you were writing" in words
    assert "It was an axe" in words
    assert answer.url in words
    with identity(cast.owner.pk):
        assert Told.objects.count() == 2


def test_a_referral_without_consent_says_why_and_asks_for_an_answer(cast: Cast, mother) -> None:
    write_down(cast, mother)
    told = one(Told, cast.owner)
    address = f"{page_of('refer', cast.person.pk)}?told={told.pk}"
    typed = {
        "protects": "child",
        "who": "Her grandson",
        "agency": "safeguarding_agency.CHILDREN",
        "concern": "A knife in the house",
        "consent": "safeguarding_consent.AGAINST",
    }
    refused = as_(cast.owner).post(address, typed)
    assert "Say what the risk is" in refused.content.decode()
    made = as_(cast.owner).post(address, typed | {"consent_reason": "A child of four sleeps there"})
    referral = one(Referral, cast.owner)
    assert made.url == page_of("referral", cast.person.pk, referral.pk)
    assert Event.objects.get(name="protected.referral.made").kind == EventKind.DISCLOSURE
    with identity(cast.owner.pk):
        assert Handling.objects.order_by("-decided_at")[0].status_id == "held_status.PASSED"
    done = as_(cast.senior).post(made.url, {"outcome": "safeguarding_outcome.ASSESS", "version": 1})
    assert done.status_code == 302
    late = as_(cast.owner).post(made.url, {"outcome": "safeguarding_outcome.NOACTION", "version": 1})
    assert "Sunita Senior" in late.content.decode()
    assert one(Referral, cast.owner).outcome_id == "safeguarding_outcome.ASSESS"
    assert ToDo.objects.get(kind="protected.referral.feedback").done_at is not None


def test_an_address_of_another_case_finds_nothing(cast: Cast, mother) -> None:
    write_down(cast, mother)
    told = one(Told, cast.owner)
    other = PersonFactory()
    AllocationFactory(person=other, team=cast.team, member=cast.owner_member)
    owner = as_(cast.owner)
    for name in ("told", "handle", "correct"):
        assert owner.get(page_of(name, other.pk, told.pk)).status_code == 404
    assert owner.get(f"{page_of('refer', other.pk)}?told={told.pk}").status_code == 200
    assert owner.get(f"{page_of('refer', other.pk)}?told=nonsense").status_code == 200


def test_no_page_asks_the_database_more_than_ten_times_for_much_that_was_told(cast: Cast, mother) -> None:
    for _ in range(3):
        write_down(cast, mother)
    as_(cast.owner).post(page_of("disclose", cast.person.pk), DISCLOSURE)
    with identity(cast.owner.pk):
        told, decision = Told.objects.all()[0], DisclosureDecision.objects.get()
    case = cast.person.pk
    addresses = [
        page_of("page", case),
        page_of("told", case, told.pk),
        page_of("listen", case),
        page_of("handle", case, told.pk),
        page_of("disclosure", case, decision.pk),
        page_of("danger"),
        page_of("refused"),
    ]
    owner, spent = as_(cast.owner), {}
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            assert owner.get(address).status_code == 200
        own = [one["sql"] for one in captured if not one["sql"].startswith(AROUND_EVERY_PAGE)]
        spent[address] = len(own)
    assert max(spent.values()) <= 10, spent
