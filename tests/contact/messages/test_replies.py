"""What comes back: given to whom it is from where that is clear, and else to a person, with nothing told on the way."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.contact.log.models import Contact
from alongside.contact.messages.actions.replies import Arrived, sort, take_in
from alongside.contact.messages.deciding import asked_to_stop
from alongside.contact.messages.matching import members_at, points_at
from alongside.contact.messages.models import Outgoing, Reply, StoppedAddress
from alongside.contact.messages.tasks import ask_again_now, forget_lifted, forget_unsorted
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Consultation, Event, Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.models import ContactDraw
from alongside.people.allocations.models import Allocation
from alongside.people.casework.queries.to_dos import to_dos_for
from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.persons.models import Person
from alongside.people.staff.actions import add_duty_turn
from alongside.people.staff.models import Member
from alongside.safety.permissions.actions import Answer, note_answer
from alongside.safety.permissions.models import Ledger
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import Willing
from alongside.safety.protected.actions import decide_handling
from alongside.safety.protected.models import Told
from tests.cast import Cast, assemble
from tests.contact.messages.scene import NOON, Carrier, Desk, deliver, ready
from tests.factories import (
    AllocationFactory,
    ContactPointFactory,
    FamilyMemberFactory,
    PersonFactory,
    RestrictionFactory,
)
from tests.involvement.decisions.family import permit, trusted_father
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db
NUMBER = "07700 900111"
ARABIC = "شكراً، سأكون هناك"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return assemble()


def arrives(words: str = "Thanks", *, sender: str = NUMBER, channel: Channel = Channel.TEXT) -> Reply:
    return take_in(by=None, arrived=Arrived(channel, sender, words, timezone.now(), f"test:{uuid4()}"))


def shared_with_another(cast: Cast) -> FamilyMember:
    """Somebody of another case has the same number."""
    other = PersonFactory(given_names="Zebedee", family_name="Other")
    AllocationFactory(person=other)
    member = FamilyMemberFactory(person=other, given_name="Zara", family_name="Other")
    ContactPointFactory(family_member=member, value="+44 7700 900111")
    return member


def test_a_reply_opens_a_to_do_and_a_contact_and_its_words_wait_to_be_read(cast: Cast) -> None:
    father = ready(cast)
    reply = arrives(ARABIC, sender="447700900111")
    assert reply.family_member == father
    contact = Contact.objects.get(pk=reply.contact)
    assert (contact.direction, contact.written_by, ARABIC in contact.heard) == ("from_them", None, False)
    assert ToDo.objects.get(kind="messages.reply").title == "A reply from Martin, a text: read it"
    address = reverse("messages:reply", args=[cast.person.pk, reply.pk])
    client = signed_in(cast.owner)
    assert ARABIC in client.get(address).content.decode()
    client.post(address, {"settled": "written_down"})
    contact.refresh_from_db()
    assert contact.heard == ARABIC
    assert not ToDo.objects.filter(kind="messages.reply", done_at=None).exists()


def test_what_is_kept_in_confidence_leaves_no_words_behind_and_loses_none(cast: Cast) -> None:
    father = ready(cast)
    reply = arrives("He hits me. Do not tell him.")
    address = reverse("messages:reply", args=[cast.person.pk, reply.pk])
    answer = signed_in(cast.owner).post(address, {"settled": "in_confidence", "duties": ["duty_owed.HARM"]})
    with identity(cast.owner.pk):
        told = Told.objects.get()
    assert (told.seen, told.family_member, told.duties) == (
        "He hits me. Do not tell him.",
        father.pk,
        ["duty_owed.HARM"],
    )
    assert answer.url == reverse("protected:told", args=[cast.person.pk, told.pk])
    asked = ToDo.objects.filter(kind__startswith="protected.told.discuss", done_at=None)
    assert {(row.for_user, row.urgent) for row in asked} == {(None, True), (cast.senior.pk, True)}
    with identity(cast.owner.pk):
        decide_handling(
            by=cast.owner,
            told=told,
            seen=1,
            may_know_id="source_handling.PROTECTED",
            may_know_from=None,
            status_id="held_status.ACT",
            reason="",
            discussed_with="Sunita",
        )
    assert not asked.all().exists()
    reply.refresh_from_db()
    assert reply.words is None
    contact = Contact.objects.get(pk=reply.contact)
    assert "hits" not in contact.heard
    assert "confidence" not in contact.heard
    again = signed_in(cast.owner).post(address, {"settled": "in_confidence"}, follow=True).content.decode()
    with identity(cast.owner.pk):
        assert Told.objects.count() == 1, again


def test_a_number_of_two_people_belongs_to_neither_until_a_person_has_sorted_it(cast: Cast) -> None:
    father = ready(cast)
    Desk(cast, father).send("thanks")
    shared_with_another(cast)
    before = Contact.objects.count()
    reply = arrives("Tell him I am late")
    assert (reply.person, Contact.objects.count()) == (None, before)
    senior = signed_in(cast.senior)
    page = senior.get(reverse("messages:sort", args=[reply.pk])).content.decode()
    assert "Martin Bartlett" in page
    assert "Zara" not in page
    senior.post(reverse("messages:sort", args=[reply.pk]), {"whose": str(father.pk)})
    reply.refresh_from_db()
    assert reply.family_member == father
    assert Contact.objects.filter(pk=reply.contact).exists()


def test_nobody_reads_a_reply_before_someone_who_may_keep_a_secret_has_judged_it(cast: Cast) -> None:
    """Attack: an inspector opens a reply that says what the person must not learn (invariant 8)."""
    ready(cast)
    reply = arrives("He hits me. Do not tell him.")
    address = reverse("messages:reply", args=[cast.person.pk, reply.pk])
    colleague, inspector, owner = (signed_in(user) for user in (cast.colleague, cast.inspector, cast.owner))
    for narrow in (colleague, inspector):
        assert "hits me" not in narrow.get(address).content.decode()
    refused = colleague.post(address, {"settled": "written_down"}).content.decode()
    assert "hits me" not in refused
    assert "hits me" in owner.get(address).content.decode()
    owner.post(address, {"settled": "written_down"})
    for narrow in (colleague, inspector):
        assert "hits me" in narrow.get(address).content.decode()


def test_a_colleague_does_not_learn_that_a_reply_was_a_secret(cast: Cast) -> None:
    """Attack: a colleague who reads the case looks at what became of a reply (invariant 8)."""
    ready(cast)
    reply = arrives("He hits me. Do not tell him.")
    address = reverse("messages:reply", args=[cast.person.pk, reply.pk])
    colleague, owner = signed_in(cast.colleague), signed_in(cast.owner)
    owner.post(address, {"settled": "in_confidence"})
    assert "in confidence" in owner.get(address).content.decode()
    shown = colleague.get(address).content.decode()
    assert "Read, and what follows from it is in hand." in shown
    assert "confidence" not in shown.split("<main")[1]


def test_limited_access_wins_over_the_team_that_sorts(cast: Cast) -> None:
    """Attack: a colleague who is kept out of the case opens a reply from a number that stands on it."""
    Desk(cast, ready(cast)).send("thanks")
    shared_with_another(cast)
    reply = arrives("Tell him I am late")
    address = reverse("messages:sort", args=[reply.pk])
    listed = reverse("messages:to_sort")
    assert lies_before("messages.sort") == {"Olwen Owner"}
    assert signed_in(cast.owner).get(address).status_code == 200
    assert address in signed_in(cast.owner).get(listed).content.decode()
    excluded = signed_in(cast.excluded)
    assert excluded.get(address).status_code == 404
    assert excluded.post(address, {"whose": "nobody"}).status_code == 404
    assert address not in excluded.get(listed).content.decode()
    assert Consultation.objects.filter(actor=cast.excluded.pk, case=cast.person.pk, refused=True).exists()
    RestrictionFactory(person=cast.person, from_date=NOON.date())
    assert signed_in(cast.senior).get(address).status_code == 404


@pytest.mark.parametrize("since", ["ended", "dead", "moved"])
def test_limited_access_wins_where_whoever_answers_is_no_longer_reached_there(cast: Cast, since: str) -> None:
    """Attack: the number was theirs once, so that nobody has it now, and the words come to the team as anyone's."""
    father = ready(cast)
    if since == "moved":
        Desk(cast, father).send("thanks")
        ContactPoint.objects.filter(family_member=father).delete()
    else:
        ended = {"ended_on": NOON.date(), "end_reason_id": "member_end_reason.OTHER"}
        FamilyMember.objects.filter(pk=father.pk).update(**ended if since == "ended" else {"deceased": True})
    reply = arrives("Tell him I am late")
    address = reverse("messages:sort", args=[reply.pk])
    assert (reply.person, reply.team) == (None, None)
    assert signed_in(cast.excluded).get(address).status_code == 404
    assert address not in signed_in(cast.excluded).get(reverse("messages:to_sort")).content.decode()
    assert signed_in(cast.owner).get(address).status_code == 200
    Reply.objects.update(team=cast.team, cases=[])
    assert signed_in(cast.excluded).get(address).status_code == 404, "asked again as it is opened"


def test_whoever_hands_something_in_is_told_the_same_whatever_comes_of_it(cast: Cast) -> None:
    """Two worlds: a number that is on record, on two, on none. Reception reads one and the same page."""
    ready(cast)
    client = signed_in(cast.reception)
    pages = set()
    for sender in (NUMBER, "07700 900999", "", "not a number"):
        data = {"how": "text", "sender": sender, "words": "Hello", "once": str(uuid4())}
        answer = client.post(reverse("messages:take_in"), data, follow=True)
        body = answer.content.decode()
        pages.add(body[body.index("Taken in") : body.index("Taken in") + 60])
        assert "Martin" not in body
    assert len(pages) == 1
    assert Reply.objects.count() == 4


@pytest.mark.parametrize(
    ("channel", "kind", "value", "sender"),
    [
        (Channel.TEXT, "mobile", "07700 900-222", "+447700900222"),
        (Channel.EMAIL, "email", "Gran@Example.org", "gran@example.org"),
        (Channel.LETTER, "address", "2 High St, Cardiff cf10 3nq", "2HIGHSTCARDIFFCF103NQ"),
    ],
)
def test_a_sender_is_found_by_index_however_it_was_written_down(
    channel: Channel, kind: str, value: str, sender: str
) -> None:
    point = ContactPointFactory(kind=kind, value=value)
    assert members_at(channel, sender) == [point.family_member]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "families_points_by_" in points_at(channel, sender).explain()


def test_handed_in_twice_it_counts_once(cast: Cast) -> None:
    data = {"how": "text", "sender": NUMBER, "words": "Hello", "once": str(uuid4())}
    client = signed_in(cast.reception)
    for _ in range(2):
        client.post(reverse("messages:take_in"), data)
    assert Reply.objects.count() == 1


def test_stop_is_their_own_word_and_nothing_more_goes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    father = ready(cast)
    desk = Desk(cast, father)
    desk.send("thanks")
    arrives(" Stop! ")
    assert permission_facts([father.pk], at=timezone.now())[father.pk].member_agrees.value == "withdrawn"
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")
    assert "ask us to stop" in ToDo.objects.get(kind="messages.reply").title


def test_stop_from_a_number_of_two_stops_both_until_it_is_sorted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    desk = Desk(cast, ready(cast))
    desk.send("thanks")
    shared_with_another(cast)
    arrives("STOP")
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")


def named_again(cast: Cast) -> tuple[Person, FamilyMember]:
    """The same man with the same number, named by somebody of another team's case, and messages may go to him too."""
    other = PersonFactory(given_names="Zebedee", family_name="Other")
    AllocationFactory(person=other)
    again = trusted_father(other, cast.owner)
    permit(cast.owner, again, "appointments", channels=frozenset({"text"}))
    return other, again


@pytest.mark.parametrize("whose", ["father", "nobody"])
def test_stop_holds_for_everyone_at_the_number_however_it_is_sorted(cast: Cast, whose: str) -> None:
    """Attack: the senior sees one of the two cases in which the man is named, or neither, and sorts it so."""
    father = ready(cast)
    Desk(cast, father).send("thanks")
    _, again = named_again(cast)
    reply = arrives("STOP STOP")
    facts = permission_facts([father.pk, again.pk], at=timezone.now())
    assert {one.member_agrees.value for one in facts.values()} == {"withdrawn"}, "on every channel, before it is sorted"
    yes = Answer(Willing.AGREED, apart=True, statement=uuid4(), at_once=True)
    chosen = str(father.pk) if whose == "father" else "nobody"
    note_answer(by=cast.owner, member=again, answer=yes)
    signed_in(cast.senior).post(reverse("messages:sort", args=[reply.pk]), {"whose": chosen})
    facts = permission_facts([father.pk, again.pk], at=timezone.now())
    assert {one.member_agrees.value for one in facts.values()} == {"withdrawn"}
    Reply.objects.all().delete()
    assert asked_to_stop(digest_of("+447700900111"))


def test_sorting_a_stop_leaves_whoever_has_said_yes_since_it_came(cast: Cast) -> None:
    father = ready(cast)
    another = shared_with_another(cast)
    reply = arrives("STOP")
    yes = Answer(Willing.AGREED, apart=True, statement=uuid4(), at_once=True)
    senior, address = signed_in(cast.senior), reverse("messages:sort", args=[reply.pk])
    assert "said yes again" not in senior.get(address).content.decode()
    with time_machine.travel(NOON + timedelta(minutes=20), tick=False):
        note_answer(by=cast.owner, member=father, answer=yes)
        page = senior.get(address).content.decode()
        assert f"{father.name} said yes again on 18 November 2026, 12:20" in page
        senior.post(address, {"whose": str(father.pk)})
        facts = permission_facts([father.pk, another.pk], at=timezone.now())
    assert facts[father.pk].member_agrees is Willing.AGREED, "the last word is the later one"
    assert facts[another.pk].member_agrees is Willing.WITHDRAWN
    assert asked_to_stop(digest_of("+447700900111")), "the number itself stays closed until somebody lifts it"


def test_sorting_a_stop_locks_as_sending_does(cast: Cast) -> None:
    """Attack: somebody sorts a “stop” as a message goes. Each waits for what the other holds, and one of them fails."""
    father = ready(cast)
    shared_with_another(cast)
    reply = arrives("STOP")
    with CaptureQueriesContext(connection) as asked:
        sort(by=cast.senior, reply_id=reply.pk, member=father)
    held = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"] or one["sql"].startswith("INSERT")]
    ledgers = [at for at, sql in enumerate(held) if Ledger._meta.db_table in sql]
    follow = [
        at for at, sql in enumerate(held) if any(one._meta.db_table in sql for one in (Contact, ContactDraw, ToDo))
    ]
    assert ledgers
    assert follow
    assert min(ledgers) < min(follow)


def test_a_stop_is_lifted_by_someone_who_says_how_they_know(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    father = ready(cast)
    desk = Desk(cast, father)
    arrives("STOP")
    yes = Answer(Willing.AGREED, apart=True, statement=uuid4(), at_once=True)
    note_answer(by=cast.owner, member=father, answer=yes)
    assert "asked us to stop" in desk.fill("thanks").content.decode()
    page = desk.client.get(reverse("messages:member", args=desk.ids)).content.decode()
    address = reverse("messages:lift", args=[*desk.ids, StoppedAddress.objects.get().pk])
    assert address in page
    refused = desk.client.post(address, {"why": "", "version": 1}).content.decode()
    assert "Enter when they told you, and how" in refused
    assert "Ask them yourself first" in refused
    desk.client.post(address, {"why": "At the office on Monday", "themselves": "on", "version": 1})
    desk.send("thanks")
    deliver()
    assert len(carrier.given) == 1
    why = "At the office on Monday"
    told = Event.objects.get(name="messages.stop.lifted")
    assert why in (Payload.objects.get(event=told).content or "")
    assert why not in str(StoppedAddress.objects.values().get()), "what no erasure reaches holds no words"
    with time_machine.travel(NOON + timedelta(days=27), tick=False):
        assert forget_lifted() == 0
    with time_machine.travel(NOON + timedelta(days=29), tick=False):
        assert forget_lifted() == 1
    assert not asked_to_stop(digest_of("+447700900111"))


def test_a_reply_from_nobody_is_handed_on_or_let_go(cast: Cast) -> None:
    reply = take_in(
        by=cast.reception, arrived=Arrived(Channel.TEXT, "07700 900999", "Who?", timezone.now(), "x"), team=cast.team
    )
    senior = signed_in(cast.senior)
    assert (
        "Select which team"
        in senior.post(reverse("messages:sort", args=[reply.pk]), {"whose": "team"}).content.decode()
    )
    senior.post(reverse("messages:sort", args=[reply.pk]), {"whose": "nobody"})
    assert not ToDo.objects.filter(kind="messages.sort", done_at=None).exists()
    with time_machine.travel(NOON.replace(year=2027), tick=False):
        assert forget_unsorted() == 1


def on_duty(cast: Cast, user: User, days: int = 0) -> None:
    day = today() + timedelta(days=days)
    add_duty_turn(
        by=cast.senior,
        delivery_unit=cast.team.delivery_unit,
        member=Member.objects.get(user=user),
        kind="senior",
        from_date=day,
        until_date=day,
    )


def lies_before(kind: str) -> set[str]:
    """On whose start page a to-do of this kind stands."""
    names = ("Olwen Owner", "Cora Cover", "Sunita Senior", "Colin Colleague", "Ewan Excluded")
    return {user.name for user in User.objects.filter(name__in=names) if to_dos_for(user).filter(kind=kind).exists()}


def test_a_reply_that_came_to_no_team_lies_before_whoever_is_on_duty_each_day_anew(cast: Cast) -> None:
    on_duty(cast, cast.owner)
    on_duty(cast, cast.cover, days=1)
    reply = arrives(sender="07700 900999")
    assert (reply.team, lies_before("messages.sort")) == (None, {"Olwen Owner"})
    address = reverse("messages:sort", args=[reply.pk])
    assert signed_in(cast.owner).get(address).status_code == 200
    assert signed_in(cast.cover).get(address).status_code == 404
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert ask_again_now() == 1
        assert lies_before("messages.sort") == {"Cora Cover"}
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        ask_again_now()
        assert lies_before("messages.sort") == {"Sunita Senior"}, "nobody is on duty: every senior"


def test_a_reply_on_a_case_that_nobody_holds_lies_before_duty_and_never_before_someone_shut_out(cast: Cast) -> None:
    ready(cast)
    Allocation.objects.filter(person=cast.person).update(member=None)
    on_duty(cast, cast.excluded)
    arrives("One")
    assert lies_before("messages.reply") == {"Sunita Senior"}
    on_duty(cast, cast.colleague)
    arrives("Two")
    assert lies_before("messages.reply") == {"Sunita Senior", "Colin Colleague"}


def told(settings, body: object, token: str = "Bearer right") -> int:
    settings.NOTIFY_CALLBACK_TOKEN = "right"
    data = body if isinstance(body, str) else json.dumps(body)
    return (
        Client()
        .post(reverse("messages:notify"), data, content_type="application/json", headers={"Authorization": token})
        .status_code
    )


def test_the_carrier_tells_of_replies_and_shows_who_it_is(cast: Cast, settings) -> None:
    ready(cast)
    text = {"id": "one", "source_number": "447700900111", "message": "Thanks", "date_received": "2026-11-18T11:00:00Z"}
    assert told(settings, text) == 204
    assert told(settings, text) == 204
    assert Reply.objects.count() == 1
    for wrong in ("Bearer wrong", "", "right"):
        assert told(settings, text, wrong) == 404
    for bad in ("{", "[]", {"id": "two", "message": 5}, {"reference": "none", "status": "delivered"}):
        assert told(settings, bad) == 400
    settings.NOTIFY_CALLBACK_TOKEN = ""
    assert Client().post(reverse("messages:notify"), headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(("status", "ends"), [("delivered", "delivered"), ("permanent-failure", "not_delivered")])
def test_a_receipt_that_comes_before_we_know_that_it_was_sent_is_kept(
    cast: Cast, settings, monkeypatch, status: str, ends: str
) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    Desk(cast, ready(cast)).send("thanks")
    message = Message.objects.get()
    sending.send_message.run(by_id=None, ids={"message_id": str(message.pk)})
    assert told(settings, {"reference": str(message.reference), "status": status}) == 204
    assert Outgoing.objects.get().state == "on_its_way"
    deliver()
    outgoing = Outgoing.objects.get()
    assert outgoing.state == ends
    assert (
        Contact.objects.get(pk=outgoing.pk).outcome_id
        == {
            "delivered": "contact_outcome.SPOKE",
            "not_delivered": "contact_outcome.WRONG",
        }[ends]
    )


def test_a_receipt_that_it_did_not_arrive_gives_the_contact_back(cast: Cast, settings, monkeypatch) -> None:
    carrier = Carrier()
    monkeypatch.setattr(sending, "carrier_for", lambda channel: carrier)
    Desk(cast, ready(cast)).send("thanks")
    deliver()
    reference = str(Message.objects.get().reference)
    assert told(settings, {"reference": reference, "status": "sending"}) == 204
    assert Outgoing.objects.get().state == "sent"
    assert told(settings, {"reference": reference, "status": "permanent-failure"}) == 204
    outgoing = Outgoing.objects.get()
    assert outgoing.state == "not_delivered"
    assert not ContactDraw.objects.filter(source=outgoing.pk).exists()
    contact = Contact.objects.get(pk=outgoing.pk)
    assert (contact.outcome_id, contact.thanked) == ("contact_outcome.WRONG", False), "nobody was thanked"
