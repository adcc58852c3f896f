"""Whom to turn to now: who is on duty, who leads, whom safeguarding belongs to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.roles import RoleCode
from alongside.people.allocations.queries import current_allocations
from alongside.people.staff.models import DeliveryUnit, DutyTurn, Post, Team
from alongside.people.staff.queries import live_posts, turns_on

WEEKS_SHOWN = timedelta(weeks=6)


@dataclass(frozen=True)
class Contact:
    """Someone to call now."""

    what: str
    name: str
    telephone: str


@dataclass(frozen=True)
class Help:
    """Whom to turn to now, beyond the emergency services. `missing` says what nobody has arranged."""

    contacts: tuple[Contact, ...]
    teams: tuple[Contact, ...]
    has_duty_senior: bool


NO_HELP = Help((), (), has_duty_senior=False)


def help_for(holding: Holding, on: date, *, case_id: UUID | None = None) -> Help:
    """Whom the user turns to now: of the case's unit where one is given, else of their own. Three queries."""
    teams = Team.objects.filter(active=True)
    if case_id is not None:
        held = current_allocations(on).filter(person=case_id).values("team")
        own = list(teams.filter(pk__in=held).order_by("name"))
    else:
        posts = Post.objects.filter(live_posts(on), member=holding.member_id, member__isnull=False)
        reached = (
            Q(Exists(posts.filter(team=OuterRef("pk"))))
            | Q(Exists(posts.filter(delivery_unit=OuterRef("delivery_unit"))))
            | Q(Exists(posts.filter(region=OuterRef("delivery_unit__region"))))
        )
        own = list(teams.filter(reached).order_by("name")[:6])
    if not own:
        return NO_HELP
    units = {team.delivery_unit_id for team in own}
    turns = list(turns_on(on).filter(delivery_unit__in=units).select_related("member__user").order_by("-kind", "pk"))
    posts = (
        Post.objects.filter(live_posts(on), _reaching(own), role__in=[RoleCode.SENIOR, RoleCode.SAFEGUARDING_LEAD])
        .select_related("member__user")
        .order_by("role", "member__user__name")
    )
    contacts = [Contact(turn.get_kind_display(), turn.member.user.name, turn.member.telephone) for turn in turns]
    for post in posts:
        what = "Safeguarding lead" if post.role == RoleCode.SAFEGUARDING_LEAD else "Senior probation officer"
        contacts.append(Contact(what, post.member.user.name, post.member.telephone))
    return Help(
        contacts=tuple(dict.fromkeys(contacts)),
        teams=tuple(Contact("Team", team.name, team.telephone) for team in own),
        has_duty_senior=any(turn.kind == "senior" for turn in turns),
    )


def _reaching(teams: Collection[Team]) -> Q:
    return Q(team__in=[team.pk for team in teams]) | Q(delivery_unit__in=[team.delivery_unit_id for team in teams])


def units_led_by(holding: Holding, team_ids: Collection[UUID]) -> QuerySet[DeliveryUnit]:
    """The units of teams, by name."""
    units = Team.objects.filter(pk__in=list(team_ids)).values("delivery_unit")
    return DeliveryUnit.objects.filter(pk__in=units).order_by("name")


def turns_ahead(unit_ids: Collection[UUID], on: date) -> QuerySet[DutyTurn]:
    """Turns of duty from a day on, soonest first."""
    return (
        DutyTurn.objects.filter(delivery_unit__in=list(unit_ids), until_date__gte=on, from_date__lte=on + WEEKS_SHOWN)
        .select_related("member__user", "delivery_unit")
        .order_by("from_date", "delivery_unit__name", "-kind", "pk")
    )
