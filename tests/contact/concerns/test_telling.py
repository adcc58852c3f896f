"""Taking things down, and who reads them: nothing is confirmed to whoever writes, and nobody waits for someone away."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.contact.concerns.actions import (
    AbsenceFacts,
    DecidedBeforeError,
    Decision,
    TakenFacts,
    bring_up_unread,
    decide_concern,
    pass_on,
    place_concern,
    record_absence,
    take_down,
)
from alongside.contact.concerns.models import AbsenceNotice, Concern, Decided, Taken
from alongside.contact.concerns.queries import taken_or_404, way_of
from alongside.contact.log.models import Contact
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import Consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity, set_identity
from alongside.foundation.work.models import ToDo
from alongside.involvement.decisions.finding import found_for
from alongside.people.families.models import FamilyMember
from alongside.people.staff.actions import add_duty_turn
from alongside.people.staff.models import Member
from alongside.safety.permissions.actions import SafeProfile, WordWeSayError, keep_safe_contact
from alongside.safety.permissions.rules import Voicemail
from alongside.safety.protected.models import Handling, Referral, Told
from tests.cast import STAFF, Cast, assemble, member_in
from tests.factories import ContactPointFactory, CoverFactory, FamilyMemberFactory, TeamFactory
from tests.involvement.decisions.family import permit, trusted_father
from tests.people.casework.asking import CHANGING, signed_in

pytestmark = pytest.mark.django_db

FACTS = TakenFacts(
    kind_id="concern_kind.CONCERN",
    channel_id="told_channel.PHONE",
    told_by_id="told_by.UNKNOWN",
    limits_said=True,
    about="A man called Dan",
    seen="He sleeps in the car by the weir",
    wishes="Nobody is to know",
)


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    set_identity(None)
    return made


def aunt_of(cast: Cast) -> FamilyMember:
    return FamilyMemberFactory(person=cast.person, given_name="Efua", family_name="Achebe")


def told(cast: Cast, by: str = "reception", **facts: Any) -> Concern:
    user = cast.named(by)
    case = {"person": cast.person, "place": True} if by == "owner" else {}
    with identity(user.pk):
        return take_down(by=user, facts=replace(FACTS, **facts), **case)


def asked(concern: Concern) -> set[str]:
    """Names of those before whom it stands; "officer" where it stands with the case."""
    rows = ToDo.objects.filter(subject=concern.pk, done_at=None, kind__startswith="concerns.read")
    return {User.objects.get(pk=row.for_user).name if row.for_user else "officer" for row in rows}


def readers(cast: Cast, concern: Concern) -> set[str]:
    """Who gets the words from a query that filters by nothing."""
    found = set()
    for name in STAFF:
        with identity(cast.named(name).pk):
            if Taken.objects.filter(concern=concern.pk).exists():
                found.add(name)
    return found


def typed(**more: Any) -> dict[str, Any]:
    return {
        "limits_said": "yes",
        "kind": "concern_kind.CONCERN",
        "channel": "told_channel.PHONE",
        "told_by": "told_by.UNKNOWN",
        "about": "A man called Dan",
        "seen": "He sleeps in the car",
        "can_wait": "yes",
    } | more


def test_reception_learns_nothing_from_the_number_that_a_caller_gives(cast: Cast) -> None:
    desk, answers = signed_in(cast.reception), []
    for number in (cast.person.crn, "X999999", ""):
        answer = desk.post(reverse("concerns:tell"), typed(number=number), follow=True)
        answers.append(CHANGING.sub("", answer.content.decode()))
    assert answers[0] == answers[1] == answers[2]
    assert [row.person_id for row in Concern.objects.order_by("taken_at")] == [cast.person.pk, None, None]
    assert "Dan" not in answers[0]


def test_the_desk_has_no_search_and_a_search_finds_nothing_for_it(cast: Cast) -> None:
    aunt = aunt_of(cast)
    page = signed_in(cast.reception).get(reverse("concerns:call"), {"q": aunt.given_name})
    assert page.status_code == 200
    assert "Achebe" not in page.content.decode()
    assert 'name="q"' not in page.content.decode()


def test_a_form_sent_twice_counts_once_and_one_with_gaps_keeps_what_was_typed(cast: Cast) -> None:
    desk = signed_in(cast.reception)
    once = "3d0e6b8e-1b86-4ab6-9d0c-2f1f5b7a3c11"
    for _ in range(2):
        assert desk.post(reverse("concerns:tell"), typed(once=once)).status_code == 302
    assert Concern.objects.count() == 1
    gaps = desk.post(reverse("concerns:tell"), typed(about="", can_wait="")).content.decode()
    assert "Enter whom it is about, as they say it" in gaps
    assert "Say whether it can wait until tomorrow" in gaps
    assert "He sleeps in the car" in gaps


def test_the_words_stand_behind_the_wall_from_the_first_moment(cast: Cast) -> None:
    assert readers(cast, told(cast)) == {"senior", "safeguarding"}
    assert readers(cast, told(cast, number=cast.person.crn)) == {"owner", "cover", "senior", "safeguarding"}
    with identity(cast.outsider.pk), pytest.raises(ProgrammingError), transaction.atomic():
        Taken.objects.create(
            concern=told(cast).pk,
            team=cast.team.pk,
            taken_by=cast.owner.pk,
            told_by_id="told_by.UNKNOWN",
            identity="known",
            limits_said=True,
        )


def test_once_placed_the_words_stand_with_the_case_alone(cast: Cast) -> None:
    concern = told(cast, by="reception")
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        place_concern(by=cast.senior, concern=row, taken=taken, person=cast.person, member=aunt_of(cast))
        taken.refresh_from_db()
        words = Told.objects.get(pk=taken.told)
        assert (taken.seen, taken.about, taken.wishes) == ("", "", "")
        assert words.seen == "About: A man called Dan\nHe sleeps in the car by the weir"
        assert words.wishes == "Nobody is to know"
    assert readers(cast, concern) == {"owner", "cover", "senior", "safeguarding"}


def test_what_a_concern_touches_goes_with_its_words_and_stands_on_no_page_outside_the_wall(cast: Cast) -> None:
    touches = ("concern_context.RELAPSE", "concern_context.IOM")
    desk = signed_in(cast.reception)
    number = cast.person.crn
    assert desk.post(reverse("concerns:tell"), typed(number=number, context=list(touches))).status_code == 302
    row = Concern.objects.get()
    shown = "Drinking, using or offending again; Managed together with the police"
    owner = signed_in(cast.owner)
    assert shown in owner.get(reverse("concerns:concern", args=[row.pk])).content.decode()
    with identity(cast.owner.pk):
        taken = taken_or_404(row.pk)[1]
        assert tuple(taken.context) == touches
        place_concern(by=cast.owner, concern=row, taken=taken, person=cast.person, member=aunt_of(cast))
        words = Told.objects.get()
        assert (tuple(words.context), words.duties) == (touches, [])
        handling = Handling.objects.get(told=words.pk)
    assert str(handling.may_know_id) == "source_handling.PROTECTED"
    assert shown in owner.get(reverse("protected:told", args=[cast.person.pk, words.pk])).content.decode()
    corrected = owner.get(reverse("protected:correct", args=[cast.person.pk, words.pk])).content.decode()
    assert re.search(r'value="concern_context.RELAPSE"[^>]* checked', corrected)
    case = reverse("casework:case", args=[cast.person.pk])
    for name in ("owner", "family_worker", "inspector"):
        for page in (case, f"{case}timeline/", "/"):
            said = signed_in(cast.named(name)).get(page).content.decode()
            assert "Drinking, using" not in said, (name, page)
            assert "integrated offender" not in said, (name, page)


def test_whoever_passes_it_on_keeps_nothing_of_what_it_touches(cast: Cast) -> None:
    elsewhere = TeamFactory(name="Hill team")
    row = told(cast, context=("concern_context.ASSOCIATES",))
    with identity(cast.senior.pk):
        moved = pass_on(by=cast.senior, concern=row, taken=taken_or_404(row.pk)[1], team=elsewhere)
        assert Taken.objects.get(concern=row.pk).context == []
    with identity(member_in(elsewhere, RoleCode.SENIOR, "Hilda Hill").user.pk):
        assert Taken.objects.get(concern=moved.pk).context == ["concern_context.ASSOCIATES"]


def test_an_officer_at_the_case_reads_as_they_write(cast: Cast) -> None:
    concern = told(cast, by="owner")
    assert concern.read_by == cast.owner.pk
    assert asked(concern) == set()
    assert ToDo.objects.filter(subject=concern.pk, kind="concerns.decide", for_user=cast.owner.pk).exists()
    receipt = reverse("concerns:received", args=[concern.pk])
    goes_on = reverse("concerns:concern", args=[concern.pk])
    page = signed_in(cast.owner).get(receipt).content.decode()
    assert goes_on in page
    assert "I have read it myself" in page
    assert "duty senior" not in page


def test_a_glance_is_no_reading_and_whoever_has_read_it_says_so(cast: Cast) -> None:
    concern = told(cast, kind_id="concern_kind.MISSING", number=cast.person.crn)
    senior, page = signed_in(cast.senior), reverse("concerns:concern", args=[concern.pk])
    assert "I have read this, and will decide" in senior.get(page).content.decode()
    concern.refresh_from_db()
    assert (concern.read_at, "Sunita Senior" in asked(concern)) == (None, True)
    senior.post(reverse("concerns:read", args=[concern.pk]))
    concern.refresh_from_db()
    assert (concern.read_by, asked(concern)) == (cast.senior.pk, set())
    to_do = ToDo.objects.get(subject=concern.pk, done_at=None)
    assert (to_do.title[:28], to_do.urgent) == ("Someone is said to be missin", True)
    assert "I have read this" not in senior.get(page).content.decode()


def test_what_was_told_leads_to_what_may_have_to_stop_and_never_to_whoever_told_us(cast: Cast) -> None:
    with identity(cast.owner.pk):
        concern = take_down(by=cast.owner, facts=FACTS, person=cast.person, member=aunt_of(cast), place=True)
    page = signed_in(cast.owner).get(reverse("concerns:concern", args=[concern.pk])).content.decode()
    assert "Does anything have to change now?" in page
    links = re.findall(r'<li><a class="govuk-link" href="(/cases/[^"]+)">', page)
    assert len(links) == 3
    for link in links:
        assert "/family/" not in link
        assert signed_in(cast.owner).get(link).status_code == 200, link


def test_that_somebody_told_us_something_stands_on_no_page_that_others_may_read(cast: Cast) -> None:
    told(cast, by="owner")
    waits = "Decide what is done about what someone told us"
    assert waits in signed_in(cast.owner).get(reverse("casework:today")).content.decode()
    case = [reverse(f"casework:{name}", args=[cast.person.pk]) for name in ("case", "case_to_dos")]
    for user in (cast.owner, cast.colleague, cast.cover):
        client = signed_in(user)
        for page in (*case, reverse("casework:caseload"), f"{reverse('casework:caseload')}?q={cast.person.crn}"):
            assert waits not in client.get(page, follow=True).content.decode(), (user.name, page)


def test_what_is_urgent_goes_to_the_duty_senior_at_once(cast: Cast) -> None:
    on_duty = Member.objects.get(user=cast.safeguarding)
    add_duty_turn(
        by=cast.senior,
        delivery_unit=cast.team.delivery_unit,
        member=on_duty,
        kind="senior",
        from_date=today(),
        until_date=today(),
    )
    urgent = told(cast, urgent=True, number=cast.person.crn)
    assert asked(urgent) == {"Safiya Safeguarding", "officer"}
    assert ToDo.objects.filter(subject=urgent.pk, urgent=True, due_on=today()).count() == 2
    assert asked(told(cast, number=cast.person.crn)) == {"officer"}


def test_nobody_waits_for_someone_who_is_away(cast: Cast) -> None:
    CoverFactory(absent=Member.objects.get(user=cast.senior), covering=cast.owner_member)
    assert asked(told(cast, urgent=True)) == {"Safiya Safeguarding"}


def test_a_complaint_goes_to_whoever_leads_and_never_to_the_officer(cast: Cast) -> None:
    concern = told(cast, by="owner", kind_id="concern_kind.COMPLAINT")
    assert concern.person_id is None
    assert asked(concern) == {"Sunita Senior"}
    with identity(cast.owner.pk):
        assert not Taken.objects.filter(concern=concern.pk).exists()


def test_what_nobody_reads_goes_up_and_stops_when_somebody_does(cast: Cast) -> None:
    concern = told(cast, urgent=True)
    assert asked(concern) == {"Sunita Senior"}
    assert bring_up_unread(now=timezone.now()) == 0
    assert bring_up_unread(now=timezone.now() + timedelta(minutes=31)) == 1
    assert asked(concern) == {"Sunita Senior", "Safiya Safeguarding"}
    assert bring_up_unread(now=timezone.now() + timedelta(days=3)) == 0
    page = signed_in(cast.safeguarding).post(reverse("concerns:read", args=[concern.pk]), follow=True)
    assert "You are the first to read this" in page.content.decode()
    assert asked(concern) == set()
    concern.refresh_from_db()
    assert concern.read_by == cast.safeguarding.pk


def test_what_its_reader_leaves_undecided_goes_to_everyone_who_leads(cast: Cast) -> None:
    concern = told(cast, by="owner", urgent=True)
    assert bring_up_unread(now=timezone.now() + timedelta(hours=3)) == 0
    assert bring_up_unread(now=timezone.now() + timedelta(hours=5)) == 1
    assert asked(concern) == {"Sunita Senior", "Safiya Safeguarding"}
    with identity(cast.owner.pk):
        row, taken = taken_or_404(concern.pk)
        decide_concern(by=cast.owner, concern=row, taken=taken, decision=Decision("concern_outcome.NOCHANGE", "Spoke"))
    assert asked(concern) == set()


def test_what_can_wait_goes_to_duty_after_its_working_hours(cast: Cast) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        concern = told(cast, number=cast.person.crn)
        assert asked(concern) == {"officer"}
    with time_machine.travel("2026-11-23T13:30:00Z", tick=False):
        bring_up_unread(now=timezone.now())
        assert asked(concern) == {"officer", "Sunita Senior"}


def test_a_referral_is_written_with_the_case_receipted_and_chased(cast: Cast) -> None:
    concern = told(cast, by="owner", duties=("duty_owed.CHILD",))
    address = f"{reverse('concerns:decide', args=[concern.pk])}?outcome=concern_outcome.CHILDREN"
    officer = signed_in(cast.owner)
    values = {
        "who": "Her son",
        "agency_name": "",
        "concern": "He sleeps in a car with a child",
        "consent": "safeguarding_consent.AGAINST",
        "consent_reason": "The child is cold",
    }
    assert "Enter who took it" in officer.post(address, values).content.decode()
    decided = officer.post(address, values | {"agency_name": "Anwen Rees, 0417"}, follow=True).content.decode()
    assert "Referred to children’s services" in decided
    assert "Anwen Rees, 0417" in decided
    with identity(cast.owner.pk):
        referral = Referral.objects.get()
        assert (referral.agency_id, referral.protects) == ("safeguarding_agency.CHILDREN", "child")
    assert ToDo.objects.filter(kind="protected.referral.feedback", subject=referral.pk, done_at=None).exists()
    assert not ToDo.objects.filter(subject=concern.pk, done_at=None).exists()


def test_it_is_decided_once_and_by_name(cast: Cast) -> None:
    concern = told(cast, by="owner")
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        decide_concern(by=cast.senior, concern=row, taken=taken, decision=Decision("concern_outcome.NOCHANGE", "Old"))
        with pytest.raises(DecidedBeforeError, match="Sunita Senior"):
            decide_concern(by=cast.owner, concern=row, taken=taken, decision=Decision("concern_outcome.ENFORCE"))
        assert Decided.objects.get().by_name == "Sunita Senior"
    late = signed_in(cast.owner).post(
        f"{reverse('concerns:decide', args=[concern.pk])}?outcome=concern_outcome.ENFORCE", {"why": "x"}, follow=True
    )
    assert "Sunita Senior has decided this already" in late.content.decode()


def test_it_is_passed_to_the_team_whose_it_is(cast: Cast) -> None:
    concern = told(cast)
    answer = signed_in(cast.senior).post(
        reverse("concerns:place", args=[concern.pk]), {"number": cast.person.crn}, follow=True
    )
    assert "Passed to Harbour team" in answer.content.decode()
    moved = Concern.objects.exclude(pk=concern.pk).get()
    assert (moved.person_id, moved.read_at) == (cast.person.pk, None)
    concern.refresh_from_db()
    assert concern.decided_by == cast.senior.pk
    with identity(cast.senior.pk):
        assert Taken.objects.get(concern=concern.pk).seen == ""
        assert Taken.objects.get(concern=moved.pk).seen == "He sleeps in the car by the weir"


@pytest.mark.parametrize("knows", [True, False])
def test_an_absence_is_a_notice_and_evidence_is_the_persons_own(cast: Cast, knows: bool) -> None:
    aunt = aunt_of(cast)
    facts = AbsenceFacts(
        from_date=today(), until_date=None, said="Flu since Friday", person_knows=knows, limits_said=True
    )
    with identity(cast.owner.pk):
        notice = record_absence(by=cast.owner, person=cast.person, member=aunt, facts=facts)
        assert Told.objects.filter(reported="Flu since Friday").exists() is not knows
    assert Contact.objects.filter(heard="Flu since Friday").exists() is knows
    assert (bool(notice.family_member_id), notice.said) == (knows, "Flu since Friday" if knows else "")
    assert ToDo.objects.get(kind="concerns.evidence", done_at=None).title.startswith(
        "Ask Daniel for their own evidence"
    )
    page = signed_in(cast.colleague).get(reverse("concerns:absence", args=[cast.person.pk, notice.pk])).content.decode()
    assert ("Flu since Friday" in page) is knows
    assert "does not count as your evidence" in page
    signed_in(cast.owner).post(
        reverse("concerns:absence", args=[cast.person.pk, notice.pk]), {"evidence": "none", "version": 1}
    )
    assert AbsenceNotice.objects.get().evidence == "none"
    assert not ToDo.objects.filter(kind="concerns.evidence", done_at=None).exists()


def test_a_team_says_when_it_reads_and_two_who_say_so_see_each_other(cast: Cast) -> None:
    address = reverse("concerns:way", args=[cast.team.pk, "PHONE"])
    said = {"read_when": "at nine and two", "ring_now": "the desk, 01632 960001", "within_hours": 2, "version": 1}
    assert signed_in(cast.senior).post(address, said).status_code == 302
    other = signed_in(cast.safeguarding).post(address, said | {"read_when": "at noon"})
    assert other.status_code == 200
    assert "at nine and two" in other.content.decode()
    assert way_of(cast.team, "told_channel.PHONE").within_hours == 2
    receipt = signed_in(cast.reception).post(reverse("concerns:tell"), typed(), follow=True).content.decode()
    assert "Say this before they go" in receipt
    assert "at nine and two" in receipt
    assert "01632 960001" in receipt


def test_who_is_not_known_for_sure_is_only_listened_to(cast: Cast) -> None:
    aunt, officer = aunt_of(cast), signed_in(cast.owner)
    address = reverse("concerns:member_call", args=[cast.person.pk, aunt.pk])
    FamilyMember.objects.update(language_id="language.pl", interpreter_needed=True)
    number = ContactPointFactory(family_member=aunt, value="07700 900111", safety="safe")
    asked = officer.get(address).content.decode()
    assert "07700 900111" in asked
    assert 'value="called_back"' in asked
    sure = officer.get(address, {"identity": "called_back"}).content.decode()
    assert "speak Polish and need an interpreter" in sure
    assert "What you may tell them" in sure
    for unsure in ("unverified", "on_record", ""):
        page = officer.get(address, {"identity": unsure}).content.decode()
        assert "What you may tell them" not in page
    assert "only listen" in officer.get(address, {"identity": "unverified"}).content.decode()
    type(number).objects.update(safety="unsafe")
    rung = officer.get(address, {"identity": "called_back"}).content.decode()
    assert "What you may tell them" not in rung
    assert "marked as not safe to use" in rung
    assert 'value="called_back"' not in rung
    assert "07700 900111" not in rung


def test_in_own_cases_what_somebody_is_called_and_a_part_of_the_number_find_them(cast: Cast) -> None:
    aunt = aunt_of(cast)
    FamilyMember.objects.filter(pk=aunt.pk).update(phrase="Mamgu")
    ContactPointFactory(family_member=aunt, value="07700 900 871")
    for text in ("mamgu", "Mamgu Daniel", "0871", "900871", "7700 900 871"):
        assert [one.pk for one in found_for(cast.owner, text)] == [aunt.pk], text
    for text in ("mamgu", "0871", "900871"):
        assert found_for(cast.colleague, text) == [], text
        assert found_for(cast.outsider, text) == [], text
    assert found_for(cast.owner, "871") == []


def test_somebody_known_and_there_gets_no_words_for_strangers_where_another_way_is_permitted(cast: Cast) -> None:
    father, officer = trusted_father(cast.person, cast.owner), signed_in(cast.owner)
    permit(cast.owner, father, "good_news", channels=frozenset({"phone", "text"}))
    call = reverse("concerns:member_call", args=[cast.person.pk, father.pk])
    page = officer.get(call, {"identity": "known"}).content.decode()
    assert "Good news: on the phone or by text" in " ".join(page.split())
    stranger = officer.get(call, {"identity": "unverified"}).content.decode()
    assert "Not in this way" not in stranger
    ask = reverse("decisions:ask", args=[cast.person.pk, father.pk])
    told = {"identity": "known", "act": "share", "tell_topic": "good_news"}
    answer = officer.post(ask, told).content.decode()
    assert "Not face to face, I am afraid. We may talk about it on the phone or by text" in answer
    assert "I cannot say whether we know anyone" not in answer
    unsure = officer.post(ask, told | {"identity": "unverified"}).content.decode()
    assert "I cannot say whether we know anyone of that name" in unsure
    assert "We may talk about it" not in unsure


def test_only_a_word_that_we_never_say_shows_who_somebody_is(cast: Cast) -> None:
    aunt, officer = aunt_of(cast), signed_in(cast.owner)
    address = reverse("concerns:member_call", args=[cast.person.pk, aunt.pk])

    def agreed(**words: str) -> None:
        profile = SafeProfile([], None, None, [], Voicemail.NEVER, **words)
        keep_safe_contact(by=cast.owner, member=aunt, profile=profile)

    agreed(code_word="Bluebell")
    said = officer.get(address, {"identity": "code_word", "show": "word"}).content.decode()
    assert 'value="code_word"' not in said
    assert "What you may tell them" not in said
    assert "Bluebell" not in said
    with pytest.raises(WordWeSayError):
        agreed(code_word="Heron", their_word=" blue-bell ")
    agreed(code_word="Heron", their_word="Kittiwake")
    asked = officer.get(address).content.decode()
    assert 'value="code_word"' in asked
    assert "Kittiwake" not in asked
    looked = Consultation.objects.filter(what="permissions.their_word")
    assert not looked.exists()
    assert "Kittiwake" in officer.get(address, {"show": "word"}).content.decode()
    assert looked.get().actor == cast.owner.pk
    assert "What you may tell them" in officer.get(address, {"identity": "code_word"}).content.decode()
    permissions = officer.get(reverse("permissions:member", args=[cast.person.pk, aunt.pk])).content.decode()
    assert "Kittiwake" not in permissions
