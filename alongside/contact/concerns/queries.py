"""What is open and for whom, who reads, and when each way of telling us is read. The database keeps the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.contact.concerns.models import PASSED, AbsenceNotice, Concern, Decided, Step, Taken, WayIn
from alongside.contact.concerns.rules import USUAL_HOURS, Reader, Rung, read_by, readers_of
from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded, coded_list, label_of
from alongside.foundation.work.models import ToDo
from alongside.people.allocations.models import Cover
from alongside.people.allocations.queries import covered_cases, current_allocations, own_cases, visible_to
from alongside.people.persons.models import Person
from alongside.people.staff.models import DutyKind, Member, Post, Team
from alongside.people.staff.queries import days_closed_in, holders_of, live_posts, turns_on

USUAL_TIMES = "by the end of the next working day"


def open_for(user: User) -> QuerySet[Concern]:
    """What is not decided and the user may read, urgent first. Begins at the teams and cases that could be theirs."""
    holding, on = holding_of(user), today()
    near = (
        Q(team__in=list(holding.teams_with(Right.TRIAGE_CONCERNS)))
        | Q(person__in=own_cases(holding, on))
        | Q(person__in=covered_cases(holding, on))
    )
    return _readable(Concern.objects.filter(near, decided_at=None)).order_by("-urgent", "taken_at", "pk")


def concerns_of(person_id: UUID) -> QuerySet[Concern]:
    """Everything that was told on a case and the reader may read, newest first."""
    return _readable(Concern.objects.filter(person=person_id)).order_by("-taken_at", "pk")


def _readable(rows: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those whose words the database shows to whoever asks."""
    return rows.filter(Exists(Taken.objects.filter(concern=OuterRef("pk")))).select_related("person", "team")


def taken_or_404(concern_id: UUID) -> tuple[Concern, Taken]:
    """One thing that was told with its half behind the wall; 404 where it is not the reader's to see."""
    taken = Taken.objects.filter(concern=concern_id).first()
    concern = Concern.objects.filter(pk=concern_id).select_related("person", "team").first()
    if taken is None or concern is None:
        raise Http404
    return concern, taken


def opens(user: User, _case_id: UUID | None, concern_id: UUID) -> bool:
    """Whether a user reads something that was told: the database is asked as them."""
    return holding_of(user).may(Right.TRIAGE_CONCERNS) and Taken.objects.filter(concern=concern_id).exists()


def is_asked_to_read(user: User, concern: Concern) -> bool:
    """Whether a user was asked by name to read something, and has not said that they did."""
    return ToDo.objects.filter(
        subject=concern.pk, done_at=None, for_user=user.pk, kind__startswith="concerns.read"
    ).exists()


def own_receipt(user: User, concern_id: UUID) -> Concern:
    """What the user took down themselves, as far as they go on knowing of it: 404 for anyone else's."""
    found = taken_down_by(user).filter(pk=concern_id).select_related("team").first()
    if found is None:
        raise Http404
    return found


def taken_down_by(user: User) -> QuerySet[Concern]:
    """What the user took down, newest first."""
    own = Q(taken_by=user.pk, passed_by=None) | Q(passed_by=user.pk)
    return Concern.objects.filter(own).order_by("-taken_at", "pk")


def steps_of(concern_id: UUID) -> list[dict[str, Any]]:
    """What is to be done when someone has not come home, each with who did it."""
    rows = sorted(Step.objects.filter(concern=concern_id), key=lambda row: (row.note is not None, row.at))
    done = {str(row.step_id): row for row in rows}
    return [
        {"id": value.id, "label": value.label(), "how": value.description, "done": done.get(value.id)}
        for value in coded_list("missing_step")
    ]


def decided_of(concern_id: UUID) -> Decided | None:
    """What was decided, where something was."""
    return Decided.objects.filter(concern=concern_id).first()


def is_passed_on(concern_id: UUID) -> bool:
    """Whether it was given to another team."""
    return Decided.objects.filter(concern=concern_id, outcome=PASSED).exists()


def is_missing(concern: Concern) -> bool:
    """Whether someone has not come home."""
    return bool(coded(str(concern.kind_id)).attributes.get("missing"))


def team_of(user: User) -> Team | None:
    """The team of a user's newest post; of a unit, region or service post the first of its teams, never another's."""
    posts = Post.objects.filter(live_posts(today()), member__user=user).order_by("-from_date", "pk")
    for post in posts.select_related("team"):
        found = post.team or Team.objects.filter(_below(post), active=True).order_by("name", "pk").first()
        if found is not None:
            return found
    return None


def _below(post: Post) -> Q:
    if post.delivery_unit_id:
        return Q(delivery_unit=post.delivery_unit_id)
    if post.region_id:
        return Q(delivery_unit__region=post.region_id)
    return Q(delivery_unit__region__service=post.service_id)


def team_holding(person_id: UUID) -> Team | None:
    """The team that holds a case today."""
    row = current_allocations(today()).filter(person=person_id).select_related("team").first()
    return row.team if row else None


def held_with_number(number: str) -> Person | None:
    """The person with this number whom a team holds today. Whoever typed it is not told."""
    crn = "".join(number.split()).upper()
    if not crn:
        return None
    return Person.objects.filter(crn=crn, pk__in=current_allocations(today()).values("person")).first()


def readers_for(*, team: Team, person: Person | None, rung: Rung, not_user: UUID | None = None) -> list[User]:
    """Whom to ask to read something now, by name. Nobody away, and nobody to whom limited access closes the case.

    At the duty's rung the duty senior, or whoever leads where nobody is on duty; at the leaders' rung all of them.
    """
    on = today()
    turns = turns_on(on).filter(delivery_unit=team.delivery_unit_id, kind=DutyKind.SENIOR)
    duty = list(Member.objects.filter(pk__in=turns.values("member")).select_related("user"))
    seniors = holders_of(RoleCode.SENIOR, team.pk)
    safeguarding = holders_of(RoleCode.SAFEGUARDING_LEAD, team.pk)
    everyone = [*duty, *seniors, *safeguarding]
    away = set(
        Cover.objects.filter(
            absent__in=[member.pk for member in everyone], from_date__lte=on, until_date__gte=on
        ).values_list("absent", flat=True)
    )
    open_to = _open_to(everyone, person)

    def group(members: Sequence[Member]) -> list[Reader]:
        return [
            Reader(member.user, member.pk in away, member.user_id in open_to)
            for member in members
            if member.user.is_active
        ]

    groups = [group(duty), group(seniors), group(safeguarding)]
    found: list[User] = readers_of(groups, all_groups=rung is Rung.LEADERS)
    others = [user for user in found if user.pk != not_user]
    return others or found


def _open_to(members: Sequence[Member], person: Person | None) -> set[UUID]:
    users = {member.user_id: member.user for member in members}
    if person is None:
        return set(users)
    return {pk for pk, user in users.items() if visible_to(user, Right.SEE_PROTECTED).filter(pk=person.pk).exists()}


def is_held(person_id: UUID) -> bool:
    """Whether a member of staff holds the case, who, or whoever covers for them, finds a to-do of it."""
    return current_allocations(today()).filter(person=person_id, member__isnull=False).exists()


@dataclass(frozen=True)
class Read:
    """When one way of telling us is read, and whom to ring now."""

    channel_id: str
    channel: str
    when: str
    ring: str
    within_hours: int
    next_by: datetime
    """By when something told now is read, or the duty senior is asked to: office hours of working days."""

    @property
    def code(self) -> str:
        """The code of the way, without its list."""
        return self.channel_id.rpartition(".")[2]


def ways_of(team: Team | None, *, at: datetime | None = None) -> list[Read]:
    """Every way of telling a team something, as the team has said, or as is usual where it has not.

    `at` is when it is told: now, unless it was before.
    """
    rows = {str(row.channel_id): row for row in WayIn.objects.filter(team=team)} if team else {}
    usual = f"{team.name}, {team.telephone}" if team and team.telephone else "the duty desk of your office"
    moment, closed = at or timezone.now(), days_closed_in(team.delivery_unit_id if team else None)
    return [_read(value.id, rows.get(value.id), usual, moment, closed) for value in coded_list("told_channel")]


def way_of(team: Team | None, channel_id: str, *, at: datetime | None = None) -> Read:
    """The same of one way."""
    return next(way for way in ways_of(team, at=at) if way.channel_id == channel_id)


def _read(channel_id: str, row: WayIn | None, usual: str, at: datetime, closed: frozenset[date]) -> Read:
    label = label_of(channel_id)
    hours = row.within_hours if row else USUAL_HOURS
    when, ring = (row.read_when, row.ring_now) if row else (USUAL_TIMES, usual)
    return Read(channel_id, label, when, ring, hours, read_by(at, hours, closures=closed))


def hours_by_way() -> dict[tuple[UUID, str], int]:
    """Within how many working hours each way of each team is read, as far as teams have said so. One query."""
    rows = WayIn.objects.values_list("team", "channel", "within_hours")
    return {(team, channel): hours for team, channel, hours in rows}


def unread_before(now: datetime) -> QuerySet[Concern]:
    """What nobody has read, and has not been brought all the way up."""
    return (
        Concern.objects.filter(read_at=None, decided_at=None, taken_at__lte=now, rung__lt=Rung.LEADERS)
        .select_related("team", "person")
        .order_by("-urgent", "taken_at", "pk")
    )


def undecided_at(now: datetime) -> QuerySet[Concern]:
    """What was read and not decided, and has not been brought all the way up."""
    return (
        Concern.objects.filter(read_at__lte=now, decided_at=None, rung__lt=Rung.LEADERS)
        .select_related("team", "person")
        .order_by("-urgent", "read_at", "pk")
    )


def teams_led(holding: Holding) -> QuerySet[Team]:
    """Teams whose ways of being told something the user keeps."""
    return Team.objects.filter(pk__in=list(holding.teams_with(Right.APPROVE)), active=True).order_by("name")


def absences_of(person_id: UUID) -> QuerySet[AbsenceNotice]:
    """Absences that relatives told us of, newest first."""
    return AbsenceNotice.objects.filter(person=person_id).select_related("family_member").order_by("-from_date", "pk")


def absence_or_404(person_id: UUID, absence_id: UUID) -> AbsenceNotice:
    """One of them; 404 where the case has no such."""
    found = absences_of(person_id).filter(pk=absence_id).first()
    if found is None:
        raise Http404
    return found


def waits_since(concern: Concern, on: date) -> str:
    """For how long something has waited, in words of the day."""
    days = (on - concern.taken_at.date()).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
