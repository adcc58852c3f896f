"""Decisions to disclose, danger, duty, instructions and refusals, as those who use the pages meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.audit.models import Event, EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import Approval, Card, ToDo
from alongside.people.staff.models import DutyTurn
from alongside.safety.protected.models import (
    DisclosureDecision,
    DisclosureMade,
    HandlingInstruction,
    RefusedRequest,
)
from alongside.safety.protected.queries import handling_facts
from tests.cast import Cast
from tests.safety.protected.desk import (
    DANGER,
    DISCLOSURE,
    PARTS,
    as_,
    one,
    page_of,
)

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("answer", "words"), [("approve", "was approved"), ("refuse", "was not approved")])
def test_it_is_decided_where_it_is_read_and_whoever_asked_is_told(cast: Cast, answer: str, words: str) -> None:
    as_(cast.owner).post(page_of("disclose", cast.person.pk), DISCLOSURE)
    decision = one(DisclosureDecision, cast.owner)
    shown = page_of("disclosure", cast.person.pk, decision.pk)
    senior, queue = as_(cast.senior), reverse("casework:approval", args=[Approval.objects.get().pk])
    reason = {"reason": "zqsecret: his sister told us"}
    for led in (senior.get(queue), senior.post(queue, {"state": "approved"} | reason)):
        assert led.url == shown
    assert Approval.objects.get().state == "waiting", "the queue decides nothing that stands behind the wall"
    senior.post(shown, {"answer": answer} | reason)
    assert not Approval.objects.filter(reason__contains="zqsecret").exists()
    assert words in as_(cast.owner).get("/").content.decode()
    told = ToDo.objects.get(kind="protected.disclosure.answered")
    assert (told.for_user, told.address) == (cast.owner.pk, shown)
    as_(cast.senior).get(shown)
    assert ToDo.objects.get(pk=told.pk).done_at is None
    as_(cast.owner).get(shown)
    assert ToDo.objects.get(pk=told.pk).done_at is not None


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
    assert "cannot say whether we know anyone of that name" in shown
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
    asked = ToDo.objects.get(kind__startswith="protected.refused.stayed")
    assert (asked.for_user, asked.address) == (cast.senior.pk, page_of("refused"))
    assert "would not leave" in as_(cast.senior).get("/").content.decode()


def test_who_would_not_leave_leads_on_the_case_to_what_happened(cast: Cast) -> None:
    typed = {
        "asked_by": "His father",
        "asked_for": "Whether he has been in",
        "channel": "told_channel.RECEPT",
        "answer": "refusal_answer.NEITHER",
    }
    address = page_of("refused_on_case", cast.person.pk)
    assert as_(cast.owner).post(address, typed).url == page_of("page", cast.person.pk)
    led = as_(cast.owner).post(address, typed | {"would_not_leave": "on"})
    assert led.url == reverse("flags:incident", args=[cast.person.pk])
    assert not ToDo.objects.filter(kind__startswith="protected.refused").exists()
