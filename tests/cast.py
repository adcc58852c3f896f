"""The cast: the people who ask for every page, each named for their place beside one case."""

from dataclasses import dataclass, fields

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.people.persons.models import Person
from alongside.people.staff.models import Member, Team
from tests.factories import (
    AllocationFactory,
    CaseGrantFactory,
    CoverFactory,
    DeliveryUnitFactory,
    ExclusionFactory,
    MemberFactory,
    PersonFactory,
    PostFactory,
    TeamFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Cast:
    """One case in one team, and those who may and may not see it. `anonymous` needs no row."""

    person: Person
    team: Team
    owner_member: Member
    owner: User
    colleague: User
    cover: User
    senior: User
    outsider: User
    excluded: User
    reception: User
    adviser: User
    inspector: User
    former_inspector: User
    family_worker: User
    engagement_worker: User
    safeguarding: User
    head: User
    data_protection: User
    administrator: User
    editor: User
    commissioner: User
    victim_liaison: User
    policy: User
    closed: User

    def named(self, name: str) -> User | None:
        """The member of the cast with this name; None for anonymous."""
        return None if name == "anonymous" else getattr(self, name)


STAFF = tuple(place.name for place in fields(Cast) if place.type is User)
EVERYONE = (*STAFF, "anonymous")


def member_in(team: Team, role: RoleCode, name: str) -> Member:
    """A member of staff who holds one role in a team."""
    member = MemberFactory(user=UserFactory(name=name))
    PostFactory(member=member, role=role, team=team)
    return member


def assemble() -> Cast:
    """Put the cast round one case."""
    unit = DeliveryUnitFactory()
    team = TeamFactory(delivery_unit=unit, name="Harbour team")
    other_team = TeamFactory(name="Moor team")
    owner = member_in(team, RoleCode.PRACTITIONER, "Olwen Owner")
    person = PersonFactory(given_names="Daniel", family_name="Achebe", crn="X100001")
    AllocationFactory(person=person, team=team, member=owner)
    excluded = member_in(team, RoleCode.PRACTITIONER, "Ewan Excluded").user
    ExclusionFactory(person=person, user=excluded)
    cover = member_in(other_team, RoleCode.PRACTITIONER, "Cora Cover")
    CoverFactory(absent=owner, covering=cover)
    inspector = member_in(other_team, RoleCode.INSPECTOR, "Ines Inspector").user
    CaseGrantFactory(person=person, user=inspector, role=RoleCode.INSPECTOR)
    former = member_in(other_team, RoleCode.INSPECTOR, "Fred Former").user
    CaseGrantFactory(person=person, user=former, role=RoleCode.INSPECTOR, until_date="2020-02-01")
    family_worker = member_in(other_team, RoleCode.FAMILY_WORKER, "Fatima Family").user
    CaseGrantFactory(person=person, user=family_worker, role=RoleCode.FAMILY_WORKER, purpose="Referred by the officer")
    engagement_worker = member_in(other_team, RoleCode.ENGAGEMENT_WORKER, "Emrys Engagement").user
    CaseGrantFactory(person=person, user=engagement_worker, role=RoleCode.ENGAGEMENT_WORKER, purpose="Walks beside")
    closed = member_in(team, RoleCode.PRACTITIONER, "Cleo Closed").user
    closed.is_active = False
    closed.save()
    return Cast(
        person=person,
        team=team,
        owner_member=owner,
        owner=owner.user,
        colleague=member_in(team, RoleCode.PRACTITIONER, "Colin Colleague").user,
        cover=cover.user,
        senior=member_in(team, RoleCode.SENIOR, "Sunita Senior").user,
        outsider=member_in(other_team, RoleCode.PRACTITIONER, "Oscar Outsider").user,
        excluded=excluded,
        reception=member_in(team, RoleCode.RECEPTION, "Rhys Reception").user,
        adviser=member_in(team, RoleCode.ABUSE_ADVISER, "Ada Adviser").user,
        inspector=inspector,
        former_inspector=former,
        family_worker=family_worker,
        engagement_worker=engagement_worker,
        safeguarding=member_in(team, RoleCode.SAFEGUARDING_LEAD, "Safiya Safeguarding").user,
        head=member_in(team, RoleCode.HEAD, "Hal Head").user,
        data_protection=member_in(team, RoleCode.DATA_PROTECTION, "Dilys Data").user,
        administrator=member_in(team, RoleCode.ADMINISTRATOR, "Adam Administrator").user,
        editor=member_in(team, RoleCode.CONTENT_EDITOR, "Edie Editor").user,
        commissioner=member_in(team, RoleCode.COMMISSIONER, "Cass Commissioner").user,
        victim_liaison=member_in(team, RoleCode.VICTIM_LIAISON, "Vera Victim-Liaison").user,
        policy=member_in(team, RoleCode.POLICY_ADMINISTRATOR, "Perpetua Policy").user,
        closed=closed,
    )
