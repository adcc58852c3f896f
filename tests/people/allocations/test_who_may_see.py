"""Limited access wins over everything, and remit is what roles reach."""

from datetime import timedelta

import pytest

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.actions import end_cover, restrict
from alongside.people.allocations.looking import Found, look_up_number, sight_of
from alongside.people.allocations.models import Cover, RestrictionReader
from alongside.people.allocations.queries import visible_to
from tests.cast import STAFF, Cast, assemble
from tests.factories import (
    LONG_AGO,
    AllocationFactory,
    CoverFactory,
    ExclusionFactory,
    MemberFactory,
    PersonFactory,
    PostFactory,
    RestrictionFactory,
    UnconfirmedAccessFactory,
)

pytestmark = pytest.mark.django_db

MAY_SEE = {"owner", "colleague", "cover", "senior", "safeguarding", "inspector"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def seers(cast: Cast, right: Right = Right.SEE_CASE) -> set[str]:
    seen = set()
    for name in STAFF:
        user = cast.named(name)
        user.__dict__.pop("_holding", None)
        if visible_to(user, right).filter(pk=cast.person.pk).exists():
            seen.add(name)
    return seen


def test_remit_shows_a_case_to_its_team_its_cover_and_those_it_was_given_to(cast: Cast) -> None:
    assert seers(cast) == MAY_SEE


def test_only_practice_roles_may_edit(cast: Cast) -> None:
    practice = {"owner", "colleague", "cover", "senior", "safeguarding"}
    assert seers(cast, Right.EDIT_CASE) == practice
    assert seers(cast, Right.EDIT_FAMILY) == practice | {"family_worker"}


@pytest.mark.parametrize("name", sorted(MAY_SEE))
def test_an_exclusion_hides_a_case_from_anyone(cast: Cast, name: str) -> None:
    ExclusionFactory(person=cast.person, user=cast.named(name))
    assert seers(cast) == MAY_SEE - {name}


def test_an_exclusion_that_has_ended_hides_nothing(cast: Cast) -> None:
    ExclusionFactory(person=cast.person, user=cast.colleague, until_date="2020-06-01")
    assert seers(cast) == MAY_SEE


def test_a_restriction_shows_a_case_to_its_readers_alone(cast: Cast) -> None:
    restrict(
        by=cast.senior,
        person=cast.person,
        readers=[cast.owner, cast.outsider],
        message="Restricted",
        speak_to="Public protection",
        from_date=LONG_AGO,
        until_date=None,
    )
    assert seers(cast) == {"owner"}


def test_a_reader_of_one_restriction_is_still_held_by_another(cast: Cast) -> None:
    first = RestrictionFactory(person=cast.person)
    RestrictionFactory(person=cast.person, from_date="2021-01-01")
    RestrictionReader.objects.create(restriction=first, user=cast.owner)
    assert seers(cast) == set()


def test_an_exclusion_wins_over_being_a_reader(cast: Cast) -> None:
    RestrictionReader.objects.create(restriction=RestrictionFactory(person=cast.person), user=cast.excluded)
    assert "excluded" not in seers(cast)


def test_a_case_whose_access_nobody_confirmed_shows_to_its_officer_alone(cast: Cast) -> None:
    UnconfirmedAccessFactory(person=cast.person)
    assert seers(cast) == {"owner"}


def test_a_team_keeps_nothing_of_a_case_that_moved_away(cast: Cast) -> None:
    from alongside.foundation.calendar.rules import today
    from alongside.people.allocations.actions import allocate
    from tests.factories import TeamFactory

    allocate(by=cast.senior, person=cast.person, team=TeamFactory(), member=None, from_date=today())
    assert seers(cast) == {"inspector"}


def test_a_post_in_a_region_reaches_the_teams_below_it(cast: Cast) -> None:
    from alongside.foundation.access.roles import RoleCode
    from tests.factories import MemberFactory

    lead = MemberFactory()
    PostFactory(member=lead, role=RoleCode.SAFEGUARDING_LEAD, team=None, region=cast.team.delivery_unit.region)
    assert visible_to(lead.user).filter(pk=cast.person.pk).exists()


def test_a_case_given_while_also_holding_a_team_post_is_seen_beside_the_team_s(cast: Cast) -> None:
    from alongside.foundation.access.roles import RoleCode
    from tests.factories import CaseGrantFactory, MemberFactory

    both = MemberFactory()
    PostFactory(member=both, role=RoleCode.PRACTITIONER, team=cast.team)
    PostFactory(member=both, role=RoleCode.QUALITY, team=cast.team)
    given = PersonFactory()
    CaseGrantFactory(person=given, user=both.user, role=RoleCode.QUALITY)
    assert set(visible_to(both.user).values_list("pk", flat=True)) == {cast.person.pk, given.pk}


@pytest.mark.parametrize("right", list(Right))
def test_what_one_case_says_of_rights_is_what_lists_say(cast: Cast, right: Right) -> None:
    RestrictionReader.objects.create(restriction=RestrictionFactory(person=cast.person), user=cast.owner)
    for person in (cast.person, AllocationFactory(team=cast.team).person):
        for name in STAFF:
            user = cast.named(name)
            sight = sight_of(user, person.pk)
            assert (sight is not None and sight.may(right)) == visible_to(user, right).filter(pk=person.pk).exists()


def test_a_role_s_rights_do_not_spread_to_the_teams_of_another_role(cast: Cast) -> None:
    from alongside.foundation.access.roles import RoleCode
    from tests.factories import MemberFactory, TeamFactory

    both = MemberFactory()
    PostFactory(member=both, role=RoleCode.PRACTITIONER, team=TeamFactory())
    PostFactory(member=both, role=RoleCode.ADMINISTRATOR, team=cast.team)
    PostFactory(member=both, role=RoleCode.QUALITY, team=None, region=cast.team.delivery_unit.region)
    assert not visible_to(both.user).exists()
    assert sight_of(both.user, cast.person.pk) is None


def test_an_exact_number_outside_remit_answers_with_team_and_officer_alone(cast: Cast) -> None:
    answer = look_up_number(cast.outsider, field="crn", number="X100001")
    assert (answer.found, answer.person, answer.team, answer.officer) == (
        Found.ELSEWHERE,
        None,
        "Harbour team",
        "Olwen Owner",
    )


def test_an_exact_number_gives_excluded_staff_the_stored_message_and_no_more(cast: Cast) -> None:
    answer = look_up_number(cast.excluded, field="crn", number="X100001")
    assert (answer.found, answer.person, answer.team, answer.officer) == (Found.CLOSED, None, "", "")
    assert answer.message == "You are excluded from this case. Speak to your senior."


def test_an_exact_number_of_a_restricted_case_says_whom_to_speak_to(cast: Cast) -> None:
    RestrictionFactory(person=cast.person)
    answer = look_up_number(cast.outsider, field="crn", number="X100001")
    assert (answer.found, answer.speak_to, answer.officer) == (
        Found.CLOSED,
        "Public protection, 01632 960999",
        "",
    )


def test_a_look_up_beyond_remit_is_recorded(cast: Cast) -> None:
    from alongside.foundation.audit.models import Consultation

    look_up_number(cast.outsider, field="crn", number="X100001")
    look_up_number(cast.excluded, field="crn", number="X100001")
    rows = Consultation.objects.order_by("id").values_list("actor", "case", "refused")
    assert list(rows) == [
        (cast.outsider.pk, cast.person.pk, False),
        (cast.excluded.pk, cast.person.pk, True),
    ]


def test_two_allocations_never_hold_at_once(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationFactory(person=cast.person, team=cast.team, from_date="2024-01-01")


def test_cover_that_is_called_off_before_it_begins_opens_nothing(cast: Cast) -> None:
    planned = CoverFactory(absent=cast.owner_member, covering=MemberFactory(), from_date=today() + timedelta(days=5))
    end_cover(by=cast.senior, cover=planned, last_day=today())
    assert not Cover.objects.filter(pk=planned.pk).exists()
