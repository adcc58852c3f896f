"""What someone tells us, decisions to disclose and danger, as those who use the pages meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Event, EventKind, Payload
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import Approval, Card, TimelineEntry, ToDo
from alongside.people.staff.models import DutyTurn
from alongside.safety.protected.models import (
    DisclosureDecision,
    DisclosureMade,
    Handling,
    HandlingInstruction,
    Referral,
    RefusedRequest,
    Told,
)
from alongside.safety.protected.queries import handling_facts
from tests.cast import Cast, assemble
from tests.factories import AllocationFactory, FamilyMemberFactory, PersonFactory

pytestmark = pytest.mark.django_db

WORDS = "He keeps a knife by the door"
TOLD = {
    "limits_said": "yes",
    "told_by": "told_by.FAMILY",
    "channel": "told_channel.PHONE",
    "seen": WORDS,
    "wishes": "Do not tell social services",
    "duties": ["duty_owed.CHILD"],
}
PARTS = ("day", "month", "year")
AROUND_EVERY_PAGE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")
DISCLOSURE = {
    "what": "That he must keep away from the school",
    "recipient": "disclosure_recipient.CHILDREN",
    "recipient_name": "Duty desk",
    "purpose": "To keep the child safe",
    "ground": "disclosure_ground.CHILD",
    "of_family": "no",
    "regime": "processing_regime.PART3",
    "necessity": "They cannot act without it",
    "proportionality": "One fact, to one desk",
    "informed": "person_informed.NORISK",
    "informed_reason": "He would guess who told us",
}
DANGER = {
    "about": "A woman at the flat above the chip shop",
    "recipient": "disclosure_recipient.POLICE",
    "recipient_name": "Log 442",
    "what": "That she is alone with him and he has a knife",
    "why": "She rang and the line went dead",
    "channel": "told_channel.PHONE",
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def mother(cast: Cast):
    return FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(name: str, *args: object) -> str:
    return reverse(f"protected:{name}", args=args)


def write_down(cast: Cast, mother, by: User | None = None, **changes: object):
    return as_(by or cast.owner).post(
        page_of("listen", cast.person.pk), TOLD | {"family_member": str(mother.pk)} | changes
    )


def one(model, by: User):
    with identity(by.pk):
        return model.objects.get()


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
    assert as_(cast.senior).post(address, typed).url == answer.url


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


def test_nothing_is_said_under_a_decision_before_someone_else_approves(cast: Cast) -> None:
    owner, senior = as_(cast.owner), as_(cast.senior)
    owner.post(page_of("disclose", cast.person.pk), DISCLOSURE)
    decision = one(DisclosureDecision, cast.owner)
    shown = page_of("disclosure", cast.person.pk, decision.pk)
    say = page_of("say", cast.person.pk, decision.pk)
    said = {"said": "Keep away from the school", "to": "Duty desk", "channel": "told_channel.PHONE"}
    assert owner.post(say, said).url == shown
    owner.post(shown, {"answer": "approve", "reason": "I say so"})
    with identity(cast.owner.pk):
        assert not DisclosureMade.objects.exists()
    assert senior.post(shown, {"answer": "approve", "reason": "Right and least"}).status_code == 302
    assert Approval.objects.get().state == "approved"
    assert owner.post(say, said).url == shown
    assert one(DisclosureMade, cast.owner).said == "Keep away from the school"
    assert Event.objects.filter(kind=EventKind.DISCLOSURE, name="protected.disclosure.made").count() == 1
    assert "Keep away from the school" in senior.get(shown).content.decode()


def test_a_decision_that_is_not_approved_stays_shut(cast: Cast) -> None:
    as_(cast.owner).post(page_of("disclose", cast.person.pk), DISCLOSURE)
    decision = one(DisclosureDecision, cast.owner)
    shown = page_of("disclosure", cast.person.pk, decision.pk)
    as_(cast.safeguarding).post(shown, {"answer": "refuse", "reason": "Too much"})
    as_(cast.senior).post(shown, {"answer": "approve", "reason": "Second bite"})
    say = page_of("say", cast.person.pk, decision.pk)
    as_(cast.owner).post(say, {"said": "x", "to": "y", "channel": "told_channel.PHONE"})
    with identity(cast.owner.pk):
        assert not DisclosureMade.objects.exists()
    assert "Not approved" in as_(cast.owner).get(shown).content.decode()


@pytest.mark.parametrize("name", ["reception", "excluded", "outsider", "engagement_worker", "administrator", "owner"])
def test_danger_waits_for_nobody(cast: Cast, name: str) -> None:
    client = as_(cast.named(name))
    assert "999" in client.get(page_of("danger")).content.decode()
    answer = client.post(page_of("share"), DANGER)
    assert answer.status_code == 302
    saved = client.get(answer.url).content.decode()
    assert "Log 442" in saved
    assert "next working day" in saved
    assert Event.objects.get(name="protected.danger.shared").kind == EventKind.DISCLOSURE


def test_nobody_signed_in_reads_whom_to_call(client: Client) -> None:
    shown = client.get(page_of("danger")).content.decode()
    assert "999" in shown
    assert "Write down what I shared" not in shown
    assert client.get(page_of("share")).status_code == 302


def test_what_is_shared_by_number_reaches_the_case_and_tells_the_writer_nothing(cast: Cast) -> None:
    outsider = as_(cast.outsider)
    known = outsider.post(page_of("share"), DANGER | {"number": f" {cast.person.crn.lower()} "})
    unknown = outsider.post(page_of("share"), DANGER | {"number": "X999999"})
    ids = [answer.url.rstrip("/").rpartition("/")[2] for answer in (known, unknown)]
    shown = [outsider.get(answer.url).content.decode() for answer in (known, unknown)]
    main = [page[page.index("<main") : page.index("</main>")] for page in shown]
    assert main[0] == main[1]
    approval = Approval.objects.get()
    assert (str(approval.subject), approval.case) == (ids[0], cast.person.pk)
    assert approval.due_on == next_working_day(today())
    senior = as_(cast.senior)
    case_page = page_of("disclosure", cast.person.pk, ids[0])
    assert senior.get(page_of("shared", ids[0])).url == case_page
    assert senior.post(case_page, {"answer": "approve", "reason": "Right"}).status_code == 302


def test_without_a_case_the_seniors_of_the_writers_team_look_back(cast: Cast) -> None:
    answer = as_(cast.owner).post(page_of("share"), DANGER)
    to_do = ToDo.objects.get(kind__startswith="protected.danger")
    assert (to_do.for_user, to_do.due_on) == (cast.senior.pk, next_working_day(today()))
    as_(cast.owner).post(answer.url, {"answer": "approve", "reason": "I was right"})
    to_do.refresh_from_db()
    assert to_do.done_at is None
    as_(cast.senior).post(answer.url, {"answer": "refuse", "reason": "The police had it already"})
    to_do.refresh_from_db()
    assert to_do.done_at is not None
    assert "should not have been shared" in as_(cast.owner).get(answer.url).content.decode()


def test_danger_on_a_closed_case_says_nothing_of_it_and_still_works(cast: Cast) -> None:
    excluded = as_(cast.excluded)
    address = f"{page_of('share')}?case={cast.person.pk}"
    shown = excluded.get(address).content.decode()
    assert cast.person.family_name not in shown
    assert excluded.post(address, DANGER).status_code == 302
    assert excluded.get(f"{page_of('danger')}?case=nonsense").status_code == 200


def test_the_duty_senior_is_named_and_reads_the_unit(cast: Cast, mother) -> None:
    senior = as_(cast.senior)
    member = cast.owner_member
    turn = {
        "delivery_unit": str(cast.team.delivery_unit_id),
        "kind": "senior",
        "member": str(member.pk),
        **{f"{name}-{part}": getattr(today(), part) for name in ("from_date", "until_date") for part in PARTS},
    }
    assert senior.post(page_of("duty"), turn).status_code == 302
    assert "already" in senior.post(page_of("duty"), turn).content.decode()
    shown = as_(cast.colleague).get(page_of("danger")).content.decode()
    assert "Olwen Owner" in shown
    assert "Duty senior" in shown
    assert senior.post(page_of("remove_duty", DutyTurn.objects.get().pk)).status_code == 302
    assert not DutyTurn.objects.exists()


def test_an_instruction_shows_without_its_reason_to_whoever_visits(cast: Cast, mother) -> None:
    owner = as_(cast.owner)
    address = page_of("add_instruction", cast.person.pk)
    typed = {"instruction": "handling_instruction.NOTALONE", "family_member": str(mother.pk)}
    assert owner.post(address, typed).status_code == 302
    assert "stands already" in owner.post(address, typed).content.decode()
    owner.post(address, {"instruction": "handling_instruction.DUTYSENIOR", "family_member": ""})
    stranger = uuid4()
    facts = handling_facts([mother.pk, stranger], on=today())
    assert (facts[mother.pk].not_alone, facts[mother.pk].speak_first_to) == (True, "the duty senior")
    assert not facts[stranger].not_alone
    member_page = reverse("casework:family_member", args=[cast.person.pk, mother.pk])
    case_page = reverse("casework:case", args=[cast.person.pk])
    assert "Do not visit alone" in as_(cast.cover).get(member_page).content.decode()
    assert "Speak to the duty senior first" in as_(cast.colleague).get(case_page).content.decode()
    assert "Do not visit alone" not in as_(cast.family_worker).get(member_page).content.decode()
    for row in HandlingInstruction.objects.all():
        owner.post(page_of("end_instruction", cast.person.pk, row.pk), {"version": row.version})
    assert not Card.objects.filter(key="handling").exists()
    assert not handling_facts([mother.pk], on=today())[mother.pk].not_alone
    assert handling_facts([mother.pk], on=today() - timedelta(days=1))[mother.pk].speak_first_to is None


def test_a_refusal_is_logged_by_reception_without_a_look_at_any_case(cast: Cast) -> None:
    reception = as_(cast.reception)
    shown = reception.get(page_of("refused")).content.decode()
    assert "neither say that we know anyone" in shown
    typed = {
        "asked_by": "Says he is the father",
        "asked_for": "Whether she has been in",
        "channel": "told_channel.RECEPT",
        "answer": "refusal_answer.NEITHER",
        "would_not_leave": "on",
    }
    assert reception.post(page_of("refused"), typed).status_code == 302
    assert one(RefusedRequest, cast.reception).case is None
    assert "Says he is the father" in as_(cast.senior).get(page_of("refused")).content.decode()
    assert "Says he is the father" not in as_(cast.colleague).get(page_of("refused")).content.decode()


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
