"""Writing contacts down: quickly, honestly, without losing what was typed; and finding them again within the walls."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.actions import ContactFacts, correct_contact, log_contact
from alongside.contact.log.effort import THANK, TOO_MUCH
from alongside.contact.log.models import Contact, Direction, EarlierContact, FamilyView, Party
from alongside.contact.log.returning import files_for, rows_in_delius_codes
from alongside.contact.log.rules import Effort, asks_much, owed_thanks
from alongside.foundation.audit.models import Event, EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import record_flag
from alongside.safety.permissions.actions import stands_as_missed
from tests.cast import Cast, assemble
from tests.factories import AllocationFactory, FamilyMemberFactory, PersonFactory
from tests.people.casework.asking import signed_in
from tests.safety.flags.scene import abuse
from tests.safety.permissions.histories import take

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def mother_of(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Grace", family_name="Achebe")


def written(cast: Cast, member: FamilyMember | None, *, view: str = "", **facts: Any) -> Contact:
    values: dict[str, Any] = {
        "party": Party.FAMILY if member else Party.PERSON,
        "at": timezone.now(),
        "channel_id": "contact_channel.phone",
        "direction": Direction.FROM_THEM,
        "purpose_id": "contact_purpose.WELLBEING",
        "outcome_id": "contact_outcome.SPOKE",
        "heard": "She is worried about the rent.",
    }
    told = ContactFacts(**(values | facts))
    return log_contact(by=cast.owner, person=cast.person, member=member, facts=told, view=view)


def call(member: FamilyMember | None, **more: Any) -> dict[str, Any]:
    return {
        "who": str(member.pk) if member else "person",
        "how": "contact_channel.phone",
        "direction": "from_them",
        "purpose": "contact_purpose.WELLBEING",
        "heard": "She is worried about the rent.",
    } | more


def post(cast: Cast, name: str, data: dict[str, Any]) -> Any:
    return signed_in(cast.named(name)).post(reverse("log:add", args=[cast.person.pk]), data)


def test_listening_takes_five_answers_and_shares_nothing() -> None:
    cast = assemble()
    member = mother_of(cast)
    assert post(cast, "owner", call(member)).status_code == 302
    contact = Contact.objects.get()
    assert (contact.topics, contact.unpermitted, contact.heard) == ([], False, "She is worried about the rent.")
    assert (
        "Grace rang" in signed_in(cast.owner).get(reverse("casework:timeline", args=[cast.person.pk])).content.decode()
    )
    assert not Event.objects.filter(name="log.contact.shared").exists()


def test_sent_twice_is_written_once() -> None:
    cast = assemble()
    data = call(mother_of(cast), once="5f0c1c1e-0000-4000-8000-000000000001")
    first, second = post(cast, "owner", data), post(cast, "owner", data)
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_what_happens_next_becomes_something_to_do() -> None:
    cast = assemble()
    post(cast, "owner", call(mother_of(cast), next_step="Ring the landlord"))
    to_do = ToDo.objects.get(kind="log.next")
    assert (to_do.title, to_do.by_hand, to_do.urgent) == ("Ring the landlord", True, False)


def test_someone_missing_stands_before_everything() -> None:
    cast = assemble()
    post(cast, "owner", call(mother_of(cast), purpose="contact_purpose.MISSING", next_step="Ring round"))
    assert ToDo.objects.get(kind="log.next").urgent


def test_sharing_without_a_permission_is_stopped_and_keeps_what_was_typed() -> None:
    cast = assemble()
    data = call(mother_of(cast), topics=["attendance"], shared="He came on Monday", identity="known")
    answer = post(cast, "owner", data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing that is recorded permits sharing this" in page
    assert "He came on Monday" in page
    assert not Contact.objects.exists()


def test_what_was_said_already_is_written_down_honestly_and_a_senior_looks() -> None:
    cast = assemble()
    data = call(mother_of(cast), topics=["attendance"], shared="He came on Monday", identity="known", said_anyway="on")
    assert post(cast, "owner", data).status_code == 302
    contact = Contact.objects.get()
    assert contact.unpermitted
    look = ToDo.objects.get(kind="log.unpermitted.look", for_role="senior")
    assert look.address == reverse("log:contact", args=[cast.person.pk, contact.pk]), "it is looked at on its page"
    told = Event.objects.get(name="log.contact.shared")
    assert told.kind == EventKind.DISCLOSURE
    address = reverse("log:looked_at", args=[cast.person.pk, contact.pk])
    signed_in(cast.senior).post(address, {"words": "Talked it through"})
    assert not ToDo.objects.filter(kind="log.unpermitted.look", done_at=None).exists()


def test_nobody_looks_at_their_own_slip() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast), topics=["attendance"], shared="He came", unpermitted=True)
    Contact.objects.filter(pk=contact.pk).update(written_by=cast.senior.pk)
    signed_in(cast.senior).post(reverse("log:looked_at", args=[cast.person.pk, contact.pk]), {"words": "Fine"})
    assert ToDo.objects.filter(kind="log.unpermitted.look", done_at=None).exists()


def test_the_database_refuses_sharing_that_rests_on_nothing() -> None:
    cast = assemble()
    with pytest.raises(IntegrityError), transaction.atomic():
        written(cast, mother_of(cast), topics=["health"], shared="He is ill")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": ""}, "Select who it was"),
        ({"how": ""}, "Select how"),
        ({"heard": ""}, "Enter what was said"),
        ({"clock": "soon"}, "Enter the time as 14:05 or 2pm"),
        ({"minutes": "-3"}, "Minutes"),
        ({"heard": "a" * 20_001}, "20000 characters"),
        ({"who": "agency"}, "Enter which agency"),
        ({"next_on-day": "1", "next_on-month": "1", "next_on-year": "2030"}, "Enter what happens next"),
        ({"topics": ["attendance"], "identity": "known"}, "Enter what we said"),
        ({"topics": ["attendance"], "shared": "He came"}, "Select how you knew who it was"),
    ],
)
def test_each_fault_is_named_and_nothing_typed_is_lost(change: dict[str, Any], words: str) -> None:
    cast = assemble()
    answer = post(cast, "owner", call(mother_of(cast), next_step="Ring back") | {"next_step": ""} | change)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert not Contact.objects.exists()


def test_faults_are_named_in_the_order_of_the_page() -> None:
    form = post(assemble(), "owner", {}).context["form"]
    assert list(form.errors) == ["who", "how", "direction", "purpose"]


def test_a_relative_of_another_case_is_not_among_the_choices() -> None:
    cast = assemble()
    stranger = FamilyMemberFactory(person=PersonFactory())
    assert post(cast, "owner", call(stranger)).status_code == 200
    assert not Contact.objects.exists()


def test_a_correction_keeps_what_was_said_before() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast))
    address = reverse("log:correct", args=[cast.person.pk, contact.pk])
    data = call(contact.family_member) | {"reason": "I misheard", "version": contact.version}
    assert signed_in(cast.owner).post(address, data | {"heard": "It was the gas bill."}).status_code == 302
    earlier = EarlierContact.objects.get()
    assert earlier.values["heard"] == "She is worried about the rent."
    page = signed_in(cast.owner).get(reverse("log:contact", args=[cast.person.pk, contact.pk])).content.decode()
    assert "It was the gas bill." in page
    assert "She is worried about the rent." in page


def test_the_second_to_correct_sees_what_changed() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast))
    address = reverse("log:correct", args=[cast.person.pk, contact.pk])
    data = call(contact.family_member) | {"reason": "Wrong", "version": contact.version}
    signed_in(cast.colleague).post(address, data | {"heard": "It was the gas bill."})
    answer = signed_in(cast.owner).post(address, data | {"heard": "It was the phone."})
    assert answer.status_code == 200
    assert "It was the gas bill." in answer.content.decode()
    assert "It was the phone." in answer.content.decode()


def test_a_view_is_followed_until_something_became_of_it() -> None:
    cast = assemble()
    post(cast, "owner", call(mother_of(cast), view="Evenings would be better"))
    view = FamilyView.objects.get()
    contact = Contact.objects.get()
    address = reverse("log:contact", args=[cast.person.pk, contact.pk])
    owner = signed_in(cast.owner)
    assert ToDo.objects.get(kind="log.view.consider").address == address
    assert b"Enter why it was not used" in owner.post(address, {"became": "not_used", "version": 1}).content
    assert owner.post(address, {"became": "review", "version": 1}).status_code == 302
    view.refresh_from_db()
    assert view.became == "review"
    assert not ToDo.objects.filter(kind="log.view.consider", done_at=None).exists()


def test_search_finds_beginnings_of_words_in_ones_own_cases_only() -> None:
    cast = assemble()
    written(cast, mother_of(cast), heard="Talked of Llanelli and the landlord")
    address = reverse("log:search")
    assert "landlord" in signed_in(cast.owner).get(address, {"q": "landl"}).content.decode()
    for name in ("outsider", "excluded"):
        assert "Llanelli" not in signed_in(cast.named(name)).get(address, {"q": "llanelli"}).content.decode()


def test_search_finds_what_a_family_thinks_and_whom_it_was_with_and_shows_the_view() -> None:
    cast = assemble()
    grace, efua = mother_of(cast), FamilyMemberFactory(person=cast.person, given_name="Efua", phrase="Auntie")
    FamilyMemberFactory(given_name="Efua")  # beside somebody else
    first = written(cast, grace, heard="Talked of the rent", view="He belongs in a workshop")
    written(cast, efua, heard="Talked of the rent")
    client = signed_in(cast.owner)
    for address in (reverse("log:search"), reverse("log:contacts", args=[cast.person.pk])):

        def found(text: str, address: str = address) -> set[str]:
            page = client.get(address, {"q": text}).content.decode()
            return {name for name in ("Grace", "Auntie") if f"{name} " in page.partition("work-timeline")[2]}

        assert found("rent") == {"Grace", "Auntie"}
        assert found("grac rent") == {"Grace"}
        assert found("EFUA") == found("auntie rent") == {"Auntie"}
        assert found("workshop rent grace") == {"Grace"}
        assert found("workshop efua") == found("efua grace") == set()
        assert "Their view: He belongs in a workshop" in client.get(address, {"q": "worksh"}).content.decode()
    FamilyView.objects.filter(contact=first).update(view="Left out")
    assert "worksh" not in text_found(client, "worksh")
    assert "Left out" in text_found(client, "left grace")
    FamilyView.objects.filter(contact=first).delete()
    assert "Grace " not in text_found(client, "left")


def text_found(client: Client, text: str) -> str:
    return client.get(reverse("log:search"), {"q": text}).content.decode().partition("work-timeline")[2]


@pytest.mark.parametrize("text", ["'; DROP TABLE", "a & | !", "((", "\\", "<script>alert(1)</script>", "ŵ"])
def test_any_words_can_be_searched_for(text: str) -> None:
    cast = assemble()
    written(cast, mother_of(cast))
    answer = signed_in(cast.owner).get(reverse("log:contacts", args=[cast.person.pk]), {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_rows_given_back_carry_the_codes_of_the_system_of_record_and_run_no_formula() -> None:
    cast = assemble()
    written(cast, mother_of(cast), heard="=cmd()")
    written(cast, None, direction=Direction.TO_THEM)
    text = signed_in(cast.owner).get(reverse("log:give_back", args=[cast.person.pk])).content.decode()
    assert "CT3A" in text
    assert "CTOB" in text
    assert "\n=" not in text
    assert ",=" not in text


@pytest.mark.parametrize(
    ("contacts", "files"),
    [(0, [0]), (1, [1]), (5_000, [5_000]), (5_001, [5_000, 1]), (20_000, [5_000] * 4), (20_001, [5_000] * 4 + [1])],
)
def test_every_contact_stands_in_one_file_and_the_files_say_how_many_they_are(contacts: int, files: list[int]) -> None:
    made = files_for(contacts)
    assert [one.contacts for one in made] == files
    everything = list(range(contacts))
    assert [number for one in made for number in everything[one.rows]] == everything
    assert {one.suffix for one in made} == (
        {""} if len(files) == 1 else {f"-part-{number}-of-{len(files)}" for number in range(1, len(files) + 1)}
    )


def test_more_contacts_than_a_file_holds_are_handed_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.contact.log.returning.ROWS_A_FILE", 2)
    cast = assemble()
    mother = mother_of(cast)
    for number in (1, 2, 3):
        written(cast, mother, heard=f"Call {number}", at=timezone.now() - timedelta(days=9 - number))
    client, address = signed_in(cast.owner), reverse("log:give_back", args=[cast.person.pk])
    page = client.get(reverse("log:contacts", args=[cast.person.pk])).content.decode()
    assert "Part 2 of 2, 1 contact<" in page
    written(cast, mother, heard="Call 4")
    answers = [client.get(address, {"part": part}) for part in (1, 2)]
    assert "-part-2-of-2.csv" in answers[1]["Content-Disposition"]
    calls = [re.findall(r"Call \d", answer.content.decode()) for answer in answers]
    assert calls == [["Call 1", "Call 2"], ["Call 3", "Call 4"]]
    for wrong in ("3", "0", "x", "", "-1"):
        assert client.get(address, {"part": wrong}).status_code == 404


def test_a_row_given_back_says_who_it_was_and_that_nobody_was_reached() -> None:
    cast = assemble()
    contact = written(cast, mother_of(cast), outcome_id="contact_outcome.NOANSWER", direction=Direction.TO_THEM)
    notes = rows_in_delius_codes([contact])[1][-1]
    assert notes.startswith("How someone is doing. Grace Achebe. No answer. ")


def test_lists_cost_at_most_ten_queries_however_many_contacts() -> None:
    cast = assemble()
    member = mother_of(cast)
    for _ in range(30):
        written(cast, member)
    client = signed_in(cast.owner)
    address = reverse("log:contacts", args=[cast.person.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    told = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(told) <= 10, "\n".join(told)


def test_another_team_s_case_has_no_log() -> None:
    cast = assemble()
    other = PersonFactory()
    AllocationFactory(person=other)
    contact = written(cast, mother_of(cast))
    assert signed_in(cast.owner).get(reverse("log:contact", args=[other.pk, contact.pk])).status_code == 404


def test_a_promised_call_that_is_not_answered_is_missed_contact_and_speaking_ends_it() -> None:
    cast = assemble()
    sister = mother_of(cast)
    take(sister, missed_days=3, words="Please ask him to ring me.")
    written(cast, None, next_step="Ring him", next_on=today())
    written(cast, None, outcome_id="contact_outcome.CALLBACK")
    assert not stands_as_missed(cast.person), "he rang us"
    written(cast, None, outcome_id="contact_outcome.NOANSWER", direction=Direction.TO_THEM)
    assert stands_as_missed(cast.person)
    written(cast, None)
    assert not stands_as_missed(cast.person)


def test_what_was_not_promised_to_them_or_was_kept_since_is_no_missed_contact() -> None:
    cast = assemble()
    take(mother_of(cast), missed_days=3, words="Please ask him to ring me.")
    agency = {"party": Party.AGENCY, "agency": "Housing", "next_step": "Ring housing", "next_on": today()}
    written(cast, None, **agency)
    no_answer = {"outcome_id": "contact_outcome.NOANSWER", "direction": Direction.TO_THEM}
    written(cast, None, **no_answer)
    assert not stands_as_missed(cast.person), "nobody promised him anything"
    days_ago = {days: timezone.now() - timedelta(days=days) for days in (3, 1)}
    written(cast, None, at=days_ago[3], next_step="Ring him", next_on=days_ago[1].date())
    written(cast, None, at=days_ago[1])
    written(cast, None, **no_answer)
    assert not stands_as_missed(cast.person), "they have spoken since"


NO_ANSWER = {"outcome_id": "contact_outcome.NOANSWER", "direction": Direction.TO_THEM}


def promised_a_call(cast: Cast, *, days_ago: int) -> None:
    """Somebody promised the person a call for that day, the day before it; their sister may be told if it is missed."""
    take(mother_of(cast), missed_days=1, words="Please ask him to ring me.")
    due = timezone.now() - timedelta(days=days_ago)
    written(cast, None, at=due - timedelta(days=1), next_step="Ring him", next_on=due.date())


def test_a_call_nobody_answered_that_is_written_down_late_is_not_missed_where_they_have_spoken_since() -> None:
    cast = assemble()
    promised_a_call(cast, days_ago=4)
    written(cast, None, at=timezone.now() - timedelta(days=2))
    written(cast, None, at=timezone.now() - timedelta(days=4), **NO_ANSWER)
    assert not stands_as_missed(cast.person)


def test_correcting_what_came_of_a_call_ends_missed_contact_or_notes_it() -> None:
    cast = assemble()
    promised_a_call(cast, days_ago=2)
    contact = written(cast, None, at=timezone.now() - timedelta(days=2), **NO_ANSWER)
    assert stands_as_missed(cast.person)
    for outcome, missed in (("SPOKE", False), ("NOANSWER", True)):
        said = {"outcome_id": f"contact_outcome.{outcome}"}
        correct_contact(by=cast.owner, contact=contact, seen_version=contact.version, reason="The wrong one", **said)
        assert stands_as_missed(cast.person) is missed


def test_what_they_do_unpaid_is_told_thanked_and_asked_about() -> None:
    """R142: noted with the contact that tells of it, whoever told; to-dos to thank and to ask."""
    cast = assemble()
    mother = mother_of(cast)
    take(mother)
    client = signed_in(cast.owner)
    lift = {"efforts": ["LIFT", "TIMEOFF"], "effort_hours": "6", "effort_pounds": "25"}
    assert post(cast, "owner", call(mother, **lift)).status_code == 302
    told = {"who": "person", "heard": "His mum drove him.", "about": str(mother.pk)}
    assert "Select which family member did it" in post(cast, "owner", call(None, **lift)).content.decode()
    for _ in range(2):
        assert post(cast, "owner", call(None, **(lift | told))).status_code == 302
    page = client.get(reverse("log:member_contacts", args=[cast.person.pk, mother.pk])).content.decode()
    for words in ("Gave a lift, or came along: 3 times", "18 hours of their time", "£75", "Nobody noted thanking them"):
        assert words in page
    waiting = ToDo.objects.filter(kind__startswith="log.effort.", done_at=None, family_member=mother.pk)
    assert sorted(waiting.values_list("kind", flat=True)) == [THANK, TOO_MUCH]
    contact = Contact.objects.filter(party=Party.FAMILY).get()
    correction = reverse("log:correct", args=[cast.person.pk, contact.pk])
    shown = client.get(correction).context["form"].initial
    assert (shown["efforts"], shown["effort_hours"], shown["effort_pounds"]) == (["LIFT", "TIMEOFF"], 6, 25)
    written(cast, mother, thanked=True)
    assert list(waiting.values_list("kind", flat=True)) == [TOO_MUCH]
    waiting.update(done_at=timezone.now(), done_by=cast.owner.pk)
    written(cast, mother, efforts=["LIFT"], effort_hours=20)
    assert not waiting.exists(), "they were asked lately"


def test_correcting_what_they_did_or_that_they_were_thanked_corrects_what_is_asked_for() -> None:
    cast = assemble()
    mother = mother_of(cast)
    take(mother)
    contacts = [written(cast, mother, efforts=["LIFT"], effort_hours=6) for _ in range(3)]

    def correct(contact: Contact, **values: Any) -> list[str]:
        correct_contact(by=cast.owner, contact=contact, seen_version=contact.version, reason="Not so", **values)
        waiting = ToDo.objects.filter(kind__startswith="log.effort.", done_at=None)
        return sorted(waiting.values_list("kind", flat=True))

    thanked = written(cast, mother, thanked=True)
    assert correct(thanked, thanked=False) == [THANK, TOO_MUCH], "they were not thanked after all"
    assert correct(contacts[0], efforts=[], effort_hours=None) == []
    assert correct(contacts[0], efforts=["LIFT"], effort_hours=6) == [THANK, TOO_MUCH], "nobody has asked them yet"


@pytest.mark.parametrize(
    ("done", "much", "unthanked"),
    [
        ([], False, False),
        ([Effort(DAY, ("Lift",), hours=15)], False, False),
        ([Effort(DAY, ("Lift",), hours=16)], True, False),
        ([Effort(DAY, ("Lift",), pounds=60)], True, False),
        ([Effort(DAY - timedelta(days=30), ("Lift",), hours=90)], False, False),
        ([Effort(DAY, ("Lift",))] * 3, False, True),
        ([*[Effort(DAY, ("Lift",))] * 6, Effort(DAY, thanked=True)], True, False),
        ([*[Effort(DAY, ("Lift",))] * 3, Effort(DAY - timedelta(days=1), thanked=True)], False, True),
    ],
)
def test_when_to_thank_and_when_to_ask(done: list[Effort], much: bool, unthanked: bool) -> None:
    assert (asks_much(done, on=DAY), owed_thanks(done)) == (much, unthanked)


def test_effort_has_someone_who_made_it() -> None:
    cast = assemble()
    with pytest.raises(IntegrityError), transaction.atomic():
        written(cast, None, efforts=["LIFT"])
    with pytest.raises(IntegrityError), transaction.atomic():
        written(cast, mother_of(cast), effort_hours=3)


def test_after_contact_where_abuse_is_suspected_the_officer_asks_whether_it_made_anything_harder() -> None:
    cast = assemble()
    mother = mother_of(cast)
    written(cast, mother)
    record_flag(by=cast.owner, person=cast.person, member=mother, values=abuse(), may_set_named=False)
    written(cast, mother, outcome_id="contact_outcome.NOANSWER")
    asked = ToDo.objects.filter(kind="log.repercussions")
    assert not asked.exists()
    contact = written(cast, mother)
    assert [(row.subject, row.right) for row in asked] == [(contact.pk, "SEE_SAFETY")]
    assert "abuse" not in asked.get().title.lower()
