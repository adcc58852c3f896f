"""Reads of what stands. Facts see everything, whoever asks, in one query for one family member or a thousand."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from alongside.foundation.records.rows import Row, read_rows, rows_of
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.models import (
    Entry,
    Ledger,
    Permission,
    PrivateTopics,
    SafeContactProfile,
    Step,
    Willingness,
)
from alongside.safety.permissions.rules import (
    Contingency,
    Direction,
    Given,
    History,
    Interpreter,
    PermissionFacts,
    SafeContact,
    StepKind,
    StepTaken,
    Voicemail,
    Willing,
    facts_of,
)

E = TypeVar("E", bound=Entry)

PERMISSION_FIELDS = (
    *("id", "number", "topics", "direction", "channels", "starts_at", "until", "today_only", "missed_days", "words"),
    *("alone", "pressed", "understood", "interpreter"),
)
STEP_FIELDS = ("number", "kind", "permission", "alone", "since")
SAFE_FIELDS = ("days", "from_time", "until_time", "never", "voicemail", "code_word")


def permission_facts(member_ids: Collection[UUID], *, at: datetime) -> dict[UUID, PermissionFacts]:
    """What stands between each family member and their person at a moment; an entry for every id. One query."""
    return {member_id: facts_of(history, at) for member_id, history in histories(member_ids).items()}


def lock_live(member_id: UUID, *, at: datetime) -> PermissionFacts:
    """What stands now, held so until the transaction ends: nobody withdraws in between. Call it inside a transaction.

    Raises FamilyMember.DoesNotExist for a stranger.
    """
    lock(member_id)
    return permission_facts([member_id], at=at)[member_id]


def lock(member_id: UUID) -> Ledger:
    """The ledger of a family member, held until the transaction ends. Raises FamilyMember.DoesNotExist."""
    held = Ledger.objects.select_for_update().filter(family_member=member_id).first()
    if held is not None:
        return held
    member = FamilyMember.objects.only("pk").get(pk=member_id)
    Ledger.objects.bulk_create([Ledger(family_member=member)], ignore_conflicts=True)
    return Ledger.objects.select_for_update().get(family_member=member_id)


def histories(member_ids: Collection[UUID]) -> dict[UUID, History]:
    """All that was said about each family member; an entry for every id."""
    found = {member.pk: history_of(member) for member in with_history(FamilyMember.objects.filter(pk__in=member_ids))}
    return {member_id: found.get(member_id, History(closed=True)) for member_id in member_ids}


def with_history(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `history_of` and `last_number_of` read."""
    return members.annotate(
        person_died=F("person__date_of_death"),
        last_number=Subquery(Ledger.objects.filter(family_member=OuterRef("pk")).values("number")[:1]),
        permission_rows=_rows(Permission, PERMISSION_FIELDS),
        step_rows=_rows(Step, STEP_FIELDS),
        private_rows=_last_row(PrivateTopics, ("topics", "words")),
        willing_rows=_last_row(Willingness, ("state", "cooling_until")),
        safe_rows=_last_row(SafeContactProfile, SAFE_FIELDS),
    )


def history_of(member: FamilyMember) -> History:
    """All that was said about a family member who was read by `with_history`."""
    private, willing, safe = (
        next(iter(read_rows(member, name)), None) for name in ("private_rows", "willing_rows", "safe_rows")
    )
    died = getattr(member, "person_died", None)
    return History(
        given=tuple(_given(row) for row in read_rows(member, "permission_rows")),
        steps=tuple(_step(row) for row in read_rows(member, "step_rows")),
        private=frozenset(private["topics"] or ()) if private else frozenset(),
        willing=Willing(willing["state"]) if willing else Willing.NOT_ASKED,
        cooling_until=_moment(willing["cooling_until"]) if willing else None,
        safe_contact=_safe_contact(safe),
        closed=member.deceased or member.ended_on is not None or died is not None,
    )


def last_number_of(member: FamilyMember) -> int:
    """The number of the last entry about a family member who was read by `with_history`; 0 where there is none."""
    return int(getattr(member, "last_number", None) or 0)


def latest_of(kind: type[E], member_id: UUID) -> E | None:
    """The last entry of a kind about one family member, which replaced those before it."""
    return kind._default_manager.filter(family_member=member_id).order_by("-number").first()


def given_from(permission: Permission) -> Given:
    """A permission as the rules take it."""
    return _given({name: getattr(permission, name) for name in PERMISSION_FIELDS})


def _rows(kind: type[Entry], names: tuple[str, ...]) -> Any:
    rows = kind._default_manager.filter(family_member=OuterRef("pk")).order_by("number")
    return rows_of(rows, **{name: F(name) for name in names})


def _last_row(kind: type[Entry], names: tuple[str, ...]) -> Any:
    rows = kind._default_manager.filter(family_member=OuterRef("pk")).order_by("-number")[:1]
    return rows_of(rows, **{name: F(name) for name in names})


def _given(row: Row) -> Given:
    doubt = row["pressed"] or not row["understood"] or row["interpreter"] == Interpreter.RELATIVE
    return Given(
        id=_id(row["id"]),
        number=row["number"],
        topics=frozenset(row["topics"] or ()),
        direction=Direction(row["direction"]),
        channels=frozenset(row["channels"] or ()),
        starts_at=_certain_moment(row["starts_at"]),
        until=_certain_moment(row["until"]),
        alone=row["alone"],
        doubt=bool(doubt),
        today_only=row["today_only"],
        contingency=Contingency(row["missed_days"], row["words"] or "") if row["missed_days"] else None,
    )


def _step(row: Row) -> StepTaken:
    return StepTaken(
        number=row["number"],
        kind=StepKind(row["kind"]),
        permission=_id(row["permission"]) if row["permission"] else None,
        alone=row["alone"],
        since=date.fromisoformat(row["since"]) if row["since"] else None,
    )


def _safe_contact(row: Row | None) -> SafeContact:
    if row is None:
        return SafeContact()
    return SafeContact(
        days=frozenset(row["days"] or ()),
        from_time=time.fromisoformat(row["from_time"]) if row["from_time"] else None,
        until_time=time.fromisoformat(row["until_time"]) if row["until_time"] else None,
        never=frozenset(row["never"] or ()),
        voicemail=Voicemail(row["voicemail"]),
        has_code_word=bool(row["code_word"]),
        asked=True,
    )


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | str | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _certain_moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
