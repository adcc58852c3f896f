"""Ways in which what we were told could be lost, left lying or given away: each is tried here, and fails."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from alongside.contact.concerns.actions import (
    AbsenceFacts,
    DecidedBeforeError,
    Decision,
    NoTeamError,
    bring_up_unread,
    decide_concern,
    do_step,
    pass_on,
    place_concern,
    record_absence,
    record_evidence,
    routing,
    take_down,
)
from alongside.contact.concerns.actions.deciding import NotPlacedError
from alongside.contact.concerns.models import Concern, Evidence, Step, Taken
from alongside.contact.concerns.queries import steps_of, taken_down_by, taken_or_404, team_of
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.audit.erasure import Subject, erase
from alongside.foundation.audit.models import Payload
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from alongside.foundation.work.models import ToDo
from alongside.people.families.models import FamilyMember
from alongside.people.staff.models import Post
from alongside.safety.access_requests.gathering import held_about
from tests.cast import Cast
from tests.contact.concerns.test_telling import FACTS, asked, aunt_of, cast, told, typed
from tests.factories import DeliveryUnitFactory, MemberFactory, PostFactory, ServiceFactory, TeamFactory
from tests.people.casework.asking import signed_in

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

MISSING = "concern_kind.MISSING"


def rang_police(cast: Cast, concern: Concern) -> Step:
    with identity(cast.senior.pk):
        return do_step(by=cast.senior, concern=concern, step_id="missing_step.POLICE", note="Log 0212, PC Hale")


def police_of(concern: Concern) -> Step:
    return next(one["done"] for one in steps_of(concern.pk) if one["id"] == "missing_step.POLICE")


def test_what_was_done_before_it_was_placed_goes_with_the_case_and_is_erased_with_it(cast: Cast) -> None:
    concern = told(cast, kind_id=MISSING)
    first = rang_police(cast, concern)
    with identity(cast.safeguarding.pk):
        row, taken = taken_or_404(concern.pk)
        place_concern(by=cast.safeguarding, concern=row, taken=taken, person=cast.person, member=aunt_of(cast))
    with identity(cast.owner.pk):
        kept = police_of(concern)
        assert (kept.note, kept.by, kept.by_name, kept.at) == (first.note, first.by, "Sunita Senior", first.at)
        assert Step.objects.filter(note__isnull=False).values_list("case", flat=True).get() == cast.person.pk
    erase(by=None, subject=Subject(cast.person.pk), rule="case", ground="Its time is over")
    for reader in (cast.owner, cast.senior):
        with identity(reader.pk):
            assert not Step.objects.filter(note__isnull=False).exists()


def test_what_was_done_before_it_was_passed_on_is_told_to_those_who_get_it(cast: Cast) -> None:
    concern = told(cast, kind_id=MISSING)
    rang_police(cast, concern)
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        moved = pass_on(by=cast.senior, concern=row, taken=taken, team=cast.team, person=cast.person)
        assert not Step.objects.filter(note__isnull=False).exists()
    with identity(cast.owner.pk):
        reported = Taken.objects.get(concern=moved.pk).reported or ""
    assert "Sunita Senior" in reported
    assert "Log 0212, PC Hale" in reported
    assert taken_down_by(cast.reception).count() == 1, "the desk learns nothing of where it went"
    assert moved.taken_by_name == "Rhys Reception"
    receipt = signed_in(cast.senior).get(reverse("concerns:received", args=[moved.pk])).content.decode()
    assert "Passed on to Harbour team" in receipt
    assert "Say this before they go" not in receipt


def test_who_told_us_is_not_lost_when_it_is_placed_or_passed_on(cast: Cast) -> None:
    aunt = aunt_of(cast)
    with identity(cast.family_worker.pk):
        kept, given = (take_down(by=cast.family_worker, facts=FACTS, person=cast.person, member=aunt) for _ in range(2))
    form = signed_in(cast.senior).get(reverse("concerns:place_with", args=[kept.pk, cast.person.pk])).context["form"]
    assert form["family_member"].value() == str(aunt.pk)
    with identity(cast.senior.pk):
        row, taken = taken_or_404(given.pk)
        near = pass_on(by=cast.senior, concern=row, taken=taken, team=cast.team, person=cast.person)
        assert Taken.objects.get(concern=near.pk).family_member == aunt.pk
        row, taken = taken_or_404(kept.pk)
        away = pass_on(by=cast.senior, concern=row, taken=taken, team=cast.team)
        there = Taken.objects.get(concern=away.pk)
        assert (there.family_member, there.told_by_name) == (None, "Efua Achebe")


def test_whoever_passes_on_what_they_took_down_is_told_where_it_went(cast: Cast) -> None:
    concern = told(cast, by="senior")
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        moved = pass_on(by=cast.senior, concern=row, taken=taken, team=cast.team)
    receipt = signed_in(cast.senior).get(reverse("concerns:received", args=[moved.pk])).content.decode()
    assert "Passed on to Harbour team" in receipt
    assert (moved.taken_by, moved.passed_by) == (cast.senior.pk, cast.senior.pk)


def test_nothing_is_written_to_what_was_placed_or_passed_on_meanwhile(cast: Cast) -> None:
    concern = told(cast, kind_id=MISSING)
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        stale, stale_words = taken_or_404(concern.pk)
        pass_on(by=cast.senior, concern=row, taken=taken, team=cast.team)
        with pytest.raises(DecidedBeforeError):
            do_step(by=cast.senior, concern=stale, step_id="missing_step.POLICE", note="Log 0212")
        with pytest.raises(NotPlacedError):
            place_concern(by=cast.senior, concern=stale, taken=stale_words, person=cast.person)
    other = told(cast, kind_id=MISSING)
    with identity(cast.safeguarding.pk):
        seen, _ = taken_or_404(other.pk)
        row, taken = taken_or_404(other.pk)
        place_concern(by=cast.safeguarding, concern=row, taken=taken, person=cast.person)
        step = do_step(by=cast.safeguarding, concern=seen, step_id="missing_step.POLICE", note="Log 0213")
    assert step.case == cast.person.pk, "it would stand outside the case"


def test_whoever_is_looked_for_is_looked_for_still_once_it_was_decided(cast: Cast) -> None:
    concern = told(cast, kind_id=MISSING)
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        decide_concern(by=cast.senior, concern=row, taken=taken, decision=Decision("concern_outcome.POLICE", "Missing"))
    senior, step = signed_in(cast.senior), reverse("concerns:step", args=[concern.pk])
    page = senior.get(reverse("concerns:concern", args=[concern.pk])).content.decode()
    assert f'action="{step}"' in page
    said = senior.post(step, {"step": "missing_step.BACK", "note": "She knows that we act"}, follow=True)
    assert "She knows that we act" in said.content.decode()


def test_what_leaders_were_asked_to_read_and_somebody_read_is_brought_up_again(cast: Cast) -> None:
    concern, now = told(cast, urgent=True), timezone.now()
    assert bring_up_unread(now=now + timedelta(minutes=31)) == 1
    signed_in(cast.safeguarding).post(reverse("concerns:read", args=[concern.pk]))
    assert bring_up_unread(now=now + timedelta(hours=3)) == 0
    assert bring_up_unread(now=now + timedelta(hours=5)) == 1
    assert asked(concern) == {"Sunita Senior", "Safiya Safeguarding"}
    with identity(cast.senior.pk):
        row, taken = taken_or_404(concern.pk)
        place_concern(by=cast.senior, concern=row, taken=taken, person=cast.person)
    assert asked(concern) == set()
    assert bring_up_unread(now=now + timedelta(hours=6)) == 1


def test_however_much_can_wait_nothing_urgent_stands_behind_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "AT_ONCE", 1)
    now = timezone.now()
    for _ in range(3):
        told(cast, at=now - timedelta(minutes=20))
    urgent = [told(cast, urgent=True, at=now) for _ in range(2)]
    later = now + timedelta(minutes=31)
    assert [bring_up_unread(now=later) for _ in range(3)] == [1, 1, 0]
    assert all("Safiya Safeguarding" in asked(concern) for concern in urgent)


def test_an_officer_who_writes_down_what_is_urgent_is_not_alone_with_it(cast: Cast) -> None:
    concern, now = told(cast, by="owner", urgent=True), timezone.now()
    assert asked(concern) == {"Sunita Senior"}
    signed_in(cast.senior).post(reverse("concerns:read", args=[concern.pk]))
    assert asked(concern) == set()
    bring_up_unread(now=now + timedelta(hours=5))
    signed_in(cast.senior).post(reverse("concerns:read", args=[concern.pk]))
    assert asked(concern) == {"Sunita Senior", "Safiya Safeguarding"}, "it lies undecided, however often it is read"


@pytest.mark.parametrize("knows", [True, False])
def test_a_call_that_the_person_knows_nothing_of_is_withheld_when_they_ask_what_we_hold(
    cast: Cast, knows: bool
) -> None:
    facts = AbsenceFacts(from_date=today(), until_date=None, said="Flu", person_knows=knows, limits_said=True)
    with identity(cast.owner.pk):
        notice = record_absence(by=cast.owner, person=cast.person, member=aunt_of(cast), facts=facts)
        record_evidence(
            by=cast.owner, notice=notice, seen_version=1, evidence=Evidence.SEEN, on=today(), note="A hospital letter"
        )
    about = {"concerns.AbsenceNotice", "foundation_work.ToDo"}
    ids = {notice.pk, ToDo.objects.get(kind="concerns.evidence").pk}
    found = {one.model: one for one in held_about(cast.person.pk, None) if one.source in ids}
    assert len(found) == len(about)
    assert {one.withheld for one in found.values()} == {not knows}
    assert found["contact_concerns.AbsenceNotice"].guarded is not knows


def named(member: FamilyMember) -> Counter[str]:
    """In which tables outside the wall a family member's id stands, and how often."""
    found: Counter[str] = Counter()
    for model in apps.get_models():
        if getattr(model, "wall", None) is not None:
            continue
        for field in model._meta.concrete_fields:
            kind = field.target_field if field.is_relation else field
            if field.primary_key or kind.get_internal_type() != "UUIDField":
                continue
            found[f"{model._meta.label}.{field.name}"] += model._default_manager.filter(
                **{field.attname: member.pk}
            ).count()
    found["payloads"] = sum(str(member.pk) in str(content) for content in Payload.objects.values_list("content"))
    return +found


def test_nothing_outside_the_wall_names_who_told_us(cast: Cast) -> None:
    aunt = aunt_of(cast)
    before, facts = named(aunt), {"facts": FACTS, "person": cast.person, "member": aunt, "place": True}
    with identity(cast.owner.pk):
        concern = take_down(by=cast.owner, **facts)
        _, taken = taken_or_404(concern.pk)
        decide_concern(by=cast.owner, concern=concern, taken=taken, decision=Decision("concern_outcome.ENFORCE", "Why"))
        secret = AbsenceFacts(from_date=today(), until_date=None, said="Flu", person_knows=False, limits_said=True)
        record_absence(by=cast.owner, person=cast.person, member=aunt, facts=secret)
    later = told(cast, kind_id=MISSING)
    rang_police(cast, later)
    with identity(cast.senior.pk):
        row, taken = taken_or_404(later.pk)
        place_concern(by=cast.senior, concern=row, taken=taken, person=cast.person, member=aunt)
    assert named(aunt) == before
    assert "Efua Achebe" in signed_in(cast.owner).get(reverse("concerns:concern", args=[later.pk])).content.decode()


def test_what_waits_to_be_decided_still_opens_when_who_told_us_has_been_erased(cast: Cast) -> None:
    aunt = aunt_of(cast)
    with identity(cast.owner.pk):
        concern = take_down(by=cast.owner, facts=FACTS, person=cast.person, member=aunt, place=True)
    erase(by=None, subject=Subject(cast.person.pk, aunt.pk), rule="relative", ground="She asked for it")
    page = signed_in(cast.owner).get(reverse("concerns:concern", args=[concern.pk])).content.decode()
    assert "What was said no longer stands here" in page
    assert "Efua" not in page
    assert FACTS.seen not in page


def test_the_number_that_a_caller_gives_is_kept_whether_or_not_it_is_ours(cast: Cast) -> None:
    for number in (cast.person.crn, "X999999"):
        concern = told(cast, number=number)
        with identity(cast.senior.pk):
            assert Taken.objects.get(concern=concern.pk).about == f"Case number given: {number}. A man called Dan"


def test_a_post_that_reaches_no_team_borrows_none_of_another_service(cast: Cast) -> None:
    elsewhere = ServiceFactory(name="Another service")
    member = MemberFactory()
    PostFactory(member=member, role=RoleCode.RECEPTION, team=None, service=elsewhere)
    assert team_of(member.user) is None
    for number in (cast.person.crn, "X999999"):
        with identity(member.user.pk), pytest.raises(NoTeamError):
            take_down(by=member.user, facts=replace(FACTS, number=number))
    Post.objects.filter(member=member).update(from_date=today())
    PostFactory(member=member, role=RoleCode.RECEPTION, team=cast.team, from_date=today() - timedelta(days=9))
    assert team_of(member.user) == cast.team
    own = TeamFactory(delivery_unit=DeliveryUnitFactory(region__service=elsewhere))
    assert team_of(member.user) == own


def test_who_tells_of_an_absence_hears_first_what_we_cannot_promise(cast: Cast) -> None:
    address = reverse("concerns:add_absence", args=[cast.person.pk, aunt_of(cast).pk])
    officer = signed_in(cast.owner)
    assert "I cannot promise to keep it all to myself" in officer.get(address).content.decode()
    absence: dict[str, Any] = {"said": "A migraine", "person_knows": "no"} | {
        f"from_date-{part}": str(getattr(today(), part)) for part in ("day", "month", "year")
    }
    assert "Say whether you told them that we may have to act" in officer.post(address, absence).content.decode()
    officer.post(address, absence | {"limits_said": "no"})
    with identity(cast.owner.pk):
        assert not Taken.objects.get().limits_said


def test_the_receipt_says_the_same_of_a_number_that_fits_and_of_one_that_does_not(cast: Cast) -> None:
    clerk = cast.reception
    Post.objects.filter(member__user=clerk).update(team=TeamFactory(name="Ferry team", telephone="01632 960777"))
    pages = [
        signed_in(clerk).post(reverse("concerns:tell"), typed(number=number), follow=True).content.decode()
        for number in (cast.person.crn, "X999999")
    ]
    assert all("01632 960777" in page for page in pages)
