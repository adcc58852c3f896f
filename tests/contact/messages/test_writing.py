"""Writing to a family member: approved words, read as they go, decided twice, and never past what stops them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.contact.log.models import Contact
from alongside.contact.messages import preparing
from alongside.contact.messages.actions.phrases import agree_words, take_words_back
from alongside.contact.messages.models import Outgoing
from alongside.foundation.content.queries import NotApprovedError, Wording
from alongside.foundation.delivery.models import Message
from alongside.foundation.work.models import ToDo
from alongside.involvement.agreements.models import ContactDraw
from alongside.involvement.decisions.models import Decision
from alongside.people.casework.points import Cover, register_point_shield, unregister_point_shield
from alongside.people.families.models import ContactPoint, FamilyMember
from alongside.people.staff.models import Post, Team
from alongside.safety.permissions.actions import (
    SafeProfile,
    keep_safe_contact,
    note_back_in_contact,
    note_missed_contact,
    refuse,
    withdraw,
)
from alongside.safety.permissions.rules import Direction, Voicemail
from tests.cast import Cast
from tests.contact.messages.scene import NOON, Carrier, Desk, deliver, ready
from tests.factories import ContactPointFactory, FamilyMemberFactory
from tests.involvement.decisions.family import permit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_a_reminder_goes_as_it_was_read_and_one_note_tells_of_it(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    shown = desk.fill().content.decode()
    assert "20 November 2026 at 2pm" in shown
    assert not Outgoing.objects.exists()
    answer = desk.send()
    assert answer.status_code == 302
    assert Outgoing.objects.get().state == "on_its_way"
    deliver()
    (parcel,) = carrier.given
    assert "appointment with Olwen Owner" in parcel.text
    assert "probation" not in parcel.text.lower()
    outgoing = Outgoing.objects.get()
    assert outgoing.state == "sent"
    contact = Contact.objects.get(pk=outgoing.pk)
    assert (contact.topics, contact.direction, contact.shared) == (["appointments"], "to_them", parcel.text)
    assert [str(one) for one in contact.decisions] == outgoing.decisions
    assert ContactDraw.objects.filter(source=outgoing.pk).count() == 1
    page = desk.client.get(reverse("messages:message", args=[cast.person.pk, outgoing.pk])).content.decode()
    for asked in ("Send them a text message: times", "Tell them something: times"):
        assert asked in page, "two answers of one minute are told apart"
    line = desk.client.get(reverse("casework:timeline", args=[cast.person.pk])).content.decode()
    assert "Sent Martin a text: appointments and times" in line
    deliver()
    assert len(carrier.given) == 1


def test_sent_twice_is_one_message(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    once = "5f0c1c1e-0000-4000-8000-000000000009"
    first, again = desk.send(once=once), desk.fill(intent="send", once=once)
    assert first.url == again.url
    assert Outgoing.objects.count() == 1


def test_something_that_changed_meanwhile_is_read_again_before_it_goes(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    seen = desk.fill().context["seen"]
    Team.objects.update(telephone="01632 960999")
    answer = desk.fill(intent="send", seen=seen)
    assert "Something changed while you were reading" in answer.content.decode()
    assert not Outgoing.objects.exists()


def not_told_of_record(father: FamilyMember) -> None:
    """Something to keep to comes up: nobody has told him yet that we hold his details."""
    FamilyMember.objects.filter(pk=father.pk).update(
        notice_state="deferred", notice_ground="privacy_notice_ground.NOTSAFE", notice_review_on=NOON.date()
    )


def test_what_has_to_be_kept_to_is_read_before_it_is_sent(cast: Cast, carrier: Carrier) -> None:
    """Attack: a condition comes up between reading and sending, and nobody has read it."""
    father = ready(cast)
    desk = Desk(cast, father)
    seen = desk.fill().context["seen"]
    not_told_of_record(father)
    page = desk.fill(intent="send", seen=seen).content.decode()
    assert "Something changed while you were reading" in page
    assert "Tell them that we hold their details" in page
    assert not Outgoing.objects.exists()
    desk.send()
    deliver()
    assert len(carrier.given) == 1
    kept = Decision.objects.filter(pk__in=Outgoing.objects.get().decisions)
    assert set(kept.values_list("act", flat=True)) == {"text", "share"}


def test_a_condition_that_comes_up_before_it_goes_stops_it(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    Desk(cast, father).send()
    not_told_of_record(father)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")
    assert "more to keep to" in Outgoing.objects.get().reason


def test_before_meeting_and_calling_the_page_says_so_and_asks_why(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast, met=False))
    choose = desk.client.get(reverse("messages:choose", args=desk.ids)).content.decode()
    assert "Nobody has met or called them yet" in choose
    refused = desk.fill().content.decode()
    assert "Enter why you write all the same" in refused
    assert 'value="2pm"' in refused
    desk.send(discretion="He works nights and asked for a text")
    assert Outgoing.objects.get().discretion == "He works nights and asked for a text"


def test_without_a_permission_it_says_why_what_else_and_keeps_what_was_typed(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    withdraw(by=cast.owner, member=father)
    desk = Desk(cast, father)
    page = desk.fill().content.decode()
    assert "This cannot be sent" in page
    assert "no permission that is live" in page
    assert 'name="clock" value="2pm"' in page
    assert desk.send().status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize("close", [withdraw, refuse])
def test_a_withdrawal_between_writing_and_sending_stops_it(cast: Cast, carrier: Carrier, close) -> None:
    father = ready(cast)
    desk = Desk(cast, father)
    desk.send()
    close(by=cast.owner, member=father)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")
    assert not Contact.objects.filter(pk=Outgoing.objects.get().pk).exists()
    assert ToDo.objects.filter(kind="messages.not_sent", done_at=None).exists()
    page = desk.client.get(reverse("messages:message", args=[cast.person.pk, Outgoing.objects.get().pk]))
    assert "What stands about this family member does not let it go" in page.content.decode()


def test_may_i_is_asked_again_as_it_is_sent(cast: Cast, carrier: Carrier) -> None:
    """Whoever wrote it may no longer write to families, though every permission stands."""
    desk = Desk(cast, ready(cast))
    desk.send()
    Post.objects.filter(member=cast.owner_member).update(until_date=NOON.date() - timedelta(days=1))
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")


def test_a_message_that_nobody_decided_on_does_not_go(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    desk.send()
    Outgoing.objects.all().delete()
    deliver()
    assert carrier.given == []
    assert Message.objects.get().state == "stopped"


def test_an_unsafe_number_is_never_offered(cast: Cast) -> None:
    father = ready(cast)
    ContactPoint.objects.filter(family_member=father).update(safety="unsafe")
    desk = Desk(cast, father)
    page = desk.client.get(desk.address("appointment")).content.decode()
    assert "No number or address on record is known to be safe" in page
    assert "07700 900111" not in page
    assert desk.fill().status_code == 200
    assert not Outgoing.objects.exists()


def test_a_number_marked_as_not_safe_for_a_relative_while_a_text_waits_gets_no_text(
    cast: Cast, carrier: Carrier
) -> None:
    father = ready(cast)
    Desk(cast, father).send()
    mother = FamilyMemberFactory(person=cast.person)
    ContactPointFactory(family_member=mother, kind="phone", value="+44 7700-900111", safety="unsafe")
    deliver()
    assert carrier.given == []
    page = Desk(cast, father).client.get(Desk(cast, father).address("appointment")).content.decode()
    assert "No number or address on record is known to be safe" in page


def test_a_way_they_ruled_out_is_never_offered(cast: Cast) -> None:
    father = ready(cast)
    ContactPointFactory(family_member=father, kind="email", value="martin@example.org", safety="safe")
    keep_safe_contact(by=cast.owner, member=father, profile=SafeProfile((), None, None, ("text",), Voicemail.NEVER))
    page = Desk(cast, father).client.get(Desk(cast, father).address("thanks")).content.decode()
    assert "Text to" not in page
    assert "Email to martin@example.org" in page


def test_whoever_writes_learns_who_else_reads_it_and_says_why_all_the_same(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    ContactPoint.objects.filter(family_member=father).update(shared_with="his brother Colin", when="after six")
    desk = Desk(cast, father)
    page = desk.client.get(desk.address("appointment")).content.decode()
    assert "Who else sees or answers it: his brother Colin. When it suits them: after six." in page
    assert "Enter why it may be told where somebody else reads it" in desk.fill().content.decode()
    shown = desk.fill(discretion="Colin drives her too").content.decode()
    assert "his brother Colin" in shown
    assert "Who else reads it" in shown
    desk.send("thanks")
    assert Outgoing.objects.filter(kind="thanks", discretion="").exists()


def test_who_else_reads_it_is_part_of_what_was_read(cast: Cast, carrier: Carrier) -> None:
    desk = Desk(cast, ready(cast))
    seen = desk.fill("thanks").context["seen"]
    ContactPoint.objects.filter(family_member=desk.father).update(shared_with="his brother Colin")
    assert "Something changed while you were reading" in desk.fill("thanks", intent="send", seen=seen).content.decode()


def test_good_news_goes_in_words_that_the_person_agreed_alone_and_in_no_others(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    desk = Desk(cast, father)
    page = desk.client.get(desk.address("good_news")).content.decode()
    assert "has not agreed any words for this yet" in page
    with pytest.raises(ValueError, match="alone"):
        agree_words(by=cast.owner, member=father, topic="good_news", words="x", alone=False, on=NOON.date())
    phrase = agree_words(
        by=cast.owner, member=father, topic="good_news", words="I finished the course.", alone=True, on=NOON.date()
    )
    desk.send("good_news", phrase=str(phrase.pk))
    take_words_back(by=cast.owner, phrase=phrase)
    deliver()
    assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")


def test_welsh_that_nobody_approved_says_so_and_is_not_sent_in_english_instead(cast: Cast) -> None:
    father = ready(cast)
    FamilyMember.objects.filter(pk=father.pk).update(language="language.cy")
    desk = Desk(cast, father)
    assert "English only" in desk.client.get(reverse("messages:choose", args=desk.ids)).content.decode()
    before = desk.client.get(desk.address("appointment"))
    assert "offer to explain it in Welsh by telephone" in before.content.decode(), "told before writing"
    assert before.context["form"]["language"].value() == "en"
    page = desk.fill(language="cy").content.decode()
    assert "is not approved yet, so it cannot be sent" in page
    assert 'value="2pm"' in page
    assert not Outgoing.objects.exists()


def test_a_missing_name_refuses_clearly(cast: Cast) -> None:
    desk = Desk(cast, ready(cast))
    Team.objects.update(telephone="")
    assert "No telephone number of the team is on record" in desk.fill().content.decode()


def test_a_letter_is_made_as_a_pdf_that_a_screen_reader_can_read(
    cast: Cast, carrier: Carrier, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    father = ready(cast)
    ContactPointFactory(family_member=father, kind="address", value="2 Low Street, Bangor LL57 1AA", safety="safe")
    desk = Desk(cast, father)
    desk.send("thanks", by="address")
    outgoing = Outgoing.objects.get()
    pdf = b"".join(desk.client.get(reverse("messages:letter", args=[cast.person.pk, outgoing.pk])).streaming_content)
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf or b"/MarkInfo" in pdf
    deliver()
    assert carrier.given[0].address == "Martin Bartlett\n2 Low Street\nBangor\nLL57 1AA"
    point = ContactPoint.objects.filter(family_member=father, kind="address")
    address = reverse("messages:letter", args=[cast.person.pk, outgoing.pk])
    page = reverse("messages:message", args=[cast.person.pk, outgoing.pk])
    register_point_shield("tests", lambda case, rights, points: {one.id: Cover() for one in points}, order=1)
    try:
        assert desk.client.get(address).status_code == 404, "an address that is covered since stands in no old letter"
        assert address not in desk.client.get(page).content.decode()
    finally:
        unregister_point_shield("tests")
    assert b"".join(desk.client.get(address).streaming_content) == pdf
    point.update(value="9 Hidden Street, Bangor LL57 1AB")
    assert desk.client.get(address).status_code == 404


def test_no_letter_closes_in_words_that_nobody_approved(cast: Cast, carrier: Carrier) -> None:
    father = ready(cast)
    ContactPointFactory(family_member=father, kind="address", value="2 Low Street, Bangor LL57 1AA", safety="safe")
    before = preparing.wording_for_sending

    def unapproved(key: str, language: str | None = None) -> Wording:
        if key == "messages.letter_closing":
            raise NotApprovedError("“Closing of a letter” is not approved yet, so it cannot be sent.")
        return before(key, language)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "wording_for_sending", unapproved)
        assert "is not approved yet" in Desk(cast, father).fill("thanks", by="address").content.decode()
    assert not Outgoing.objects.exists()


def test_an_address_without_a_postcode_is_refused_at_its_field(cast: Cast) -> None:
    father = ready(cast)
    ContactPointFactory(family_member=father, kind="address", value="Somewhere", safety="safe")
    page = Desk(cast, father).fill("thanks", by="address").content.decode()
    assert "A postal address has" in page


def test_nothing_rests_on_what_was_agreed_for_missed_contact(cast: Cast, carrier: Carrier) -> None:
    """R072: a permission for missed contact prompts staff. No message goes on it, also once contact is missed."""
    father = for_missed_contact(cast, "text")
    note_missed_contact(by=cast.owner, person=cast.person, since=NOON.date() - timedelta(days=4))
    answer = Desk(cast, father).send()
    assert answer.status_code == 200
    deliver()
    assert (carrier.given, Message.objects.count(), Outgoing.objects.count()) == ([], 0, 0)


def for_missed_contact(cast: Cast, *channels: str) -> FamilyMember:
    """All that the person permits is that these words are told once contact is missed."""
    father = ready(cast)
    withdraw(by=cast.owner, member=father)
    permit(
        cast.owner,
        father,
        "appointments",
        "whereabouts",
        channels=frozenset(channels),
        direction=Direction.TO_THEM,
        missed_days=3,
        words="Please ask him to ring.",
    )
    return father


class TestWhatWasAgreedForMissedContact:
    """R072: from the prompt straight to the words, which go once somebody has decided, and never by themselves."""

    def test_the_prompt_leads_to_the_words_and_they_go_as_they_stand(self, cast: Cast, carrier: Carrier) -> None:
        father = for_missed_contact(cast, "text")
        desk = Desk(cast, father)
        early = desk.client.get(desk.address("missed")).content.decode()
        assert "its day has not come" in early
        assert "Please ask him to ring." not in early
        note_missed_contact(by=cast.owner, person=cast.person, since=NOON.date() - timedelta(days=4))
        prompt = ToDo.objects.get(kind="permissions.to_do.missed", done_at=None)
        assert prompt.address == desk.address("missed")
        page = desk.client.get(prompt.address)
        assert "Please ask him to ring." in page.content.decode()
        assert not Outgoing.objects.exists()
        (chosen,) = page.context["form"].agreed
        assert page.context["form"]["phrase"].value() == chosen
        assert desk.send("missed", phrase=chosen).status_code == 302
        deliver()
        (parcel,) = carrier.given
        assert "agreed that I pass this on to you: Please ask him to ring." in parcel.text
        contact = Contact.objects.get(pk=Outgoing.objects.get().pk)
        assert (contact.topics, len(contact.decisions)) == (["appointments", "whereabouts"], 3)
        assert "Such words were passed on" in desk.client.get(prompt.address).content.decode()

    def test_back_in_contact_before_it_goes_stops_it(self, cast: Cast, carrier: Carrier) -> None:
        desk = Desk(cast, for_missed_contact(cast, "text"))
        note_missed_contact(by=cast.owner, person=cast.person, since=NOON.date() - timedelta(days=4))
        (chosen,) = desk.client.get(desk.address("missed")).context["form"].agreed
        desk.send("missed", phrase=chosen)
        note_back_in_contact(by=cast.owner, person=cast.person)
        deliver()
        assert (carrier.given, Outgoing.objects.get().state) == ([], "stopped")

    def test_words_agreed_for_the_telephone_are_not_written(self, cast: Cast) -> None:
        desk = Desk(cast, for_missed_contact(cast, "phone"))
        note_missed_contact(by=cast.owner, person=cast.person, since=NOON.date() - timedelta(days=4))
        page = desk.client.get(desk.address("missed")).content.decode()
        assert "The words are: “Please ask him to ring.”" in page
        desk.send("missed")
        assert not Outgoing.objects.exists()

    def test_nobody_but_a_person_queues_them_and_no_other_words_go(self, cast: Cast, carrier: Carrier) -> None:
        desk = Desk(cast, for_missed_contact(cast, "text"))
        note_missed_contact(by=cast.owner, person=cast.person, since=NOON.date() - timedelta(days=4))
        (chosen,) = desk.client.get(desk.address("missed")).context["form"].agreed
        for wrong in ({"queued_by": None}, {"values": {"words": "He has been arrested."}}):
            desk.send("missed", phrase=chosen)
            Message.objects.filter(state="queued").update(**wrong)
            deliver()
        assert carrier.given == []
