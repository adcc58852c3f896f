"""Reads of what stands. Facts see everything, whoever asks, in one query for one family member or a thousand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from alongside.foundation.records.among import among
from alongside.foundation.records.prepared import steady
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
    AgreedWords,
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
    agreed_words_of,
    facts_of,
)

E = TypeVar("E", bound=Entry)

PERMISSION_FIELDS = (
    *("id", "number", "topics", "direction", "channels", "starts_at", "until", "today_only", "missed_days", "words"),
    *("alone", "pressed", "understood", "interpreter"),
)
STEP_FIELDS = ("number", "kind", "permission", "alone", "since")
PRIVATE_FIELDS = ("topics", "words")
WILLING_FIELDS = ("state", "cooling_until")
SAFE_FIELDS = ("days", "from_time", "until_time", "never", "voicemail", "their_word")

OPEN = "open"
SOURCES: Mapping[str, tuple[type[Entry], tuple[str, ...]]] = {
    "permission": (Permission, PERMISSION_FIELDS),
    "step": (Step, STEP_FIELDS),
    "private": (PrivateTopics, PRIVATE_FIELDS),
    "willing": (Willingness, WILLING_FIELDS),
    "safe": (SafeContactProfile, SAFE_FIELDS),
}


def permission_facts(member_ids: Collection[UUID], *, at: datetime) -> dict[UUID, PermissionFacts]:
    """What stands between each family member and their person at a moment; an entry for every id. One query."""
    return {member_id: facts_of(history, at) for member_id, history in histories(member_ids).items()}


def their_word_of(member_id: UUID) -> str:
    """The word that a family member alone gives, to hold what they say against; "" where none is recorded."""
    last = latest_of(SafeContactProfile, member_id)
    return (last.their_word or "") if last else ""


def words_ever_said(member_id: UUID) -> list[str]:
    """Every word that we were ever to say to a family member. Whoever answered our call may know it."""
    rows = SafeContactProfile.objects.filter(family_member=member_id, code_word__isnull=False)
    return [word for word in rows.values_list("code_word", flat=True) if word]


def agreed_words_now(member_id: UUID, *, at: datetime) -> tuple[AgreedWords, ...]:
    """What was agreed to be told to a family member for missed contact, where contact is missed long enough now."""
    return agreed_words_of(histories([member_id])[member_id], at)


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
    """All that was said about each family member; an entry for every id. One statement, however many are asked for."""
    ids = list(member_ids)
    open_ids = FamilyMember.objects.filter(
        among("pk", ids), deceased=False, ended_on__isnull=True, person__date_of_death__isnull=True
    ).annotate(source=Value(OPEN), number=Value(0), row=JSONObject())
    said = [_said(source, ids) for source in SOURCES]
    rows = open_ids.values_list("pk", "source", "number", "row").union(*said, all=True)
    found: dict[UUID, dict[str, list[tuple[int, Row]]]] = {member_id: defaultdict(list) for member_id in ids}
    for member_id, source, number, row in rows:
        found[member_id][source].append((number, row))
    return {member_id: _history(found[member_id]) for member_id in ids}


@steady
def with_history(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what `history_of` and `last_number_of` read."""
    return members.annotate(
        person_died=F("person__date_of_death"),
        last_number=Subquery(Ledger.objects.filter(family_member=OuterRef("pk")).values("number")[:1]),
        permission_rows=_rows(Permission, PERMISSION_FIELDS),
        step_rows=_rows(Step, STEP_FIELDS),
        private_rows=_last_row(PrivateTopics, PRIVATE_FIELDS),
        willing_rows=_last_row(Willingness, WILLING_FIELDS),
        safe_rows=_last_row(SafeContactProfile, SAFE_FIELDS),
    )


def history_of(member: FamilyMember) -> History:
    """All that was said about a family member who was read by `with_history`."""
    private, willing, safe = (
        next(iter(read_rows(member, name)), None) for name in ("private_rows", "willing_rows", "safe_rows")
    )
    died = getattr(member, "person_died", None)
    return _made(
        permissions=read_rows(member, "permission_rows"),
        steps=read_rows(member, "step_rows"),
        private=private,
        willing=willing,
        safe=safe,
        closed=member.deceased or member.ended_on is not None or died is not None,
    )


def permission_facts_of(member: FamilyMember, *, at: datetime) -> PermissionFacts:
    """What stands at a moment between the person and a family member who was read by `with_history`."""
    return facts_of(history_of(member), at)


def _said(source: str, ids: list[UUID]) -> Any:
    model, names = SOURCES[source]
    rows = model._default_manager.filter(among("family_member", ids)).annotate(
        source=Value(source), row=JSONObject(**{name: F(name) for name in names})
    )
    return rows.values_list("family_member", "source", "number", "row")


def _history(said: Mapping[str, list[tuple[int, Row]]]) -> History:
    def in_order(source: str) -> list[Row]:
        return [row for _, row in sorted(said.get(source, ()), key=lambda one: one[0])]

    private, willing, safe = (next(iter(in_order(source)[-1:]), None) for source in ("private", "willing", "safe"))
    return _made(
        permissions=in_order("permission"),
        steps=in_order("step"),
        private=private,
        willing=willing,
        safe=safe,
        closed=OPEN not in said,
    )


def _made(
    *,
    permissions: Iterable[Row],
    steps: Iterable[Row],
    private: Row | None,
    willing: Row | None,
    safe: Row | None,
    closed: bool,
) -> History:
    return History(
        given=tuple(_given(row) for row in permissions),
        steps=tuple(_step(row) for row in steps),
        private=frozenset(private["topics"] or ()) if private else frozenset(),
        willing=Willing(willing["state"]) if willing else Willing.NOT_ASKED,
        cooling_until=_moment(willing["cooling_until"]) if willing else None,
        safe_contact=_safe_contact(safe),
        closed=closed,
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
        has_their_word=bool(row.get("their_word")),
        asked=True,
    )


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | str | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _certain_moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
