"""Gives the cast accounts, posts and a place on the demo's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.accounts.actions import add_to_cast, create_user
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.people.allocations.actions import arrange_cover
from alongside.people.staff.models import DeliveryUnit, Employment, Member, Patch, Post, Region, Service, Team
from alongside.synthetic.invent.offices import place_id
from alongside.synthetic.pools.places import regions
from alongside.synthetic.vignettes.stories import Part, parts

TEAM_NAME = "Newport Riverside team"
TEAM_CODE = "N03GWR1"
TELEPHONE = "01632 960240"
YEARS_IN_POST = 4


@dataclass(frozen=True)
class Company:
    """The cast, by key, in their team."""

    team: Team
    members: Mapping[str, Member]

    def user(self, key: str) -> User:
        """The user of one of the cast."""
        return self.members[key].user


@action
def assemble_company(*, today: date) -> Company:
    """Make the team that looks after the vignettes and everyone who works round it. The places must stand."""
    region = Region.objects.get(pk=place_id(regions()[0].code))
    unit = DeliveryUnit.objects.get(pk=place_id(regions()[0].units[0].code))
    team = Team.objects.create(delivery_unit=unit, name=TEAM_NAME, code=TEAM_CODE, telephone=TELEPHONE)
    places: dict[str, Mapping[str, Team | DeliveryUnit | Region | Service]] = {
        "team": {"team": team},
        "unit": {"delivery_unit": unit},
        "region": {"region": region},
        "service": {"service": Service.objects.get(pk=region.service_id)},
    }
    members = {
        part.key: _hire(part, places[part.of], position=position, today=today)
        for position, part in enumerate(parts(), start=1)
    }
    for district in regions()[0].units[0].towns[0].districts:
        Patch.objects.create(team=team, place="Newport", postcode_district=district, from_date=today)
    arrange_cover(
        by=members["senior"].user,
        absent=members["colleague"],
        covering=members["practitioner"],
        from_date=today - timedelta(days=2),
        until_date=today + timedelta(days=5),
        reason_id="cover_reason.TRAINING",
    )
    return Company(team=team, members=members)


@action
def _hire(
    part: Part, place: Mapping[str, Team | DeliveryUnit | Region | Service], *, position: int, today: date
) -> Member:
    role = RoleCode(part.role)
    user = create_user(email=part.email, name=part.name, by=None)
    member = Member.objects.create(
        user=user,
        grade=part.grade,
        telephone=TELEPHONE,
        staff_code=f"CAST-{position:02d}",
        employment=Employment.VOLUNTEER if part.volunteer else Employment.EMPLOYEE,
        vetted_until=today.replace(year=today.year + 3, day=1),
    )
    post = Post.objects.create(
        member=member, role=role, from_date=today.replace(year=today.year - YEARS_IN_POST, day=1), **place
    )
    record_change(
        by=None,
        kind=EventKind.CHANGE,
        name="synthetic.cast.hired",
        subject=post,
        chain=user_chain(user.pk),
        after={"role": role, "grade": part.grade},
    )
    add_to_cast(user=user, role=ROLES[role].label, to_try=part.to_try, position=position)
    return member
