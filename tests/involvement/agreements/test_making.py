"""Making an agreement: three yeses put it in force, a change is a new version, and the level caps what it promises."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.audit.models import Event
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.records.models import AppendOnlyError
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.involvement.agreements.actions.making import (
    NotOfferedError,
    NotReadyError,
    NotWithThemError,
    OverLevelError,
    StandsAlreadyError,
    begin_agreement,
    drop_draft,
    end_agreement,
    pause_agreement,
    put_to_everyone,
    record_answer,
    resume_agreement,
    write_terms,
)
from alongside.involvement.agreements.actions.telling import AGREE_TO_DO, MEMBER_CARD, REVIEW_TO_DO, VISIT_TO_DO
from alongside.involvement.agreements.models import Agreement, Answer, PromptWishes, Version, Visit, VisitState
from alongside.involvement.agreements.queries import agreement_facts, terms_of, versions_of
from alongside.involvement.agreements.rules import (
    Channel,
    ChannelTerms,
    NotNowError,
    Party,
    Period,
    Responsibility,
    Who,
)
from alongside.involvement.goals.rules import EnforcingWordsError
from alongside.people.families.models import FamilyMember
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory
from tests.involvement.agreements.scene import (
    at_level,
    begun,
    everyone_says_yes,
    in_force,
    joins_sessions,
    offered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def member(by) -> FamilyMember:
    person = PersonFactory(given_names="Piotr", supervision_ends_on=today() + timedelta(days=300))
    member = FamilyMemberFactory(person=person, given_name="Agnieszka", family_name="Z")
    at_level(member, 5, by=by)
    return member


def facts(member: FamilyMember):
    return agreement_facts([member.pk], on=today())[member.pk]


def say(agreement: Agreement, party: Party, by, *, agrees: bool = True, on: date | None = None) -> Answer:
    return record_answer(
        by=by,
        agreement=agreement,
        number=agreement.offered,
        party=party,
        agrees=agrees,
        how="by_post",
        on=on or today(),
    )


def test_nothing_is_in_force_until_all_three_agree(member: FamilyMember, by) -> None:
    assert facts(member).state == "none"
    agreement = offered(member, by)
    for party in (Party.PERSON, Party.FAMILY_MEMBER):
        say(agreement, party, by)
        assert facts(member).state == "draft"
        assert not facts(member).channels
        assert not facts(member).in_force
    say(agreement, Party.PRACTITIONER, by)
    assert facts(member).in_force
    assert facts(member).channels["phone"].limit == 1
    assert facts(member).number == 1


def test_a_no_keeps_it_from_force_and_a_change_of_mind_counts(member: FamilyMember, by) -> None:
    agreement = offered(member, by)
    say(agreement, Party.FAMILY_MEMBER, by, agrees=False)
    say(agreement, Party.PERSON, by)
    say(agreement, Party.PRACTITIONER, by)
    assert facts(member).state == "draft"
    say(agreement, Party.FAMILY_MEMBER, by)
    assert facts(member).in_force


def test_a_change_is_a_new_version_and_the_old_one_holds_until_it_is_agreed(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    calls = (ChannelTerms(Channel.PHONE, 2, Period.WEEK),)
    write_terms(by=by, agreement=agreement, seen_version=agreement.version, channels=calls)
    put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="More", on=today())
    assert (facts(member).state, facts(member).number, facts(member).channels["phone"].limit) == ("live", 1, 1)
    everyone_says_yes(agreement, by)
    assert (facts(member).number, facts(member).channels["phone"].limit) == (2, 2)
    assert [version.number for version in versions_of(agreement.pk)] == [2, 1]
    assert terms_of(agreement.pk, 1).channels[0].times == 1


def test_a_version_is_never_altered(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    version = Version.objects.get(agreement=agreement.pk)
    version.terms = {}
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        Answer.objects.filter(agreement=agreement.pk)[0].delete()


def test_writing_takes_back_what_waits_for_answers(member: FamilyMember, by) -> None:
    agreement = offered(member, by)
    write_terms(by=by, agreement=agreement, seen_version=agreement.version, not_then="Fridays")
    with pytest.raises(NotOfferedError, match="newest"):
        record_answer(
            by=by, agreement=agreement, number=1, party=Party.PERSON, agrees=True, how="in_person", on=today()
        )


def test_answers_to_an_older_version_do_not_carry_over(member: FamilyMember, by) -> None:
    agreement = offered(member, by)
    say(agreement, Party.PERSON, by)
    say(agreement, Party.FAMILY_MEMBER, by)
    agreement.refresh_from_db()
    write_terms(by=by, agreement=agreement, seen_version=agreement.version, not_then="Fridays")
    put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="Fridays", on=today())
    say(agreement, Party.PRACTITIONER, by)
    assert facts(member).state == "draft"


@pytest.mark.parametrize("level", range(5))
def test_an_agreement_promises_no_more_than_the_level_allows(level: int, by) -> None:
    member = FamilyMemberFactory()
    at_level(member, level, by=by)
    agreement = begun(member, by, **joins_sessions())
    with pytest.raises(OverLevelError, match="needs level 5"):
        put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="First", on=today())
    assert not Version.objects.exists()


def test_without_any_judgement_nothing_is_put_to_anyone(by) -> None:
    agreement = begun(FamilyMemberFactory(), by)
    with pytest.raises(OverLevelError):
        put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="First", on=today())


def test_a_level_that_went_down_meanwhile_stops_the_last_yes_and_the_taking_up(member: FamilyMember, by) -> None:
    agreement = offered(member, by, **joins_sessions())
    say(agreement, Party.PERSON, by)
    say(agreement, Party.FAMILY_MEMBER, by)
    at_level(member, 3, by=by)
    with pytest.raises(OverLevelError):
        say(agreement, Party.PRACTITIONER, by)
    assert facts(member).state == "draft"
    at_level(member, 5, by=by)
    say(agreement, Party.PRACTITIONER, by)
    agreement.refresh_from_db()
    pause_agreement(by=by, agreement=agreement, seen_version=agreement.version, reason_id=REVIEW, on=today())
    at_level(member, 3, by=by)
    with pytest.raises(OverLevelError):
        resume_agreement(by=by, agreement=agreement, seen_version=agreement.version)
    assert facts(member).state == "paused"


REVIEW = "agreement_pause_reason.REVIEW"


def test_a_helper_is_not_made_to_enforce_by_an_agreement(member: FamilyMember, by) -> None:
    agreement = begun(member, by)
    for who in (Who.FAMILY_MEMBER, Who.TOGETHER):
        with pytest.raises(EnforcingWordsError):
            write_terms(
                by=by,
                agreement=agreement,
                seen_version=agreement.version,
                responsibilities=(Responsibility("one", who, "Report on him"),),
            )


def test_terms_with_gaps_are_not_put_to_anyone(member: FamilyMember, by) -> None:
    agreement = begun(member, by, boundaries=())
    with pytest.raises(NotReadyError, match="at least one boundary"):
        put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="First", on=today())


def test_there_is_one_agreement_with_each_at_a_time(member: FamilyMember, by) -> None:
    begun(member, by)
    with pytest.raises(StandsAlreadyError):
        begin_agreement(by=by, member=member, on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(person=member.person, family_member=member, begun_on=today())


def test_none_is_made_with_someone_who_died(by) -> None:
    with pytest.raises(NotWithThemError):
        begin_agreement(by=by, member=FamilyMemberFactory(deceased=True), on=today())


def test_two_people_writing_notice_each_other(member: FamilyMember, by) -> None:
    agreement = begun(member, by)
    first, second = Agreement.objects.get(pk=agreement.pk), Agreement.objects.get(pk=agreement.pk)
    write_terms(by=by, agreement=first, seen_version=first.version, not_then="Fridays")
    with pytest.raises(ChangedMeanwhileError):
        write_terms(by=by, agreement=second, seen_version=second.version, not_then="Mondays")
    with pytest.raises(ChangedMeanwhileError):
        put_to_everyone(by=by, agreement=second, seen_version=second.version, what_changed="First", on=today())


def test_resting_closes_every_channel_and_taking_up_opens_them(member: FamilyMember, by) -> None:
    agreement = in_force(member, by, **joins_sessions())
    pause_agreement(by=by, agreement=agreement, seen_version=agreement.version, reason_id=REVIEW, on=today())
    assert facts(member).state == "paused"
    assert not facts(member).in_force
    assert not ToDo.objects.filter(kind__in=[VISIT_TO_DO, REVIEW_TO_DO], done_at=None).exists()
    with pytest.raises(NotNowError, match="paused already"):
        pause_agreement(by=by, agreement=agreement, seen_version=agreement.version, reason_id=REVIEW, on=today())
    resume_agreement(by=by, agreement=agreement, seen_version=agreement.version)
    assert facts(member).in_force
    assert ToDo.objects.filter(kind=VISIT_TO_DO, done_at=None).exists()


def test_nothing_that_anyone_reads_says_why_it_rests(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    pause_agreement(
        by=by,
        agreement=agreement,
        seen_version=agreement.version,
        reason_id="agreement_pause_reason.MEMBER",
        on=today(),
    )
    said = " ".join(
        [
            *TimelineEntry.objects.filter(case=member.person_id).values_list("title", flat=True),
            *(f"{card.headline} {card.lines}" for card in Card.objects.filter(case=member.person_id)),
            *ToDo.objects.filter(case=member.person_id).values_list("title", flat=True),
        ]
    )
    assert "break" not in said
    assert "paused" in said


def test_ending_calls_off_visits_and_closes_what_was_to_do(member: FamilyMember, by) -> None:
    agreement = in_force(member, by, **joins_sessions())
    assert Visit.objects.filter(agreement=agreement, state=VisitState.PLANNED).exists()
    end_agreement(
        by=by,
        agreement=agreement,
        seen_version=agreement.version,
        reason_id="agreement_end_reason.DONE",
        on=today(),
    )
    assert facts(member).state == "ended"
    assert not Visit.objects.filter(agreement=agreement, state=VisitState.PLANNED).exists()
    assert not ToDo.objects.filter(case=member.person_id, done_at=None).exists()
    assert not Card.objects.filter(key=MEMBER_CARD).exists()
    with pytest.raises(NotNowError, match="Begin a new one"):
        write_terms(by=by, agreement=agreement, seen_version=agreement.version, not_then="Fridays")
    assert begin_agreement(by=by, member=member, on=today()).state == "draft"


def test_an_agreement_whose_last_day_has_passed_holds_no_more(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    ends_on = agreement.ends_on
    assert agreement_facts([member.pk], on=ends_on)[member.pk].in_force
    later = agreement_facts([member.pk], on=ends_on + timedelta(days=1))[member.pk]
    assert (later.state, dict(later.channels)) == ("ended", {})


def test_an_answer_after_its_last_day_puts_nothing_in_force(member: FamilyMember, by) -> None:
    soon = {"review_on": today() + timedelta(days=1), "ends_on": today() + timedelta(days=1)}
    agreement = offered(member, by, **soon)
    with pytest.raises(NotReadyError, match="later last day"):
        say(agreement, Party.PERSON, by, on=today() + timedelta(days=2))


def test_forgetting_a_change_leaves_what_was_agreed(member: FamilyMember, by) -> None:
    agreement = in_force(member, by)
    write_terms(by=by, agreement=agreement, seen_version=agreement.version, not_then="Fridays")
    drop_draft(by=by, agreement=agreement, seen_version=agreement.version)
    assert (agreement.draft, agreement.offered, facts(member).in_force) == (None, None, True)
    assert not ToDo.objects.filter(kind=AGREE_TO_DO, done_at=None).exists()


def test_what_is_to_do_names_who_has_still_to_agree(member: FamilyMember, by) -> None:
    agreement = offered(member, by)
    say(agreement, Party.PERSON, by)
    title = ToDo.objects.get(kind=AGREE_TO_DO, done_at=None).title
    assert title == "Agreement with Agnieszka Z: ask Agnieszka Z and the practitioner"
    everyone_says_yes(agreement, by)
    assert not ToDo.objects.filter(kind=AGREE_TO_DO, done_at=None).exists()


def test_every_step_leaves_an_event_in_the_case(member: FamilyMember, by) -> None:
    in_force(member, by, not_then="Fridays")
    names = list(Event.objects.filter(chain=member.person_id).order_by("id").values_list("name", flat=True))
    for name in ("begun", "written", "offered", "agreed"):
        assert f"agreements.agreement.{name}" in names
    assert names.count("agreements.answer.recorded") == 3


def test_facts_cost_the_same_for_one_as_for_many(member: FamilyMember, by, django_assert_num_queries) -> None:
    in_force(member, by)
    PromptWishes.objects.create(person=member.person)
    others = [FamilyMemberFactory(person=member.person).pk for _ in range(6)]
    for count in (1, 6):
        with django_assert_num_queries(1):
            asked = [member.pk, uuid4(), *others[:count]]
            found = agreement_facts(asked, on=today())
        assert set(found) == set(asked)
        assert found[asked[1]].state == "none"
