"""The second wall: with the Python filters forgotten on purpose and the identity lost on purpose, nothing shows."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import Event, EventKind, Payload
from alongside.foundation.audit.rectification import NotRectifiableError, rectify, register_rectifiable
from alongside.foundation.calendar.rules import today
from alongside.foundation.jobs.running import Job
from alongside.foundation.records.identity import current_identity, identity, set_identity
from alongside.foundation.records.walls import erase_behind_wall, walled_models, walls_that_lean
from alongside.people.allocations.models import Allocation, Cover, RestrictionReader
from alongside.people.persons.models import Person
from alongside.people.staff.models import DutyTurn, Post
from alongside.safety.protected.models import DisclosureDecision, Referral, Told
from tests.cast import STAFF, Cast, assemble, member_in
from tests.factories import (
    LONG_AGO,
    AllocationFactory,
    CoverFactory,
    ExclusionFactory,
    PersonFactory,
    RestrictionFactory,
    TeamFactory,
    UnconfirmedAccessFactory,
)

NEAR = {"owner", "cover", "senior", "safeguarding"}
WORDS = "He keeps a knife by the door"


def told_on(person: Person, by: User) -> Told:
    """One thing told in confidence, written as someone who may."""
    with identity(by.pk):
        return Told.objects.create(
            case=person.pk,
            at=timezone.now(),
            told_by_id="told_by.FAMILY",
            channel_id="told_channel.PHONE",
            limits_said=True,
            seen=WORDS,
            recorded_by=by.pk,
        )


def readers(cast: Cast, told: Told) -> set[str]:
    """Who gets the row from a query that filters by nothing."""
    found = set()
    for name in STAFF:
        with identity(cast.named(name).pk):
            if Told.objects.filter(pk=told.pk).exists():
                found.add(name)
    return found


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


@pytest.fixture
def told(cast: Cast) -> Told:
    return told_on(cast.person, cast.owner)


def test_a_forgotten_filter_shows_a_row_to_those_who_must_act_alone(cast: Cast, told: Told) -> None:
    assert readers(cast, told) == NEAR


@pytest.mark.parametrize("looked_at", ["this", "another"])
def test_what_is_looked_at_opens_and_closes_nothing(cast: Cast, told: Told, looked_at: str) -> None:
    elsewhere = told_on(PersonFactory(), cast.owner)
    set_identity(None, about=told.case if looked_at == "this" else elsewhere.case)
    assert readers(cast, told) == NEAR
    assert not readers(cast, elsewhere)


def test_the_case_that_is_looked_at_is_tried_once_for_all_its_rows(cast: Cast) -> None:
    for _ in range(3):
        told_on(cast.person, cast.owner)
    set_identity(cast.owner.pk, about=cast.person.pk)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) SELECT seen FROM safety_protected_told")
        (plan,) = cursor.fetchone()[0]
    assert plan["Plan"]["Actual Rows"] == 3
    once = {part["Subplan Name"]: part["Actual Loops"] for part in plan["Plan"]["Plans"]}
    assert set(once.values()) == {1}


def test_a_colleague_of_the_same_team_is_outside(cast: Cast, told: Told) -> None:
    with identity(cast.colleague.pk):
        assert not Told.objects.exists()
        assert Told.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM safety_protected_told WHERE seen LIKE '%%knife%%'")
            assert cursor.fetchone() == (0,)


def test_without_an_identity_nothing_is_read(told: Told) -> None:
    set_identity(None)
    assert list(Told.objects.all()) == []
    with connection.cursor() as cursor:
        cursor.execute('RESET alongside."user"')
    assert list(Told.objects.all()) == []


@pytest.mark.parametrize("asker", [None, "stranger"])
def test_without_an_identity_nothing_is_written(cast: Cast, asker: str | None) -> None:
    set_identity(None if asker is None else uuid4())
    row = Told(
        case=cast.person.pk,
        at=timezone.now(),
        told_by_id="told_by.FAMILY",
        channel_id="told_channel.PHONE",
        limits_said=True,
        recorded_by=cast.owner.pk,
    )
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        row.save()


def test_what_is_no_user_is_refused_rather_than_read(told: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('alongside.user', 'everyone', true)")
    with pytest.raises(Exception, match="uuid"), transaction.atomic():
        list(Told.objects.all())


def test_nothing_is_altered_or_deleted_from_outside(cast: Cast) -> None:
    with identity(cast.owner.pk):
        row = Referral.objects.create(
            person=cast.person,
            protects="child",
            who="Her son",
            agency_id="safeguarding_agency.CHILDREN",
            concern=WORDS,
            consent_id="safeguarding_consent.AGREED",
            made_on=today(),
            made_by=cast.owner.pk,
            feedback_due_on=today(),
        )
    for user_id in (None, cast.colleague.pk, cast.inspector.pk):
        with identity(user_id):
            assert Referral.objects.update(concern="") == 0
            assert Referral.objects.filter(pk=row.pk)._raw_delete("default") == 0
    with identity(cast.owner.pk):
        assert Referral.objects.get().concern == WORDS


def test_access_follows_a_transfer(cast: Cast, told: Told) -> None:
    other = TeamFactory(name="Valley team")
    newcomer = member_in(other, RoleCode.PRACTITIONER, "Nia Newcomer")
    their_senior = member_in(other, RoleCode.SENIOR, "Sam Senior").user
    Allocation.objects.filter(person=cast.person).update(until_date=today())
    AllocationFactory(person=cast.person, team=other, member=newcomer, from_date=today())
    assert readers(cast, told) == set()
    for user in (newcomer.user, their_senior):
        with identity(user.pk):
            assert Told.objects.get().seen == WORDS


def test_cover_reads_for_as_long_as_it_lasts(cast: Cast, told: Told) -> None:
    Cover.objects.update(from_date=today() - timedelta(9), until_date=today() - timedelta(1))
    assert readers(cast, told) == NEAR - {"cover"}


def test_whoever_is_on_duty_for_the_unit_reads_for_that_day(cast: Cast, told: Told) -> None:
    elsewhere = TeamFactory(delivery_unit=cast.team.delivery_unit)
    duty = member_in(elsewhere, RoleCode.PRACTITIONER, "Dora Duty")
    turn = DutyTurn.objects.create(
        delivery_unit=cast.team.delivery_unit,
        member=duty,
        kind="officer",
        from_date=today() - timedelta(1),
        until_date=today() - timedelta(1),
    )
    with identity(duty.user.pk):
        assert not Told.objects.exists()
        DutyTurn.objects.filter(pk=turn.pk).update(until_date=today())
        assert Told.objects.exists()


def test_a_lead_whose_post_reaches_the_unit_reads(cast: Cast, told: Told) -> None:
    lead = member_in(TeamFactory(), RoleCode.SAFEGUARDING_LEAD, "Lena Lead")
    with identity(lead.user.pk):
        assert not Told.objects.exists()
        Post.objects.create(
            member=lead,
            role=RoleCode.SAFEGUARDING_LEAD,
            delivery_unit=cast.team.delivery_unit,
            from_date=LONG_AGO,
        )
        assert Told.objects.exists()
        Post.objects.filter(member=lead).update(until_date=today() - timedelta(1))
        assert not Told.objects.exists()


@pytest.mark.parametrize("name", sorted(NEAR))
def test_an_exclusion_closes_the_wall_to_anyone(cast: Cast, told: Told, name: str) -> None:
    ExclusionFactory(person=cast.person, user=cast.named(name))
    assert readers(cast, told) == NEAR - {name}


def test_a_restriction_closes_the_wall_to_all_but_its_readers(cast: Cast, told: Told) -> None:
    restriction = RestrictionFactory(person=cast.person)
    assert readers(cast, told) == set()
    for reader in (cast.senior, cast.colleague):
        RestrictionReader.objects.create(restriction=restriction, user=reader)
    assert readers(cast, told) == {"senior"}


def test_access_that_nobody_confirmed_leaves_the_officer_alone(cast: Cast, told: Told) -> None:
    UnconfirmedAccessFactory(person=cast.person)
    assert readers(cast, told) == {"owner"}


def test_a_closed_account_reads_nothing(cast: Cast, told: Told) -> None:
    User.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert readers(cast, told) == NEAR - {"owner"}


def test_a_job_that_lost_its_asker_reads_nothing(cast: Cast, told: Told) -> None:
    seen: list[int] = []
    job = Job(lambda *, by_id: seen.append(Told.objects.count()), one_transaction=True)
    set_identity(cast.owner.pk)
    job.run(by_id=None, ids={})
    job.run(by_id=str(cast.owner.pk), ids={})
    assert seen == [0, 1]


def test_a_request_of_nobody_carries_nobody(cast: Cast, client: object) -> None:
    set_identity(cast.owner.pk)
    client.get("/sign-in/")  # type: ignore[attr-defined]
    assert current_identity() is None


def test_an_identity_ends_with_its_block(cast: Cast) -> None:
    with identity(cast.owner.pk):
        with identity(cast.senior.pk):
            assert current_identity() == cast.senior.pk
        assert current_identity() == cast.owner.pk
    assert current_identity() is None


def test_anyone_may_write_of_danger_in_their_own_name_and_read_that_back(cast: Cast) -> None:
    def decision(by: UUID) -> DisclosureDecision:
        return DisclosureDecision(
            case=cast.person.pk,
            recipient_id="disclosure_recipient.POLICE",
            regime_id="processing_regime.PART3",
            ground_id="disclosure_ground.VITAL",
            informed_id="person_informed.NORISK",
            urgent=True,
            what=WORDS,
            decided_by=by,
        )

    with identity(cast.excluded.pk):
        decision(cast.excluded.pk).save()
        assert DisclosureDecision.objects.count() == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            decision(cast.owner.pk).save()
    with identity(cast.outsider.pk):
        assert DisclosureDecision.objects.count() == 0
    with identity(cast.senior.pk):
        assert DisclosureDecision.objects.count() == 1


def test_the_owner_of_the_tables_is_bound_as_well(live_database: object, owner_connection: psycopg.Connection) -> None:
    cast = assemble()
    told_on(cast.person, cast.owner)
    assert owner_connection.execute("SELECT count(*) FROM safety_protected_told").fetchone() == (0,)
    owner_connection.execute("SELECT set_config('alongside.user', %s, false)", [str(cast.owner.pk)])
    assert owner_connection.execute("SELECT count(*) FROM safety_protected_told").fetchone() == (0,)


def test_the_application_cannot_pretend_to_erase_in_order_to_read(cast: Cast, told: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL alongside.erasing = 'safety_protected_told'")
    assert not Told.objects.exists()


def test_erasing_needs_no_reading_and_takes_only_what_belongs_to_the_subject(cast: Cast, told: Told) -> None:
    other = PersonFactory()
    AllocationFactory(person=other, team=cast.team, member=cast.owner_member)
    told_on(other, cast.owner)
    with identity(cast.data_protection.pk):
        assert erase_behind_wall(Told, path="case", value=cast.person.pk) == 1
    with identity(cast.owner.pk):
        assert set(Told.objects.values_list("seen", flat=True)) == {None, WORDS}
    with pytest.raises(Exception, match="do not belong"), transaction.atomic():
        erase_behind_wall(Told, path="recorded_by", value=cast.owner.pk)


def test_no_value_from_behind_the_wall_reaches_the_trail(cast: Cast, told: Told) -> None:
    @action
    def write() -> None:
        record_change(
            by=cast.owner,
            kind=EventKind.COLLECTION,
            name="protected.told.recorded",
            subject=told,
            case_id=cast.person.pk,
            after={"seen": WORDS},
            ground=WORDS,
        )

    write()
    event = Event.objects.get(subject=told.pk)
    assert (event.fields, event.payload_digest) == ("seen", None)
    assert not Payload.objects.filter(content__contains="knife").exists()


def test_what_is_behind_the_wall_is_not_rectified_from_outside(cast: Cast, told: Told) -> None:
    with pytest.raises(ValueError, match="behind the wall"):
        register_rectifiable(Told)
    with pytest.raises(NotRectifiableError, match="protected"):
        rectify(by=cast.data_protection, row=told, case_id=cast.person.pk, values={"seen": None}, ground="Wrong")


def test_every_wall_stands_forced_as_the_code_builds_it(db: None) -> None:
    assert len(walled_models()) >= 6
    assert walls_that_lean() == []


def test_a_wall_that_someone_took_down_is_noticed(live_database: object, owner_connection: psycopg.Connection) -> None:
    owner_connection.execute("ALTER TABLE safety_protected_told NO FORCE ROW LEVEL SECURITY")
    owner_connection.execute("DROP POLICY wall_reads ON safety_protected_referral")
    owner_connection.execute("COMMENT ON TABLE safety_protected_handling IS NULL")
    assert walls_that_lean() == ["safety_protected_handling", "safety_protected_referral", "safety_protected_told"]


def test_a_cover_made_twice_gives_one_row(cast: Cast, told: Told) -> None:
    CoverFactory(absent=cast.owner_member, covering=Cover.objects.get().covering, from_date=today())
    with identity(cast.cover.pk):
        assert Told.objects.count() == 1
