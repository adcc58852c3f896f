"""Writing who works where."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.actions import AccountError, Invited, invite_user, send_invitation
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import Change, change_record
from alongside.people.staff.models import (
    DeliveryUnit,
    DutyTurn,
    Employment,
    Member,
    OfficeClosure,
    Patch,
    Place,
    Post,
    Region,
    Service,
    Team,
)
from alongside.people.staff.queries import closures_ahead, live_posts
from alongside.people.staff.rules import LONGEST_CLOSURE, Closed, ClosureError, refuse_closure, refuse_post

SERVICE_NAME = "Probation service"


class PostOrderError(ValueError):
    """A post would end before it begins."""


@action
def add_member(*, by: User | None, user: User, **values: Any) -> Member:
    """Make an account a member of staff."""
    member = Member.objects.create(user=user, **values)
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="staff.member.added",
        subject=member,
        chain=user_chain(user.pk),
        after=values,
    )
    return member


@action
def change_member(*, by: User | None, member: Member, seen_version: int, **values: Any) -> Change:
    """Change what is recorded about a member. Raises ChangedMeanwhileError where someone else was first."""
    change = change_record(member, seen_version=seen_version, **values)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="staff.member.changed",
            subject=member,
            chain=user_chain(member.user_id),
            before=change.before,
            after=change.after,
        )
    return change


@action
def give_post(
    *, by: User | None, member: Member, role: str, place: Place, from_date: date, until_date: date | None
) -> Post:
    """Give a member a role in a place. Raises PostError where they may not hold it."""
    refuse_post(
        role=role,
        volunteer=member.employment == Employment.VOLUNTEER,
        own=by is not None and by.pk == member.user_id,
        everywhere=isinstance(place, Service),
    )
    post = Post.objects.create(
        member=member,
        role=role,
        team=place if isinstance(place, Team) else None,
        delivery_unit=place if isinstance(place, DeliveryUnit) else None,
        region=place if isinstance(place, Region) else None,
        service=place if isinstance(place, Service) else None,
        from_date=from_date,
        until_date=until_date,
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="staff.post.given",
        subject=post,
        chain=user_chain(member.user_id),
        after={"role": role, "place": place.name, "from_date": from_date, "until_date": until_date},
    )
    return post


@action
def appoint_administrator(*, email: str, name: str, base_url: str, mail: bool = False) -> Invited:
    """Give the holder of an address a post over the whole service, making account, member and service where they lack.

    For whoever runs the installation: on the pages only an administrator appoints another. Who has signed in before
    gets no link. Raises AccountError and PostError.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        invited = invite_user(email=email, name=name, by=None, base_url=base_url, mail=mail)
    elif not user.is_active:
        raise AccountError("This account is closed. Open it first, with `alongside account reactivate`.")
    elif settings.LOCAL_SIGN_IN and not user.has_usable_password():
        invited = send_invitation(user=user, by=None, base_url=base_url, mail=mail)
    else:
        invited = Invited(user=user, link="", expires_at=timezone.now())
    member = Member.objects.filter(user=invited.user).first() or add_member(by=None, user=invited.user)
    if not Post.objects.filter(live_posts(today()), member=member, role=RoleCode.ADMINISTRATOR).exists():
        give_post(
            by=None,
            member=member,
            role=RoleCode.ADMINISTRATOR,
            place=the_service(by=None),
            from_date=today(),
            until_date=None,
        )
    return invited


@action
def the_service(*, by: User | None) -> Service:
    """The service at the top of the tree, made where there is none yet."""
    found = Service.objects.order_by("pk").first()
    if found is None:
        found = Service.objects.create(name=SERVICE_NAME)
        record_change(by=by, kind=EventKind.CHANGE, name="staff.place.added", subject=found, after={"name": found.name})
    return found


@action
def end_post(*, by: User | None, post: Post, seen_version: int, last_day: date) -> Change:
    """Let a post end on a day. Raises PostOrderError where that is before it begins."""
    if last_day < post.from_date:
        raise PostOrderError(f"This post began on {post.from_date:%-d %B %Y}. Choose that day or a later one.")
    change = change_record(post, seen_version=seen_version, until_date=last_day)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="staff.post.ended",
            subject=post,
            chain=user_chain(post.member.user_id),
            before=change.before,
            after=change.after,
        )
    return change


@action
def add_place(*, by: User | None, place: Team | DeliveryUnit | Region) -> Place:
    """Add a region, delivery unit or team."""
    place.save(force_insert=True)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="staff.place.added",
        subject=place,
        after={"name": place.name, "code": place.code},
    )
    return place


@action
def change_team(*, by: User | None, team: Team, seen_version: int, **values: Any) -> Change:
    """Change a team. Raises ChangedMeanwhileError where someone else was first."""
    change = change_record(team, seen_version=seen_version, **values)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="staff.team.changed",
            subject=team,
            before=change.before,
            after=change.after,
        )
    return change


@action
def add_patch(
    *, by: User | None, team: Team, member: Member | None, place: str, postcode_district: str, from_date: date
) -> Patch:
    """Let a team, or one member of it, look after a place from a day (R339)."""
    patch = Patch.objects.create(
        team=team, member=member, place=place, postcode_district=postcode_district, from_date=from_date
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="staff.patch.added",
        subject=patch,
        after={"place": place, "postcode_district": postcode_district, "team": team.name},
    )
    return patch


@action
def end_patch(*, by: User | None, patch: Patch, last_day: date) -> Change:
    """Let a patch end, no sooner than it began."""
    change = change_record(patch, seen_version=patch.version, until_date=max(last_day, patch.from_date))
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="staff.patch.ended",
            subject=patch,
            before=change.before,
            after=change.after,
        )
    return change


class TurnStandsError(ValueError):
    """This turn of duty is there already."""


@action
def add_duty_turn(
    *, by: User, delivery_unit: DeliveryUnit, member: Member, kind: str, from_date: date, until_date: date
) -> DutyTurn:
    """Put a member on duty for a unit. Raises TurnStandsError where they are already, from the same day."""
    turn = DutyTurn(delivery_unit=delivery_unit, member=member, kind=kind, from_date=from_date, until_date=until_date)
    try:
        with transaction.atomic():
            turn.save(force_insert=True)
    except IntegrityError as error:
        raise TurnStandsError(f"{member.user.name} is on duty from that day already.") from error
    record_change(by=by, kind=EventKind.CHANGE, name="staff.duty.added", subject=turn, chain=user_chain(member.user_id))
    return turn


@action
def remove_duty_turn(*, by: User, turn: DutyTurn) -> None:
    """Take a turn of duty back."""
    record_change(
        by=by, kind=EventKind.CHANGE, name="staff.duty.removed", subject=turn, chain=user_chain(turn.member.user_id)
    )
    turn.delete()


@action
def close_office(
    *, by: User, unit: DeliveryUnit | None, from_date: date, until_date: date, reason: str, key: UUID | None = None
) -> OfficeClosure:
    """Close a unit, or the whole service, for a day or a range. Told twice under one key, it counts once.

    Raises ClosureError where these days cannot be kept. What was promised before keeps its day; what is promised from
    now on, and how long something has waited, counts without them.
    """
    if key is not None and (kept := OfficeClosure.objects.filter(pk=key).first()):
        return kept
    Service.objects.select_for_update().first()  # two who close at once wait for each other
    wanted = Closed(unit.pk if unit else None, from_date, until_date)
    beside = closures_ahead(today() - LONGEST_CLOSURE).values_list("delivery_unit", "from_date", "until_date")
    refuse_closure(wanted, beside=[Closed(*row) for row in beside], on=today())
    closure = OfficeClosure.objects.create(
        pk=key or uuid4(), delivery_unit=unit, from_date=from_date, until_date=until_date, reason=reason
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="staff.office.closed",
        subject=closure,
        after={
            "where": unit.name if unit else "the whole service",
            "from_date": from_date,
            "until_date": until_date,
            "reason": reason,
        },
    )
    return closure


@action
def open_office_again(*, by: User, closure: OfficeClosure) -> None:
    """Take back a closure that is not over: all of it before it begins, from today on once it has."""
    if closure.until_date < today():
        raise ClosureError("This closure is over.", field="until_date")
    before = {"from_date": closure.from_date, "until_date": closure.until_date}
    if closure.from_date < today():
        yesterday = today() - timedelta(days=1)
        change_record(closure, seen_version=closure.version, until_date=yesterday)
        after: dict[str, Any] = {"until_date": yesterday}
    else:
        closure.delete()
        after = {}
    record_change(
        by=by, kind=EventKind.CHANGE, name="staff.office.opened_again", subject=closure, before=before, after=after
    )
