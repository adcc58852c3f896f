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
from alongside.people.staff.models import DeliveryUnit, Employment, Member, Post, Region, Service, Team
from alongside.synthetic.invent.offices import places
from alongside.synthetic.vignettes.stories import Part, parts

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
    """Put the cast into the first team of all and round it, beside those who were invented with it.

    The places must stand, as `write_places` leaves them.
    """
    first = next(places())
    team = Team.objects.get(pk=first.team_id)
    unit = DeliveryUnit.objects.get(pk=team.delivery_unit_id)
    region = Region.objects.get(pk=unit.region_id)
    posts: dict[str, Mapping[str, Team | DeliveryUnit | Region | Service]] = {
        "team": {"team": team},
        "unit": {"delivery_unit": unit},
        "region": {"region": region},
        "service": {"service": Service.objects.get(pk=region.service_id)},
    }
    members = {
        part.key: _hire(part, posts[part.of], telephone=team.telephone, position=position, today=today)
        for position, part in enumerate(parts(), start=1)
    }
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
    part: Part,
    place: Mapping[str, Team | DeliveryUnit | Region | Service],
    *,
    telephone: str,
    position: int,
    today: date,
) -> Member:
    role = RoleCode(part.role)
    user = create_user(email=part.email, name=part.name, by=None)
    member = Member.objects.create(
        user=user,
        grade=part.grade,
        telephone=telephone,
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
